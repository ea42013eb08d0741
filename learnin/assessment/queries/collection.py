"""Which forms and files a phone may fetch."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote

import segno
from django.core.cache import cache

from learnin.assessment.access.collection import Door
from learnin.assessment.formats import openrosa
from learnin.assessment.models import Medium, Version

DAY = 24 * 60 * 60


def versions(door: Door, *, now: datetime, form_id: str = "", all_versions: bool = False) -> list[Version]:
    """The versions on offer: the newest published one, or all; the draft, where one tries it; none after the end."""
    if form_id and form_id != door.instrument.form_id:
        return []
    if door.draft is not None:
        return [door.draft]
    if door.round is None or door.round.closed_at or now >= door.round.closes_at:
        return []
    found = Version.objects.filter(instrument=door.instrument, published_at__isnull=False).order_by("-number")
    return list(found if all_versions else found[:1])


def with_media(versions: Iterable[Version]) -> set[int]:
    """Those of the versions that show files."""
    wanted = [one.pk for one in versions]
    return set(Medium.objects.filter(version__in=wanted).values_list("version_id", flat=True))


def media(version: Version) -> list[Medium]:
    """The files that a version shows."""
    return list(version.media.select_related("attachment").order_by("name", "pk"))


def fingerprint(medium: Medium) -> str:
    """The MD5 of a file, worked out once a day: files never change."""
    key = f"collect:md5:{quote(medium.attachment.sha256)}"
    known = cache.get(key)
    if known is None:
        with medium.attachment.file.open() as file:
            known = openrosa.fingerprint(file.read())
        cache.set(key, known, DAY)
    return str(known)


def qr_code(settings: str) -> str:
    """What a phone scans to set up ODK Collect, as a picture in a data address."""
    return str(segno.make(settings, error="m", micro=False).svg_data_uri(scale=4, border=4))
