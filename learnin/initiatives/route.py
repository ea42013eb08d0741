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

JUDGE_DAYS = 90
"""A quarter of a year: the task force meets in it, and nobody can know of a pair before it is found."""

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


def settle_overlaps(here: Standing, today: date) -> Progress:
    """Done when the register was looked through, and somebody judged each pair that is likely related."""
    if not here.has_task_force:
        return later(_starts_later())
    if not here.registered:
        return later(_starts_with_register())
    url = _pairs(here)
    if not here.compared:
        return Progress(state=State.NONE, evidence=_not_compared(), url=url)
    if here.pairs_wait_since is None:
        return Progress(state=State.DONE, evidence=_all_judged(here), url=url)
    waited = (today - here.pairs_wait_since).days
    told = _some_judged(here)
    if waited > JUDGE_DAYS:
        return Progress(state=State.LATE, evidence=_pair_waits(told, waited), url=url)
    return Progress(state=State.DOING if here.judged else State.NONE, evidence=told, url=url)


def sign_agreements(here: Standing, today: date) -> Progress:
    """Done when parties have agreed, and no overlap is left for which nobody proposed anything."""
    if not here.registered:
        return later(_starts_with_register())
    url = _agreements(here)
    if here.agreed:
        state = State.DONE if not (here.overlaps or here.asked) else State.DOING
        return Progress(state=state, evidence=_agreed(here), url=url)
    if here.asked:
        return Progress(state=State.DOING, evidence=_proposed(here), url=url)
    return Progress(state=State.NONE, evidence=_nothing_proposed(here), url=url)


RULES: dict[str, Callable[[Standing, date], Progress]] = {
    "register-initiatives": register_initiatives,
    "settle-overlaps": settle_overlaps,
    "sign-agreements": sign_agreements,
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


@when_read
def _agreements(here: Standing) -> str:
    return reverse("initiatives:agreements", args=[here.country.pk])


@when_read
def _pairs(here: Standing) -> str:
    return reverse("initiatives:pairs", args=[here.country.pk])


@when_read
def _starts_with_register() -> str:
    return _("Starts when initiatives are registered")


@when_read
def _agreed(here: Standing) -> str:
    told = ngettext("%(n)d agreement, the last on %(day)s", "%(n)d agreements, the last on %(day)s", here.agreed)
    day = written.day(here.agreed_on) if here.agreed_on else ""
    return told % {"n": here.agreed, "day": day}


@when_read
def _proposed(here: Standing) -> str:
    told = ngettext("%(n)d proposal waits for its parties", "%(n)d proposals wait for their parties", here.asked)
    return told % {"n": here.asked}


@when_read
def _nothing_proposed(here: Standing) -> str:
    if not here.overlaps:
        return _("No overlap was found yet")
    told = ngettext("%(n)d overlap without a proposal", "%(n)d overlaps without a proposal", here.overlaps)
    return told % {"n": here.overlaps}


@when_read
def _not_compared() -> str:
    return _("The initiatives are not compared yet")


@when_read
def _all_judged(here: Standing) -> str:
    if not here.pairs:
        return _("The initiatives are compared; no two look related")
    told = ngettext("%(n)s likely pair judged", "%(n)s likely pairs judged, all of them", here.pairs)
    return told % {"n": written.number(here.pairs)}


@when_read
def _some_judged(here: Standing) -> str:
    told = ngettext("%(judged)s of %(n)s likely pair judged", "%(judged)s of %(n)s likely pairs judged", here.pairs)
    return told % {"judged": written.number(here.judged), "n": written.number(here.pairs)}


@when_read
def _pair_waits(told: str, waited: int) -> str:
    words = ngettext(
        "%(told)s. The first waits for %(n)d day; the limit is %(limit)d.",
        "%(told)s. The first waits for %(n)d days; the limit is %(limit)d.",
        waited,
    )
    return words % {"told": told, "n": waited, "limit": JUDGE_DAYS}
