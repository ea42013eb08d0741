"""A person's own data: correct, agree, ask for erasure."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from learnin.compute import folding
from learnin.kit.refusal import Refusal
from learnin.people import notices, privacy, queries
from learnin.people.models import Consent, Invitation, Person, Role, SpokenLanguage
from learnin.people.operations.roles import close
from learnin.people.roles import Kind, current

DETAILS = ("name", "organisation", "position", "phone")


class ErasureNotAsked(Refusal):
    """Nobody is erased who did not ask."""


def _line(person: Person, verb: str, by: Person | None, now: datetime, before: dict, after: dict) -> None:
    notices.changed.send(Person, verb=verb, on=person, by=by, now=now, country=None, before=before, after=after)


@transaction.atomic
def correct_details(person: Person, *, by: Person, now: datetime, spoken: dict[str, str], **details: str) -> None:
    """Change what we know of a person; only what differs goes into the journal.

    Args:
        spoken: language code -> CEFR level; what is missing here is forgotten.
        details: any of DETAILS.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    old = {field: getattr(person, field) for field in DETAILS} | {"languages": queries.levels(person)}
    new = {field: details.get(field, old[field]) for field in DETAILS} | {"languages": spoken}
    differs = [key for key in new if new[key] != old[key]]
    if not differs:
        return
    for field in DETAILS:
        setattr(person, field, new[field])
    person.search_keys = folding.search_keys(f"{person.name} {person.organisation}")
    person.save(update_fields=[*DETAILS, "search_keys"])
    person.spoken_languages.exclude(language__in=spoken).delete()
    for language, level in spoken.items():
        SpokenLanguage.objects.update_or_create(person=person, language=language, defaults={"level": level})
    _line(person, "person.corrected", by, now, {key: old[key] for key in differs}, {key: new[key] for key in differs})


@transaction.atomic
def choose_language(person: Person, *, language: str, by: Person, now: datetime) -> None:
    """From now on, pages and letters come in this language."""
    before = person.language
    if before == language:
        return
    person.language = language
    person.save(update_fields=["language"])
    _line(person, "person.chose_language", by, now, {"language": before}, {"language": language})


@transaction.atomic
def record_consent(person: Person, *, now: datetime) -> None:
    """The person agrees to the privacy notice in force; agreeing twice changes nothing."""
    if queries.has_agreed(person):
        return
    Consent.objects.create(person=person, notice_version=privacy.NOTICE_VERSION, act=Consent.Act.GIVEN, at=now)
    _line(person, "consent.given", person, now, {}, {"version": privacy.NOTICE_VERSION})


@transaction.atomic
def withdraw_consent(person: Person, *, now: datetime) -> None:
    """The person takes the agreement back."""
    if not queries.has_agreed(person):
        return
    Consent.objects.create(person=person, notice_version=privacy.NOTICE_VERSION, act=Consent.Act.WITHDRAWN, at=now)
    _line(person, "consent.withdrawn", person, now, {"version": privacy.NOTICE_VERSION}, {})


@transaction.atomic
def ask_for_erasure(person: Person, *, now: datetime) -> None:
    """Ask that one's data be erased; a regional administrator carries it out."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.erasure_asked_at:
        return
    person.erasure_asked_at = now
    person.save(update_fields=["erasure_asked_at"])
    _line(person, "erasure.asked", person, now, {}, {})
    for admin in Person.objects.filter(roles__in=Role.objects.filter(current(now.date()), kind=Kind.REGIONAL_ADMIN)):
        notices.told.send(
            Person, person=admin, kind="erasure.asked", params={"name": person.name}, url="/region/erasures/", now=now
        )


@transaction.atomic
def keep_after_all(person: Person, *, now: datetime) -> None:
    """Take the wish for erasure back."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.erasure_asked_at is None:
        return
    person.erasure_asked_at = None
    person.save(update_fields=["erasure_asked_at"])
    _line(person, "erasure.not_wanted", person, now, {}, {})


@transaction.atomic
def erase(person: Person, *, by: Person, now: datetime) -> None:
    """Forget who this was. Roles end; what was decided stays, under a replaced name.

    Raises ErasureNotAsked, LastAdministrator.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.erasure_asked_at is None:
        raise ErasureNotAsked(_("%(name)s did not ask for erasure.") % {"name": person.name})
    for role in person.roles.filter(ended_at=None).order_by("pk"):
        close(role, verb="role.ended", by=by, now=now)
    notices.erased.send(Person, person=person, by=by, now=now)  # hears the old name, before it goes
    person.spoken_languages.all().delete()
    person.api_tokens.all().delete()
    for known in (EmailAddress, Authenticator, SocialAccount):
        known.objects.filter(user=person).delete()
    for session in UserSession.objects.filter(user=person):
        session.end()
    old_email = person.email
    person.name = person.name_when_erased
    person.email = f"erased-{person.pk}@erased.invalid"
    Invitation.objects.filter(email__iexact=old_email).update(email=person.email, name=person.name, message="")
    person.organisation = person.position = person.phone = person.search_keys = ""
    person.is_active, person.erased_at = False, now
    person.set_unusable_password()
    person.save()
    _line(person, "person.erased", by, now, {}, {})
