"""The workbook of known totals: what it asks for, and what stands in one that somebody filled in."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from learnin.assessment import weight_words
from learnin.assessment.formats import totals_workbook, weight_recipe
from learnin.assessment.formats.totals_workbook import Reading, Row
from learnin.assessment.models import Weighting
from learnin.assessment.queries import exports
from learnin.assessment.queries.asked import OF_QUESTION, said
from learnin.assessment.queries.weighting import Ground
from learnin.assessment.queries.weights import Facts
from learnin.journal.formats.cells import Problem


def rows(of: Weighting, here: Ground, facts: Facts, wanted: Collection[str], *, until: datetime) -> list[Row]:
    """One row for each value of these columns: those of the list, those a question offers, those somebody answered."""
    base = weight_recipe.recipe(of.steps).base
    names = [name for name in (*dict(facts.columns), *dict(facts.choices)) if name in wanted]
    paths = [name.removeprefix(OF_QUESTION) for name in names if name.startswith(OF_QUESTION)]
    told = said(of.round, base, paths, until=until)
    choices = _choices(of)
    found: list[Row] = []
    for name in names:
        path = name.removeprefix(OF_QUESTION)
        if path in told:
            counts, words = Counter(told[path].get(one, "") for one in here.asked.answer if one), choices[path]
        else:
            counts, words = Counter(here.answered[name].tolist()), _of_list(here, name)
        label = weight_words.column(name, facts.labels)
        for value in (*words, *sorted(counts.keys() - words.keys())):
            found.append(Row(name, value, label, words.get(value) or weight_words.level(value), counts[value]))
    return found


def _of_list(here: Ground, name: str) -> dict[str, str]:
    """The values that the list of units has in a column."""
    if not here.known.counts:
        return {}
    return {level[0]: level[0] for level, _n in here.known.margin([name]).totals}


def _choices(of: Weighting) -> dict[str, dict[str, str]]:
    """The choices of each question, with their words."""
    main = exports.layout(of.round, with_personal=False).main
    return {one.name: {choice.name: str(one.labelled(choice.name)) for choice in one.choices} for one in main.columns}


def workbook(found: list[Row], facts: Facts) -> bytes:
    """The workbook to fill in, with what is known already."""
    heads = (_("Column, as programs know it"), _("Value, as programs know it"), _("Column"), _("Value"), _("Total"))
    known = {(one.by[0], level[0]): n for one in facts.brought for level, n in one.totals}
    for name in {row.column for row in found} & dict(facts.framed).keys():
        known |= {(name, level[0]): n for level, n in facts.known.margin([name]).totals}
    return totals_workbook.write(found, heads, known)


def reading(content: bytes, found: list[Row]) -> Reading:
    """What a filled workbook says."""
    return totals_workbook.read(content, found)


def place(problem: Problem) -> str:
    """Where a problem stands."""
    if not problem.row:
        return _("The file")
    return _("%(column)s, row %(row)s") % {"column": problem.column, "row": problem.row}


def problem_words(problem: Problem) -> str:
    """What is wrong there, and what to do."""
    words = {
        "no_workbook": _("This file is no Excel workbook. Fill in the one from above and save it as .xlsx."),
        "empty": _("No row has a total yet."),
        "unknown_column": _("There is no column “%(said)s”. Keep the names of the first column as they came."),
        "unknown_value": _("The column has no value “%(said)s”. Keep the names of the second column as they came."),
        "twice": _("“%(said)s” stands twice. Keep one row."),
        "empty_cell": _("The total is missing. Write a number; 0 where there is nobody."),
        "no_number": _("“%(said)s” is no number of people. Write a number of 0 or more."),
        "nobody": _("The total of “%(said)s” is 0, but somebody with this answer is there. Check it."),
        "lacking": _("“%(said)s” has no row, but somebody with this answer is there. Add the row."),
        "disagree": _("The columns add up to different populations: %(said)s. Make them add up to the same."),
    }
    return words[problem.reason] % {"said": problem.said}
