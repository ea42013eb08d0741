"""Agreements: proposed by the task force, answered by every party, and then an action point like any other."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learnin.initiatives.access import agreements as access
from learnin.initiatives.models import Agreement, Initiative, Pair, Party
from learnin.initiatives.queries import agreements as queries
from learnin.initiatives.queries.agreements import Suggested
from learnin.journal.operations import entries, notices
from learnin.kit import jobs, mail, written
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person
from learnin.programme import reader
from learnin.taskforce.models import Seat, TaskForce
from learnin.taskforce.operations import actions, mandate
from learnin.taskforce.queries import meetings

Answer = Party.Answer
MANDATE_POINT = "harmonised-initiatives"


class NothingToAgreeOn(Refusal):
    """An agreement is about at least two initiatives of the country."""


class NobodyToAsk(Refusal):
    """A party has nobody to ask."""


class NoTaskForce(Refusal):
    """There is no task force to see to it."""


class SeatElsewhere(Refusal):
    """The seat is closed or belongs to another task force."""


class DaysReversed(Refusal):
    """It would be done before it begins."""


class DayPast(Refusal):
    """The day by which it would be done is over."""


class AlreadyOver(Refusal):
    """It was agreed or withdrawn."""


class ReasonNeeded(Refusal):
    """Who objects says why."""


class TextNeeded(ReasonNeeded):
    """Who wants another text writes it."""


class NothingChanged(Refusal):
    """The text is the one that every party has."""


def _open(agreement: Agreement) -> Agreement:
    chosen = Agreement.objects.select_for_update(of=("self",)).select_related("country", "owner")
    found = chosen.get(pk=agreement.pk)
    require_open(found)
    return found


def require_open(agreement: Agreement) -> None:
    """Raise AlreadyOver once an answer changes nothing."""
    if agreement.withdrawn_at:
        day = written.day(agreement.withdrawn_at)
        raise AlreadyOver(_("This proposal was withdrawn on %(day)s.") % {"day": day})
    if agreement.agreed_at:
        raise AlreadyOver(_("This was agreed on %(day)s.") % {"day": written.day(agreement.agreed_at)})


def _require_days(begins_on: date | None, due_on: date, country: Country, now: datetime) -> None:
    today = now.astimezone(country.zone).date()
    if due_on < today:
        raise DayPast(_("The due date must be today or later, %(day)s") % {"day": written.day(today)})
    if begins_on and due_on < begins_on:
        raise DaysReversed(_("The last day must not be before the first, %(day)s") % {"day": written.day(begins_on)})


@transaction.atomic
def propose(
    country: Country,
    *,
    initiatives: Collection[Initiative],
    kind: str,
    text: str,
    due_on: date,
    owner: Seat,
    parties: Sequence[Suggested],
    by: Person,
    now: datetime,
    begins_on: date | None = None,
    pair: Pair | None = None,
) -> Agreement:
    """Propose what the parties could do about their initiatives, and ask each of them.

    Raises NothingToAgreeOn, NobodyToAsk, NoTaskForce, SeatElsewhere, DaysReversed, DayPast.
    """
    task_force = TaskForce.objects.filter(country=country).first()
    if task_force is None:
        raise NoTaskForce(_("Establish the task force first: it sees to agreements."))
    if owner.task_force_id != task_force.pk or owner.closed_on:
        raise SeatElsewhere(_("Choose a seat of this task force."))
    _require_days(begins_on, due_on, country, now)
    ours = {one.pk: one for one in initiatives if one.country_id == country.pk and one.is_in_register}
    if len(ours) < 2:
        raise NothingToAgreeOn(_("Choose at least two initiatives of this country."))
    silent = [one for one in parties if not (one.person or one.email)]
    if silent or not parties:
        names = ", ".join(str(one.organisation) for one in silent)
        raise NobodyToAsk(_("Write an e-mail address for: %(names)s") % {"names": names})
    made = Agreement.objects.create(
        country=country,
        pair=pair,
        kind=Agreement.Kind(kind),
        text=text.strip(),
        begins_on=begins_on,
        due_on=due_on,
        owner=owner,
        proposed_by=by,
        proposed_at=now,
    )
    made.initiatives.set(ours.values())
    for one in parties:
        Party.objects.create(
            agreement=made, organisation=one.organisation, person=one.person, name=one.name, email=one.email
        )
    after = {"agreement_kind": kind, "text": made.text, "due_on": due_on, "seat": owner.title}
    entries.write("agreement.proposed", made, by=by, now=now, country=country, after=after)
    _ask(made, "new", now)
    return made


@transaction.atomic
def rewrite(
    agreement: Agreement, *, text: str, due_on: date, by: Person, now: datetime, begins_on: date | None = None
) -> None:
    """Write another text. Every party is asked again: who accepted the old one has not accepted this one.

    Raises AlreadyOver, DaysReversed, DayPast, NothingChanged.
    """
    found = _open(agreement)
    _require_days(begins_on, due_on, found.country, now)
    before = {"text": found.text, "due_on": found.due_on, "begins_on": found.begins_on}
    after = {"text": text.strip(), "due_on": due_on, "begins_on": begins_on}
    if before == after:
        raise NothingChanged(_("The text and the days are as before."))
    found.text, found.due_on, found.begins_on = text.strip(), due_on, begins_on
    found.edition += 1
    found.save(update_fields=["text", "due_on", "begins_on", "edition"])
    entries.write("agreement.rewritten", found, by=by, now=now, country=found.country, before=before, after=after)
    _ask(found, "changed", now)


@transaction.atomic
def withdraw(agreement: Agreement, *, why: str, by: Person, now: datetime) -> None:
    """Take a proposal back; its parties hear why. Raises AlreadyOver."""
    found = _open(agreement)
    found.withdrawn_at, found.withdrawn_why = now, why.strip()
    found.save(update_fields=["withdrawn_at", "withdrawn_why"])
    entries.write("agreement.withdrawn", found, by=by, now=now, country=found.country, after={"why": why})
    _ask(found, "withdrawn", now)


@transaction.atomic
def answer(
    party: Party,
    *,
    answer: str,
    by: Person | None,
    now: datetime,
    reason: str = "",
    proposed_text: str = "",
) -> Party:
    """Say what an organisation says to the text as it stands. The last answer counts; the last yes makes the agreement.

    Args:
        by: who is signed in; None where somebody answers by the link of a letter.
    Raises AlreadyOver, ReasonNeeded, TextNeeded.
    """
    agreement = _open(party.agreement)
    found = Party.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=party.pk)
    wanted = Answer(answer)
    if wanted is Answer.OBJECT and not reason.strip():
        raise ReasonNeeded(_("Say why your organisation objects."))
    if wanted is Answer.AMEND and not proposed_text.strip():
        raise TextNeeded(_("Write the text that your organisation would accept."))
    found.answer, found.edition = wanted, agreement.edition
    found.reason = "" if wanted is Answer.ACCEPT else reason.strip()
    found.proposed_text = proposed_text.strip() if wanted is Answer.AMEND else ""
    found.answered_at, found.answered_by = now, by
    found.save(update_fields=["answer", "edition", "reason", "proposed_text", "answered_at", "answered_by"])
    after = {
        "agreement_answer": wanted,
        "why": found.reason,
        "name": found.name,
        "organisation": str(found.organisation),
    }
    entries.write("agreement.answered", agreement, by=by, now=now, country=agreement.country, after=after)
    _tell_proposer(agreement, found, by, now)
    parties = list(agreement.parties.order_by("pk"))
    if all(queries.answer_of(one, agreement) is Answer.ACCEPT for one in parties):
        _conclude(agreement, by or agreement.proposed_by, now)
    return found


def _tell_proposer(agreement: Agreement, party: Party, by: Person | None, now: datetime) -> None:
    if agreement.proposed_by_id == (by.pk if by else None):
        return
    params = {"organisation": str(party.organisation), "agreement_answer": party.answer, "agreement": str(agreement)}
    notices.tell(agreement.proposed_by, kind="agreement.answered", params=params, url=_url(agreement), now=now)


def _conclude(agreement: Agreement, by: Person, now: datetime) -> None:
    """Every party said yes: the task force has something to do, and something to show for its mandate."""
    task_force = agreement.owner.task_force
    today = now.astimezone(agreement.country.zone).date()
    if agreement.kind != Agreement.Kind.SEPARATE:
        agreement.action = actions.add(
            task_force,
            text=_action_text(agreement),
            seat=agreement.owner,
            due_on=max(agreement.due_on, today),
            components=_components(agreement),
            by=by,
            now=now,
        )
    agreement.agreed_at = now
    agreement.save(update_fields=["agreed_at", "action"])
    entries.write("agreement.agreed", agreement, by=by, now=now, country=agreement.country)
    if agreement.action and MANDATE_POINT in {point.id for point in reader.current().mandate_points}:
        mandate.add_evidence(
            task_force,
            mandate_point=MANDATE_POINT,
            action=agreement.action,
            note=str(agreement),
            on_day=today,
            by=by,
            now=now,
        )


def _action_text(agreement: Agreement) -> str:
    titles = ", ".join(one.title() for one in agreement.initiatives.order_by("pk"))
    return f"{agreement.get_kind_display()}: {titles}"[:500]


def _components(agreement: Agreement) -> list[str]:
    found = agreement.initiatives.filter(components__isnull=False).order_by("components__component", "pk")
    return list(dict.fromkeys(found.values_list("components__component", flat=True)))


def _url(agreement: Agreement) -> str:
    return reverse("initiatives:agreement", args=[agreement.pk])


def language_of(party: Party) -> str:
    """In which language a party is written to: the person's own, else that of the papers of the country."""
    return party.person.language if party.person else meetings.country_language(party.agreement.country)


