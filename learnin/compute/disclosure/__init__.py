"""Disclosure: what must not be shown, so that nobody is recognised, and what would give it away."""

from typing import TYPE_CHECKING

from learnin.compute.disclosure.anonymity import Advice, Anonymity, anonymity
from learnin.compute.disclosure.refusals import CannotProtect
from learnin.compute.disclosure.rules import DEFAULT, Rules, Why
from learnin.compute.late import late

if TYPE_CHECKING:
    from learnin.compute.disclosure.attacker import Known, attack
    from learnin.compute.disclosure.margins import EVERYBODY, Group, of_groups, protected
    from learnin.compute.disclosure.rows import OTHER, Coarse, Microdata, averaged, coarsened, microdata
    from learnin.compute.disclosure.suppression import Protection, protect
    from learnin.compute.disclosure.tables import Answers, Cell, Tables, tabulated

__all__ = [
    # which cells of tables
    "DEFAULT", "Rules", "Why", "Answers", "Cell", "Tables", "tabulated", "Protection", "protect",
    # which groups of a run of estimates, from counts alone
    "EVERYBODY", "Group", "of_groups", "protected",
    # what somebody could still work out
    "Known", "attack",
    # which rows of microdata
    "Anonymity", "Advice", "anonymity",
    # rows of microdata for everybody
    "OTHER", "Coarse", "Microdata", "averaged", "coarsened", "microdata",
    "CannotProtect",
]  # fmt: skip

if not TYPE_CHECKING:  # linear programmes take memory, and whoever only knows the rules never solves one
    __getattr__ = late(
        __name__,
        attacker=("Known", "attack"),
        margins=("EVERYBODY", "Group", "of_groups", "protected"),
        rows=("OTHER", "Coarse", "Microdata", "averaged", "coarsened", "microdata"),
        suppression=("Protection", "protect"),
        tables=("Answers", "Cell", "Tables", "tabulated"),
    )
