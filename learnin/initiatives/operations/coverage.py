"""Rates between currencies, and gaps that somebody takes up."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learnin.initiatives.formats.record import Description, Organisation, Place, Purpose, Reach, Record, Status, Text
from learnin.initiatives.models import Asked, Gap, Initiative, Rate
from learnin.initiatives.models import Organisation as Known
from learnin.initiatives.operations import registering
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Area, Country, Person
from learnin.programme import reader


class SameCurrency(Refusal):
    """A currency is worth itself."""


class NoWorth(Refusal):
    """A rate is above zero."""


class NoGap(Refusal):
    """A gap has a theme or a component, and what is missing there."""


class NotYet(Refusal):
    """The day is still to come."""


class UnknownOrganisation(Refusal):
    """The country does not know this organisation."""


@transaction.atomic
def enter_rate(
    country: Country, *, currency: str, into: str, rate: Decimal, on: date, source: str, by: Person, now: datetime
) -> Rate:
    """Say what a currency is worth on a day; a rate of the same day is written over, and the journal keeps both.

    Raises SameCurrency, NoWorth, NotYet.
    """
    if currency == into:
        raise SameCurrency(_("Choose two different currencies."))
    if rate <= 0:
        raise NoWorth(_("A rate is more than zero."))
    if on > now.astimezone(country.zone).date():
        raise NotYet(_("The day of a rate is today or earlier."))
    before = Rate.objects.select_for_update().filter(country=country, currency=currency, into=into, on=on).first()
    told = {"rate": rate, "source": source.strip(), "entered_by": by, "entered_at": now}
    made, _is_new = Rate.objects.update_or_create(country=country, currency=currency, into=into, on=on, defaults=told)
    was = {"rate": before.rate, "source": before.source} if before else None
    after = {"rate": rate, "source": made.source, "on_day": on}
    entries.write("rate.entered", made, by=by, now=now, country=country, before=was, after=after)
    return made


@transaction.atomic
def introduce(
    country: Country,
    *,
    title: str,
    objective: str,
    by: Person,
    now: datetime,
    theme: str = "",
    audience: str = "",
    component: str = "",
    area: str = "",
) -> Gap:
    """Take up a gap: it becomes a draft of an initiative that the task force tells of, until somebody carries it out.

    Raises NoGap, or Unregistrable.
    """
    if not (theme or component):
        raise NoGap(_("Choose a gap: a theme or a component that nobody told us of."))
    place = Area.objects.filter(country=country, code=area).first() if area else None
    language = get_language() or "en"
    parts = {one.id: one.component for one in reader.current().themes}
    record = Record(
        titles=(Text(title.strip(), language),),
        descriptions=(Description(objective.strip(), language, Purpose.OBJECTIVES),),
        reporter=Organisation((Text(_("National Task Force"), language),)),
        status=Status.PIPELINE,
        places=(Place(country=country.pk, area=area, reach=Reach.BENEFICIARIES),) if place else (),
        themes=(theme,) if theme else (),
        audiences=(audience,) if audience else (),
        components=tuple(filter(None, [component or parts.get(theme, "")])),
        language=language,
    )
    draft = registering.register(country, record=record, by=by, now=now, origin=Initiative.Origin.GAP, is_draft=True)
    made = Gap.objects.create(
        country=country, theme=theme, audience=audience, component=component, area=place, initiative=draft,
        taken_up_by=by, taken_up_at=now,
    )  # fmt: skip
    after = {"theme": theme, "audience": audience, "component": component, "area": area}
    entries.write("gap.taken_up", made, by=by, now=now, country=country, after=after)
    return made


@transaction.atomic
def note_asked(gap: Gap, *, organisation: int, asked_on: date, by: Person, now: datetime, answer: str = "") -> Asked:
    """Write down that an organisation was asked, and what it said. Raises UnknownOrganisation, NotYet."""
    gap = Gap.objects.select_for_update(of=("self",)).select_related("country", "initiative").get(pk=gap.pk)
    known = Known.objects.filter(pk=organisation, merged_into=None).first()
    if known is None or known.country_id not in {None, gap.country_id}:
        raise UnknownOrganisation(_("Choose an organisation of the list."))
    if asked_on > now.astimezone(gap.country.zone).date():
        raise NotYet(_("Choose today or an earlier day."))
    made = Asked.objects.create(gap=gap, organisation=known, asked_on=asked_on, answer=answer.strip(), asked_by=by)
    after = {"organisation": known.name(), "on_day": asked_on, "answer_given": answer.strip()}
    entries.write("gap.asked", gap, by=by, now=now, country=gap.country, after=after)
    return made
