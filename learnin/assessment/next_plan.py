"""What waits for whoever runs an assessment."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.assessment.queries import open_plans
from learnin.assessment.queries.open_plans import OpenPlan
from learnin.kit.next import Next
from learnin.people import roles
from learnin.people.models import Country, Person
from learnin.people.region import Region
from learnin.people.roles import Can, may


def waiting(person: Person, place: Country | Region, today: date) -> Iterator[Next]:
    """The next thing of each open assessment, for whoever coordinates it; where nobody can, for whoever may plan."""
    if not isinstance(place, Country) or not may(person, Can.EDIT_ASSESSMENT, place):
        return
    plans = list(open_plans.in_country(place, today))
    others = {one.coordinator for one in plans if one.coordinator and one.coordinator != person.pk}
    able = roles.able(others, Can.EDIT_ASSESSMENT, place)
    for found in plans:
        if found.coordinator not in able:
            yield from pressing(found, today, most=1)


def pressing(found: OpenPlan, today: date, *, most: int) -> list[Next]:
    """What an open assessment waits for, the most pressing first."""
    return sorted(of(found, today), key=lambda thing: thing.rank)[:most]


def of(found: OpenPlan, today: date) -> Iterator[Next]:
    """Everything an open assessment waits for."""
    for milestone in found.late:
        yield Next(
            do=_("Finish or move: %(milestone)s") % {"milestone": milestone},
            why=_("The calendar of “%(assessment)s” says so.") % {"assessment": found.title},
            url=reverse("assessment:milestone", args=[milestone.pk]),
            due_on=milestone.due_on,
            rank=20,
        )
    yield from _parts(found)
    overdue = (today - found.ends_on).days
    if overdue > 0:
        why = ngettext("Its last day was %(n)d day ago.", "Its last day was %(n)d days ago.", overdue) % {"n": overdue}
        yield Next(
            do=_("Close “%(assessment)s”, or move its last day") % {"assessment": found.title},
            why=why,
            url=_page(found, "close"),
            rank=28,
        )
    if found.unpublished:
        names = ", ".join(found.unpublished)
        yield Next(
            do=_("Publish a questionnaire"),
            why=_("None is published for: %(names)s") % {"names": names},
            url=_page(found, "populations"),
            rank=44,
        )


def _parts(found: OpenPlan) -> Iterator[Next]:
    """Parts of the plan that are empty."""
    named = {"assessment": found.title}
    if not found.has_groups:
        yield Next(
            do=_("Say whom “%(assessment)s” asks") % named,
            why=_("A sample and a questionnaire need to know for whom."),
            url=reverse("assessment:add_population", args=[found.assessment]),
            rank=30,
        )
    if not found.has_dimensions:
        yield Next(
            do=_("Choose the dimensions of “%(assessment)s”") % named,
            why=_("Needs, culture, priorities, resources, expertise: what it looks at."),
            url=reverse("assessment:correct_assessment", args=[found.assessment]),
            rank=32,
        )
    if found.coordinator is None:
        yield Next(
            do=_("Say who coordinates “%(assessment)s”") % named,
            why=_("Somebody must answer for its days."),
            url=reverse("assessment:correct_assessment", args=[found.assessment]),
            rank=34,
        )
    if found.has_survey and not found.has_consents:
        yield Next(
            do=_("Write what people agree to"),
            why=_("Nobody may be asked before they can read it."),
            url=reverse("assessment:write_consent", args=[found.assessment]),
            rank=40,
        )
    if not found.has_milestones:
        yield Next(
            do=_("Put the days of “%(assessment)s” into a calendar") % named,
            why=_("Then LearnIn can remind you."),
            url=reverse("assessment:add_milestone", args=[found.assessment]),
            rank=42,
        )


def _page(found: OpenPlan, part: str) -> str:
    return f"{reverse('assessment:assessment', args=[found.assessment])}#{part}"
