"""The plain page: a simple questionnaire without any script."""

import re
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from learnin.assessment.formats import plain_form, xpath_lite
from learnin.assessment.formats.plain_form import NotSimple
from learnin.assessment.formats.xpath_lite import NotUnderstood
from learnin.assessment.models import Round, Submission
from tests.assessment import made_answers, made_forms
from tests.cast import Cast

BEGAN = datetime.fromisoformat("2026-11-23T09:00:00+01:00")


@pytest.fixture
def round_(cast: Cast) -> Round:
    """A round that is open now."""
    return made_forms.open_round(cast, made_forms.simple(), now=timezone.now())


def url(round_: Round) -> str:
    """Where the plain page stands."""
    return reverse("assessment:plain_form", args=[round_.key])


def hidden(response: HttpResponse) -> dict[str, str]:
    """What the page carries along."""
    html = response.content.decode()
    boxes = [box for box in re.findall(r"<input[^>]*>", html) if 'type="hidden"' in box]
    found = {re.search(r'name="([^"]+)"', box)[1]: re.search(r'value="([^"]*)"', box)[1] for box in boxes}
    return {name: found[name] for name in ("instance_id", "began", "shown")}


@pytest.mark.django_db
def test_somebody_with_an_old_phone_answers(round_: Round) -> None:
    """The condition asks one question more; then the answer arrives as the web form would have written it."""
    client = Client()
    first = client.get(url(round_))
    assert first.status_code == 200
    assert "What would help you?" not in first.content.decode()
    given = hidden(first) | {"q1": "not", "q4": "12", "q5-day": "1", "q5-month": "9", "q5-year": "2014"}
    given |= {"q6": ["video", "paper"], "q7": "on"}

    more = client.post(url(round_), given)
    assert more.status_code == 422
    assert "What would help you?" in more.content.decode()
    assert "There are more questions" in more.content.decode()
    assert "There is a problem" not in more.content.decode()
    assert not Submission.objects.exists()

    given |= hidden(more) | {"q2": "Time & <quiet>"}
    assert client.post(url(round_), given, follow=True).redirect_chain == [
        (reverse("assessment:plain_form_sent", args=[round_.key]), 302)
    ]
    kept = Submission.objects.get()
    assert (kept.channel, kept.language) == (Submission.Channel.PLAIN, "English (en)")
    root = etree.fromstring(bytes(kept.xml))
    assert (root.tag, root.get("id"), root.get("version")) == ("data", "simple", "1")
    assert {one.tag: one.text for one in root.iter("ready", "why", "years", "since", "tools", "agree")} == {
        "ready": "not",
        "why": "Time & <quiet>",
        "years": "12",
        "since": "2014-09-01",
        "tools": "video paper",
        "agree": "OK",
    }
    assert root.findtext(".//{http://openrosa.org/xforms}instanceID") == given["instance_id"]

    assert client.post(url(round_), given).status_code == 302  # pressed twice
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_what_is_missing_or_wrong_is_said_at_its_question(round_: Round) -> None:
    client = Client()
    given = hidden(client.get(url(round_))) | {"q4": "99", "q5-day": "31", "q5-month": "2", "q5-year": "2014"}
    response = client.post(url(round_), given)
    html = response.content.decode()
    assert response.status_code == 422
    assert html.count("Answer this question") == 4  # ready and agree: at the question, and above
    assert "Enter at most 60 years" in html
    assert "There is no such day: 31 2 2014" in html
    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_it_speaks_the_languages_of_the_form(round_: Round) -> None:
    chosen = Client().get(url(round_), {"language": "ქართული (ka)"}).content.decode()
    assert "მზად ვარ" in chosen
    fitting = Client().get(url(round_), headers={"accept-language": "ka"}).content.decode()
    assert "მზად ვარ" in fitting


@pytest.mark.django_db
def test_a_choice_that_is_not_offered_is_refused(round_: Round) -> None:
    client = Client()
    given = hidden(client.get(url(round_))) | {"q1": "elsewhere", "q7": "on"}
    assert client.post(url(round_), given).status_code == 422
    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_a_questionnaire_that_is_not_simple_says_so(cast: Cast) -> None:
    round_ = made_forms.open_round(cast, made_answers.xform("simple"), now=timezone.now())
    html = Client().get(url(round_)).content.decode()
    assert "needs a newer browser" in html
    assert "<form" not in html


