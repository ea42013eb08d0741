"""Who is asked in a round: made from its sample or from a list, visited by somebody, replaced by a reserve."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from learnin.assessment.models import Attempt, Enumerator, Invitation, Round, SampledPerson, SampledUnit
from learnin.assessment.operations import rounds, samples
from learnin.assessment.operations.enumerators import LETTERS
from learnin.assessment.queries import invitations as queries
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Person

NONCE_BYTES = 12  # 96 bits
PIN_LENGTH = 6  # 30 bits, and ten tries in five minutes: over 100 years for half a chance


class NobodyToAsk(Refusal):
    """The sample or the list gives nobody new."""


class WrongKind(Refusal):
    """This round does not ask in this way."""


class NotEnded(Refusal):
    """It must be said what became of it."""


def _made(round: Round, people: Iterable[Mapping[str, object]]) -> list[Invitation]:
    """Invitations with the next numbers, each with its link and PIN."""
    last = round.invitations.aggregate(last=Max("number"))["last"] or 0
    return Invitation.objects.bulk_create(
        Invitation(
            round=round,
            number=number,
            nonce=secrets.token_urlsafe(NONCE_BYTES),
            pin="".join(secrets.choice(LETTERS) for _letter in range(PIN_LENGTH)),
            **details,
        )
        for number, details in enumerate(people, start=last + 1)
    )


def _of_unit(unit: SampledUnit) -> dict[str, object]:
    at = unit.unit
    language = queries.letter_language(at.language)
    return {"unit": unit, "name": at.name, "email": at.email, "phone": at.phone, "language": language}


def _of_person(person: SampledPerson) -> dict[str, object]:
    language = queries.letter_language(person.language) or queries.letter_language(person.unit.unit.language)
    name = person.name or f"{person.unit.unit.name}, {person.number}"
    return {"unit": person.unit, "person": person, "name": name, "email": person.email, "phone": person.phone,
            "language": language}  # fmt: skip


def _line(verb: str, round: Round, by: Person, now: datetime, **after: object) -> None:
    entries.write(verb, round, by=by, now=now, country=round.country, after=after)


@transaction.atomic
def make_from_sample(round: Round, *, by: Person, now: datetime) -> list[Invitation]:
    """One for each unit of the sample, or each person drawn inside one; nobody twice.

    Raises RoundOver, WrongKind, NobodyToAsk.
    """
    round = rounds.working(round, now)
    if round.sample is None:
        raise WrongKind(_("This round has no sample. Bring in a list of everybody instead."))
    at_work = Q(reserve_for=None) | Q(stands_in_since__isnull=False)
    if round.sample.take:
        people = SampledPerson.objects.filter(unit__sample=round.sample).exclude(invitations__round=round)
        found = people.select_related("unit__unit").order_by("unit__order", "unit_id", "number")
        made = _made(round, map(_of_person, found))
    else:
        units = SampledUnit.objects.filter(at_work, sample=round.sample).exclude(invitations__round=round)
        made = _made(round, map(_of_unit, units.select_related("unit").order_by("order", "pk")))
    if not made:
        raise NobodyToAsk(_("Nobody new is in the sample. Where people are drawn inside schools, draw them first."))
    _line("round.invitations-made", round, by, now, people_asked=len(made))
    return made


@transaction.atomic
def make_from_list(round: Round, *, people: Sequence[Mapping[str, str]], by: Person, now: datetime) -> list[Invitation]:
    """One for each line of a list of everybody; a line that is here already is none.

    people: name, email, phone, language of each. Raises RoundOver, WrongKind, NobodyToAsk.
    """
    round = rounds.working(round, now)
    if round.kind != Round.Kind.CENSUS:
        raise WrongKind(_("Only a round that asks everybody takes a list. A sample is drawn first."))
    known = set(round.invitations.values_list("name", "email", "phone"))
    fresh: dict[tuple[str, ...], dict[str, object]] = {}
    for one in people:
        person = {name: one.get(name, "").strip() for name in ("name", "email", "phone")}
        key = (person["name"], person["email"], person["phone"])
        if any(key) and key not in known:
            fresh[key] = {**person, "language": queries.letter_language(one.get("language", ""))}
    if not fresh:
        raise NobodyToAsk(_("Everybody on this list is here already."))
    made = _made(round, fresh.values())
    _line("round.invitations-made", round, by, now, people_asked=len(made))
    return made


@transaction.atomic
def begin(invitation: Invitation, *, now: datetime) -> None:
    """Note that somebody opened the questionnaire. Without ties only the day: a time could lead to the answer."""
    waiting = Invitation.objects.filter(pk=invitation.pk, opened_at=None)
    waiting.update(opened_at=_noted(invitation.round, now))


def _noted(round: Round, now: datetime) -> datetime:
    if round.naming == Round.Naming.LINKED:
        return now
    zone = round.country.zone
    return datetime.combine(now.astimezone(zone).date(), time(), tzinfo=zone)


@transaction.atomic
def opt_out(invitation: Invitation, *, now: datetime) -> None:
    """No more letters to this invitation. Its link still works."""
    Invitation.objects.filter(pk=invitation.pk, opted_out_at=None).update(opted_out_at=now)


@transaction.atomic
def change_contact(
    invitation: Invitation, *, name: str, email: str, phone: str, language: str, by: Person, now: datetime
) -> None:
    """Correct how somebody is reached. A new address gets letters again."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("round__country").get(pk=invitation.pk)
    )
    if email != invitation.email:
        invitation.bounced_at = None
    invitation.name, invitation.email, invitation.phone, invitation.language = name, email, phone, language
    invitation.save(update_fields=["name", "email", "phone", "language", "bounced_at"])
    _line("round.contact-changed", invitation.round, by, now, number=invitation.number)


