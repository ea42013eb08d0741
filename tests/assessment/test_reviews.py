"""Answers are reviewed: read in words, decided, set right with a reason; what came in stays as it came."""

import io
import re
from typing import Any

import pytest
from django.urls import reverse

from learnin.assessment.models import Correction, Flag, Review, Round, Submission
from learnin.assessment.operations import reviews
from learnin.assessment.operations.submissions import receive
from learnin.journal.models import Entry
from learnin.people.roles import Kind
from tests.assessment import made_answers
from tests.assessment import made_data as made
from tests.cast import NOW, Cast, as_, person, role


def page(of: Submission, by: Any, **asked: str) -> str:
    response = as_(by).get(reverse("assessment:answer", args=[of.pk]), asked)
    assert response.status_code == 200
    return response.content.decode()


def decide(of: Submission, by: Any, **said: str) -> Any:
    return as_(by).post(reverse("assessment:answer", args=[of.pk]), said)


def set_right(of: Submission, by: Any, path: str, **said: str) -> Any:
    return as_(by).post(
        reverse("assessment:correct_answer", args=[of.pk, path]), {"reason": "Asked the school", **said}
    )


def test_an_answer_reads_in_the_words_of_the_questionnaire(cast: Cast) -> None:
    of = made.answer(made.round_(cast))
    english = page(of, cast.chair)
    assert english.index("Your name") < english.index("Pupils") < english.index("Lesson 1") < english.index("Lesson 2")
    assert "Village" in english
    assert "Tablet, Book" in english
    assert "44.8 20.5 0 5" in english
    serbian = page(of, cast.chair, language=made.SR)
    assert "Ваше име" in serbian
    assert "Село" in serbian
    assert "Open link: not a sample" in english


def test_personal_fields_are_hidden_from_those_who_may_not_see_them(cast: Cast) -> None:
    of = made.answer(made.round_(cast), name="Zora Unmistakable")
    analyst = person("Analyst")
    role(analyst, Kind.ANALYST, cast.home)
    assert "Zora Unmistakable" in page(of, cast.chair)
    assert set_right(of, cast.chair, "name", after="Zora Corrected").status_code == 302
    seen = page(of, analyst)
    assert "Zora" not in seen
    assert "Personal fields are hidden" in seen
    assert set_right(of, analyst, "name", after="Somebody").status_code == 404
    with pytest.raises(reviews.NoSuchPlace):
        reviews.correct(of, path="name", after="Somebody", reason="Why not", by=analyst, now=NOW)


def test_a_personal_place_stands_nowhere_on_the_page(cast: Cast) -> None:
    of = made.answer(made.round_(cast), where="44.87654 20.51234 0 5")
    of.instrument.personal_names = ["where"]
    of.instrument.save()
    analyst = person("Analyst")
    role(analyst, Kind.ANALYST, cast.home)
    assert "44.87654" in page(of, cast.chair)
    assert "44.87654" not in page(of, analyst)


def test_who_may_read_and_decide(cast: Cast) -> None:
    of = made.answer(made.round_(cast))
    for address in (reverse("assessment:answer", args=[of.pk]), reverse("assessment:answers", args=[of.round_id])):
        assert [as_(one).get(address).status_code for one in (cast.chair, cast.member, cast.stranger)] == [
            200,
            403,
            404,
        ]
    assert decide(of, cast.member, state="approved").status_code == 403


