"""An assessment is planned part by part; its page shows what is next, the plan, and how far it is."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from learnin.assessment.models import Assessment, Consent, Milestone, Population
from learnin.assessment.operations import conversations, plan
from learnin.journal.models import Entry, Notice
from learnin.journal.queries.entries import told
from learnin.people.roles import Kind
from tests import cast as players
from tests.assessment import made_plan as made
from tests.cast import NOW

FORM = {
    "title": "What teachers need",
    "purpose": "To choose what comes first",
    "starts_on": "2026-11-02",
    "ends_on": "2027-05-31",
    "dimensions": ["needs", "culture"],
    "mandate_points": ["needs-assessment"],
}


def url(name, *args):
    return reverse(f"assessment:{name}", args=args)


def read(client, found):
    return client.get(url("assessment", found.pk)).content.decode()


@pytest.mark.parametrize(("player", "status"), [("chair", 302), ("member", 403), ("partner", 403), ("stranger", 404)])
def test_who_may_plan_one(cast, as_, player, status):
    assert as_(getattr(cast, player)).post(url("plan_assessment", "RS"), FORM).status_code == status
    assert Assessment.objects.count() == (1 if status == 302 else 0)


def test_it_is_planned_with_its_dimensions_mandate_points_and_coordinator(cast, as_):
    colleague = players.person("Tomas")
    players.role(colleague, Kind.ASSESSMENT_COORDINATOR, cast.home)
    as_(cast.chair).post(url("plan_assessment", "RS"), {**FORM, "coordinator": colleague.pk})
    found = Assessment.objects.get()
    assert (found.title, found.starts_on, found.ends_on) == (FORM["title"], date(2026, 11, 2), date(2027, 5, 31))
    assert sorted(found.dimensions.values_list("dimension", flat=True)) == ["culture", "needs"]
    assert found.mandate_points.get().mandate_point == "needs-assessment"
    assert found.coordinator == colleague
    assert Notice.objects.filter(person=colleague, kind="assessment.given").exists()
    assert Entry.objects.get(verb="assessment.planned").by == cast.chair
    page = read(as_(cast.member), found)
    assert f"{reverse('taskforce:mandate', args=['RS'])}#needs-assessment" in page
    assert "Tomas" in page


@pytest.mark.parametrize("player", ["stranger", "member"])
def test_only_who_may_change_the_plan_can_coordinate_it(cast, as_, player):
    other = getattr(cast, player).pk
    answer = as_(cast.chair).post(url("plan_assessment", "RS"), {**FORM, "coordinator": other})
    assert answer.status_code == 422
    assert not Assessment.objects.exists()


def test_it_ends_after_it_begins(cast, as_):
    answer = as_(cast.chair).post(url("plan_assessment", "RS"), {**FORM, "ends_on": "2026-10-31"})
    assert answer.status_code == 422
    assert "2\xa0November\xa02026 or later" in answer.content.decode()


def test_the_plan_is_changed_and_the_journal_says_what(cast, as_):
    found = made.assessment(cast)
    new = {**FORM, "title": "A new title", "dimensions": ["resources"]}
    assert as_(cast.chair).post(url("correct_assessment", found.pk), new).status_code == 302
    found.refresh_from_db()
    assert found.title == "A new title"
    assert [one.dimension for one in found.dimensions.all()] == ["resources"]
    line = Entry.objects.get(verb="assessment.corrected")
    assert line.before["dimensions"] == ["needs"]
    assert line.after["dimensions"] == ["resources"]


def test_the_journal_names_dimensions_and_mandate_points(cast, as_):
    client = as_(cast.chair)
    client.post(url("plan_assessment", "RS"), FORM)
    client.post(url("correct_assessment", Assessment.objects.get().pk), {**FORM, "dimensions": ["priorities"]})
    with translation.override("en"):
        planned, changed = told(Entry.objects.filter(on_model="assessment").order_by("pk"))
    assert {change.after for change in planned.changes} >= {"Needs, Culture"}
    assert [(change.name, change.before, change.after) for change in changed.changes] == [
        ("Dimensions", "Culture, Needs", "Priorities")
    ]
    with translation.override("ro"):
        assert "Nevoi, " in next(change.after for change in told([planned.entry])[0].changes if "," in change.after)


def test_changing_nothing_leaves_no_line(cast, as_):
    found = made.assessment(cast)
    same = {"title": found.title, "purpose": "", "starts_on": made.BEGINS, "ends_on": made.ENDS, "dimensions": "needs"}
    as_(cast.chair).post(url("correct_assessment", found.pk), same)
    assert not Entry.objects.filter(verb="assessment.corrected").exists()


def test_whom_we_ask_is_added_changed_and_removed(cast, as_):
    found, client = made.assessment(cast), as_(cast.chair)
    group = {"audience": "teachers", "method": "sample", "target": 1500, "note": "Grades 5 to 9"}
    assert client.post(url("add_population", found.pk), group).status_code == 302
    one = Population.objects.get()
    assert "1,500" in read(client, found)
    twice = client.post(url("add_population", found.pk), group)
    assert twice.status_code == 422
    assert "This group is in the plan already: Teachers: Survey of a sample." in twice.content.decode()
    client.post(url("population", one.pk), {**group, "target": 900})
    one.refresh_from_db()
    assert one.target == 900
    client.post(url("remove_population", one.pk))
    assert not Population.objects.exists()
    verbs = Entry.objects.filter(verb__startswith="population.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["population.added", "population.corrected", "population.removed"]


def test_a_day_of_the_calendar_is_overdue_until_it_is_done(cast, as_):
    found, client = made.assessment(cast), as_(cast.chair)
    today = timezone.localdate(timezone=ZoneInfo("Europe/Belgrade"))
    late = (today - timedelta(days=6)).isoformat()
    client.post(url("add_milestone", found.pk), {"text": "Questions agreed", "due_on": late})
    one = Milestone.objects.get()
    page = read(client, found)
    assert "Finish or move: Questions agreed" in page
    assert "6 days overdue" in page
    ahead = client.post(url("finish_milestone", one.pk), {"on": (today + timedelta(days=1)).isoformat()})
    assert ahead.status_code == 422
    client.post(url("finish_milestone", one.pk), {"on": today.isoformat()})
    one.refresh_from_db()
    assert one.done_on == today
    assert "Overdue" not in read(client, found)
    client.post(url("finish_milestone", one.pk), {"on": ""})
    client.post(url("milestone", one.pk), {"text": "Questions agreed", "due_on": "2027-01-15"})
    one.refresh_from_db()
    assert (one.done_on, one.due_on) == (None, date(2027, 1, 15))
    client.post(url("remove_milestone", one.pk))
    assert not Milestone.objects.exists()


def test_each_age_has_a_text_to_begin_with_in_its_language(cast, as_):
    found, client = made.assessment(cast), as_(cast.chair)
    page = client.get(url("write_consent", found.pk), {"language": "en", "age": "child"}).content.decode()
    assert "We want to know what learning is like for you." in page
    assert "Do you want to take part?" in page
    adult = client.get(url("write_consent", found.pk), {"language": "en", "age": "adult"}).content.decode()
    assert "How teachers teach" in adult
    assert "Do you agree to take part?" in adult


def test_a_consent_text_is_written_changed_and_taken_away(cast, as_):
    found, client = made.assessment(cast), as_(cast.chair)
    page = url("write_consent", found.pk)
    client.post(page, {"language": "en", "age": "adult", "text": "Do you agree?"})
    client.post(page, {"language": "en", "age": "adult", "text": "Do you agree now?"})
    one = Consent.objects.get()
    assert one.text == "Do you agree now?"
    assert "Do you agree now?" in client.get(page, {"language": "en", "age": "adult"}).content.decode()
    assert "Adults (English)" in read(client, found)
    client.post(url("remove_consent", one.pk))
    assert not Consent.objects.exists()


def test_the_days_until_which_answers_are_kept_stand_in_the_text(cast, as_):
    found, client = made.assessment(cast), as_(cast.chair)
    client.post(url("protect_assessment", found.pk), {"ethics": "The board agreed", "keep_answers_until": "2029-12-31"})
    assert "The board agreed" in read(client, found)
    page = client.get(url("write_consent", found.pk), {"language": "en", "age": "adult"}).content.decode()
    assert "After 31\xa0December\xa02029 we delete the answers." in page


def test_what_came_is_counted_by_group_and_method(cast, as_):
    found = made.assessment(cast)
    for audience, method, target in (("teachers", "open", 3), ("parents", "open", 5), ("principals", "focus_group", 1)):
        plan.add_population(found, audience=audience, method=method, target=target, by=cast.chair, now=NOW)
    asked = made.round_(made.instrument(found, cast), cast, opens_at=timezone.now())
    for _time in range(3):
        made.answer(asked)
    made.answer(asked, is_test=True)
    made.answer(asked, is_current=False)
    made.answer(asked, state="rejected")
    talk = made.conversation(found, cast)
    conversations.note_participants(talk, audience="principals", number=8, by=cast.member, now=NOW)
    rows = read(as_(cast.member), found).split('id="populations"')[1].split("</table>")[0].split("<tr>")[2:]
    teachers, parents, principals = (" ".join(row.split()) for row in rows)
    assert ">3<" in teachers
    assert "Reached</strong>" in teachers
    assert "1 questionnaire published" in teachers
    assert "1 round open" in teachers
    assert "no questionnaire yet" in parents
    assert "Not started</strong>" in parents
    assert "with 8 people" in principals
    assert "Reached</strong>" in principals


def test_a_closed_assessment_no_longer_changes_until_it_is_opened_again(cast, as_):
    found, client = made.assessment(cast), as_(cast.chair)
    client.post(url("close_assessment", found.pk))
    refused = client.post(url("add_milestone", found.pk), {"text": "Late", "due_on": "2027-01-15"})
    assert refused.status_code == 422
    assert "it can no longer change" in refused.content.decode()
    assert not Milestone.objects.exists()
    assert "Closed on" in read(client, found)
    client.post(url("reopen_assessment", found.pk))
    assert client.post(url("add_milestone", found.pk), {"text": "Late", "due_on": "2027-01-15"}).status_code == 302


@pytest.mark.parametrize(("player", "status"), [("member", 200), ("partner", 403), ("stranger", 404)])
def test_who_sees_it(cast, as_, player, status):
    found, client = made.assessment(cast), as_(getattr(cast, player))
    assert client.get(url("assessments", "RS")).status_code == status
    assert client.get(url("assessment", found.pk)).status_code == status


def test_a_member_reads_it_but_is_offered_no_change(cast, as_):
    found = made.assessment(cast)
    page = read(as_(cast.member), found)
    assert url("correct_assessment", found.pk) not in page
    assert "Next, for you" not in page


def test_the_stage_stands_in_the_bar(cast, as_):
    home = as_(cast.member).get(cast.home.url).content.decode()
    assert f'href="{url("assessments", "RS")}"' in home
    assert url("assessments", "RS") not in as_(cast.partner).get(cast.home.url).content.decode()


def test_the_list_counts_answers_and_costs_few_queries(cast, as_, django_assert_max_num_queries):
    for number in range(6):
        found = made.assessment(cast, title=f"Assessment {number}")
        asked = made.round_(made.instrument(found, cast), cast)
        made.answer(asked)
    client = as_(cast.chair)
    with django_assert_max_num_queries(12):
        page = client.get(url("assessments", "RS")).content.decode()
    assert page.count("Assessment ") >= 6
