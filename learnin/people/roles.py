"""Who may do what, on one page.

A person holds roles; a role has a kind and a scope; a kind allows verbs. Nothing else gives a right.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import TYPE_CHECKING

from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learnin.kit.readings import reading

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from learnin.people.models import Country, Person, Role
    from learnin.people.region import Region


class Can(StrEnum):
    """A verb of the work. Later stages add theirs here."""

    SEE_REGION = auto()
    SEE_OFFICE = auto()
    SEE_COUNTRY = auto()
    EDIT_COUNTRY = auto()
    SEE_PEOPLE = auto()
    INVITE_PEOPLE = auto()
    END_ROLES = auto()
    ERASE_PEOPLE = auto()
    SEE_JOURNAL = auto()
    SHARE_DOCUMENTS = auto()
    PUBLISH_DOCUMENTS = auto()
    SEE_TASK_FORCE = auto()
    EDIT_TASK_FORCE = auto()
    HOLD_MEETINGS = auto()
    APPROVE_MINUTES = auto()
    OBJECT_TO_MINUTES = auto()
    DO_ACTIONS = auto()
    RUN_ACTIVITIES = auto()
    ANSWER_ACTIVITIES = auto()
    SEE_ASSESSMENT = auto()
    EDIT_ASSESSMENT = auto()
    ADD_EVIDENCE = auto()
    TRANSLATE_QUESTIONS = auto()
    RUN_ROUNDS = auto()
    ENTER_ANSWERS = auto()
    SEE_ANSWERS = auto()
    REVIEW_ANSWERS = auto()
    EXPORT_ANSWERS = auto()
    MAKE_WEIGHTS = auto()
    MAKE_ESTIMATES = auto()
    WRITE_FINDINGS = auto()
    JUDGE_FINDINGS = auto()
    PUBLISH_FINDINGS = auto()
    SEE_PERSONAL_ANSWERS = auto()
    RUN_REGIONAL_ASSESSMENTS = auto()
    SEE_INITIATIVES = auto()
    REGISTER_INITIATIVES = auto()
    EDIT_INITIATIVES = auto()
    PUBLISH_INITIATIVES = auto()
    IMPORT_INITIATIVES = auto()
    JUDGE_RELATIONS = auto()
    PROPOSE_AGREEMENTS = auto()
    SEE_COVERAGE = auto()
    ENTER_RATES = auto()


class Scope(StrEnum):
    """How far a role reaches."""

    REGION = auto()
    COUNTRY = auto()
    COMMUNITY = auto()


class Kind(TextChoices):
    """What a person is here. The words stand on pages and in letters."""

    REGIONAL_ADMIN = "regional_admin", _("Regional administrator")
    REGIONAL_MEMBER = "regional_member", _("Regional task force member")
    COUNTRY_ADMIN = "country_admin", _("Country administrator")
    COUNTRY_OFFICE = "country_office", _("Country office focal point")
    CHAIR = "chair", _("Task force chair")
    COORDINATOR = "coordinator", _("Task force coordinator")
    MEMBER = "member", _("Task force member")
    ASSESSMENT_COORDINATOR = "assessment_coordinator", _("Needs assessment coordinator")
    ANALYST = "analyst", _("Ministry analyst")
    TRANSLATOR = "translator", _("Translator of questionnaires")
    INTERVIEWER = "interviewer", _("Interviewer")
    COMMUNITY_COORDINATOR = "community_coordinator", _("Community coordinator")
    OBSERVER = "observer", _("Observer or partner")


@dataclass(frozen=True)
class Powers:
    """How far a kind of role reaches, what it allows, and which roles its holder may give and end."""

    scope: Scope
    can: frozenset[Can]
    gives: frozenset[Kind] = frozenset()


_READS = frozenset(
    {
        Can.SEE_COUNTRY,
        Can.SEE_PEOPLE,
        Can.SEE_TASK_FORCE,
        Can.SEE_ASSESSMENT,
        Can.SEE_INITIATIVES,
        Can.SEE_COVERAGE,
    }
)
_REGISTERS = frozenset({Can.REGISTER_INITIATIVES, Can.IMPORT_INITIATIVES, Can.SEE_COVERAGE})
"""What an organisation does with its own initiatives; it sees no others that are not published, counted neither."""
_WORKS = _READS | {
    Can.SEE_JOURNAL,
    Can.SHARE_DOCUMENTS,
    Can.OBJECT_TO_MINUTES,
    Can.DO_ACTIONS,
    Can.ADD_EVIDENCE,
    Can.WRITE_FINDINGS,
    Can.JUDGE_FINDINGS,
    Can.REGISTER_INITIATIVES,
}
_ANALYSES = frozenset(
    {
        Can.SEE_ANSWERS,
        Can.REVIEW_ANSWERS,
        Can.EXPORT_ANSWERS,
        Can.MAKE_WEIGHTS,
        Can.MAKE_ESTIMATES,
        Can.WRITE_FINDINGS,
    }
)
_ASSESSES = _ANALYSES | {
    Can.EDIT_ASSESSMENT,
    Can.ADD_EVIDENCE,
    Can.TRANSLATE_QUESTIONS,
    Can.RUN_ROUNDS,
    Can.ENTER_ANSWERS,
    Can.SEE_PERSONAL_ANSWERS,
    Can.PUBLISH_FINDINGS,
}
_LEADS = (
    _WORKS
    | _ASSESSES
    | {
        Can.INVITE_PEOPLE,
        Can.END_ROLES,
        Can.EDIT_COUNTRY,
        Can.PUBLISH_DOCUMENTS,
        Can.EDIT_TASK_FORCE,
        Can.HOLD_MEETINGS,
        Can.APPROVE_MINUTES,
        Can.ANSWER_ACTIVITIES,
        Can.EDIT_INITIATIVES,
        Can.PUBLISH_INITIATIVES,
        Can.IMPORT_INITIATIVES,
        Can.JUDGE_RELATIONS,
        Can.PROPOSE_AGREEMENTS,
        Can.ENTER_RATES,
    }
)
_ASSESSORS = frozenset({Kind.ANALYST, Kind.TRANSLATOR, Kind.INTERVIEWER})
_MEMBERS = _ASSESSORS | {Kind.MEMBER, Kind.ASSESSMENT_COORDINATOR, Kind.COMMUNITY_COORDINATOR, Kind.OBSERVER}
_HEADS = frozenset({Kind.CHAIR, Kind.COORDINATOR})
_REGIONAL = frozenset({Kind.REGIONAL_ADMIN, Kind.REGIONAL_MEMBER})

POWERS: dict[Kind, Powers] = {
    Kind.REGIONAL_ADMIN: Powers(Scope.REGION, frozenset(Can), frozenset(Kind)),
    Kind.REGIONAL_MEMBER: Powers(
        Scope.REGION, _READS | {Can.SEE_REGION, Can.RUN_ACTIVITIES, Can.RUN_REGIONAL_ASSESSMENTS}
    ),
    Kind.COUNTRY_ADMIN: Powers(Scope.COUNTRY, _LEADS, frozenset(Kind) - _REGIONAL),
    Kind.COUNTRY_OFFICE: Powers(Scope.COUNTRY, _LEADS, _HEADS | _MEMBERS),
    Kind.CHAIR: Powers(Scope.COUNTRY, _LEADS, _MEMBERS | {Kind.COORDINATOR}),
    Kind.COORDINATOR: Powers(Scope.COUNTRY, _LEADS, _MEMBERS),
    Kind.MEMBER: Powers(Scope.COUNTRY, _WORKS),
    Kind.ASSESSMENT_COORDINATOR: Powers(Scope.COUNTRY, _WORKS | _ASSESSES | {Can.INVITE_PEOPLE}, _ASSESSORS),
    Kind.ANALYST: Powers(Scope.COUNTRY, _READS | _ANALYSES),
    Kind.TRANSLATOR: Powers(Scope.COUNTRY, frozenset({Can.SEE_COUNTRY, Can.SEE_ASSESSMENT, Can.TRANSLATE_QUESTIONS})),
    Kind.INTERVIEWER: Powers(Scope.COUNTRY, frozenset({Can.SEE_COUNTRY, Can.SEE_ASSESSMENT, Can.ENTER_ANSWERS})),
    Kind.COMMUNITY_COORDINATOR: Powers(Scope.COMMUNITY, _WORKS),
    Kind.OBSERVER: Powers(Scope.COUNTRY, _REGISTERS | {Can.SEE_COUNTRY}),
}

REGIONAL_KINDS = sorted(kind.value for kind, powers in POWERS.items() if powers.scope is Scope.REGION)


def current(today: object = None) -> Q:
    """Roles that hold today: begun, not past their last day, not ended by anyone."""
    today = today or timezone.localdate()
    return Q(ended_at=None) & Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today))


def held_by(person: "Person | AnonymousUser") -> "list[Role]":
    """The roles the person holds today, read once for each time the person is loaded."""
    if not person.is_authenticated:
        return []
    if not hasattr(person, "held_roles"):
        person.held_roles = _held(person.pk, timezone.localdate())
        for role in person.held_roles:
            role.person = person
    return person.held_roles


@reading
def _held(person: int, today: date) -> "QuerySet[Role]":
    from learnin.people.models import Role  # it stands on this page

    return Role.objects.filter(current(today), person=person).order_by("pk")


def able(people: Collection[int], can: Can, place: "Country | Region | None" = None) -> frozenset[int]:
    """Which of these people may do this there, by their keys: one question for all of them."""
    held = _held_by_several(sorted(people), timezone.localdate())
    return frozenset(role.person_id for role in _here(held, place) if can in POWERS[Kind(role.kind)].can)


@reading
def _held_by_several(people: list[int], today: date) -> "QuerySet[Role]":
    from learnin.people.models import Role  # it stands on this page

    return Role.objects.filter(current(today), person__pk__in=people).order_by("pk")


def _here(roles: "Iterable[Role]", place: "Country | Region | None") -> "Iterable[Role]":
    return (r for r in roles if r.country_id is None or (place is not None and r.country_id == place.pk))


def may(person: "Person | AnonymousUser", can: Can, place: "Country | Region | None" = None) -> bool:
    """Whether the person may do this in the country; without a country, in the whole region."""
    return any(can in POWERS[Kind(role.kind)].can for role in _here(held_by(person), place))


def may_give(person: "Person", country: "Country | None") -> frozenset[Kind]:
    """The kinds of role this person may give and end there."""
    kinds = frozenset[Kind]().union(*(POWERS[Kind(r.kind)].gives for r in _here(held_by(person), country)))
    return frozenset(kind for kind in kinds if (POWERS[kind].scope is Scope.REGION) == (country is None))


def may_invite_as(person: "Person", country: "Country | None") -> frozenset[Kind]:
    """The kinds of role one can be invited into by a letter alone; a community's coordinator is appointed."""
    return frozenset(kind for kind in may_give(person, country) if POWERS[kind].scope is not Scope.COMMUNITY)
