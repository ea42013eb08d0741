"""Which records of initiatives belong together, how, and why: same, joint, phase, site, overlap or unrelated.

    register = Register.of(records)                 # Described: a title is enough
    register.related(draft, least=0.4)              # while somebody types: Related, the likeliest first
    register.add(record)                            # nothing is compared anew but this one
    for pair in pairs(register):                    # all pairs within countries
        print(pair.relation, pair.score, "; ".join(map(in_english, pair.reasons)))
    overlaps(records)                               # by codes: region, people, theme and time
    refit(decisions)                                # weights from the verdicts of 200 reviews or more

Nothing is ever merged here. `score` is the chance that two records are one activity or parts of one programme. Source:
docs/methods/relations.md.
"""

from typing import TYPE_CHECKING

from learnin.compute.late import late
from learnin.compute.relations.described import Contribution, Described, Key, Reason, Related, Relation

if TYPE_CHECKING:
    from learnin.compute.relations.cells import Overlap, overlaps
    from learnin.compute.relations.fitting import Decision, refit
    from learnin.compute.relations.reasons import SENTENCES, in_english
    from learnin.compute.relations.register import Register, pairs
    from learnin.compute.relations.weights import Weights, read, shipped

__all__ = [
    "Described", "Key", "Register", "Related", "Relation", "Reason", "Contribution", "pairs",
    "Overlap", "overlaps",
    "SENTENCES", "in_english",
    "Weights", "read", "shipped", "Decision", "refit",
]  # fmt: skip

if not TYPE_CHECKING:  # scipy takes memory, and most processes compare nothing
    __getattr__ = late(
        __name__,
        fitting=("Decision", "refit"),
        cells=("Overlap", "overlaps"),
        reasons=("SENTENCES", "in_english"),
        register=("Register", "pairs"),
        weights=("Weights", "read", "shipped"),
    )
