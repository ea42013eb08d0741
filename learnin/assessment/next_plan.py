"""What waits for whoever runs an assessment."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.assessment.models import Assessment
from learnin.assessment.queries import plan as queries
from learnin.assessment.queries.plan import Plan
from learnin.kit.next import Next
from learnin.people.models import Country, Person
from learnin.people.region import Region
from learnin.people.roles import Can, may


def waiting(person: Person, place: Country | Region, today: date) -> Iterator[Next]:
    """The next thing of each open assessment, for whoever coordinates it; where nobody can, for whoever may plan."""
    if not isinstance(place, Country) or not may(person, Can.EDIT_ASSESSMENT, place):
        return
    for found in queries.open_plans(place, today, timezone.now()):
        coordinator = found.assessment.coordinator
        if coordinator is None or coordinator == person or not may(coordinator, Can.EDIT_ASSESSMENT, place):
            yield from pressing(found, most=1)


def pressing(plan: Plan, *, most: int) -> list[Next]:
    """What an assessment waits for, the most pressing first."""
    return sorted(of(plan), key=lambda thing: thing.rank)[:most]


def of(plan: Plan) -> Iterator[Next]:
    """Everything an assessment waits for."""
    assessment = plan.assessment
    if assessment.closed_at:
        return
    for milestone in plan.late:
        yield Next(
            do=_("Finish or move: %(milestone)s") % {"milestone": milestone},
            why=_("The calendar of “%(assessment)s” says so.") % {"assessment": assessment},
            url=reverse("assessment:milestone", args=[milestone.pk]),
            due_on=milestone.due_on,
            rank=20,
        )
    yield from _parts(plan, assessment)
    if plan.unpublished:
        names = ", ".join(line.population.get_audience_display() for line in plan.unpublished)
        yield Next(
            do=_("Publish a questionnaire"),
            why=_("None is published for: %(names)s") % {"names": names},
            url=_page(assessment, "populations"),
            rank=44,
        )


def _parts(plan: Plan, assessment: Assessment) -> Iterator[Next]:
    """Parts of the plan that are empty."""
    named = {"assessment": assessment}
    if not plan.lines:
        yield Next(
            do=_("Say whom “%(assessment)s” asks") % named,
            why=_("A sample and a questionnaire need to know for whom."),
            url=reverse("assessment:add_population", args=[assessment.pk]),
            rank=30,
        )
    if not plan.dimensions:
        yield Next(
            do=_("Choose the dimensions of “%(assessment)s”") % named,
            why=_("Needs, culture, priorities, resources, expertise: what it looks at."),
            url=reverse("assessment:correct_assessment", args=[assessment.pk]),
            rank=32,
        )
    if assessment.coordinator is None:
        yield Next(
            do=_("Say who coordinates “%(assessment)s”") % named,
            why=_("Somebody must answer for its days."),
            url=reverse("assessment:correct_assessment", args=[assessment.pk]),
            rank=34,
        )
    if not plan.consents and any(line.is_survey for line in plan.lines):
        yield Next(
            do=_("Write what people agree to"),
            why=_("Nobody may be asked before they can read it."),
            url=reverse("assessment:write_consent", args=[assessment.pk]),
            rank=40,
        )
    if not plan.milestones:
        yield Next(
            do=_("Put the days of “%(assessment)s” into a calendar") % named,
            why=_("Then LearnIn can remind you."),
            url=reverse("assessment:add_milestone", args=[assessment.pk]),
            rank=42,
        )
    overdue = (plan.today - assessment.ends_on).days
    if overdue > 0:
        why = ngettext("Its last day was %(n)d day ago.", "Its last day was %(n)d days ago.", overdue) % {"n": overdue}
        yield Next(
            do=_("Close “%(assessment)s”, or move its last day") % named,
            why=why,
            url=_page(assessment, "close"),
            rank=28,
        )


def _page(assessment: Assessment, part: str) -> str:
    return f"{reverse('assessment:assessment', args=[assessment.pk])}#{part}"
