"""The life of an initiative in the register: confirmed, published, taken out and put back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.initiatives.models import Initiative, Representative
from learnin.journal.operations import entries, notices
from learnin.kit.refusal import Refusal
from learnin.people.models import Person
from learnin.people.roles import Can, may


class NotInRegister(Refusal):
    """A draft, or one that was taken out or merged, is not confirmed or published."""


class NotConfirmed(Refusal):
    """What nobody confirmed is not shown to everybody."""


class AlreadySo(Refusal):
    """Somebody did it before."""


class OthersConfirm(Refusal):
    """What everybody reads is confirmed by those who publish it."""


class WhyMissing(Refusal):
    """Whoever takes an initiative out says why."""


def _locked(initiative: Initiative) -> Initiative:
    return Initiative.objects.select_for_update(of=("self",)).select_related("country").get(pk=initiative.pk)


def _require_in_register(found: Initiative) -> None:
    if not found.is_in_register:
        raise NotInRegister(_("This initiative is not in the register: it is a draft, was taken out or merged."))


@transaction.atomic
def finish_draft(initiative: Initiative, *, by: Person, now: datetime) -> None:
    """A draft becomes an initiative of the register; whoever finishes it confirms it. Raises AlreadySo."""
    found = _locked(initiative)
    if not found.is_draft:
        raise AlreadySo(_("This initiative is in the register already."))
    found.is_draft, found.confirmed_by, found.confirmed_at, found.changed_at = False, by, now, now
    found.save(update_fields=["is_draft", "confirmed_by", "confirmed_at", "changed_at"])
    entries.write("initiative.finished", found, by=by, now=now, country=found.country)


@transaction.atomic
def confirm(initiative: Initiative, *, by: Person, now: datetime) -> None:
    """Somebody who knows says that what was told is so. Raises NotInRegister, AlreadySo or OthersConfirm."""
    found = _locked(initiative)
    _require_in_register(found)
    if found.is_confirmed:
        raise AlreadySo(_("This initiative is confirmed already."))
    if found.published_at and not may(by, Can.PUBLISH_INITIATIVES, found.country):
        raise OthersConfirm(_("Everybody reads this initiative: those who publish it confirm what changed."))
    found.confirmed_by, found.confirmed_at, found.changed_at = by, now, now
    found.save(update_fields=["confirmed_by", "confirmed_at", "changed_at"])
    entries.write("initiative.confirmed", found, by=by, now=now, country=found.country)


@transaction.atomic
def publish(initiative: Initiative, *, by: Person, now: datetime) -> None:
    """Let everybody read it. Raises NotInRegister, NotConfirmed or AlreadySo."""
    found = _locked(initiative)
    _require_in_register(found)
    if not found.is_confirmed:
        raise NotConfirmed(_("Nobody confirmed this initiative yet. Confirm it before everybody reads it."))
    if found.published_at:
        raise AlreadySo(_("This initiative is published already."))
    found.published_by, found.published_at, found.changed_at = by, now, now
    found.save(update_fields=["published_by", "published_at", "changed_at"])
    entries.write("initiative.published", found, by=by, now=now, country=found.country)
    _tell_its_people(found, "initiative.published", by=by, now=now)


@transaction.atomic
def unpublish(initiative: Initiative, *, by: Person, now: datetime) -> None:
    """Take it off the public page; it stays in the register. Raises AlreadySo."""
    found = _locked(initiative)
    if not found.published_at:
        raise AlreadySo(_("This initiative is not published."))
    _hide(found)
    found.changed_at = now
    found.save(update_fields=["published_by", "published_at", "changed_at"])
    entries.write("initiative.unpublished", found, by=by, now=now, country=found.country)


@transaction.atomic
def withdraw(initiative: Initiative, *, why: str, by: Person, now: datetime) -> None:
    """Take it out of the register, and off the public page; it can come back. Raises WhyMissing or AlreadySo."""
    found = _locked(initiative)
    if not why.strip():
        raise WhyMissing(_("Say why it is taken out."))
    if found.withdrawn_at:
        raise AlreadySo(_("This initiative was taken out already."))
    _hide(found)
    found.withdrawn_at, found.withdrawn_why, found.changed_at = now, why.strip(), now
    found.save(update_fields=["published_by", "published_at", "withdrawn_at", "withdrawn_why", "changed_at"])
    entries.write(
        "initiative.withdrawn", found, by=by, now=now, country=found.country, after={"withdrawn_why": why.strip()}
    )
    _tell_its_people(found, "initiative.withdrawn", by=by, now=now)


@transaction.atomic
def bring_back(initiative: Initiative, *, by: Person, now: datetime) -> None:
    """Put it back into the register; it is not published by that. Raises AlreadySo."""
    found = _locked(initiative)
    if not found.withdrawn_at:
        raise AlreadySo(_("This initiative is in the register already."))
    found.withdrawn_at, found.withdrawn_why, found.changed_at = None, "", now
    found.save(update_fields=["withdrawn_at", "withdrawn_why", "changed_at"])
    entries.write("initiative.brought-back", found, by=by, now=now, country=found.country)


def _hide(found: Initiative) -> None:
    found.published_by = found.published_at = None


def _tell_its_people(found: Initiative, kind: str, *, by: Person, now: datetime) -> None:
    """Who registered it, and who represents its reporter, learn what became of it."""
    standing = Representative.objects.filter(organisation=found.reporter_id, ended_at=None).order_by("pk")
    people = {found.registered_by_id: found.registered_by}
    people |= {one.person_id: one.person for one in standing.select_related("person")}
    for pk, person in people.items():
        if pk != by.pk and person.is_active:
            notices.tell(person, kind=kind, params={"title": found.title(person.language)}, url=found.url, now=now)