def _ask(agreement: Agreement, what: str, now: datetime) -> None:
    """A letter to every party with an address, and a notice to who has an account."""
    for party in agreement.parties.select_related("person", "organisation").order_by("pk"):
        party.agreement = agreement
        if party.email:
            _write_to(party, what)
        if party.person:
            params = {"agreement": str(agreement), "organisation": str(party.organisation)}
            notices.tell(party.person, kind=f"agreement.{what}", params=params, url=_url(agreement), now=now)
    agreement.parties.update(asked_at=now)


def _write_to(party: Party, what: str) -> None:
    agreement = party.agreement
    language = language_of(party)
    answer_url = settings.SITE_URL + reverse("initiatives:agreement_answer", args=[access.token(party)])
    with translation.override(language), timezone.override(agreement.country.zone):
        subject = {
            "new": _("Your word is asked: %(kind)s"),
            "changed": _("Another text, your word is asked again: %(kind)s"),
            "withdrawn": _("Withdrawn: %(kind)s"),
        }[what]
        mail.letter(
            party.email,
            subject=subject % {"kind": agreement.get_kind_display()},
            template="initiatives/mail/agreement",
            context={
                "party": party,
                "agreement": agreement,
                "initiatives": agreement.initiatives.select_related("reporter").order_by("pk"),
                "what": what,
                "yes_url": f"{answer_url}?answer={Answer.ACCEPT}",
                "no_url": f"{answer_url}?answer={Answer.OBJECT}",
                "other_url": f"{answer_url}?answer={Answer.AMEND}",
            },
            language=language,
            kind="agreement",
        )


