"""What each step of weights did, as a page tells it: numbers before and after, groups beside totals, cautions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.assessment import weight_words
from learnin.kit import written
from learnin.kit.charts import Histogram

FAR = 0.05  # from what is known: shown as a caution, as the sum of the weights is


@dataclass(frozen=True)
class Line:
    """One number before and after a step."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Group:
    """One group: how many it has in the population, and how many the weights counted before and count now."""

    name: str
    wanted: float
    before: float
    after: float

    @property
    def off(self) -> str:
        """How far the weights are from what is known."""
        return written.percent(round(self.after / self.wanted - 1, 3) + 0.0, 1) if self.wanted else "-"

    @property
    def is_far(self) -> bool:
        """Whether that is more than a rounding."""
        return not self.wanted or abs(self.after / self.wanted - 1) > FAR


@dataclass(frozen=True)
class Margin:
    """The groups of one column."""

    name: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Class:
    """Those who are alike: how many were asked and answered, and what the weights are multiplied by."""

    name: str
    asked: int
    answered: int
    rate: str
    factor: str


@dataclass(frozen=True)
class Told:
    """One step."""

    step: str
    words: str | Promise
    lines: tuple[Line, ...]
    chart: Histogram
    margins: tuple[Margin, ...]
    classes: tuple[Class, ...]
    joins: tuple[str, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def has_before(self) -> bool:
        """Whether there was anything before it."""
        return self.step != "base"


def told(stages: Iterable[Mapping[str, Any]], labels: Mapping[str, str]) -> list[Told]:
    """The steps, as they were kept or as a preview found them."""
    return [_told(one, labels) for one in stages]


def standing(stage: Mapping[str, Any]) -> Mapping[str, Any]:
    """The weights as a step left them, without what it did: where the next one changes nothing."""
    nothing: dict[str, Any] = {"classes": [], "joins": [], "notes": {}}
    return {**stage, **nothing, "step": "base", "before": stage["after"]}


def _told(stage: Mapping[str, Any], labels: Mapping[str, str]) -> Told:
    before, after = stage["before"], stage["after"]
    return Told(
        step=stage["step"],
        words=weight_words.STEPS[stage["step"]],
        lines=tuple(Line(label, write(before[key]), write(after[key])) for key, label, write in _numbers()),
        chart=_chart(stage),
        margins=tuple(_margins(stage["margins"], labels)),
        classes=tuple(_class(one) for one in stage["classes"]),
        joins=tuple(_joined(one) for one in stage["joins"]),
        notes=tuple(_notes(stage["notes"])),
        warnings=tuple(weight_words.warning(code) for code in stage["warnings"]),
    )


def _numbers() -> list[tuple[str, str, Any]]:
    """The numbers of a spread, with their words."""
    return [
        ("n", _("Answers"), written.number),
        ("total", _("Sum of the weights"), _short),
        ("least", _("Smallest weight"), _short),
        ("median", _("Middle weight"), _short),
        ("most", _("Largest weight"), _short),
        ("ratio", _("Largest / middle"), _short),
        ("cv", _("How much they differ (coefficient of variation)"), _short),
        ("kish", _("Loss of precision (Kish: 1 + CV²)"), _short),
        ("n_effective", _("Equal answers that would tell as much"), _whole),
    ]


def _short(value: float) -> str:
    """A number with as many digits as tell something."""
    return written.number(round(value, 0 if value >= 1000 else 1 if value >= 100 else 2))


def _whole(value: float) -> str:
    return written.number(round(value))


def _chart(stage: Mapping[str, Any]) -> Histogram:
    """How the weights are spread, and how they were before."""
    before, after = stage["before"], stage["after"]
    shares = [tuple(n / of["n"] for n in of["counts"]) for of in (after, before)]
    has_before = stage["step"] != "base"
    return Histogram(
        caption=_("How many answers have which weight"),
        edges=tuple(after["edges"]),
        after=shares[0],
        before=shares[1] if has_before else (),
        names=(_("After this step"), _("Before it")),
        of=_("Weight"),
    )


def _margins(kept: Iterable[Mapping[str, Any]], labels: Mapping[str, str]) -> Iterable[Margin]:
    found: dict[tuple[str, ...], list[Group]] = {}
    for one in kept:
        name = ", ".join(map(weight_words.level, one["level"]))
        found.setdefault(tuple(one["by"]), []).append(Group(name, one["wanted"], one["before"], one["after"]))
    for by, groups in found.items():
        yield Margin(" × ".join(weight_words.column(name, labels) for name in by), tuple(groups))


def _class(kept: Mapping[str, Any]) -> Class:
    name = kept["name"] or _("Everybody")
    return Class(name, kept["asked"], kept["answered"], written.percent(kept["rate"]), _short(kept["factor"]))


def _joined(kept: Mapping[str, Any]) -> str:
    words = {
        "few": _("“%(name)s” joined “%(into)s”: it has too few answers."),
        "nobody": _("“%(name)s” is counted with “%(into)s”: nobody in it answered."),
        "factor": _("“%(name)s” joined “%(into)s”: its answers would have to carry too many."),
    }
    return words[kept["why"]] % {"name": kept["name"], "into": kept["into"]}


def _notes(kept: Mapping[str, float]) -> Iterable[str]:
    """What was met on the way, in sentences."""
    for code, n in kept.items():
        if (words := _note(code, n)) is not None:
            yield words


def _note(code: str, n: float) -> str | None:
    number = written.number(round(n, 2))
    count = round(n)
    known = {
        "rate": lambda: _("By weight, %(share)s of those who were asked answered.") % {"share": written.percent(n)},
        "untied": lambda: ngettext(
            "%(n)s answer is tied to nobody who was asked.", "%(n)s answers are tied to nobody who was asked.", count
        ),
        "not_eligible": lambda: ngettext(
            "%(n)s who was asked does not belong to the population, and drops out.",
            "%(n)s who were asked do not belong to the population, and drop out.",
            count,
        ),
        "raised": lambda: ngettext(
            "In %(n)s unit more people answered than it should have: its answers count as all of them.",
            "In %(n)s units more people answered than they should have: their answers count as all of them.",
            count,
        ),
        "unknown": lambda: ngettext(
            "Of %(n)s unit nobody knows how many people it has: it gets the mean of the others.",
            "Of %(n)s units nobody knows how many people they have: they get the mean of the others.",
            count,
        ),
        "cut": lambda: ngettext(
            "%(n)s weight was above the limit.", "%(n)s weights were above the limit.", count
        ),
        "cap": lambda: _("The limit is %(n)s."),
        "above": lambda: ngettext(
            "%(n)s weight stays above the limit, because the known totals need it.",
            "%(n)s weights stay above the limit, because the known totals need them.",
            count,
        ) if count else None,
    }  # fmt: skip
    words = known[code]() if code in known else None
    return None if words is None else words % {"n": number} if "%(n)s" in words else words
