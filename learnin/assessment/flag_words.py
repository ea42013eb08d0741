"""What a flag says, in words."""

from django.utils.translation import gettext as _

from learnin.assessment.models import Flag
from learnin.kit import written


def said(flag: Flag) -> str:
    """Why somebody should look, in one sentence."""
    detail = flag.detail
    if flag.kind == Flag.Kind.TOO_QUICK:
        return _("%(seconds)s seconds for %(answers)s answers; below %(limit)s is too quick here.") % {
            "seconds": written.number(detail.get("seconds", 0)),
            "answers": written.number(detail.get("answers", 0)),
            "limit": written.number(detail.get("limit", 0)),
        }
    if flag.kind == Flag.Kind.STRAIGHT:
        return _("%(rows)s statements in a row have the same answer.") % {"rows": detail.get("rows", 0)}
    if flag.kind == Flag.Kind.PLACE:
        km = written.number(detail.get("km", 0))
        if area := detail.get("area"):
            return _("The place lies %(km)s km outside the area of the unit: %(area)s.") % {"km": km, "area": area}
        return _("The place lies %(km)s km outside the country.") % {"km": km}
    if flag.kind == Flag.Kind.DUPLICATE:
        if detail.get("why") == "answers":
            return _("Another answer says exactly the same.")
        return _("Another answer came from the same device at the same time.")
    if flag.kind == Flag.Kind.RANGE:
        return _broken(str(detail.get("rule", "")))
    return str(detail.get("comment", ""))


def _broken(rule: str) -> str:
    known = {
        "number": _("This is no number."),
        "date": _("This is no date."),
        "choice": _("This choice was not on offer."),
    }
    return known.get(rule) or _("The value breaks the rule of the questionnaire: %(rule)s") % {"rule": rule}