@pytest.mark.django_db
def test_without_the_token_nothing_is_taken(round_: Round) -> None:
    assert Client(enforce_csrf_checks=True).post(url(round_), {}).status_code == 403


@pytest.mark.parametrize(
    ("inside", "binds", "why"),
    [
        ('<group ref="/data/a"><repeat nodeset="/data/a"/></group>', "", "repeat"),
        ('<upload ref="/data/why" mediatype="image/*"/>', "", "upload"),
        ("", '<bind nodeset="/data/start" calculate="1 + 1"/>', "calculation"),
        ("", '<bind nodeset="/data/ready" relevant="position(..) = 1"/>', "position"),
        ("", '<bind nodeset="/data/why" type="geopoint"/>', "geopoint"),
        ("", '<bind nodeset="/data/why" constraint="pulldata(., 1)"/>', "pulldata"),
        ('<input ref="/data/why"><label><output value="/data/ready"/></label></input>', "", "repeats an answer"),
        (
            '<select1 ref="/data/why"><itemset nodeset="instance(\'scale\')/root/item[name=/data/ready]"/></select1>',
            "",
            "depends on answers",
        ),
    ],
)
def test_what_a_plain_page_cannot_do_is_named(inside: str, binds: str, why: str) -> None:
    with pytest.raises(NotSimple, match=why):
        plain_form.read(made_forms.simple(inside=inside, binds=binds))


def test_what_is_not_asked_leaves_the_xml() -> None:
    form = plain_form.read(made_forms.simple())
    answers = {"/data/ready": "fully", "/data/why": "left over", "/data/agree": "OK"}
    xml = form.write(answers, instance_id="uuid:1", began=BEGAN)
    assert b"left over" not in xml
    assert etree.fromstring(xml).find("why") is None
    assert etree.fromstring(xml).findtext("start") == "2026-11-23T09:00:00.000+01:00"
    assert xml == form.write(answers, instance_id="uuid:1", began=BEGAN)


def test_letters_that_xml_does_not_know_are_left_out() -> None:
    form = plain_form.read(made_forms.simple())
    xml = form.write({"/data/ready": "not", "/data/why": "a\x00b\x0bc\ud800"}, instance_id="uuid:1", began=BEGAN)
    assert etree.fromstring(xml).findtext("why") == "abc"


@pytest.mark.parametrize(
    ("condition", "answers", "dot", "expected"),
    [
        ("/d/a = 'yes'", {"/d/a": "yes"}, "", True),
        ("/d/a != 'yes' or /d/b > 3", {"/d/a": "yes", "/d/b": "4"}, "", True),
        ("selected(/d/a, 'b') and not(selected(/d/a, 'c'))", {"/d/a": "a b"}, "", True),
        (". >= 18 and . <= 65", {}, "66", False),
        (". > -1", {}, "0", True),
        ("count-selected(.) < 3", {}, "a b c", False),
        ("string-length(.) = 4", {}, "1234", True),
        ("regex(., '[0-9]{4}')", {}, "12345", False),
        (". < '2026-01-01'", {}, "2025-12-31", True),
        ("/d/gone = ''", {}, "", True),
        ("/d/gone > 1", {}, "", False),
        ("true() and (false() or true())", {}, "", True),
        ('. = "it\'s"', {}, "it's", True),
    ],
)
def test_simple_conditions_hold_as_xpath_says(
    condition: str, answers: dict[str, str], dot: str, expected: bool
) -> None:
    assert xpath_lite.holds(condition, answers, dot) is expected


@pytest.mark.parametrize(
    "condition",
    ["", "1 +", "/d/a[1] = 2", "../a = 1", "sum(/d/a)", "(" * 500 + "1" + ")" * 500, "/d/a = ", "regex(., '[')", "a b"],
)
def test_what_is_not_understood_is_said_when_it_is_read(condition: str) -> None:
    with pytest.raises(NotUnderstood):
        xpath_lite.read(condition)
