"""Everybody whom a round asked, row by row, with the chance each had: what weights are worked out from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np

from learnin.assessment.formats import corrections
from learnin.assessment.formats.weight_recipe import Base
from learnin.assessment.models import Correction, Invitation, Round, SampledUnit
from learnin.assessment.queries import exports
from learnin.assessment.queries.samples import PPS
from learnin.compute import base_weights

NOT_ELIGIBLE = Invitation.Disposition.NOT_ELIGIBLE
STRATUM, AREA, LANGUAGE = "@stratum", "@area", "@language"
OF_FRAME, OF_QUESTION = "frame:", "question:"
MOST_VALUES = 60  # of a column that can make classes or totals: more is a list of places, not a table to read


@dataclass(frozen=True, eq=False)
class Asked:
    """The rows of a round: position by position the same one that was asked. Only rows with an answer get a weight.

    answer: instance id, or nothing. base: what the row stands for by its chance. first, second: the two factors of it.
    stratum, psu: of the draw, in words that exports use too. there: people of its unit; NaN without a second stage.
    in_stratum: units of its stratum in the frame; NaN where units were drawn with chances of their own.
    columns: what is known of each row, by name. notes: what was met on the way, as code and number.
    """

    answer: tuple[str, ...]
    base: np.ndarray
    first: np.ndarray
    second: np.ndarray
    stratum: tuple[str, ...]
    psu: tuple[str, ...]
    certain: np.ndarray
    in_stratum: np.ndarray
    there: np.ndarray
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    notes: Mapping[str, int] = field(default_factory=dict)

    @property
    def answered(self) -> np.ndarray:
        """The rows that have an answer."""
        return np.array([bool(one) for one in self.answer], dtype=bool)

    @property
    def telling(self) -> list[str]:
        """The columns that tell people apart; of those that tell the same, the last."""
        found = {tuple(values): name for name, values in self.columns.items() if 1 < len(set(values)) <= MOST_VALUES}
        return list(found.values())

    def __len__(self) -> int:
        return len(self.answer)


@dataclass
class _Row:
    """One row in the making."""

    answer: str
    unit: int  # of the sample
    chance: float  # of the unit
    within: float | None  # chance of the person in the unit
    stratum: str = ""
    psu: str = ""
    share: int = 1  # units of one draw that answered together
    certain: bool = False
    in_stratum: float = np.nan
    there: float = np.nan
    said: dict[str, str] = field(default_factory=dict)


def asked(round: Round, base: Base, *, until: datetime) -> Asked:
    """Who was asked in a round, and with what chance. Raises base_weights.NoChance."""
    if round.kind == Round.Kind.OPEN:
        return _equal(_answers(round, base, until), total=None)
    if exports.is_unlinked(round):
        return _unlinked(round, base, until)
    if round.kind == Round.Kind.CENSUS:
        return _census(round, base, until)
    return _sampled(round, base, until)


def questions(round: Round, kinds: Iterable[str]) -> list[tuple[str, str]]:
    """The questions of these kinds that stand outside repeats, with their words."""
    main = exports.layout(round, with_personal=False).main
    wanted = set(kinds)
    return [(one.question, one.label()) for one in main.columns if one.question == one.name and one.kind in wanted]


def said(round: Round, base: Base, paths: Sequence[str], *, until: datetime) -> dict[str, dict[str, str]]:
    """What each answer says to these questions, after corrections; one read for all."""
    rows = exports.wanted(round, base.scope, until=until)
    fixed = _fixed(round, paths)
    told: dict[str, dict[str, str]] = {path: {} for path in paths}
    for pk, id_, data in rows.values_list("pk", "instance_id", "data").iterator(chunk_size=2000) if paths else ():
        worked_out = exports.not_worked_out(pk) if data is None else data
        for path in paths:
            told[path][id_] = fixed.get((pk, path), corrections.value_at(worked_out, path)) or ""
    return told


def described(label: str, area: str, language: str, strata: Mapping[str, Any]) -> dict[str, str]:
    """What is known of a row whether or not it answered."""
    own = {STRATUM: label, AREA: area, LANGUAGE: language}
    return own | {OF_FRAME + heading: str(value or "") for heading, value in strata.items()}


def _fixed(round: Round, paths: Sequence[str]) -> dict[tuple[int, str], str]:
    """The corrected values of these questions: the last one counts."""
    made = Correction.objects.filter(submission__round=round, path__in=paths).order_by("at", "pk")
    return {(pk, path): after for pk, path, after in made.values_list("submission_id", "path", "after")}


def _answers(round: Round, base: Base, until: datetime) -> list[str]:
    """The instance ids of the answers that count, in an order that tells nothing."""
    found = exports.wanted(round, base.scope, until=until).order_by("instance_id", "pk")
    return list(found.values_list("instance_id", flat=True))


def _equal(answers: list[str], *, total: float | None, **notes: int) -> Asked:
    """Answers without a chance of their own: each stands for one, or for an equal part of the total."""
    n = len(answers)
    each = np.ones(n) if total is None or not n else np.full(n, total / n)
    return Asked(
        answer=tuple(answers),
        base=each,
        first=each,
        second=np.ones(n),
        stratum=("",) * n,
        psu=tuple(answers),
        certain=np.zeros(n, dtype=bool),
        in_stratum=np.full(n, np.nan),
        there=np.full(n, np.nan),
        notes=notes,
    )


def _unlinked(round: Round, base: Base, until: datetime) -> Asked:
    """Answers that are tied to nobody: what all who were asked stand for, in equal parts."""
    answers = _answers(round, base, until)
    if round.kind == Round.Kind.CENSUS:
        total = float(round.invitations.exclude(disposition=NOT_ELIGIBLE).count())
    else:
        rows, _notes = _slots(_rows(round, {}))
        total = sum(_spread(rows, base, round, until))
    return _equal(answers, total=total or None, untied=len(answers))


def _spread(rows: list[_Row], base: Base, round: Round, until: datetime) -> list[float]:
    """What each row stands for, where no answer can be laid beside it."""
    if base.inside == "drawn":
        return [1 / (row.chance * row.within) for row in rows if row.within]
    if base.inside == "frame":
        known = [row.there for row in rows if row.there > 0]
        mean = float(np.mean(known)) if known else 1.0
        return [(row.there if row.there > 0 else mean) / row.chance for row in rows]
    if base.inside == "question":
        texts = said(round, base, [base.question], until=until)[base.question].values()
        told = [number for text in texts if (number := _number(text))]
        return [(float(np.mean(told)) if told else 1.0) / row.chance for row in rows]
    return [1 / row.chance for row in rows]


def _census(round: Round, base: Base, until: datetime) -> Asked:
    """Everybody was asked: each stands for one."""
    tied = _tied(round, base, until)
    found = round.invitations.exclude(disposition=NOT_ELIGIBLE, answered_at=None).order_by("number", "pk")
    listed = list(found.values_list("pk", "language"))
    answers = tuple(tied.get(pk, "") for pk, _language in listed)
    n = len(listed)
    return Asked(
        answer=answers,
        base=np.ones(n),
        first=np.ones(n),
        second=np.ones(n),
        stratum=("",) * n,
        psu=tuple(answer or f"-{at}" for at, answer in enumerate(answers)),
        certain=np.zeros(n, dtype=bool),
        in_stratum=np.full(n, float(n)),
        there=np.full(n, np.nan),
        columns={LANGUAGE: [language for _pk, language in listed]},
        notes={"untied": len(_answers(round, base, until)) - sum(map(bool, answers))},
    )


def _tied(round: Round, base: Base, until: datetime) -> dict[int, str]:
    """The answer to each invitation."""
    found = exports.wanted(round, base.scope, until=until).exclude(invitation=None).order_by("instance_id", "pk")
    return dict(found.values_list("invitation_id", "instance_id"))


_INVITED = (
    "pk", "disposition", "person__probability", "unit_id", "unit__order", "unit__reserve_for__order",
    "unit__reserve_rank", "unit__probability", "unit__is_certainty", "unit__reserve_for__is_certainty",
    "unit__stratum__label", "unit__stratum__units", "unit__unit__strata", "unit__unit__area",
    "unit__unit__language", "unit__unit__seconds",
)  # fmt: skip


@dataclass
class _Slot:
    """One draw of the sample: the unit that was drawn first and the reserves that stood in for it."""

    units: dict[int, list[_Row]] = field(default_factory=dict)
    rank: dict[int, int] = field(default_factory=dict)

    def rows(self) -> list[_Row]:
        """The rows of the units that answered; where none did, of the last that stood in."""
        answered = [unit for unit, rows in self.units.items() if any(row.answer for row in rows)]
        kept = answered or [max(self.rank, key=lambda unit: self.rank[unit])]
        found = [row for unit in kept for row in self.units[unit]]
        for row in found:
            row.share = len(kept)
        return found


def _is_equal(round: Round) -> bool:
    """Whether the units of a stratum all had the same chance, so that their number in the frame says how many are left.

    Units drawn by size have chances of their own: their spread is told as if each had been put back.
    """
    return round.sample is not None and round.sample.method not in PPS


def _rows(round: Round, tied: Mapping[int, str]) -> tuple[dict[int, _Slot], int]:
    """The rows of a sampled round by their draw, and how many do not belong to the population."""
    slots: dict[int, _Slot] = defaultdict(_Slot)
    is_equal = _is_equal(round)
    not_eligible = 0
    found = round.invitations.filter(unit__isnull=False).order_by("number", "pk").values_list(*_INVITED)
    for (pk, disposition, within, unit, order, instead, rank, chance, own, first, label, units, strata, area,
         language, seconds) in found.iterator(chunk_size=2000):  # fmt: skip
        answer = tied.get(pk, "")
        if disposition == NOT_ELIGIBLE and not answer:
            not_eligible += 1
            continue
        slot = slots[instead or order]
        slot.rank[unit] = rank
        row = _Row(
            answer=answer,
            unit=unit,
            chance=chance or np.nan,
            within=within,
            stratum=label,
            psu=f"{instead}.{rank}" if instead else str(order),
            certain=bool(not is_equal and (own or first)),
            in_stratum=units if is_equal else np.nan,
            there=seconds or np.nan,
            said=described(label, area, language, strata),
        )
        slot.units.setdefault(unit, []).append(row)
    return slots, not_eligible


def _slots(found: tuple[dict[int, _Slot], int]) -> tuple[list[_Row], dict[str, int]]:
    slots, not_eligible = found
    rows = [row for number in sorted(slots) for row in slots[number].rows()]
    return rows, {"not_eligible": not_eligible}


def _sampled(round: Round, base: Base, until: datetime) -> Asked:
    """A sample: each row stands for as many as its chance says. Raises base_weights.NoChance."""
    tied = _tied(round, base, until)
    rows, notes = _slots(_rows(round, tied))
    notes["untied"] = len(_answers(round, base, until)) - sum(bool(row.answer) for row in rows)
    if base.inside == "drawn":
        rows += _never_asked(round)
        second, there = _drawn(rows)
    else:
        rows = _one_for_silence(rows)
        second, there, more = _shared(rows, _eligible(rows, round, base, until))
        notes |= more
    shares = np.array([row.share for row in rows], dtype=float)
    first = base_weights.inverse_chances([row.chance for row in rows] or np.zeros(0)) / shares
    return Asked(
        answer=tuple(row.answer for row in rows),
        base=first * second,
        first=first,
        second=second,
        stratum=tuple(row.stratum for row in rows),
        psu=tuple(row.psu for row in rows),
        certain=np.array([row.certain for row in rows], dtype=bool),
        in_stratum=np.array([row.in_stratum for row in rows], dtype=float),
        there=there,
        columns={name: [row.said.get(name, "") for row in rows] for name in (rows[0].said if rows else ())},
        notes=notes,
    )


def _never_asked(round: Round) -> list[_Row]:
    """Units of the sample in which nobody was drawn, so that nobody could answer."""
    found = SampledUnit.objects.filter(sample=round.sample, reserve_for=None)
    found = found.exclude(invitations__round=round).exclude(reserves__invitations__round=round)
    is_equal = _is_equal(round)
    return [
        _Row(
            answer="",
            unit=one.pk,
            chance=one.probability or np.nan,
            within=None,
            stratum=one.stratum.label,
            psu=str(one.order),
            certain=one.is_certainty and not is_equal,
            in_stratum=one.stratum.units if is_equal else np.nan,
            there=one.unit.seconds or np.nan,
            said=described(one.stratum.label, one.unit.area, one.unit.language, one.unit.strata),
        )
        for one in found.select_related("unit", "stratum").order_by("order", "pk")
    ]


def _drawn(rows: list[_Row]) -> tuple[np.ndarray, np.ndarray]:
    """The second factor where people were drawn from lists. Raises base_weights.NoChance.

    A unit whose list never came in counts with all its people: as the frame says, else as many as others have.
    """
    within = np.array([np.nan if row.within is None else row.within for row in rows], dtype=float)
    unit, count = _counted([row.unit for row in rows])
    there = np.maximum(np.rint(count[unit] / within), 1)
    silent = np.isnan(within) & np.array([not row.answer for row in rows], dtype=bool)
    if not silent.any():
        return base_weights.inverse_chances(within), there
    known = there[~np.isnan(there)]
    framed = np.array([row.there for row in rows], dtype=float)[silent]
    there[silent] = np.where(np.isnan(framed), known.mean() if known.size else 1.0, framed)
    second = there.copy()
    second[~silent] = base_weights.inverse_chances(within[~silent])
    return second, there


def _counted(units: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """The place of each row's unit, and the rows of each unit."""
    names, code = np.unique(np.array(units, dtype=np.int64), return_inverse=True)
    return code, np.bincount(code, minlength=len(names))


