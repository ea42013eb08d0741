"""What the pages of pairs call things."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.initiatives.models import Relation
from learnin.initiatives.queries.pairs import Band, Neighbours
from learnin.kit import written

BANDS: dict[Band, str | Promise] = {
    Band.SURE: gettext_lazy("Likely related"),
    Band.UNSURE: gettext_lazy("Perhaps related"),
    Band.OVERLAPS: gettext_lazy("Overlaps"),
    Band.JUDGED: gettext_lazy("Judged"),
}
MEASURES: dict[Band, str | Promise] = {
    Band.SURE: gettext_lazy("Chance"),
    Band.UNSURE: gettext_lazy("Chance"),
    Band.OVERLAPS: gettext_lazy("In common"),
}
"""What the number of a pair says; once somebody judged, it says nothing more."""
MAYBE: dict[str, str | Promise] = {
    Relation.SAME: gettext_lazy("Perhaps the same"),
    Relation.JOINT: gettext_lazy("Perhaps one activity, told by each partner"),
    Relation.PHASE: gettext_lazy("Perhaps another phase of it"),
    Relation.SITE: gettext_lazy("Perhaps the same programme elsewhere"),
    Relation.OVERLAP: gettext_lazy("Perhaps they overlap"),
    Relation.UNRELATED: gettext_lazy("Perhaps related"),
}
"""What an initiative in the register may be to the one that is being written."""


def label(relation: str) -> str:
    """What an initiative may be to the one that is being written."""
    return str(MAYBE[relation])


def place(near: Neighbours, *, is_judged: bool) -> str:
    """Where a pair stands in its list, and that people decide."""
    decides = _("LearnIn only points at pairs; you decide. Nothing is merged or sent before you say so.")
    if is_judged:
        return decides
    told = {"number": written.number(near.number), "count": written.number(near.count)}
    return _("Pair %(number)s of %(count)s.") % told + " " + decides
