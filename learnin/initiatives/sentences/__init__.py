"""How the journal and the notices tell what happened to initiatives, room by room."""

from learnin.initiatives.sentences import agreements, coverage, files, organisations, register, relations

ROOMS = (register, organisations, files, relations, agreements, coverage)
VERBS = {verb: said for room in ROOMS for verb, said in room.VERBS.items()}
KINDS = {kind: said for room in ROOMS for kind, said in room.KINDS.items()}
PLACES = {key: name for room in ROOMS for key, name in room.PLACES.items()}
CODES = {key: choices for room in ROOMS for key, choices in room.CODES.items()}
