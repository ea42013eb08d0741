"""An initiative as its page shows it: texts by language, partners by role, where it is and for whom, and where it
is known from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from learnin.initiatives import code_words
from learnin.initiatives.models import ImportedRecord, Initiative, Partner, Place
from learnin.initiatives.queries import register
from learnin.kit import languages
from learnin.kit.sorting import in_order
from learnin.programme import reader

PURPOSES = ("1", "2", "3")


@dataclass(frozen=True)
class Texts:
    """What an initiative says of itself in one language."""

    language: str
    is_original: bool
    title: str
    about: tuple[str, ...]
    """What it does, what it is to reach, for whom it is: as far as it says so."""

    @property
    def name(self) -> str:
        """What the language is called."""
        return code_words.language_of(self.language)

    @property
    def html(self) -> str:
        """For the lang attribute."""
        known = languages.KNOWN.get(self.language)
        return known.html if known else self.language


@dataclass(frozen=True)
class Shown:
    """An initiative with its parts. Needs `records.with_parts`."""

    of: Initiative

    @cached_property
    def texts(self) -> list[Texts]:
        """Its texts: those in the reader's language first, then the original, then by language."""
        one = self.of
        told = {*one.titles, *(language for texts in one.descriptions.values() for language in texts)}
        spoken = languages.language().code
        mine = {spoken, languages.GENERATED.get(spoken, spoken)}
        order = sorted(told, key=lambda code: (code not in mine, code != one.language, code))
        return [
            Texts(
                language=code,
                is_original=code == one.language or len(told) == 1,
                title=one.titles.get(code, ""),
                about=tuple(
                    one.descriptions[purpose][code]
                    for purpose in PURPOSES
                    if one.descriptions.get(purpose, {}).get(code)
                ),
            )
            for code in order
        ]

    @property
    def roles(self) -> Iterator[tuple[str, list[Partner]]]:
        """Its partners, role by role, those who carry it out first."""
        partners = list(self.of.partners.all())
        for role in reversed(Partner.Role):
            here = in_order([one for one in partners if one.role == role], key=lambda one: str(one.organisation))
            if here:
                yield str(role.label), here

    @property
    def reached_places(self) -> list[Place]:
        """Where the people are whom it is for."""
        return [one for one in self.of.places.all() if one.reach == Place.Reach.BENEFICIARIES]

    @property
    def activity_places(self) -> list[Place]:
        """Where it happens."""
        return [one for one in self.of.places.all() if one.reach == Place.Reach.ACTIVITY]

    @property
    def other_places(self) -> list[Place]:
        """Places of which nobody said which of the two."""
        return [one for one in self.of.places.all() if not one.reach]

    @property
    def where(self) -> list[str]:
        """All its places by name."""
        return register.where(self.of)

    @property
    def themes(self) -> list[str]:
        """What it is about."""
        return [str(one.get_theme_display()) for one in self.of.themes.all()]

    @property
    def audiences(self) -> list[str]:
        """For whom it is."""
        return [str(one.get_audience_display()) for one in self.of.audiences.all()]

    @property
    def components(self) -> list[Any]:
        """The components it belongs to, in the order of the programme."""
        ids = {one.component for one in self.of.components.all()}
        return [one for one in reader.current().components if one.id in ids]

    @property
    def sectors(self) -> list[tuple[str, float | None]]:
        """Its purposes, with their share of one."""
        rows = sorted(self.of.sectors.all(), key=lambda row: row.code)
        return [
            (
                code_words.coded(row.code, code_words.PURPOSES),
                float(row.percentage) / 100 if row.percentage is not None else None,
            )
            for row in rows
        ]

    @property
    def isced(self) -> list[str]:
        """The levels of education."""
        return [code_words.coded(code, code_words.ISCED) for code in self.of.isced]

    @property
    def sdg(self) -> list[str]:
        """Goals and targets."""
        return [code_words.coded(code, code_words.SDG) for code in self.of.sdg]

    @cached_property
    def came_from(self) -> list[ImportedRecord]:
        """The files that told of it and were applied, the newest first."""
        told = self.of.told_by.filter(source__applied_at__isnull=False)
        return list(told.select_related("source__attachment").order_by("-source__applied_at", "-pk"))
