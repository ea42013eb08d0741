"""How the journal and the notices tell what happened in a needs assessment, room by room."""

from learnin.assessment.sentences import (
    evidence,
    exports,
    findings,
    indicators,
    instruments,
    open_data,
    plan,
    reading,
    rounds,
    samples,
    submissions,
    weights,
)

ROOMS = (
    plan,
    evidence,
    instruments,
    samples,
    rounds,
    submissions,
    exports,
    weights,
    indicators,
    reading,
    findings,
    open_data,
)
VERBS = {verb: said for room in ROOMS for verb, said in room.VERBS.items()}
KINDS = {kind: said for room in ROOMS for kind, said in room.KINDS.items()}
PLACES = {key: name for room in ROOMS for key, name in room.PLACES.items()}
CODES = {key: choices for room in ROOMS for key, choices in room.CODES.items()}
ITEMS = plan.ITEMS
