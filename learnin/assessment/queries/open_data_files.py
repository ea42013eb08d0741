"""Open data as files: answers, published numbers, codebook, metadata, the script for R, and what to know first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import polars as pl
import yaml
from django.utils.translation import gettext as _

from learnin.assessment import weight_words
from learnin.assessment.formats import indicator, open_data
from learnin.assessment.formats.indicator import Asked, Definition, Kind
from learnin.assessment.formats.open_data import Column, Files, Number, Table
from learnin.assessment.models import Grouping, Indicator, OpenData
from learnin.assessment.queries import analysis, estimates, open_data_rows, result_tables
from learnin.assessment.queries.open_data_rows import Chosen, Ground
from learnin.compute.commands import estimating as commands
from learnin.compute.commands import results as command_results
from learnin.compute.commands import spec as specs
from learnin.compute.disclosure import OTHER
from learnin.kit import languages, written

ROW, WEIGHT = "row", "weight"
ANSWERS, SPEC, RESULTS = "answers.csv", "spec.yaml", "results.json"
FLAGS = frozenset({Kind.SHARE, Kind.COUNT, Kind.MULTI})


@dataclass(frozen=True, eq=False)
class Made:
    """The files, and what the check page tells of the numbers in them."""

    files: Files
    numbers: Sequence[Number]


@dataclass(frozen=True, eq=False)
class _Bundle:
    """What the files are made of."""

    of: OpenData
    on: Ground
    found: Chosen

    @cached_property
    def columns(self) -> list[tuple[Column, list[str]]]:
        """The columns of the answers with their values, in the order of the rows as they were read."""
        weights = [_text(one) for one in self.found.rows.weights]
        made = [(Column(WEIGHT, _("People this row stands for"), "number", is_required=True), weights)]
        made += [self._group(one) for one in self.found.groupings]
        for one, definition in self.found.indicators:
            made += [self._measured(one, definition, name) for name in self.on.measured.columns[one.code]]
        return made

    @cached_property
    def answers(self) -> Table:
        """The answers in an order, and with numbers, that say nothing of who gave them."""
        rows = list(zip(*(values for _column, values in self.columns), strict=True))
        order = np.random.default_rng(self.of.seed).permutation(len(rows))
        shuffled = [(str(at), *rows[place]) for at, place in enumerate(order, 1)]
        row = Column(ROW, _("Number of the row; it says nothing of the person"), "integer", is_required=True)
        title = _("Answers, one row for each person")
        return Table(ANSWERS, title, (row, *(column for column, _values in self.columns)), shuffled, key=(ROW,))

    @property
    def words(self) -> Mapping[str, Any]:
        """The words of groups and values as the run kept them."""
        words: Mapping[str, Any] = self.on.part.words
        return words

    def _group(self, of: Grouping) -> tuple[Column, list[str]]:
        values = list(self.found.rows.columns[of.code])
        known = self.words.get("groups", {}).get(of.code, {}).get("values", {})
        told = {value: estimates.text(known.get(value, {})) or value for value in sorted({*values} - {""})}
        if OTHER in told:
            told[OTHER] = _("Several values with few people, told together")
        question = self.on.known[of.name] if analysis.is_asked(of) else None
        asked = estimates.text(question.labels) if question else ""
        return Column(analysis.column_of(of), of.label(), "string", tuple(told.items()), asked), values

    def _measured(self, of: Indicator, definition: Definition, name: str) -> tuple[Column, list[str]]:
        values = self.on.frame[name]
        part = indicator.value_of(name)
        title = ", ".join(filter(None, (of.label(), self._part(of, definition, part))))
        asked = "\n".join(result_tables.asked_words(of, dict(self.on.known)))
        if values.dtype == pl.String:
            said = values.fill_null("").to_list()
            names = self._choices(definition)
            told = tuple((value, names.get(value) or value) for value in sorted({*said} - {""}))
            return Column(name, title, "string", told, asked), said
        plain = [_text(one) for one in values.to_list()]
        if definition.kind in FLAGS:
            return Column(name, title, "integer", (("1", _("Yes")), ("0", _("No"))), asked), plain
        return Column(name, title, "number", (), asked), plain

    def _part(self, of: Indicator, definition: Definition, part: str) -> str:
        """What one of several columns of an indicator is about, in words."""
        if definition.kind is Kind.RATIO:
            return {"top": _("above the line"), "bottom": _("below the line")}[part]
        if part in self.on.known:
            return estimates.text(self.on.known[part].labels)
        return estimates.text(self.words.get("levels", {}).get(of.code, {}).get(part, {})) or part

    def _choices(self, definition: Definition) -> dict[str, str]:
        asked: list[Asked] = [self.on.known[name] for name in definition.questions]
        return {value: estimates.text(texts) for one in asked for value, texts in one.choices.items()}

    @property
    def spec(self) -> dict[str, Any]:
        """What is computed of the answers: every indicator in every group that is published."""
        columns = {one.code: analysis.column_of(one) for one in self.found.groupings}
        by = [
            [columns[one.code] for one in groups]
            for groups in self.on.measured.by
            if {*groups} <= {*self.found.groupings}
        ]
        text = [column.name for column, _values in self.columns if column.datatype == "string"]
        return {
            "data": {"files": [ANSWERS], **({"text": text} if text else {})},
            "design": {"weight": WEIGHT},
            "domains": by,
            "estimates": [_asked(one.code, definition, self.on) for one, definition in self.found.indicators],
        }

    @property
    def shown(self) -> list[Number]:
        """The published numbers."""
        return [
            Number(
                (one.of.indicator.code, one.of.level, one.of.key), one.of.indicator.unit, one.of.estimate,
                one.of.se, one.of.ci_low, one.of.ci_high, one.of.n or 0, one.of.deft if one.of.is_probability else None,
            )
            for one in open_data_rows.published(self.on)
            if one.of.estimate is not None
        ]  # fmt: skip


def made(of: OpenData, on: Ground, found: Chosen) -> Made:
    """All files, in the reader's language. Raises compute.commands.wrong.Wrong where the answers allow no numbers."""
    bundle = _Bundle(of, on, found)
    content: dict[str, bytes] = {ANSWERS: bundle.answers.csv}
    content[SPEC] = yaml.safe_dump(bundle.spec, allow_unicode=True, sort_keys=False).encode()
    results, script = _computed(content)
    content[RESULTS] = command_results.text(results).encode()
    numbers = open_data.compared(bundle.shown, _there(bundle, results))
    published = open_data.numbers(numbers, title=_("Published numbers"), titles=_titles())
    tables = [bundle.answers, published]
    book = open_data.codebook(tables, _("Codebook"))
    files = {
        "README.md": _readme(bundle, numbers).encode(),
        ANSWERS: content[ANSWERS],
        published.name: published.csv,
        book.name: book.csv,
        "codebook.md": open_data.readable(tables, _("Codebook: %(title)s") % {"title": _title(bundle)}).encode(),
        "csv-metadata.json": _metadata(bundle, [*tables, book]),
        SPEC: content[SPEC],
        RESULTS: content[RESULTS],
        "reproduce.R": open_data.script(script).encode(),
    }
    return Made(files, numbers)


