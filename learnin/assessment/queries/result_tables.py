"""All numbers of a run as a workbook: a sheet for each dimension, what the indicators are, and how to read it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from learnin.assessment import weight_words
from learnin.assessment.formats import indicator, result_workbook
from learnin.assessment.formats.indicator import Asked
from learnin.assessment.formats.result_workbook import Cell, Share, Sheet
from learnin.assessment.models import Indicator, Run, RunRound
from learnin.assessment.queries import analysis, estimates, indicators
from learnin.assessment.queries.marked import Marked, marked
from learnin.kit import languages, written
from learnin.kit.charts import Unit
from learnin.kit.charts.marks import MEANINGS, SIGNS, Trust
from learnin.programme import reader
from learnin.programme.formats.items import Kind

TOLD_SIGNS = (Trust.UNSURE, Trust.INEXACT, Trust.WITHHELD)


def workbook(run: Run) -> bytes:
    """The workbook of a run, in the reader's language."""
    return result_workbook.written(sheets(run))


def sheets(run: Run) -> list[Sheet]:
    """Its sheets."""
    every = marked(estimates.numbers(run))
    parts = {part.round_id: part for part in estimates.rounds_of(run)}
    return [_about(run, parts.values()), *_dimensions(every, parts), _codebook(every)]


def _about(run: Run, parts: Iterable[RunRound]) -> Sheet:
    """What this is, of which rounds, and what the signs mean."""
    rows: list[tuple[Cell, ...]] = [
        (_("Country"), str(run.assessment.country)),
        (_("Assessment"), run.assessment.title),
        (_("Run"), run.number),
        (_("Computed"), written.day(run.finished_at) if run.finished_at else ""),
        (_("Which answers"), run.get_scope_display()),
        (_("Version of the method"), run.method),
        (_("Fingerprint of what went in"), run.fingerprint),
    ]
    for part in parts:
        said = [weight_words.mark_of(part.round), part.weights.name if part.weights else _("Base weights")]
        rows.append((_("Round: %(title)s") % {"title": part.round.title}, "; ".join(filter(None, said))))
    rows += [(SIGNS[one], str(MEANINGS[one])) for one in TOLD_SIGNS]
    rows.append((_("Interval"), _("In 95 of 100 such surveys the truth lies in it.")))
    return Sheet(_("About"), _("Results"), ((_("What"), 34), (_("Value"), 90)), tuple(rows))


def _dimensions(every: list[Marked], parts: dict[int, RunRound]) -> Iterator[Sheet]:
    """The numbers of each dimension, in the order of the programme; those of none last."""
    names = {one.id: str(one.name) for one in reader.current().items(Kind.DIMENSION)} | {"": _("Other indicators")}
    for id, name in names.items():
        rows = tuple(_row(one, parts[one.number.round]) for one in every if one.number.indicator.dimension == id)
        if rows:
            yield Sheet(name, name, columns(), rows)


def columns() -> tuple[tuple[str, int], ...]:
    """The columns of the numbers. Their first ones name the number, the next tell it, the rest say how sure it is."""
    return (
        (_("Round"), 24), (_("Code"), 18), (_("Indicator"), 40), (pgettext("of an indicator", "Value"), 24),
        (_("Split by"), 16), (_("Group"), 28), (_("Sign"), 7), (_("Estimate"), 11), (_("Interval from"), 11),
        (_("Interval to"), 11), (_("Kind of interval"), 14), (_("Answers"), 9), (_("Sampled units"), 9),
        (_("Strata"), 8), (_("Standard error"), 11), (_("Coefficient of variation"), 11), (_("Design effect"), 10),
        (_("Design effect of the standard error"), 12), (_("Degrees of freedom"), 10), (_("Effective answers"), 11),
        (_("People they stand for"), 13), (_("Share without an answer"), 11), (_("Notes"), 50),
    )  # fmt: skip


def _row(one: Marked, part: RunRound) -> tuple[Cell, ...]:
    """A number; of one that is not shown, only its name and why."""
    of = one.number
    group = of.group or _("Everybody")
    named = (part.round.title, of.indicator.code, of.indicator.label(), of.level_name, of.by, group, one.mark.sign)
    if not one.mark.is_seen:
        return (*named, *(None for _place in range(len(columns()) - len(named) - 1)), " ".join(one.notes))

    def kept(value: float | None) -> Cell:
        return Share(value) if one.unit is Unit.SHARE and value is not None else value

    sure = (of.se, of.cv, of.deff, of.deft, of.df, of.n_eff) if of.is_probability else (None,) * 6
    error, cv, *rest = sure
    return (
        *named, kept(one.mark.value), kept(one.low), kept(one.high), of.ci_method if of.is_probability else "", of.n,
        of.n_psu, of.n_strata, kept(error), None if cv is None else Share(cv), *rest, of.n_hat,
        None if of.missing is None else Share(of.missing), " ".join(one.notes),
    )  # fmt: skip


def _codebook(every: list[Marked]) -> Sheet:
    """What each indicator is, and the questions it comes from, as they were asked."""
    found = {one.number.indicator.pk: one.number.indicator for one in every}
    heads = (
        (_("Code"), 18), (_("Indicator"), 40), (_("Questionnaire"), 30), (_("Dimension"), 16), (_("Theme"), 20),
        (_("Component"), 20), (_("Population"), 16), (_("Unit"), 12), (_("Which way is need"), 24),
        (_("What is worked out"), 60), (_("Questions as they were asked"), 80),
    )  # fmt: skip
    known = {one.instrument_id: analysis.measured(one.instrument) for one in found.values()}
    rows = tuple(_definition(one, known[one.instrument_id]) for one in found.values())
    return Sheet(_("Codebook"), _("Codebook"), heads, rows)


def _definition(one: Indicator, known: dict[str, Asked]) -> tuple[Cell, ...]:
    definition = indicator.read(one.definition)
    about = (one.get_dimension_display(), one.get_theme_display(), one.get_component_display())
    return (
        one.code, one.label(), one.instrument.title, *map(str, about), str(one.get_population_display()),
        str(one.get_unit_display()), str(one.get_direction_display()), indicators.in_words(definition, known),
        "\n".join(asked_words(one, known)),
    )  # fmt: skip


def asked_words(one: Indicator, known: dict[str, Asked]) -> list[str]:
    """The questions of an indicator as they were asked, with what could be chosen."""
    asked = [known[name] for name in indicator.read(one.definition).names if name in known]
    return [_question(each) for each in asked]


def _question(asked: Asked) -> str:
    choices = "; ".join(languages.text_in(texts) or value for value, texts in asked.choices.items())
    words = languages.text_in(asked.labels) or asked.name
    return f"{words} [{choices}]" if choices else words
