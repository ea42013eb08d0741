"""Indicators in words: what is worked out, and why a definition cannot be used."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.assessment.formats.indicator import Definition, DefinitionWrong, Kind

KINDS: Mapping[str, str | Promise] = {
    Kind.SHARE: gettext_lazy("Share of those who chose one of some answers"),
    Kind.SHARES: gettext_lazy("Share of each answer"),
    Kind.MULTI: gettext_lazy("Share of each of several choices"),
    Kind.MEAN: gettext_lazy("Mean"),
    Kind.INDEX: gettext_lazy("Index: mean over several questions"),
    Kind.QUANTILE: gettext_lazy("Median or another quantile"),
    Kind.TOTAL: gettext_lazy("Total in the population"),
    Kind.COUNT: gettext_lazy("Number of people who chose one of some answers"),
    Kind.RATIO: gettext_lazy("Ratio of two totals"),
    Kind.DERIVED: gettext_lazy("Worked out by an expression"),
}

KEYS: Mapping[str, str | Promise] = {
    "as": gettext_lazy("What is told of it"),
    "at": gettext_lazy("Which quantile"),
    "bottom": gettext_lazy("Below the line"),
    "expression": gettext_lazy("Expression"),
    "kind": gettext_lazy("What is worked out"),
    "least": gettext_lazy("Lowest point of the scale"),
    "missing": gettext_lazy("Answers that count as none"),
    "most": gettext_lazy("Highest point of the scale"),
    "needed": gettext_lazy("Answers that are needed"),
    "question": gettext_lazy("Question"),
    "questions": gettext_lazy("Questions"),
    "reversed": gettext_lazy("Questions that are turned round"),
    "top": gettext_lazy("Above the line"),
    "values": gettext_lazy("Answers that count"),
}

_WHY: Mapping[str, str | Promise] = {
    "counted_too": gettext_lazy("“%(found)s” cannot count and be no answer at the same time."),
    "missing": gettext_lazy("Fill this in."),
    "no_such_answer": gettext_lazy("The question has no answer “%(found)s”."),
    "no_such_question": gettext_lazy("The questionnaire has no question “%(found)s” that can be measured."),
    "no_number": gettext_lazy("The answers to “%(found)s” are no numbers."),
    "not_above_least": gettext_lazy("The highest point of the scale must be above the lowest."),
    "not_among_questions": gettext_lazy("“%(found)s” is none of the questions of the index."),
    "not_known": gettext_lazy("“%(found)s” is not known here."),
    "not_possible": gettext_lazy("“%(found)s” is not possible here."),
    "too_few": gettext_lazy("Choose more of them."),
    "too_many": gettext_lazy("These are too many."),
    "twice": gettext_lazy("The same stands there twice."),
    "expression_ends_early": gettext_lazy("The expression ends too early."),
    "expression_needs_answer": gettext_lazy("An answer, such as ${name}, must stand in the place of “%(found)s”."),
    "expression_needs_number": gettext_lazy("The expression must give a number here: “%(found)s”."),
    "expression_needs_text": gettext_lazy("A text in quotation marks must stand in the place of “%(found)s”."),
    "expression_needs_truth": gettext_lazy(
        "The expression must be true or false here, such as ${name} > 3: “%(found)s”."
    ),
    "expression_not_expected": gettext_lazy("“%(found)s” cannot stand at this place."),
    "expression_not_known": gettext_lazy("“%(found)s” is not known in expressions."),
    "expression_too_deep": gettext_lazy("The expression has too many brackets inside each other."),
    "expression_too_long": gettext_lazy("The expression is longer than 1,000 letters."),
    "expression_without_answer": gettext_lazy("The expression asks for no answer. Name a question, such as ${name}."),
    "expression_wrong_count": gettext_lazy("“%(found)s” takes another number of values."),
}


def why(wrong: DefinitionWrong) -> str:
    """Why a definition cannot be used, in a sentence."""
    return str(_WHY[wrong.code]) % {"found": wrong.found}


def where_and_why(wrong: DefinitionWrong) -> str:
    """The same with the part it is about."""
    return _("%(part)s: %(why)s") % {"part": str(KEYS.get(wrong.key, wrong.key)), "why": why(wrong)}


def definition(of: Definition, values: Mapping[str, str]) -> str:
    """What is worked out, in a line; `values` are the words of the answers that count."""
    listed = ", ".join(values.get(value, value) for value in of.values)
    missing = ", ".join(values.get(value, value) for value in of.missing)
    said = _SAID[of.kind] % {
        "question": ", ".join(of.questions),
        "values": listed,
        "expression": " / ".join(of.expressions),
        "percent": round(100 * of.at),
        "count": len(of.questions),
    }
    return _("%(said)s. Not counted: %(missing)s") % {"said": said, "missing": missing} if missing else said


_SAID: Mapping[Kind, str | Promise] = {
    Kind.SHARE: gettext_lazy("Share of those who answered %(question)s with: %(values)s"),
    Kind.SHARES: gettext_lazy("Share of each answer to %(question)s"),
    Kind.MULTI: gettext_lazy("Share of each choice of %(question)s"),
    Kind.MEAN: gettext_lazy("Mean of %(question)s"),
    Kind.INDEX: gettext_lazy("Mean over %(count)s questions: %(question)s"),
    Kind.QUANTILE: gettext_lazy("Value of %(question)s below which %(percent)s of 100 people lie"),
    Kind.TOTAL: gettext_lazy("Total of %(question)s in the population"),
    Kind.COUNT: gettext_lazy("Number of people who answered %(question)s with: %(values)s"),
    Kind.RATIO: gettext_lazy("Total over total: %(expression)s"),
    Kind.DERIVED: gettext_lazy("Worked out for each person: %(expression)s"),
}
