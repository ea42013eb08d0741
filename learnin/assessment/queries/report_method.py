"""The method annex of a report: who was asked and answered, weights, how to read the numbers, how exact they are."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.assessment import weight_words
from learnin.assessment.models import Round, Run, RunRound
from learnin.assessment.queries import analysis, estimates, follow_up, reading, result_tables, weight_stages, weights
from learnin.assessment.queries.marked import Marked, marked
from learnin.assessment.queries.reading import Rules
from learnin.kit import written
from learnin.kit.charts.marks import MEANINGS, SIGNS, Trust
from learnin.kit.documents import Block, Facts, Heading, Items, Numbered, Paragraph, Table

TWICE = 2  # standard errors on each side, as tables of sampling errors tell
DIGITS = 3  # that count
TOLD = (Trust.UNSURE, Trust.INEXACT, Trust.WITHHELD)


def blocks(run: Run) -> Iterator[Block]:
    """The annex of a run, in the reader's language."""
    yield Heading(_("How these numbers were made"))
    numbers = marked(estimates.numbers(run, by={""}))
    for part in estimates.rounds_of(run):
        yield from _round(run, part, [one for one in numbers if one.number.round == part.round_id])
    yield from _reading(reading.rules(run.assessment.country))
    yield from _questions(numbers)


def _round(run: Run, part: RunRound, numbers: list[Marked]) -> Iterator[Block]:
    yield Heading(part.round.title, level=2)
    if said := weight_words.mark_of(part.round):
        yield Paragraph(f"{said}. {only_those_who_answered()}")
    yield Facts(_("Sample and answers"), tuple(_facts(run, part)))
    if part.weights is not None:
        yield from _weights(part)
    if part.is_probability and numbers:
        yield Heading(_("Sampling errors, everybody together"), level=2)
        yield _errors(numbers)


def only_those_who_answered() -> str:
    """What numbers of an open link are worth."""
    return _("These numbers speak for those who answered, and for nobody else.")


def _facts(run: Run, part: RunRound) -> Iterator[tuple[str, str]]:
    of = part.round
    yield _("Questionnaire"), of.instrument.title
    yield _("Who was asked"), str(of.get_kind_display())
    if of.sample is not None:
        yield _("Sample"), f"{of.sample.title}: {of.sample.get_method_display()}"
        yield _("List of units"), of.sample.frame.title
        yield _("Units drawn"), written.number(of.sample.size)
    yield _("Open from"), written.day(of.opens_at)
    yield _("Open until"), written.day(of.closed_at or of.closes_at)
    yield _("Answers in these numbers"), written.number(part.answers)
    yield from _response(of, run)
    yield _("Weights"), part.weights.name if part.weights else _("Base weights: no set of weights is in use.")
    yield _("Run"), written.number(run.number)
    yield _("Version of the method"), run.method


def _response(of: Round, run: Run) -> Iterator[tuple[str, str]]:
    """How many of those who were asked answered; nothing where nobody was asked."""
    if of.kind == Round.Kind.OPEN:
        return
    total = follow_up.board(of, by="language", unsaid="", now=run.finished_at or run.made_at).total
    yield _("Asked"), written.number(total.asked)
    for name, rate in ((_("Response rate (AAPOR RR1)"), total.rr1), (_("Response rate (AAPOR RR2)"), total.rr2)):
        yield name, "" if rate is None else written.percent(rate, 1)


def _weights(part: RunRound) -> Iterator[Block]:
    """What each step of the weights did, before and after."""
    if part.weights is None:
        return
    yield Heading(_("Weights, step by step"), level=2)
    for step in weight_stages.told(part.weights.diagnostics, weights.labels(part.round)):
        yield Paragraph(f"{step.words}. {weight_words.SENTENCES[step.step]}")
        yield _step(step)
        if step.warnings:
            yield Items(step.warnings)


def _step(step: weight_stages.Told) -> Table:
    """The numbers of the weights after a step, and before it where there is a before."""
    if not step.has_before:
        plain = tuple((line.label, line.after) for line in step.lines)
        return Table(str(step.words), (_("What"), _("After")), plain, shares=(8, 2))
    rows = tuple((line.label, line.before, line.after) for line in step.lines)
    return Table(str(step.words), (_("What"), _("Before"), _("After")), rows, shares=(6, 2, 2))


def _errors(numbers: list[Marked]) -> Table:
    """The table of sampling errors: estimate, standard error and what follows from it."""
    heads = (
        _("Indicator"), "r", "se", "cv", "deff", "deft", _("people"), "n",
        _("r − 2 se"), _("r + 2 se"),
    )  # fmt: skip
    rows = tuple((one.name, *errors(one)) for one in numbers)
    return Table(_("Sampling errors"), heads, rows, shares=(24, 8, 8, 8, 8, 8, 14, 8, 8, 8))


def errors(one: Marked) -> tuple[str, ...]:
    """A row of the table after its name; of a number that is not shown only its sign."""
    of, value = one.number, one.mark.value
    if value is None:
        return (one.mark.sign, *("",) * 8)
    low, high = (value - TWICE * of.se, value + TWICE * of.se) if of.se is not None else (None, None)
    people = "" if of.n_hat is None else written.number(round(of.n_hat))
    return (
        f"{one.mark.sign} {short(value)}".strip(),
        *map(short, (of.se, of.cv, of.deff, of.deft)), people, written.number(of.n or 0), short(low), short(high),
    )  # fmt: skip


def short(value: float | None) -> str:
    """A number with three digits after the point, as tables of sampling errors have; a large one without."""
    if value is None:
        return ""
    return written.number(round(value, DIGITS) if abs(value) < 1000 else round(value))


def _reading(by: Rules) -> Iterator[Block]:
    yield Heading(_("How to read the numbers"), level=2)
    yield Paragraph(_("Each number stands with its interval. In 95 of 100 such surveys the truth lies in it."))
    exact, hidden = by.exact, by.hiding
    yield Items(tuple(f"{SIGNS[one]} {MEANINGS[one]}" for one in TOLD))
    yield Items(
        (
            _("Not shown: fewer than %(answers)s answers or fewer than %(units)s sampled units.")
            % {"answers": written.number(exact.least_answers), "units": written.number(exact.least_psus)},
            _(
                "Marked as unreliable: fewer than %(answers)s answers, fewer than %(degrees)s degrees of freedom, an "
                "interval of a share wider than %(width)s, or a standard error above %(cv)s of a mean or total."
            )
            % {
                "answers": written.number(exact.sure_answers),
                "degrees": written.number(exact.least_df),
                "width": written.percent(exact.widest),
                "cv": written.percent(exact.largest_cv),
            },
            ngettext(
                "Withheld: fewer than %(answers)s person, or people from too few sampled units, so that somebody could "
                "be recognised.",
                "Withheld: fewer than %(answers)s people, or people from too few sampled units, so that somebody could "
                "be recognised.",
                hidden.least_answers,
            )
            % {"answers": written.number(hidden.least_answers)},
        )
    )


def _questions(numbers: list[Marked]) -> Iterator[Block]:
    """Each indicator with its questions as they were asked."""
    found = {one.number.indicator.pk: one.number.indicator for one in numbers}
    if not found:
        return
    yield Heading(_("Questions as they were asked"), level=2)
    known = {one.instrument_id: analysis.measured(one.instrument) for one in found.values()}
    for at, one in enumerate(found.values(), start=1):
        words = result_tables.asked_words(one, known[one.instrument_id])
        yield Numbered(f"{at}.", one.label(), tuple(words))
