"""What waits for people in findings, and how far the route is with them."""

from datetime import timedelta

import pytest

from learnin.assessment import next_findings, route
from learnin.assessment.operations import findings
from learnin.kit.route import State
from learnin.people.models import Country, Person
from tests.assessment import made_findings, made_plan
from tests.cast import NOW, Cast
from tests.taskforce import made as task_forces

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def waits_for(person: Person, cast: Cast) -> list[str]:
    """What this person is asked to do."""
    return [thing.do for thing in next_findings.waiting(person, cast.home, TODAY)]


def test_a_draft_waits_for_each_opinion_and_an_agreed_finding_to_be_published(cast: Cast) -> None:
    found = made_findings.one(cast)
    assert waits_for(cast.member, cast) == waits_for(cast.chair, cast) == ["Say what you think of a finding"]
    findings.judge(found, stance="agrees", by=cast.member, now=NOW)
    assert waits_for(cast.member, cast) == []
    findings.judge(found, stance="agrees", by=cast.chair, now=NOW)
    findings.agree(found, by=cast.chair, now=NOW)
    assert waits_for(cast.chair, cast) == ["Publish a finding that is agreed"]
    assert waits_for(cast.partner, cast) == waits_for(cast.stranger, cast) == []


def test_a_draft_on_nothing_waits_for_nobody(cast: Cast) -> None:
    made_findings.one(cast, numbers=[])
    assert waits_for(cast.member, cast) == []


def test_numbers_that_changed_under_what_everybody_reads_come_first(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    made_findings.published(cast, made_findings.one(cast, assessment=assessment))
    findings.after_run(made_findings.run(assessment, cast, number=2), by=cast.chair, now=NOW)
    assert waits_for(cast.chair, cast) == ["Check a published finding: numbers changed"]
    assert waits_for(cast.member, cast) == []


def test_the_route_follows_from_findings_and_conversations(cast: Cast) -> None:
    task_forces.full(cast)
    assessment = made_plan.assessment(cast)
    made_findings.published(cast, made_findings.one(cast, assessment=assessment))

    def steps() -> route.Steps:
        return route.progress([Country.objects.get(pk="RS")], TODAY)["RS"]

    assert steps()["publish-findings"].evidence == "1 of 1 finding published"
    assert steps()["discuss-findings"].state != State.DONE
    made_plan.conversation(assessment, cast, held_on=TODAY - timedelta(days=1))
    assert steps()["discuss-findings"].state != State.DONE
    made_plan.conversation(assessment, cast, held_on=TODAY)
    assert steps()["discuss-findings"].state == State.DONE
    findings.after_run(made_findings.run(assessment, cast, number=2), by=cast.chair, now=NOW)
    assert steps()["publish-findings"].evidence == "1 of 1 finding published; numbers changed under 1"
