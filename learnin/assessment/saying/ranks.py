"""Where a need stands among the others, and how sure that is."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.kit import written

VERY_LIKELY, LIKELY, UNLIKELY, VERY_UNLIKELY = 0.90, 0.66, 0.33, 0.10
"""From which chance on which word: IPCC (2010), Guidance note on consistent treatment of uncertainties, table 1."""


def rank(place: int, *, best: int, worst: int, in_top: float, top: int) -> str:
    """Where a need stands, how far that may be wrong, and how likely it is among the first."""
    places = {"place": place, "best": best, "worst": worst}
    where = (
        _("Rank %(place)s, for certain.")
        if best == worst == place
        else _("Rank %(place)s, likely %(best)s to %(worst)s.")
    )
    return f"{where % places} {_top(in_top, top)}"


def _top(chance: float, top: int) -> str:
    """How likely, by a word and by a number that it stands for."""
    if chance >= VERY_LIKELY:
        said = ngettext("Very likely the first (%(chance)s).", "Very likely among the first %(top)s (%(chance)s).", top)
    elif chance >= LIKELY:
        said = ngettext("Likely the first (%(chance)s).", "Likely among the first %(top)s (%(chance)s).", top)
    elif chance > UNLIKELY:
        said = ngettext("Perhaps the first (%(chance)s).", "Perhaps among the first %(top)s (%(chance)s).", top)
    elif chance > VERY_UNLIKELY:
        said = ngettext("Hardly the first (%(chance)s).", "Hardly among the first %(top)s (%(chance)s).", top)
    else:
        said = ngettext(
            "Very unlikely the first (%(chance)s).", "Very unlikely among the first %(top)s (%(chance)s).", top
        )
    return said % {"top": top, "chance": written.percent(chance)}