@transaction.atomic
def assign(round: Round, *, enumerator: Enumerator | None, areas: Sequence[str], by: Person, now: datetime) -> int:
    """Give the invitations of some areas to one enumerator; only those without an answer. Raises RoundOver."""
    round = rounds.working(round, now)
    found = round.invitations.filter(answered_at=None, unit__unit__area__in=areas)
    changed = found.update(enumerator=enumerator)
    name = enumerator.name if enumerator else ""
    _line("round.assigned", round, by, now, enumerator=name, people_asked=changed)
    return changed


@transaction.atomic
def note_attempt(
    invitation: Invitation, *, channel: str, outcome: str, note: str = "", by: Person, now: datetime
) -> Attempt:
    """Note a try to reach somebody, and what came of it. An answer that is here stays an answer. Raises RoundOver."""
    round = rounds.working(invitation.round, now)
    made = Attempt.objects.create(invitation=invitation, channel=channel, outcome=outcome, note=note, at=now, by=by)
    changes: dict[str, object] = {"disposition": outcome} if outcome else {}
    if changes:
        round.invitations.filter(pk=invitation.pk, answered_at=None).update(**changes)
    round.invitations.filter(pk=invitation.pk, invited_at=None).update(invited_at=now)
    return made


@transaction.atomic
def replace(invitation: Invitation, *, disposition: str, because: str, by: Person, now: datetime) -> Invitation:
    """Let the next reserve stand in, and ask it. What became of the unit itself is noted.

    Raises RoundOver, WrongKind, NotEnded, samples.NoReserve.
    """
    round = rounds.working(invitation.round, now)
    invitation = round.invitations.select_for_update(of=("self",)).select_related("unit__unit").get(pk=invitation.pk)
    if invitation.unit is None or invitation.person_id is not None:
        raise WrongKind(_("A reserve stands in for a sampled unit, not for a person."))
    if invitation.answered_at:
        raise NotEnded(_("“%(unit)s” has answered. Nobody stands in for it.") % {"unit": invitation.name})
    reserve = samples.put_in_reserve(invitation.unit, because=because, by=by, now=now)
    invitation.disposition = disposition
    invitation.save(update_fields=["disposition"])
    (made,) = _made(round, [_of_unit(reserve) | {"enumerator": invitation.enumerator}])
    return made
