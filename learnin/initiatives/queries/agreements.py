"""What parties agree on: where each agreement stands, who was asked, who still has to answer."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from learnin.initiatives.models import Agreement, Initiative, Organisation, Pair, Party, Relation, Representative
from learnin.kit import written
from learnin.people.models import Country, Person

State = Agreement.State
ASK_AGAIN = timedelta(days=7)
"""Who was asked hears of it again after a week, like the owner of a late action."""
CALLS_FOR_ONE = (Relation.OVERLAP, Relation.JOINT, Relation.PHASE, Relation.SITE, Relation.SAME)
"""Verdicts after which the parties may want to agree on something."""


def with_parties(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """The same agreements with everything their pages show."""
    parties = Party.objects.select_related("organisation", "person", "answered_by").order_by("pk")
    initiatives = Initiative.objects.select_related("reporter").order_by("pk")
    found = agreements.select_related("country", "owner", "action__task_force", "proposed_by", "pair")
    return found.prefetch_related(Prefetch("parties", parties), Prefetch("initiatives", initiatives))


def whole(agreement: Agreement) -> Agreement:
    """The same agreement with everything its page shows."""
    return with_parties(Agreement.objects.filter(pk=agreement.pk)).get()


def state_of(agreement: Agreement) -> Agreement.State:
    """Where it stands. Needs its parties."""
    if agreement.withdrawn_at:
        return State.WITHDRAWN
    if agreement.agreed_at:
        is_over = agreement.action is None or agreement.action.done_at is not None
        return State.DONE if is_over else State.AGREED
    answers = {answer_of(party, agreement) for party in agreement.parties.all()}
    return State.OBJECTED if answers & {Party.Answer.OBJECT, Party.Answer.AMEND} else State.ASKED


def answer_of(party: Party, agreement: Agreement) -> Party.Answer:
    """What a party says to the text as it stands; an answer to an earlier text is none."""
    return Party.Answer(party.answer) if party.edition == agreement.edition else Party.Answer.NONE


@dataclass(frozen=True)
class Standing:
    """An agreement as a list shows it."""

    agreement: Agreement
    state: Agreement.State
    answered: int
    asked: int


def standing(agreements: Iterable[Agreement]) -> list[Standing]:
    """Each with its state and how many have answered. Needs `with_parties`."""
    found = []
    for one in agreements:
        parties = list(one.parties.all())
        answered = sum(answer_of(party, one) != Party.Answer.NONE for party in parties)
        found.append(Standing(one, state_of(one), answered, len(parties)))
    return found


def in_state(country: Country, state: str) -> QuerySet[Agreement]:
    """The agreements of a country that stand so; without a state all. The newest first."""
    found = Agreement.objects.filter(country=country).order_by("-proposed_at", "-pk")
    open_ones = Q(agreed_at=None, withdrawn_at=None)
    says_no = Q(
        pk__in=Party.objects.filter(answer__in=[Party.Answer.OBJECT, Party.Answer.AMEND])
        .filter(edition=F("agreement__edition"))
        .values("agreement")
    )
    is_over = Q(action=None) | Q(action__done_at__isnull=False)
    narrowed = {
        State.WITHDRAWN: Q(withdrawn_at__isnull=False),
        State.DONE: Q(agreed_at__isnull=False, withdrawn_at=None) & is_over,
        State.AGREED: Q(agreed_at__isnull=False, withdrawn_at=None) & ~is_over,
        State.OBJECTED: open_ones & says_no,
        State.ASKED: open_ones & ~says_no,
    }
    return found.filter(narrowed[State(state)]) if state else found


@dataclass(frozen=True)
class Step:
    """One step in the life of an agreement."""

    name: str
    state: str
    detail: str = ""


def life(agreement: Agreement) -> list[Step]:
    """From the proposal to what was done, as far as it is. Needs `with_parties`."""
    state = state_of(agreement)
    steps = [Step(_("Proposed"), "done", written.day(agreement.proposed_at))]
    if state is State.WITHDRAWN:
        return [*steps, Step(_("Withdrawn"), "done", agreement.withdrawn_why)]
    parties = list(agreement.parties.all())
    answered = sum(answer_of(party, agreement) is not Party.Answer.NONE for party in parties)
    told = _("%(n)s of %(all)s have answered") % {"n": answered, "all": len(parties)}
    is_agreed, agreed_on = agreement.agreed_at is not None, agreement.agreed_at
    steps.append(Step(_("Answers"), "done" if is_agreed else "now", told))
    steps.append(Step(_("Agreed"), "done" if is_agreed else "later", written.day(agreed_on) if agreed_on else ""))
    due = _("due %(day)s") % {"day": written.day(agreement.due_on)}
    return [*steps, Step(_("Done"), "done" if state is State.DONE else "now" if is_agreed else "later", due)]


def answers(agreement: Agreement) -> list[tuple[Party, Party.Answer]]:
    """Every party with what it says to the text as it stands. Needs `with_parties`."""
    return [(party, answer_of(party, agreement)) for party in agreement.parties.all()]


def initiatives_of(agreement: Agreement) -> QuerySet[Initiative]:
    """What it is about."""
    return agreement.initiatives.select_related("reporter").order_by("pk")


def asked_about(country: Country, pair: str, initiatives: Collection[str]) -> tuple[Pair | None, list[Initiative]]:
    """The pair of an address and its initiatives, or the initiatives that the address names; only the country's."""
    found = Pair.objects.filter(country=country, pk=int(pair)).first() if pair.isdecimal() else None
    wanted = {int(one) for one in initiatives if one.isdecimal()}
    if found:
        wanted |= {found.first_id, found.second_id}
    chosen = Initiative.objects.filter(country=country, pk__in=wanted, merged_into=None, withdrawn_at=None)
    return found, list(chosen.filter(is_draft=False).select_related("reporter").order_by("pk"))


