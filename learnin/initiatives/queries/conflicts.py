"""Where a file and somebody here differ: field by field, what stands here and what the file says."""

from collections.abc import Iterable
from dataclasses import dataclass

from learnin.initiatives.formats.kept import as_json
from learnin.initiatives.models import ImportedRecord
from learnin.initiatives.queries import history, set_against
from learnin.initiatives.queries.records import record_of
from learnin.journal import words


@dataclass(frozen=True)
class Side:
    """One field."""

    name: str
    here: str
    file: str


def sides(records: Iterable[ImportedRecord]) -> dict[int, list[Side]]:
    """The fields in conflict by the number of the imported record."""
    every = list(records)
    here = set_against.initiatives({one.initiative_id for one in every if one.initiative_id})
    found: dict[int, list[Side]] = {}
    for one in every:
        stands = as_json(record_of(here[one.initiative_id])) if one.initiative_id in here else {}
        found[one.pk] = [
            Side(history.names().get(key) or words.name(key), history.said(stands, key), history.said(one.record, key))
            for key in one.differences
        ]
    return found