def _one_for_silence(rows: list[_Row]) -> list[_Row]:
    """Of each unit the rows that answered; one row of a unit where nobody did."""
    answered = {row.unit for row in rows if row.answer}
    silent: dict[int, _Row] = {}
    for row in rows:
        if row.unit not in answered:
            silent.setdefault(row.unit, row)
    return [row for row in rows if row.answer or silent.get(row.unit) is row]


def _eligible(rows: list[_Row], round: Round, base: Base, until: datetime) -> np.ndarray | None:
    """How many people of its unit could have answered, of each row; nothing where the unit itself answers."""
    if base.inside == "frame":
        return np.array([row.there for row in rows], dtype=float)
    if base.inside == "question":
        told = said(round, base, [base.question], until=until)[base.question]
        return np.array([_number(told.get(row.answer, "")) or np.nan for row in rows], dtype=float)
    return None


def _shared(rows: list[_Row], eligible: np.ndarray | None) -> tuple[np.ndarray, np.ndarray, dict[str, int]]:
    """The second factor where whoever was there answered. Raises base_weights.NoChance."""
    unit, count = _counted([row.unit for row in rows])
    if eligible is None or not rows:
        return 1 / count[unit], np.full(len(rows), np.nan), {}
    within = base_weights.within_units(unit, eligible)
    return within.factor, within.there, {"raised": len(within.raised), "unknown": len(within.unknown)}


def _number(text: str) -> float | None:
    """A number above zero that was written; nothing where none was."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 < number < 1e9 else None
