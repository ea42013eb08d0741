"""What readers and writers of files are told: names of countries, areas, themes and the like, in every language."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext as _

from learnin.initiatives import fivew_words, problems
from learnin.initiatives.formats import fivew
from learnin.initiatives.formats.fivew import Codes, Kind, Look, Places, Words
from learnin.initiatives.formats.record import NotReadable
from learnin.initiatives.models import Import, OrganisationType, Place, Status
from learnin.kit import languages
from learnin.people.models import Area, Country
from learnin.people.queries import area_names
from learnin.programme import reader

PROGRAMME = (Kind.THEME, Kind.AUDIENCE, Kind.COMPONENT)
CHOICES: Mapping[str, type[TextChoices]] = {
    Kind.STATUS: Status,
    Kind.ORGANISATION: OrganisationType,
    Kind.REACH: Place.Reach,
}
Names = dict[str, list[str]]


def why(refusal: NotReadable) -> str:
    """Why a file cannot be read, in words."""
    return problems.words(refusal.code, refusal.said)


def places() -> Places:
    """Countries of the programme and their areas, by their names."""
    codes = list(Country.objects.order_by("pk").values_list("pk", flat=True))
    spoken = [one.code for one in languages.interface()]
    return Places.of(
        countries={code: [languages.country_name(code, one) for one in spoken] for code in codes},
        areas={code: [name] for code, name in Area.objects.order_by("pk").values_list("code", "name")},
    )


def codes() -> Codes:
    """Our ids by their names, in every language of the pages."""
    return Codes.of({kind: _in_all_languages(kind) for kind in (*PROGRAMME, *CHOICES)})


def _named(kind: str) -> Iterable[tuple[str, str]]:
    """The names of a list in the reader's language."""
    if kind in CHOICES:
        return [(value, str(label)) for value, label in CHOICES[kind].choices]
    return [(one.id, one.name) for one in reader.current().items(kind)]


def _in_all_languages(kind: str) -> Names:
    found: Names = {}
    for language in languages.interface():
        with translation.override(language.code):
            for one, name in _named(kind):
                found.setdefault(one, []).append(name)
    return found


def look_of(source: Import, sheet: str = "") -> Look:
    """The table that came in: its columns, and what they seem to mean. Raises NotReadable.

    sheet: which one of a workbook; empty: the one that somebody chose, else the one that looks most like a table.
    """
    with source.attachment.file.open("rb") as file:
        return fivew.look(file.read(), source.attachment.name, sheet=sheet or source.sheet)


def words_for(country: Country | None = None) -> Words:
    """Headings and names of a table in the reader's language."""
    names = {kind: dict(_named(kind)) for kind in (*PROGRAMME, *CHOICES)}
    areas = Area.objects.order_by("pk").values_list("code", "name")
    names["area"] = dict(areas.filter(country=country) if country else areas)

    def name(kind: str, one: str) -> str:
        return names.get(kind, {}).get(one, str(one))

    return Words(
        headings={meaning: str(said) for meaning, said in fivew_words.HEADINGS.items()},
        names=name,
        sheet=_("Initiatives"),
        guide=_("Guide"),
        lists=_("Lists"),
        hints={meaning: str(said) for meaning, said in fivew_words.HINTS.items()},
    )


def lists(country: Country) -> Mapping[str, Sequence[str]]:
    """What the template offers to choose from."""
    return {
        **{kind: [name for _id, name in _named(kind)] for kind in (*PROGRAMME, Kind.STATUS)},
        "area": [one.name for one in area_names(country)],
    }
