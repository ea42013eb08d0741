"""What a component drew lately is drawn again wherever anything it shows is another."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

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
