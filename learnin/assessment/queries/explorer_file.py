"""The numbers of the explorer as a sheet: the same that the page shows, no more."""

from decimal import Decimal

from django.utils.translation import gettext as _

from learnin.assessment.formats.evidence_workbook import Cell, Table
from learnin.assessment.models import Run
from learnin.assessment.queries import estimates, explorer
from learnin.assessment.queries.explorer import Wanted, name_of
from learnin.assessment.queries.reading import Read
from learnin.kit.charts.marks import MEANINGS, Trust

DIGITS = 6


def tables(run: Run | None, wanted: Wanted) -> list[Table]:
    """One sheet: a row for each number, with its interval and how far it may be trusted."""
    columns = (
        (_("Round"), 30), (_("Indicator"), 50), (_("Value"), 20), (_("Group"), 30), (_("Estimate"), 12),
        (_("From"), 12), (_("To"), 12), (_("Answers"), 10), (_("Schools"), 10), (_("How to read it"), 40),
        (_("Why"), 60), (_("Sample"), 40),
    )  # fmt: skip
    titles = {part.round_id: part.round.title for part in (estimates.rounds_of(run) if run else ())}
    found = explorer.lines(run, wanted) if run else []
    rows = tuple(_row(one, titles[one.of.round]) for one in found)
    return [Table(_("Results"), columns, rows)]


def _row(read: Read, title: str) -> tuple[Cell, ...]:
    of = read.of
    is_told = of.is_probability or read.trust is not Trust.SURE  # what nobody was drawn for is not called reliable
    trust = f"{read.sign} {MEANINGS[read.trust]}".strip() if is_told else ""
    sample = "" if of.is_probability else _("Not a probability sample: these numbers speak for those who answered.")
    return (
        title, of.indicator.label(), of.level_name, name_of(read), _number(of.estimate), _number(of.ci_low),
        _number(of.ci_high), of.n, of.n_psu, trust, " ".join(read.reasons), sample,
    )  # fmt: skip


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(round(value, DIGITS)))
