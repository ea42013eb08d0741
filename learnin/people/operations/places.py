"""Countries, their parts and their public pages."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.compute import folding
from learnin.kit.refusal import Refusal
from learnin.people import notices
from learnin.people.formats import places
from learnin.people.models import Area, Country, Person, PublicText

PLACES_FILE = Path(__file__).resolve().parent.parent / "places.yaml"


class NothingToShow(Refusal):
    """A public page needs a text."""


@transaction.atomic
def load_places(file: Path = PLACES_FILE) -> int:
    """Bring countries and areas to what the places file says; nothing in use is removed. Returns the countries."""
    read = places.read(file.read_text(encoding="utf-8"))
    for place in read:
        Country.objects.update_or_create(
            code=place.code,
            defaults={
                "official_languages": list(place.official_languages),
                "scripts": list(place.scripts),
                "time_zone": place.time_zone,
            },
        )
        for area in place.areas:
            Area.objects.update_or_create(
                code=area.code,
                defaults={
                    "country_id": place.code,
                    "name": area.name,
                    "kind": area.kind,
                    "search_keys": folding.search_keys(area.name),
                },
            )
    return len(read)


@transaction.atomic
def add_example_country(
    *, code: str, name: str, languages: list[str], scripts: list[str], zone: str, areas: dict[str, str]
) -> Country:
    """Add a made-up country; its pages say that everything is invented."""
    country = Country.objects.create(
        code=code, own_name=name, official_languages=languages, scripts=scripts, time_zone=zone, is_example=True
    )
    for area, area_name in areas.items():
        Area.objects.create(country=country, code=area, name=area_name, search_keys=folding.search_keys(area_name))
    return country


def _line(country: Country, verb: str, by: Person, now: datetime, before: dict, after: dict) -> None:
    notices.changed.send(Country, verb=verb, on=country, by=by, now=now, country=country, before=before, after=after)


@transaction.atomic
def write_public_text(country: Country, *, language: str, about: str, by: Person, now: datetime) -> None:
    """Say in one language what the task force is; an empty text takes that language off."""
    old = PublicText.objects.filter(country=country, language=language).first()
    before = old.about if old else ""
    if before == about:
        return
    if about:
        PublicText.objects.update_or_create(country=country, language=language, defaults={"about": about})
    elif old:
        old.delete()
    _line(
        country,
        "country.text_written",
        by,
        now,
        {"language": language, "about": before},
        {"language": language, "about": about},
    )


@transaction.atomic
def publish_country(country: Country, *, by: Person, now: datetime) -> None:
    """Open the public page. Raises NothingToShow."""
    country = Country.objects.select_for_update().get(pk=country.pk)
    if not country.public_texts.exists():
        raise NothingToShow(_("Write what the task force is first, in at least one language."))
    country.public_since = country.public_since or now
    country.save(update_fields=["public_since"])
    _line(country, "country.published", by, now, {}, {})


@transaction.atomic
def unpublish_country(country: Country, *, by: Person, now: datetime) -> None:
    """Close the public page."""
    country = Country.objects.select_for_update().get(pk=country.pk)
    country.public_since = None
    country.save(update_fields=["public_since"])
    _line(country, "country.unpublished", by, now, {}, {})
