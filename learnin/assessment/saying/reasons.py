"""Why a number is flagged, not shown, or withheld."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.compute.disclosure import Rules, Why
from learnin.compute.reading import Reason, Rule
from learnin.kit import written


def reason(broken: Reason) -> str:
    """Why an estimate is flagged or not shown, with what was found and where the line is."""
    if broken.rule is Rule.NO_ERROR:
        return _("How exact it is cannot be worked out.")
    if broken.found is None:
        return _("Its error is larger than the number itself.")
    if broken.rule is Rule.LARGE_CV:
        places = {"found": written.percent(broken.found), "line": written.percent(broken.line)}
        return _("Its standard error is %(found)s of the number; more than %(line)s is too much.") % places
    if broken.rule is Rule.WIDE_INTERVAL:
        return _wide(round(100 * broken.found), round(100 * broken.line))
    return _few(broken.rule, round(broken.found)) % {
        "found": written.number(round(broken.found)),
        "line": written.number(broken.line),
    }


def _wide(found: int, line: int) -> str:
    said = ngettext(
        "Its interval is %(found)s point wide; more than %(line)s is too wide.",
        "Its interval is %(found)s points wide; more than %(line)s is too wide.",
        found,
    )
    return said % {"found": written.number(found), "line": written.number(line)}


def _few(rule: Rule, found: int) -> str:
    if rule is Rule.FEW_PSUS:
        return ngettext(
            "The answers come from %(found)s school or other unit; at least %(line)s are wanted.",
            "The answers come from %(found)s schools or other units; at least %(line)s are wanted.",
            found,
        )
    if rule is Rule.FEW_DEGREES:
        return _("Too few schools or other units: %(found)s degrees of freedom; at least %(line)s are wanted.")
    return ngettext(
        "It rests on %(found)s answer; at least %(line)s are wanted.",
        "It rests on %(found)s answers; at least %(line)s are wanted.",
        found,
    )


def withheld(why: Why, rules: Rules) -> str:
    """Why a number is withheld, without the number."""
    if why is Why.FEW_ANSWERS:
        said = ngettext(
            "Withheld: fewer than %(line)s person answered, and could be recognised.",
            "Withheld: fewer than %(line)s people answered, and could be recognised.",
            rules.least_answers,
        )
        return said % {"line": written.number(rules.least_answers)}
    if why is Why.FEW_PSUS:
        said = ngettext(
            "Withheld: the answers come from fewer than %(line)s school, which could be recognised.",
            "Withheld: the answers come from fewer than %(line)s schools, which could be recognised.",
            rules.least_psus,
        )
        return said % {"line": written.number(rules.least_psus)}
    return _("Withheld: with it, another number that is withheld could be worked out.")