def test_decisions_stand_with_their_words(cast: Cast) -> None:
    of = made.answer(made.round_(cast))
    refused = decide(of, cast.chair, state="rejected")
    assert refused.status_code == 422
    assert "Write why, so that others understand it." in refused.content.decode()
    assert decide(of, cast.chair, state="issues", comment="Call them").status_code == 302
    assert decide(of, cast.regional, state="-", comment="I called").status_code == 302
    assert decide(of, cast.chair, state="approved").status_code == 302
    of.refresh_from_db()
    assert of.state == "approved"
    kept = list(Review.objects.order_by("pk").values_list("state", "comment"))
    assert kept == [("issues", "Call them"), ("", "I called"), ("approved", "")]
    seen = page(of, cast.chair)
    assert "Call them" in seen
    assert "I called" in seen
    verbs = list(Entry.objects.filter(on_model="submission").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["answer.reviewed", "answer.commented", "answer.reviewed"]


def test_a_value_is_set_right_and_the_original_stays(cast: Cast) -> None:
    of = made.answer(made.round_(cast))
    before = bytes(of.xml), of.data
    assert set_right(of, cast.chair, "school/size", after="130").status_code == 302
    assert set_right(of, cast.chair, "school/size", after="131").status_code == 302
    assert set_right(of, cast.chair, "lesson[2]/subject", after="Maths").status_code == 302
    of.refresh_from_db()
    assert (bytes(of.xml), of.data, of.state) == (*before, "corrected")
    kept = list(Correction.objects.order_by("pk").values_list("path", "before", "after"))
    assert kept == [
        ("school/size", "120", "130"), ("school/size", "130", "131"), ("lesson[2]/subject", "Математика", "Maths"),
    ]  # fmt: skip
    seen = page(of, cast.chair)
    assert "Set right; it came as: 120" in seen
    assert "Asked the school" in seen
    line = Entry.objects.filter(verb="answer.corrected").first()
    assert line is not None
    assert set(line.after) == {"question", "reason"}


@pytest.mark.parametrize(
    ("path", "after", "words"),
    [
        ("school/size", "120", "This is what stands there already."),
        ("school/size", "many", "“many” is no answer to this question."),
        ("school/size", "6000", "“6000” is no answer to this question."),
    ],
)
def test_what_cannot_stand_there_is_refused(cast: Cast, path: str, after: str, words: str) -> None:
    of = made.answer(made.round_(cast))
    refused = set_right(of, cast.chair, path, after=after)
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert set_right(of, cast.chair, path, after="130", reason="").status_code == 422
    assert Correction.objects.count() == 0


@pytest.mark.parametrize(
    "path", ["start", "nothing", "lesson[3]/subject", "lesson/subject", "school", "../x", "lesson[x]/subject"]
)
def test_there_is_nothing_to_set_right_where_nothing_is_asked(cast: Cast, path: str) -> None:
    of = made.answer(made.round_(cast))
    assert set_right(of, cast.chair, path, after="x").status_code == 404


def test_a_page_of_answers_is_approved_at_once_but_for_flagged_ones(cast: Cast) -> None:
    of = made.round_(cast)
    fine, flagged, rejected = (made.answer(of, f"uuid:{n}", name=f"N{n}", size=str(50 + n)) for n in range(3))
    Submission.objects.filter(pk=rejected.pk).update(state="rejected")
    Flag.objects.create(submission=flagged, kind="manual", path="#1", raised_at=NOW)
    elsewhere = made.answer(made_answers.round_of(of.instrument, by=cast.chair), "uuid:9")
    ticked = {"answer": [one.pk for one in (fine, flagged, rejected, elsewhere)], "query": "state=received"}
    address = reverse("assessment:approve_answers", args=[of.pk])
    assert as_(cast.member).post(address, ticked).status_code == 403
    response = as_(cast.chair).post(address, ticked, follow=True)
    assert response.redirect_chain[0][0].endswith("/answers/?state=received")
    assert "1 answer approved. 3 were left" in response.content.decode()
    states = dict(Submission.objects.values_list("instance_id", "state"))
    assert states == {"uuid:0": "approved", "uuid:1": "received", "uuid:2": "rejected", "uuid:9": "received"}


def test_all_that_a_page_shows_are_approved_by_one_button(cast: Cast) -> None:
    of = made.round_(cast)
    for number in range(3):
        made.answer(of, f"uuid:{number}", size=str(number + 1))
    client, address = as_(cast.chair), reverse("assessment:answers", args=[of.pk])
    shown = re.findall(r'name="shown" value="(\d+)"', client.get(address).content.decode())
    client.post(reverse("assessment:approve_answers", args=[of.pk]), {"shown": shown, "every": "1"})
    assert set(Submission.objects.values_list("state", flat=True)) == {"approved"}


def test_the_list_is_narrowed_and_comes_in_pages_of_fifty(cast: Cast, django_assert_max_num_queries: Any) -> None:
    of = made.round_(cast)
    for number in range(52):
        made.answer(of, f"uuid:{number}", size=str(number + 1), is_worked_out=False)
    first = Submission.objects.order_by("pk")[0]
    Submission.objects.filter(pk=first.pk).update(state="issues")
    Flag.objects.create(submission=first, kind="place", raised_at=NOW)
    client, address = as_(cast.chair), reverse("assessment:answers", args=[of.pk])
    with django_assert_max_num_queries(20):
        whole = client.get(address).content.decode()
    assert whole.count('name="answer"') == 50
    for asked in ({"state": "issues"}, {"flag": "place"}, {"flag": "any"}):
        assert client.get(address, asked).content.decode().count('name="answer"') == 1
    assert client.get(address, {"flag": "none", "page": "2"}).content.decode().count('name="answer"') == 1
    assert "No such answer" in client.get(address, {"flag": "range"}).content.decode()


def test_what_is_tied_to_nobody_stands_without_time_and_order(cast: Cast) -> None:
    of = made.round_(cast, naming=Round.Naming.UNLINKED)
    one = made.answer(of)
    for seen in (
        page(one, cast.chair),
        as_(cast.chair).get(reverse("assessment:answers", args=[of.pk])).content.decode(),
    ):
        assert "23 November 2026" not in seen
    assert "2026-11-23" not in page(one, cast.chair)


def test_flags_are_raised_by_people_and_settled_with_words(cast: Cast) -> None:
    of = made.answer(made.round_(cast))
    client = as_(cast.chair)
    assert client.post(reverse("assessment:mark_answer", args=[of.pk]), {"comment": "Odd name"}).status_code == 302
    flag = Flag.objects.get(kind="manual")
    assert "Odd name" in page(of, cast.chair)
    settle = reverse("assessment:settle_flag", args=[flag.pk])
    assert client.post(settle, {}).status_code == 422
    assert client.post(settle, {"verdict": "fine", "comment": "It is a name"}).status_code == 302
    flag.refresh_from_db()
    assert (flag.verdict, flag.comment, flag.settled_by) == ("fine", "It is a name", cast.chair)
    again = client.post(settle, {"verdict": "wrong"})
    assert again.status_code == 422
    assert "Somebody looked at this before." in again.content.decode()


def test_an_older_edition_is_decided_no_more(cast: Cast) -> None:
    of = made.answer(made.round_(cast))
    Submission.objects.filter(pk=of.pk).update(is_current=False)
    refused = decide(of, cast.chair, state="approved")
    assert refused.status_code == 422
    assert "A newer edition of this answer came in." in refused.content.decode()


def test_a_file_about_a_person_is_only_for_those_who_may_see_it(cast: Cast) -> None:
    of = made_answers.open_round(cast)
    xml = made_answers.answer(id_="uuid:1", inside="<picture>a.jpg</picture>")
    made_ = receive(of, xml=xml, files={"a.jpg": io.BytesIO(b"\xff\xd8\xff")}, channel="web", now=NOW).submission
    file = made_.files.get()
    address = reverse("assessment:answer_file", args=[file.pk])
    analyst = person("Analyst")
    role(analyst, Kind.ANALYST, cast.home)
    assert as_(analyst).get(address).status_code == 403
    assert as_(cast.stranger).get(address).status_code == 404
    response = as_(cast.chair).get(address)
    assert b"".join(response.streaming_content) == b"\xff\xd8\xff"
    response.close()
    assert response["X-Content-Type-Options"] == "nosniff"
