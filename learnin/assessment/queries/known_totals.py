"""What is known of the population of a round: from the list its sample was drawn from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from learnin.assessment.formats.weight_recipe import Base, Margin
from learnin.assessment.models import Invitation, Round, Sample
from learnin.assessment.queries.asked import described
from learnin.assessment.queries.frames import NO_VALUE


@dataclass(frozen=True)
class Known:
    """The population as its list tells it: for each unit what is known of it, and how many of the population it holds.

    `counts` are units where units answer, people of each unit where people do; nothing where the list does not say.
    """

    said: tuple[dict[str, str], ...]
    counts: tuple[float, ...]

    @cached_property
    def everybody(self) -> float | None:
        """How many the population has."""
        return float(sum(self.counts)) if self.counts else None

    def margin(self, by: Sequence[str]) -> Margin:
        """How many have each combination of the values of these columns."""
        found: Counter[tuple[str, ...]] = Counter()
        for one, count in zip(self.said, self.counts, strict=True):
            found[tuple(one.get(name, "") for name in by)] += count  # type: ignore[assignment]  # counts may be shares
        return Margin(by=tuple(by), totals=tuple(sorted((level, float(n)) for level, n in found.items())))


NOTHING = Known((), ())


def known(round: Round, base: Base) -> Known:
    """What the list of a round's sample, or the list of everybody who was asked, tells of the population."""
    if round.kind == Round.Kind.CENSUS:
        belong = round.invitations.exclude(disposition=Invitation.Disposition.NOT_ELIGIBLE).order_by("number", "pk")
        languages = list(belong.values_list("language", flat=True))
        return Known(tuple(described("", "", one, {}) for one in languages), (1.0,) * len(languages))
    sample = round.sample
    if sample is None:
        return NOTHING
    rows = list(
        sample.frame.units.filter(set_aside="")
        .order_by("row", "pk")
        .values_list("area", "language", "strata", "seconds")
    )
    labels = _strata(sample)
    said = tuple(
        described(_label(strata, sample.strata, labels), area, language, strata)
        for area, language, strata, _seconds in rows
    )
    counts = np.ones(len(rows)) if base.inside == "unit" else _people([row[3] for row in rows])
    return Known(said, tuple(counts.tolist())) if counts.size else NOTHING


def _people(seconds: Sequence[int | None]) -> np.ndarray:
    """People of each unit; of one of which nothing is said, the mean of the others; nothing where nothing is said."""
    found = np.array([np.nan if one is None else one for one in seconds], dtype=float)
    if np.isnan(found).all():
        return np.zeros(0)
    return np.where(np.isnan(found), np.nanmean(found), found)


def _strata(sample: Sample) -> dict[tuple[str, ...], str]:
    """The names of a sample's strata by their values."""
    found = sample.drawn_strata.values_list("values", "label")
    return {tuple(values.get(heading, "") for heading in sample.strata): label for values, label in found}


def _label(strata: dict[str, str], headings: Sequence[str], labels: dict[tuple[str, ...], str]) -> str:
    """The stratum that a unit of the list is in."""
    return labels.get(tuple(strata.get(heading) or NO_VALUE for heading in headings), "")
