"""The rules of the route for the stage of the initiatives: docs/methods/route.md says them in words.

Each step has one small function from what is known to a state, a line of evidence and a link.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.initiatives.queries import standing
from learnin.initiatives.queries.standing import Standing
from learnin.kit import written
from learnin.kit.route import Progress, State, Steps, later, when_read, with_next
from learnin.people.models import Country

CONFIRM_DAYS = 60
"""Two months: who knows of a project can be reached in that time, also over a summer."""

STAGE = "initiatives"


def progress(countries: Collection[Country], today: date) -> Mapping[str, Steps]:
    """How the steps of this stage stand in each country."""
    return {code: steps(found, today) for code, found in standing.of(countries).items()}


def steps(here: Standing, today: date) -> Steps:
    """How each step of this stage stands in one country; the first that has not begun is next."""
    return with_next({id: rule(here, today) for id, rule in RULES.items()})


def register_initiatives(here: Standing, today: date) -> Progress:
    """Done when initiatives stand in the register, and somebody who knows confirmed each of them."""
    if not here.has_task_force:
        return later(_starts_later())
    url = _register(here)
    if not here.registered:
        return Progress(state=State.NONE, evidence=_nobody_told(), url=url)
    told = _counted(here)
    if here.waits_since is None:
        return Progress(state=State.DONE, evidence=told, url=url)
    waited = (today - here.waits_since).days
    if waited <= CONFIRM_DAYS:
        return Progress(state=State.DOING, evidence=told, url=url)
    return Progress(state=State.LATE, evidence=_waits(told, waited), url=url)


RULES: dict[str, Callable[[Standing, date], Progress]] = {
    "register-initiatives": register_initiatives,
}


# Words and addresses, for who reads them.


@when_read
def _register(here: Standing) -> str:
    return reverse("initiatives:register", args=[here.country.pk])


@when_read
def _starts_later() -> str:
    return _("Starts when the task force is named")


@when_read
def _nobody_told() -> str:
    return _("Nobody told us of an initiative yet")


@when_read
def _counted(here: Standing) -> str:
    told = ngettext(
        "%(registered)s initiative in the register, %(confirmed)s confirmed",
        "%(registered)s initiatives in the register, %(confirmed)s confirmed",
        here.registered,
    )
    return told % {"registered": written.number(here.registered), "confirmed": written.number(here.confirmed)}


@when_read
def _waits(told: str, waited: int) -> str:
    words = ngettext(
        "%(told)s. The first waits for %(n)d day; the limit is %(limit)d.",
        "%(told)s. The first waits for %(n)d days; the limit is %(limit)d.",
        waited,
    )
    return words % {"told": told, "n": waited, "limit": CONFIRM_DAYS}