@jobs.job(label=gettext_lazy("Remind parties of agreements"), schedule="daily 05:10")
@transaction.atomic
def remind(*, now: datetime, by: Person | None = None) -> dict[str, str]:
    """Write one letter to each address whose word is still asked for, once a week."""
    waiting = list(queries.to_remind(now).select_for_update(of=("self",)))
    addressed = sorted(waiting, key=lambda party: (party.email, party.pk))
    letters = 0
    for email, parties in groupby(addressed, key=lambda party: party.email):
        _remind(email, list(parties))
        letters += 1
    Party.objects.filter(pk__in=[party.pk for party in waiting]).update(asked_at=now)
    return {"text": ngettext("%(count)d letter written.", "%(count)d letters written.", letters) % {"count": letters}}


def _remind(email: str, parties: list[Party]) -> None:
    first = parties[0]
    language = language_of(first)
    with translation.override(language):
        subject = ngettext(
            "%(count)d proposal waits for your word", "%(count)d proposals wait for your word", len(parties)
        )
        links = [
            (one, settings.SITE_URL + reverse("initiatives:agreement_answer", args=[access.token(one)]))
            for one in parties
        ]
        mail.letter(
            email,
            subject=subject % {"count": len(parties)},
            template="initiatives/mail/agreements",
            context={"name": first.name, "links": links},
            language=language,
            kind="agreement",
        )


def forget(person: Person) -> None:
    """Take the name and address of a person off the parties they spoke for."""
    Party.objects.filter(person=person).update(name="", email="")
