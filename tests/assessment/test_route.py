"""The route and what is next follow from the assessments on record; many countries cost no more than one."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learnin.assessment import next_plan, route
from learnin.assessment.models import Sample
from learnin.assessment.operations import plan
from learnin.kit import route as registry
from learnin.kit.route import State
from learnin.people.models import Country
from learnin.people.roles import Kind
from learnin.programme import reader
from tests import cast as players
from tests.assessment import made_frames
from tests.assessment import made_plan as made
from tests.cast import NOW
from tests.taskforce import made as task_forces

TODAY = date(2026, 12, 1)


def steps(code="RS"):
    return route.progress([Country.objects.get(code=code)], TODAY)[code]


def waits_for(person, country, today=TODAY):
    read = Country.objects.get(pk=country.pk)  # as a page does, anew each time
    return [thing.do for thing in next_plan.waiting(person, read, today)]


def test_the_stage_is_registered():
    assert route.STAGE in registry.built()


def test_it_follows_from_questionnaires_and_answers(cast):
    task_forces.full(cast)
    assert steps()["agree-questions"].state == State.NEXT
    found = made.assessment(cast, dimensions=[one.id for one in reader.current().dimensions])
    plan.add_population(found, audience="teachers", method="open", target=2, by=cast.chair, now=NOW)
    assert steps()["agree-questions"].evidence.startswith("Questions published for 0 of 5 dimensions; missing: Needs")
    asked = made.round_(made.instrument(found, cast), cast)
    assert steps()["agree-questions"].state == State.DONE
    made.answer(asked)
    assert steps()["collect-answers"].evidence == "1 answer; 2 are wanted"
    made.answer(asked)
    assert steps()["collect-answers"].state == State.DONE
    assert steps()["publish-findings"].evidence == "No finding is written yet"


def test_it_says_for_whom_a_questionnaire_is_missing(cast):
    task_forces.full(cast)
    found = made.assessment(cast, dimensions=[one.id for one in reader.current().dimensions])
    for audience in ("teachers", "principals"):
        plan.add_population(found, audience=audience, method="census", target=2, by=cast.chair, now=NOW)
    made.round_(made.instrument(found, cast), cast)
    step = steps()["agree-questions"]
    assert step.state == State.DOING
    assert step.evidence == "Questionnaires published for 1 of 2 groups; missing: School principals"


def test_a_sample_of_the_country_that_a_round_asks_is_drawn(cast):
    task_forces.full(cast)
    found = made.assessment(cast)
    plan.add_population(found, audience="teachers", method="sample", target=2, by=cast.chair, now=NOW)
    asked = made.round_(made.instrument(found, cast), cast)
    assert steps()["draw-sample"].evidence == "No sample yet"
    asked.sample = made_frames.sample(cast)
    asked.save(update_fields=["sample"])
    step = steps()["draw-sample"]
    assert (step.state, step.evidence) == (State.DONE, f"Drawn: {asked.sample.title}")
    Sample.objects.filter(pk=asked.sample_id).update(assessment=found)
    assert steps()["draw-sample"].evidence == f"Drawn: {asked.sample.title}"  # once


def test_only_those_who_see_the_stage_read_its_evidence(cast, as_):
    task_forces.full(cast)
    made.assessment(cast)
    shown = as_(cast.member).get(cast.home.url).content.decode()
    assert "Questions published for 0 of 5 dimensions" in shown
    hidden = as_(cast.partner).get(cast.home.url).content.decode()
    assert "Agree what to ask" in hidden
    assert "Questions published" not in hidden


def test_many_countries_cost_no_more_than_one(cast, django_assert_num_queries):
    for place in (cast.home, cast.elsewhere):
        told = {"title": "A", "starts_on": made.BEGINS, "ends_on": made.ENDS, "dimensions": ["needs"]}
        plan.plan(place, **told, by=cast.regional, now=NOW)
    few, many = [Country.objects.get(code="RS")], list(Country.objects.order_by("code"))
    with django_assert_num_queries(3):  # task forces, assessments, what is known of them
        route.progress(few, TODAY)
    with django_assert_num_queries(3):
        route.progress(many, TODAY)
    with django_assert_num_queries(0):
        route.progress(many, TODAY)


def test_an_empty_plan_waits_for_whom_it_asks(cast):
    found = made.assessment(cast)
    assert waits_for(cast.chair, cast.home) == ["Say whom “How teachers teach” asks"]
    plan.add_population(found, audience="teachers", method="sample", target=9, by=cast.chair, now=NOW)
    assert waits_for(cast.chair, cast.home) == ["Say who coordinates “How teachers teach”"]


def test_a_day_that_is_over_comes_first(cast):
    found = made.assessment(cast)
    plan.add_milestone(found, text="Questions agreed", due_on=TODAY - timedelta(days=1), by=cast.chair, now=NOW)
    assert waits_for(cast.chair, cast.home) == ["Finish or move: Questions agreed"]


def test_it_waits_for_the_coordinator_and_nobody_else(cast):
    tomas = players.person("Tomas")
    players.role(tomas, Kind.ASSESSMENT_COORDINATOR, cast.home)
    made.assessment(cast, coordinator=tomas)
    assert waits_for(tomas, cast.home)
    assert not waits_for(cast.chair, cast.home)


def test_where_the_coordinator_left_it_waits_for_whoever_may_plan(cast):
    tomas = players.person("Tomas")
    made.assessment(cast, coordinator=tomas)
    assert waits_for(cast.chair, cast.home)


@pytest.mark.parametrize("player", ["member", "partner", "stranger"])
def test_it_waits_for_nobody_who_may_not_plan(cast, player):
    made.assessment(cast)
    assert not waits_for(getattr(cast, player), cast.home)


def test_a_closed_one_waits_for_nobody(cast):
    found = made.assessment(cast)
    plan.close(found, by=cast.chair, now=NOW)
    assert not waits_for(cast.chair, cast.home)


def test_what_is_over_waits_to_be_closed(cast, as_):
    begins, ends = (timezone.localdate() - timedelta(days=days) for days in (90, 9))
    found = made.assessment(cast, starts_on=begins, ends_on=ends)
    page = as_(cast.chair).get(reverse("assessment:assessment", args=[found.pk])).content.decode()
    assert "Close “How teachers teach”, or move its last day" in page
