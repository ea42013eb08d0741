"""What an open assessment still lacks and what in it is late: for what is next, on its page and in its country."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from learnin.assessment.models import Milestone, Population
from learnin.assessment.queries import standing
from learnin.assessment.queries.plan import Plan, is_late
from learnin.assessment.queries.standing import One
from learnin.people.models import Country


@dataclass(frozen=True, kw_only=True)
class OpenPlan:
    """One assessment, as far as it waits for somebody."""

    assessment: int
    title: str
    coordinator: int | None
    ends_on: date
    late: tuple[Milestone, ...]
    unpublished: tuple[str, ...]
    has_groups: bool
    has_survey: bool
    has_dimensions: bool
    has_consents: bool
    has_milestones: bool


def of(plan: Plan) -> OpenPlan:
    """What this plan lacks."""
    found = plan.assessment
    return OpenPlan(
        assessment=found.pk,
        title=found.title,
        coordinator=found.coordinator_id,
        ends_on=found.ends_on,
        late=tuple(plan.late),
        unpublished=tuple(line.population.get_audience_display() for line in plan.unpublished),
        has_groups=bool(plan.lines),
        has_survey=any(line.is_survey for line in plan.lines),
        has_dimensions=bool(plan.dimensions),
        has_consents=bool(plan.consents),
        has_milestones=bool(plan.milestones),
    )


def in_country(country: Country, today: date) -> Iterator[OpenPlan]:
    """What the open assessments of the country lack, the newest first."""
    found = [one for one in standing.here(country).assessments if not one.is_closed]
    for one in sorted(found, key=lambda one: (one.starts_on, one.pk), reverse=True):
        yield _of_one(one, today)


def _of_one(one: One, today: date) -> OpenPlan:
    bare = [asked.audience for asked in one.asked if not asked.has_questionnaire]
    return OpenPlan(
        assessment=one.pk,
        title=one.title,
        coordinator=one.coordinator,
        ends_on=one.ends_on,
        late=tuple(milestone for milestone in one.undone if is_late(milestone, today)),
        unpublished=tuple(Population(audience=audience).get_audience_display() for audience in bare),
        has_groups=one.has_groups,
        has_survey=bool(one.asked),
        has_dimensions=bool(one.dimensions),
        has_consents=one.has_consents,
        has_milestones=one.has_milestones,
    )
