"""What a component drew lately is drawn again wherever anything it shows is another."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from learnin.kit import components
from learnin.kit.components import draw

NOON = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("UTC"))


def item(**values: object) -> str:
    return draw("item", **{"heading": "", "url": "", "on": None, "note": "", "content": "", **values})


def test_the_same_values_give_the_same_html():
    assert item(note="A < B") is item(note="A < B")
    assert "A &lt; B" in item(note="A < B")


def test_a_safe_text_is_not_taken_for_one_that_people_wrote():
    assert "<b>bold</b>" in item(content=SafeString("<b>bold</b>"))
    assert "&lt;b&gt;bold&lt;/b&gt;" in item(content="<b>bold</b>")
    assert "<b>bold</b>" in item(content=SafeString("<b>bold</b>"))


def test_one_is_not_yes():
    assert "1" in item(note=1)
    assert "True" in item(note=True)


def test_each_language_has_its_own():
    said = {}
    for code in ("en", "ka", "en"):
        with translation.override(code):
            said.setdefault(code, []).append(item(note=gettext_lazy("Notices"), on=NOON))
    assert said["en"][0] == said["en"][1] != said["ka"][0]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tashkent"])
def test_hours_are_those_of_the_reader_and_of_the_moment(zone):
    late = datetime(2026, 3, 1, 22, tzinfo=ZoneInfo("UTC"))
    with timezone.override(zone):
        assert ("2\N{NO-BREAK SPACE}Mar" in item(on=late)) is (zone != "UTC")
        assert "T12:00:00+00:00" in item(on=NOON)
        assert "T17:00:00+05:00" in item(on=NOON.astimezone(ZoneInfo("Asia/Tashkent")))


def test_what_is_not_plain_is_drawn_each_time():
    names = ["one"]
    listed = {"problems": [{"url": "", "message": names}], "focus": False}
    assert "one" in draw("error_summary", **listed)
    names[0] = "two"
    assert "two" in draw("error_summary", **listed)


def rows(*told: tuple[object, str, str]) -> str:
    return draw("matrix", caption="Who", corner="Where", columns=("What",), lines=told)


def test_lists_are_drawn_again_when_anything_in_them_is_another():
    once = rows(("A < B", "/a/", SafeString("<td>1</td>")))
    assert once is rows(("A < B", "/a/", SafeString("<td>1</td>")))
    assert "A &lt; B" in once
    assert "<td>1</td>" in once
    assert "&lt;td&gt;1" in rows(("A < B", "/a/", "<td>1</td>"))
    assert "/b/" in rows(("A < B", "/b/", SafeString("<td>1</td>")))
    assert "A < B" in rows((SafeString("A < B"), "/a/", SafeString("<td>1</td>")))


def test_words_in_a_list_are_in_the_language_of_the_reader():
    said = []
    for code in ("en", "ka", "en"):
        with translation.override(code):
            said.append(rows((gettext_lazy("Notices"), "", SafeString(""))))
    assert said[0] == said[2] != said[1]


def test_a_long_list_is_drawn_and_not_kept():
    many = tuple((f"Row {number}", "", SafeString("")) for number in range(components.MOST + 1))
    assert rows(*many) == rows(*many)
    assert rows(*many) is not rows(*many)


def test_a_block_holds_what_it_is_given_and_only_its_frame_is_kept():
    before = components._drawn.cache_info()
    texts = [SafeString(f"<p>{'long ' * 400}{number} \\1 % {{}}</p>") for number in range(3)]
    for text in texts:
        html = draw("section", heading="A < B", id="here", url="", link="", quiet=False, content=text)
        assert html.count(text) == 1
        assert "A &lt; B" in html
        assert components.HOLE not in html
    after = components._drawn.cache_info()
    assert after.misses - before.misses <= 1
    assert after.hits - before.hits >= 2


def test_a_block_escapes_what_is_not_safe():
    assert "&lt;b&gt;" in draw("section", heading="", id="", url="", link="", quiet=False, content="<b>")
    assert "HERE" in draw("section", heading="HERE", id="", url="", link="", quiet=False, content=SafeString(""))