def _computed(content: Mapping[str, bytes]) -> tuple[dict[str, Any], str]:
    """The numbers of the files, from the files, and the script for R that computes them again."""
    with TemporaryDirectory(prefix="learnin-") as folder:
        for name, data in content.items():
            (Path(folder) / name).write_bytes(data)
        spec = specs.read(Path(folder) / SPEC)
        return commands.estimated(spec), commands.checked(spec)


def _there(of: _Bundle, results: Mapping[str, Any]) -> Mapping[tuple[str, str, str], tuple[int, float | None]]:
    codes = {analysis.column_of(one): one.code for one in of.found.groupings}
    levels = {
        name: indicator.value_of(name)
        for one, definition in of.found.indicators
        if definition.kind is Kind.MULTI
        for name in of.on.measured.columns[one.code]
    }
    there = open_data.results(results, codes, levels)
    return {place: told for place, told in there.items() if f"={OTHER}" not in place[2]}


_KINDS: Mapping[Kind, str] = {
    Kind.MEAN: "mean", Kind.TOTAL: "total", Kind.SHARE: "proportion", Kind.COUNT: "count", Kind.SHARES: "shares",
    Kind.MULTI: "multi", Kind.INDEX: "index", Kind.RATIO: "ratio", Kind.QUANTILE: "quantile",
}  # fmt: skip


def _asked(code: str, definition: Definition, on: Ground) -> dict[str, Any]:
    """An indicator as a SPEC asks for it."""
    columns = list(on.measured.columns[code])
    kind = (
        _KINDS.get(definition.kind) or {"mean": "mean", "share": "proportion", "total": "total"}[definition.derived_as]
    )
    told: dict[str, Any] = {"kind": kind, "name": code}
    match kind:
        case "multi":
            return told | {"items": columns}
        case "index":
            return told | {"items": columns} | ({"least": definition.needed} if definition.needed else {})
        case "ratio":
            return told | {"item": columns[0], "below": columns[1]}
        case "shares":
            return told | {"item": code, "levels": list(definition.values)}
        case "quantile":
            return told | {"item": code, "at": [definition.at]}
    return told | {"item": code}


