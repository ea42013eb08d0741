"""Open data of an assessment: what was prepared, what its check found, what everybody may have."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from learnin.assessment import open_data_words, weight_words
from learnin.assessment.models import Assessment, OpenData, RunRound
from learnin.assessment.queries import estimates, indicators, reading
from learnin.kit import written
from learnin.people.models import Country


@dataclass(frozen=True)
class Line:
    """One thing the check tells: what, and what became of it."""

    name: str
    said: str
    note: str = ""


@dataclass(frozen=True)
class Offered:
    """A file for everybody, as a page names it: with its licence, and whether nobody was drawn."""

    pk: int
    name: str
    size: int
    note: str


@dataclass(frozen=True)
class Check:
    """The disclosure check for its page."""

    facts: tuple[Line, ...]
    groups: tuple[Line, ...]
    indicators: tuple[Line, ...]
    questions: tuple[Line, ...]
    advice: tuple[str, ...]
    refused: str


def of_assessment(assessment: Assessment) -> QuerySet[OpenData]:
    """What was prepared of an assessment, the latest first."""
    found = OpenData.objects.filter(part__run__assessment=assessment)
    return found.select_related("round", "made_by", "published_by", "job").order_by("-made_at", "-pk")


def parts(assessment: Assessment) -> list[RunRound]:
    """The rounds whose answers can be given: those of the run that holds now."""
    run = estimates.current(assessment)
    return list(estimates.rounds_of(run)) if run else []


def groupings(assessment: Assessment) -> list[tuple[str, str]]:
    """The ways to split people, by code and in words."""
    return [(one.code, one.label()) for one in indicators.groupings(assessment)]


def measured(assessment: Assessment) -> list[tuple[str, str]]:
    """The indicators, by code and in words."""
    return [(one.code, one.label()) for one in indicators.indicators(assessment)]


def published(country: Country) -> QuerySet[OpenData]:
    """What everybody may have of a country."""
    found = OpenData.objects.filter(round__country=country, state=OpenData.State.PUBLISHED)
    return found.select_related("round", "attachment", "part__run__assessment").order_by("-published_at", "-pk")


def told(of: OpenData) -> dict[str, Any]:
    """A file everybody may have, for programs."""
    return {
        "id": of.pk,
        "round": of.round.title,
        "licence": of.licence,
        "is_probability_sample": of.part.is_probability,
        "rows": of.outcome.get("rows"),
        "published_at": of.published_at,
    }


def offered(country: Country) -> list[Offered]:
    """The same for a page."""
    found = []
    for one in published(country):
        note = ", ".join(filter(None, (one.licence, weight_words.mark_of(one.round))))
        found.append(Offered(one.pk, one.round.title, one.attachment.size if one.attachment else 0, note))
    return found


def one_published(country: Country, pk: int) -> OpenData | None:
    """A file everybody may have."""
    return published(country).filter(pk=pk).first()


def file_name(of: OpenData) -> str:
    """The name of the file."""
    return f"{of.round.country_id}-open-data-{of.round_id}-{of.made_at:%Y%m%d}-{of.pk}.zip"


def is_old(of: OpenData) -> bool:
    """Whether another run holds now, or the country asks for more people to hide among."""
    run = estimates.current(of.part.run.assessment)
    hiding = reading.rules(of.round.country).hiding
    is_stricter = hiding.least_answers > of.outcome["least_answers"] or hiding.least_psus > of.outcome["least_psus"]
    return run is None or run.pk != of.part.run_id or is_stricter


def tells_more(of: OpenData) -> bool:
    """Whether it has groups or indicators that a file of the same answers, which people have, had not."""
    earlier = OpenData.objects.filter(round=of.round_id, published_at__isnull=False).exclude(pk=of.pk)
    return any(
        not ({*of.groupings} <= {*one.groupings} and {*of.indicators} <= {*one.indicators})
        for one in earlier.order_by("pk")
    )


def check(of: OpenData) -> Check | None:
    """What the check found, in words; nothing before it is done."""
    told = of.outcome
    if not told:
        return None
    refused = open_data_words.REFUSED.get(told.get("refused", ""), "")
    if "rows" not in told:
        return Check((), (), (), (), (), str(refused))
    names = {code: name for code, name, _kept in told["groups"]}
    return Check(
        facts=tuple(_facts(told)),
        groups=tuple(_group(told, code, name, kept) for code, name, kept in told["groups"]),
        indicators=tuple(
            Line(name, str(open_data_words.STAYS[why] if why else open_data_words.GOES))
            for _code, name, why in told["indicators"]
        ),
        questions=tuple(Line(path, str(open_data_words.STAYS[why])) for path, why in told["questions"].items()),
        advice=tuple(open_data_words.advice(names.get(code, code), left) for code, left in told["advice"]),
        refused=str(refused),
    )


def _facts(told: Mapping[str, Any]) -> list[Line]:
    """Counts before and after."""
    counts = ("rows", "uniques", "at_risk", "averaged", "stand_out", "smallest")
    lines = [Line(str(open_data_words.FACTS[key]), written.number(told[key])) for key in counts]
    if numbers := told.get("numbers"):
        lines += [
            Line(str(open_data_words.FACTS["published"]), written.number(numbers["published"])),
            Line(str(open_data_words.FACTS["there"]), written.number(numbers["there"])),
            Line(str(open_data_words.FACTS["farthest"]), written.percent(numbers["farthest"], 2)),
        ]
    return lines


def _group(told: Mapping[str, Any], code: str, name: str, is_kept: bool) -> Line:
    if not is_kept:
        return Line(name, str(open_data_words.LEFT_OUT), open_data_words.besides(told["besides"].get(code, 0)))
    together = told["together"].get(code, [])
    return Line(name, str(open_data_words.GOES), open_data_words.together(together) if together else "")