def offered(chosen: Collection[Initiative]) -> list[Initiative]:
    """What a proposal can be about: the chosen initiatives and those found to be related to one of them."""
    found = {one.pk: one for one in chosen}
    for one in list(found.values()):
        found |= {other.pk: other for other in together(one)}
    return list(found.values())


def of_initiative(initiative: Initiative) -> list[Standing]:
    """The agreements an initiative is part of, the newest first."""
    found = Agreement.objects.filter(initiatives=initiative).order_by("-proposed_at", "-pk")
    return standing(with_parties(found))


def without_agreement(country: Country) -> QuerySet[Pair]:
    """Pairs that people found to overlap or to belong together and nobody has proposed anything for."""
    judged = Pair.objects.filter(country=country, verdict=Relation.OVERLAP, agreements=None)
    return judged.select_related("first", "second").order_by("-score", "-pk")


def together(initiative: Initiative) -> QuerySet[Initiative]:
    """Initiatives that people found to be related to this one."""
    pairs = Pair.objects.filter(Q(first=initiative) | Q(second=initiative), verdict__in=CALLS_FOR_ONE)
    others = {pk for pair in pairs for pk in (pair.first_id, pair.second_id)} - {initiative.pk}
    found = Initiative.objects.filter(pk__in=others, merged_into=None, withdrawn_at=None, is_draft=False)
    return found.select_related("reporter").order_by("pk")


@dataclass(frozen=True)
class Suggested:
    """An organisation that should be asked, and whom to ask there as far as we know."""

    organisation: Organisation
    name: str = ""
    email: str = ""
    person: Person | None = None


def suggested(initiatives: Collection[Initiative]) -> list[Suggested]:
    """Who has to agree: whoever reports one of these initiatives. Needs their reporters."""
    reporters = {one.reporter_id: one for one in initiatives}
    speak = Representative.objects.filter(organisation__in=reporters, ended_at=None, person__is_active=True)
    persons = {one.organisation_id: one.person for one in speak.select_related("person").order_by("-pk")}
    return [_suggested(one, persons.get(pk)) for pk, one in reporters.items()]


def _suggested(initiative: Initiative, person: Person | None) -> Suggested:
    if person:
        return Suggested(initiative.reporter, person.name, person.email, person)
    contact = initiative.contact
    return Suggested(initiative.reporter, contact.get("person", ""), contact.get("email", ""))


def unanswered(agreements: QuerySet[Agreement]) -> QuerySet[Party]:
    """Parties that have not answered the text as it stands, of open agreements."""
    here = Party.objects.filter(agreement__in=agreements.filter(agreed_at=None, withdrawn_at=None))
    silent = here.filter(~Q(edition=F("agreement__edition")) | Q(answer=""))
    return silent.select_related("agreement__country", "organisation", "person").order_by("agreement_id", "pk")


def waiting_for(person: Person, country: Country) -> QuerySet[Party]:
    """What a person is asked to say for an organisation."""
    theirs = Q(person=person) | Q(
        organisation__in=Representative.objects.filter(person=person, ended_at=None).values("organisation")
    )
    return unanswered(Agreement.objects.filter(country=country)).filter(theirs)


def to_remind(now: datetime) -> QuerySet[Party]:
    """Parties with an address that were asked a week ago and have not answered."""
    return unanswered(Agreement.objects.all()).exclude(email="").filter(asked_at__lte=now - ASK_AGAIN)