def _text(value: float | None) -> str:
    """A number with all its digits; a whole one without a point."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _title(of: _Bundle) -> str:
    return f"{of.on.part.run.assessment.title}: {of.on.part.round.title}"


def _titles() -> dict[str, str]:
    return {
        "number": _("Number of the row"),
        "indicator": _("Code of the indicator"),
        "level": _("The value that is counted, where an indicator has several"),
        "group": _("The group of people, as grouping=value; everybody, where nothing stands"),
        "unit": _("What it counts: share (0 to 1), points, people, number"),
        "estimate": _("Estimate, as published"),
        "se": _("Standard error; it knows how the sample was drawn"),
        "ci_low": _("Lower end of the interval (95 of 100)"),
        "ci_high": _("Upper end of the interval (95 of 100)"),
        "answers": _("Answers it rests on"),
        "deft": _("Design effect of the standard error"),
        "row": _("Its row in results.json, where the file of answers has this number"),
        "in_file": _("The same number, worked out of the file of answers"),
    }


def _metadata(of: _Bundle, tables: Sequence[Table]) -> bytes:
    run = of.on.part.run
    mark = weight_words.mark_of(of.on.part.round)
    return open_data.metadata(
        tables,
        title=_title(of),
        description=" ".join(filter(None, (run.assessment.purpose, f"{mark}." if mark else ""))),
        publisher=_("National Task Force, %(country)s") % {"country": run.assessment.country},
        language=languages.language().html,
        licence=of.of.licence,
        day=of.of.made_at.date(),
        made_from={
            "run": str(run.number),
            "method": run.method,
            "fingerprint": run.fingerprint,
            "weights": of.on.part.weights.name if of.on.part.weights else "base",
            "software": "LearnIn",
        },
    )


def _readme(of: _Bundle, numbers: Sequence[Number]) -> str:
    """What to know before one uses the files."""
    run, round = of.on.part.run, of.on.part.round
    there = [one for one in numbers if one.row is not None]
    farthest = max((one.difference or 0.0 for one in there), default=0.0)
    hiding = of.on.rules.hiding
    mark = weight_words.mark_of(round)
    told = {"k": written.number(hiding.least_answers), "psus": written.number(hiding.least_psus)}
    parts = [
        f"# {_title(of)}",
        f"{run.assessment.country}. {run.assessment.purpose}",
        f"**{mark}.** " + _("The numbers speak for those who answered, and for nobody else.") if mark else "",
        "## " + _("Licence"),
        f"{of.of.get_licence_display()} ({open_data.LICENCES[of.of.licence]})",
        "## " + _("Files"),
        "\n".join(f"- `{name}`: {said}" for name, said in _files().items()),
        "## " + _("How people are protected"),
        _("At least %(k)s people, from at least %(psus)s schools, share all groups of a row and its weight.") % told,
        _("Values that few people have are told together, as `%(value)s`.") % {"value": OTHER},
        _("There are no names, schools, texts, places, dates or exact numbers that few share. The order is by chance."),
        _("Do not try to find out who somebody is."),
        "## " + _("How to use the numbers"),
        _("The column `weight` says how many people a row stands for. Always use it."),
        _("Schools and strata are not in the file: it cannot say how sure a number is. `published.csv` can: multiply a "
          "standard error that takes each row for itself by `deft` of a number like yours."),
        _("Of %(all)s published numbers %(there)s are in the file. The largest difference is %(far)s percent.")
        % {"all": written.number(len(numbers)), "there": written.number(len(there)), "far": f"{100 * farthest:.2g}"},
        _("Run `Rscript reproduce.R` in this folder to compute them again (R with the package survey)."),
    ]  # fmt: skip
    return "\n\n".join(filter(None, parts)) + "\n"


def _files() -> dict[str, str]:
    return {
        ANSWERS: _("the answers, one row for each person"),
        "published.csv": _("the published numbers, with their intervals"),
        "codebook.csv": _("what every column and value means"),
        "codebook.md": _("the same, to read"),
        "csv-metadata.json": _("the same for programs (CSV on the Web)"),
        SPEC: _("what is computed of the answers"),
        RESULTS: _("what came out, with all digits"),
        "reproduce.R": _("computes it again in R, and compares"),
    }
