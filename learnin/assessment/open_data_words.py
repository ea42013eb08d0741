"""How the disclosure check of open data is told in every reader's language."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learnin.kit import written

Words = str | Promise

GOES: Words = gettext_lazy("Goes along")
LEFT_OUT: Words = gettext_lazy("Stays here")
REFUSED: Mapping[str, Words] = {
    "out_of_date": gettext_lazy(
        "Answers, weights or indicators changed since the results were computed. Compute again."
    ),
    "stand_out": gettext_lazy("People would stand out in this file. Choose fewer groups."),
    "nothing_left": gettext_lazy(
        "No indicator is left: with these groups a file would tell numbers that are withheld."
    ),
    "no_numbers": gettext_lazy("The answers that are left allow no numbers."),
}
STAYS: Mapping[str, Words] = {
    "withheld": gettext_lazy("Stays here: the file would tell a number of it that is withheld"),
    "exact": gettext_lazy("Stays here: exact numbers that few people share"),
    "group": gettext_lazy("Stays here: it tells a group that stays here, or is told together with others"),
    "chosen": gettext_lazy("Stays here: it was not chosen"),
    "personal": gettext_lazy("Stays here: it says who somebody is"),
    "place": gettext_lazy("Stays here: an exact place"),
    "moment": gettext_lazy("Stays here: an exact day or time"),
    "repeated": gettext_lazy("Stays here: it is answered several times"),
    "text": gettext_lazy("Stays here: own words, pictures or sounds"),
    "not_measured": gettext_lazy("Stays here: no indicator or group in the file needs it"),
}
FACTS: Mapping[str, Words] = {
    "rows": gettext_lazy("Rows: people who answered"),
    "uniques": gettext_lazy("Before: rows that are the only ones with their groups"),
    "at_risk": gettext_lazy("Before: rows that too few people share their groups with"),
    "averaged": gettext_lazy("Rows whose weight is an average now"),
    "stand_out": gettext_lazy("Now: rows that too few people share their groups with"),
    "smallest": gettext_lazy("Now: people who share the same groups, at least"),
    "published": gettext_lazy("Published numbers of the round"),
    "there": gettext_lazy("Of these, numbers that the file gives"),
    "farthest": gettext_lazy("Largest difference of a number of the file from the published one"),
}


def advice(name: str, left: int) -> str:
    """What one group less would do."""
    words = ngettext(
        "Without “%(group)s” %(count)s row stands out.", "Without “%(group)s” %(count)s rows stand out.", left
    )
    return words % {"group": name, "count": written.number(left)}


def together(values: Sequence[str]) -> str:
    """Which values are told together."""
    return _("Told together: %(values)s") % {"values": ", ".join(one or _("no answer") for one in values)}


def besides(rows: int) -> str:
    """Who would stand out for somebody who could work out a group that stays."""
    words = ngettext("%(count)s row would stand out with it.", "%(count)s rows would stand out with it.", rows)
    return words % {"count": written.number(rows)}
