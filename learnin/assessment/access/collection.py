"""Who may bring answers: with an enumerator's key, by password, an open link or an invitation's, or to try a draft.

These are addresses of programs. A key that is wrong or revoked is 403, never 401: Collect would ask for a password.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from learnin.assessment.models import Enumerator, Instrument, Invitation, Medium, Round, Submission, Version
from learnin.people.access import carried, found_among

DRAFT_SALT = "assessment.draft"
DRAFT_SECONDS = 90 * 24 * 60 * 60
DRAFT_SIGN = ":"  # stands in the code of a draft, and in no other key
INVITED_SIGN = "."  # stands in the link of an invitation, never in the key of an open link
INVITED_SALT = {"web": "assessment.invited", "phone": "assessment.invited.phone"}
KNOWN_SECONDS = 10 * 60  # for so long a password that was right once is not hashed again
TRIES, TRIES_SECONDS = 10, 5 * 60  # wrong passwords of one name before all of them are refused for a while
KINDS = ("password", "open", "draft", "key")


class NeedsPassword(PermissionDenied):
    """Nobody said who they are, or not rightly."""


class NeedsHttps(PermissionDenied):
    """A password came, or would come, over a line that others can read."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where a phone came in: which questionnaire it may fetch, and where its answers belong."""

    kind: str  # of its addresses: one of KINDS
    key: str
    instrument: Instrument
    round: Round | None = None
    enumerator: Enumerator | None = None
    draft: Version | None = None
    invitation: Invitation | None = None
    channel: str = ""


def door(request: HttpRequest, kind: str, key: str) -> Door:
    """The door behind this address. Raises PermissionDenied, NeedsPassword, NeedsHttps."""
    if kind == "password":
        return _for(_by_password(request), kind, "")
    if kind == "open":
        return _invited(key) if INVITED_SIGN in key else _open(key)
    if kind == "draft":
        return _draft(key)
    return _for(_enumerator(key=key), kind, key)


def version(at: Door, pk: int) -> Version:
    """A version of the questionnaire behind this door. Raises Http404."""
    found = Version.objects.filter(pk=pk, instrument=at.instrument)
    found = found.filter(pk=at.draft.pk) if at.draft else found.filter(published_at__isnull=False)
    if (one := found.first()) is None:
        raise Http404
    return one


def medium(at: Door, pk: int, medium_pk: int) -> Medium:
    """A file that this version shows. Raises Http404."""
    found = Medium.objects.filter(pk=medium_pk, version=version(at, pk)).select_related("attachment").first()
    if found is None:
        raise Http404
    return found


def draft_token(version: Version) -> str:
    """What stands in the address under which a draft can be tried. A renewed code stops those before it."""
    return signing.dumps([version.pk, version.code_number], salt=DRAFT_SALT)


def drafted(token: str) -> Door:
    """The door behind the code of a draft. Raises Http404."""
    pk, number = carried(token, salt=DRAFT_SALT, parts=2, seconds=DRAFT_SECONDS)
    drafts = Version.objects.select_related("instrument__country").filter(published_at=None)
    found = found_among(drafts, pk=pk, code_number=number)
    return Door("draft", token, found.instrument, draft=found)


def invited_token(invitation: Invitation, channel: str = Submission.Channel.WEB) -> str:
    """What stands in the link of an invitation. It is signed; by phone it says so, and nobody can pretend."""
    return signing.Signer(salt=INVITED_SALT[channel], sep=INVITED_SIGN).sign(invitation.nonce)


def invited(token: str) -> Door:
    """The door behind the link of an invitation. Raises Http404."""
    for channel, salt in INVITED_SALT.items():
        try:
            nonce = signing.Signer(salt=salt, sep=INVITED_SIGN).unsign(token)
        except signing.BadSignature:
            continue
        found = Invitation.objects.select_related("round__instrument", "round__country").filter(nonce=nonce).first()
        if found is not None:
            round_ = found.round
            marked = "" if channel == Submission.Channel.WEB else channel  # else as the program that brings it says
            return Door("open", token, round_.instrument, round=round_, invitation=found, channel=marked)
    raise Http404


def _invited(token: str) -> Door:
    """For programs, who are told 403 and never 404."""
    try:
        return invited(token)
    except Http404:
        raise PermissionDenied(_("This address is not known here. Scan the code again.")) from None


# What a door must know. Hundreds of posts a second come in here: nothing else is fetched.
_OF_ROUND = ("instrument__form_id", "instrument__title", "title", "naming", "opens_at", "closes_at", "closed_at")
_NEEDED = ("name", "key", "password", "revoked_at", *(f"round__{name}" for name in _OF_ROUND))


def _enumerator(**known: object) -> Enumerator | None:
    try:
        return Enumerator.objects.select_related("round__instrument").only(*_NEEDED).get(**known)
    except Enumerator.DoesNotExist:
        return None


def _for(enumerator: Enumerator | None, kind: str, key: str) -> Door:
    if enumerator is None:
        raise PermissionDenied(_("This address is not known here. Scan the code on your card again."))
    if enumerator.revoked_at:
        raise PermissionDenied(_("This access was taken back. Ask the coordinator of the round for a new card."))
    round_ = enumerator.round
    return Door(kind, key, round_.instrument, round=round_, enumerator=enumerator)


def _open(key: str) -> Door:
    wanted = Round.objects.select_related("instrument").only(*_OF_ROUND, "key", "kind")
    found = wanted.filter(key=key, kind=Round.Kind.OPEN).first()
    if found is None:
        raise PermissionDenied(_("This address is not known here. Scan the code again."))
    return Door("open", key, found.instrument, round=found)


def _draft(token: str) -> Door:
    try:
        return drafted(token)
    except Http404:
        raise PermissionDenied(_("This draft cannot be tried any longer. Ask for its new code.")) from None


def _by_password(request: HttpRequest) -> Enumerator:
    """Basic (RFC 7617): the user name is the number of the enumerator. Hashed once in a while, not at each post."""
    if not (request.is_secure() or settings.DEBUG):
        raise NeedsHttps(_("Passwords are taken over HTTPS only."))
    scheme, _space, said = request.headers.get("Authorization", "").partition(" ")
    try:
        name, colon, password = base64.b64decode(said.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        name = colon = password = ""
    if scheme.lower() != "basic" or not (colon and password and name.isascii() and name.isdigit() and len(name) < 19):
        raise NeedsPassword
    found = _enumerator(pk=int(name))
    if found is None or not found.password or not _is_right(found, password):
        raise NeedsPassword
    return found


def _is_right(enumerator: Enumerator, password: str) -> bool:
    """Whether this is the password. A new password, or a revoked name, counts at once: the row is read each time."""
    stamp = salted_hmac(DRAFT_SALT + ".password", enumerator.password, algorithm="sha256").hexdigest()
    spoken = hmac.new(settings.SECRET_KEY.encode(), f"{enumerator.pk}:{password}".encode(), hashlib.sha256).hexdigest()
    known, wrong = f"collect:{spoken}", f"collect:wrong:{enumerator.pk}"
    if cache.get(known) == stamp:
        return True
    if cache.get(wrong, 0) >= TRIES:
        return False
    if check_password(password, enumerator.password):
        cache.set(known, stamp, KNOWN_SECONDS)
        return True
    cache.set(wrong, cache.get(wrong, 0) + 1, TRIES_SECONDS)
    return False
