"""Roles begin and end; history stays."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from learnin.kit.refusal import Refusal
from learnin.people import notices
from learnin.people.models import Country, Person, Role
from learnin.people.roles import POWERS, Kind, Scope, current, may_give


class NotYours(Refusal):
    """Your own role does not let you give or end this one."""


class AlreadyHolds(Refusal):
    """The person holds this role already."""


class AlreadyEnded(Refusal):
    """The role is over."""


class LastAdministrator(Refusal):
    """Nobody would be left to look after the region."""


def require_giver(by: Person | None, kind: Kind, country: Country | None) -> None:
    """Let pass who may give this role here. `by=None` is the installation itself. Raises NotYours."""
    if by is not None and kind not in may_give(by, country):
        raise NotYours(_("Your role does not let you give the role “%(role)s”.") % {"role": kind.label})


def require_free(person: Person, kind: Kind, country: Country | None, component: str = "") -> None:
    """Raises AlreadyHolds where the person is this already."""
    held = Role.objects.filter(person=person, kind=kind, country=country, component=component, ended_at=None)
    if held.exists():
        raise AlreadyHolds(_("%(name)s already holds the role “%(role)s”.") % {"name": person.name, "role": kind.label})


def _tell(role: Role, kind: str, by: Person | None, now: datetime) -> None:
    if by == role.person:
        return
    notices.told.send(
        Role,
        person=role.person,
        kind=kind,
        params={"role": role.kind, "country": role.country_id or "", "by": by.name if by else ""},
        url=reverse("people:me"),
        now=now,
    )


@transaction.atomic
def give_role(
    person: Person,
    *,
    kind: Kind,
    country: Country | None,
    by: Person | None,
    now: datetime,
    ends_on: date | None = None,
    component: str = "",
) -> Role:
    """Make somebody something, from today. Raises NotYours, AlreadyHolds."""
    require_giver(by, Kind(kind), country)
    return begin_role(person, kind=kind, country=country, by=by, now=now, ends_on=ends_on, component=component)


@transaction.atomic
def begin_role(
    person: Person,
    *,
    kind: Kind,
    country: Country | None,
    by: Person | None,
    now: datetime,
    ends_on: date | None = None,
    component: str = "",
) -> Role:
    """Begin a role that was given or accepted; whether `by` may give it was asked before. Raises AlreadyHolds."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    kind = Kind(kind)
    # A role that ran out on its last day is closed here, so that it can be given anew.
    open_roles = Role.objects.filter(person=person, kind=kind, country=country, component=component, ended_at=None)
    open_roles.filter(ends_on__lt=now.date()).update(ended_at=now)
    require_free(person, kind, country, component)
    role = Role.objects.create(
        person=person,
        kind=kind,
        country=country if POWERS[kind].scope is not Scope.REGION else None,
        component=component,
        starts_on=now.date(),
        ends_on=ends_on,
        given_by=by,
        given_at=now,
    )
    after = {"role": kind, "person": person.name, "until": ends_on.isoformat() if ends_on else ""}
    notices.changed.send(Role, verb="role.given", on=role, by=by, now=now, country=country, before=None, after=after)
    _tell(role, "role.given", by, now)
    return role


@transaction.atomic
def close(role: Role, *, verb: str, by: Person, now: datetime) -> Role:
    """End a role; whether `by` may was asked before. Raises AlreadyEnded, LastAdministrator."""
    role = Role.objects.select_for_update(of=("self",)).select_related("person", "country").get(pk=role.pk)
    if role.ended_at:
        raise AlreadyEnded(_("This role has already ended."))
    admins = Role.objects.filter(current(now.date()), kind=Kind.REGIONAL_ADMIN)
    if role.kind == Kind.REGIONAL_ADMIN and not admins.exclude(pk=role.pk).exists():
        raise LastAdministrator(_("This is the last regional administrator. Give the role to somebody else first."))
    role.ended_at, role.ended_by, role.named_publicly_at = now, by, None
    role.save(update_fields=["ended_at", "ended_by", "named_publicly_at"])
    notices.changed.send(
        Role,
        verb=verb,
        on=role,
        by=by,
        now=now,
        country=role.country,
        before={"role": role.kind, "person": role.person.name},
        after=None,
    )
    _tell(role, verb, by, now)
    return role


@transaction.atomic
def end_role(role: Role, *, by: Person, now: datetime) -> Role:
    """End somebody's role today. Raises NotYours, AlreadyEnded, LastAdministrator."""
    if Kind(role.kind) not in may_give(by, role.country):
        raise NotYours(_("Your role does not let you end the role “%(role)s”.") % {"role": role.get_kind_display()})
    return close(role, verb="role.ended", by=by, now=now)


@transaction.atomic
def leave(role: Role, *, by: Person, now: datetime) -> None:
    """Give up one's own role. Raises NotYours, AlreadyEnded, LastAdministrator."""
    if role.person_id != by.pk:
        raise NotYours(_("You can leave your own roles only."))
    close(role, verb="role.left", by=by, now=now)


def _name_publicly(role: Role, verb: str, by: Person, now: datetime, since: datetime | None) -> None:
    role = Role.objects.select_for_update(of=("self",)).select_related("person", "country").get(pk=role.pk)
    if role.person_id != by.pk:
        raise NotYours(_("Only the person can agree to be named."))
    if role.ended_at:
        raise AlreadyEnded(_("This role has already ended."))
    role.named_publicly_at = since
    role.save(update_fields=["named_publicly_at"])
    notices.changed.send(Role, verb=verb, on=role, by=by, now=now, country=role.country, before=None, after=None)


@transaction.atomic
def agree_to_be_named(role: Role, *, by: Person, now: datetime) -> None:
    """Let the public page say that one speaks for the task force. Raises NotYours, AlreadyEnded."""
    _name_publicly(role, "role.named_publicly", by, now, now)


@transaction.atomic
def stop_being_named(role: Role, *, by: Person, now: datetime) -> None:
    """Take one's name off the public page. Raises NotYours, AlreadyEnded."""
    _name_publicly(role, "role.not_named_publicly", by, now, None)
