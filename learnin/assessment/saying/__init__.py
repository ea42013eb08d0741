"""Estimates, comparisons, ranks and rules as plain sentences, whole in every language.

No sentence is glued together from words that would need a case or a gender. What a page brings (the name of a group, of
an indicator, of a round) stands as it is: before a colon, before a comma, in a list. A noun that a sentence needs in a
certain form has a sentence of its own.
"""

from learnin.assessment.saying.comparisons import apart, beside_whole, change, difference
from learnin.assessment.saying.estimates import Said, mean, share, total
from learnin.assessment.saying.ranks import rank
from learnin.assessment.saying.reasons import reason, withheld

__all__ = [
    "Said",
    "share",
    "mean",
    "total",
    "difference",
    "apart",
    "change",
    "beside_whole",
    "rank",
    "reason",
    "withheld",
]
