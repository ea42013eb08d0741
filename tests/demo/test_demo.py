"""The example country is a story told by the same operations as the pages."""

from functools import partial

import pytest
from django.db.models import Sum
from django.utils import timezone

from learnin.assessment.formats import words
from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Assessment, Fact, Instrument, Round, Statement
from learnin.assessment.queries import follow_up
from learnin.demo import story
from learnin.initiatives.models import Initiative
from learnin.journal.models import Document, Entry
from learnin.people.models import Country, Invitation, Person, Role
from learnin.taskforce.models import ActionPoint, ActivityCopy, Meeting, TaskForce
from learnin.taskforce.queries import composition
from tests.standing import standing


@pytest.fixture(scope="module")
def story_told(django_db_setup, django_db_blocker, tmp_path_factory):
    """Told once for all tests here: none of them changes it."""
    tell = partial(story.tell, now=timezone.now())
    with standing(tell, django_db_blocker, tmp_path_factory.mktemp("files")) as told:
        yield told


@pytest.fixture
def told(story_told, db):
    return story_told


def test_it_is_marked_as_an_example(told):
    country = Country.objects.get(code="XA")
    assert country.is_example
    assert str(country) == "Arvenia (example)"


def test_everyone_came_by_invitation_and_the_journal_tells_it(told):
    assert Role.objects.filter(country="XA", ended_at=None).values("person").distinct().count() == 11
    assert Invitation.objects.exclude(accepted_at=None).count() == 13
    assert Entry.objects.filter(verb="invitation.accepted").count() == 13
    assert Document.objects.filter(country="XA").count() == 3


def test_nine_sit_and_one_seat_is_empty(told):
    here = composition.composition(TaskForce.objects.get(country="XA"), timezone.localdate())
    assert (len(here.members), len(here.places)) == (9, 10)
    assert [place.seat.constituency for place in here.places if not place.is_filled] == ["parents"]


def test_five_meetings_two_sealed_actions_done_and_late(told):
    lives = [meeting.life for meeting in Meeting.objects.filter(task_force__country="XA").order_by("number")]
    assert lives == ["sealed", "sealed", "objection", "held", "invited"]
    actions = ActionPoint.objects.filter(task_force__country="XA")
    assert actions.exclude(done_at=None).count() == 2
    assert actions.filter(done_at=None, due_on__lt=timezone.localdate()).count() == 2


def test_the_region_was_answered_and_not(told):
    states = ActivityCopy.objects.filter(country="XA").order_by("activity").values_list("state", flat=True)
    assert list(states) == ["attended", "planned", ""]


def test_fourteen_initiatives_of_eight_organisations(told):
    here = Initiative.objects.filter(country="XA", gap=None)
    assert here.count() == 14
    assert here.filter(confirmed_at=None, is_draft=False).count() == 5
    assert here.filter(is_draft=True).count() == 1
    assert here.exclude(published_at=None).count() == 5
    known = Country.objects.get(code="XA").organisations.exclude(
        reports__gap__isnull=False
    )  # not the task force itself
    assert known.count() == 8
    assert here.filter(reporter__representatives__person=told.people["olena"]).count() == 2


def test_twelve_schools_are_asked_and_five_have_answered(told):
    asked = Round.objects.get(country="XA", title__startswith="Schools")
    board = follow_up.board(asked, by="stratum", unsaid="", now=timezone.now())
    assert (board.total.asked, board.total.outcomes.complete, board.total.outcomes.refusal) == (12, 5, 1)
    assert {row.name for row in board.rows} == {"Uplands", "Lakes", "Harbour"}
    assert board.expected == 12  # 14 at this pace, and only so many are asked


def test_teachers_answered_and_their_weights_are_in_use(told):
    asked = Round.objects.get(country="XA", title__startswith="Teachers")
    found = asked.weight_sets.get(is_in_use=True)
    assert found.answers == asked.submissions.count() > 60
    assert found.is_probability
    assert [one["step"] for one in found.diagnostics] == ["base", "response", "totals", "limit"]
    teachers = asked.sample.frame.units.aggregate(n=Sum("seconds"))["n"]
    assert found.diagnostics[-1]["after"]["total"] == pytest.approx(teachers)
    assert found.diagnostics[-1]["warnings"] == []


def test_everybody_reads_of_one_event(told, client):
    page = client.get("/public/XA/").content.decode()
    assert page.count("Field plan and training") == 1


def test_nothing_happened_in_the_future(told):
    assert not Entry.objects.filter(at__gt=timezone.now()).exists()


def test_the_same_seed_tells_the_same_story(told):
    first = list(Person.objects.order_by("email").values_list("email", "phone"))
    Entry.objects.all()  # the second telling starts from nothing
    assert first[0][1].startswith("+000 55")
    assert len({phone for _email, phone in first if phone}) == 11


def test_an_assessment_is_planned_with_evidence_beside_the_survey(told):
    found = Assessment.objects.get(country="XA")
    assert found.dimensions.count() == 5
    assert (found.populations.count(), found.milestones.filter(done_on=None).count()) == (7, 5)
    facts = Fact.objects.filter(source__assessment=found)
    statements = Statement.objects.filter(conversation__assessment=found)
    dimensions = {*facts.values_list("dimension", flat=True), *statements.values_list("dimension", flat=True)}
    assert dimensions == {"needs", "culture", "priorities", "resources", "expertise"}
    assert found.country.culture.norms
    assert (found.country.experts.count(), found.country.resources.count()) == (3, 6)


def test_teachers_have_a_questionnaire_in_two_languages_and_its_next_draft_lacks_a_translation(told):
    made = Instrument.objects.get(country="XA", audience="teachers")
    published, draft = made.versions.order_by("number")
    assert published.is_published
    assert words.missing(definition(Book.from_json(published.book))) == {}
    assert sum(words.missing(definition(Book.from_json(draft.book))).values()) == 1
    assert published.xform
    assert draft.xform


def test_findings_are_published_and_under_one_a_number_changed(told):
    there = Country.objects.get(code="XA").findings
    assert list(there.order_by("pk").values_list("state", flat=True)) == [
        *["published"] * 4,
        "agreed",
        "draft",
        "draft",
    ]
    assert there.filter(estimates__change="interval").count() == 1
    assert there.exclude(estimates__change="").filter(estimates__isnull=False).count() == 1
