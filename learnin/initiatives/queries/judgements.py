"""What each record of a file is to the register: what applying it would do, and what keeps it out."""

from collections.abc import Iterable, Iterator

from learnin.initiatives import code_words
from learnin.initiatives.formats.kept import as_json, from_json
from learnin.initiatives.formats.record import Level, Problem, Read, Record
from learnin.initiatives.models import Import, ImportedRecord
from learnin.initiatives.queries.comparing import Difference, merged
from learnin.initiatives.queries.judge import Judge
from learnin.initiatives.queries.set_against import Here, at_hand

State = ImportedRecord.State
A_PIECE = 500


def judged(source: Import, reads: Iterable[Read], judge: Judge) -> Iterator[ImportedRecord]:
    """What each record of a file is to the register, ready to be kept. Compares in pieces, with few questions.

    Whether what is of a whole region comes in too was said of the file: `Import.takes_regions`.
    """
    piece: list[Read] = []
    for read in reads:
        piece.append(read)
        if len(piece) == A_PIECE:
            yield from _piece(source, piece, judge)
            piece = []
    yield from _piece(source, piece, judge)


def _piece(source: Import, reads: list[Read], judge: Judge) -> Iterator[ImportedRecord]:
    numbers = {at: judge.known_as(read.record) for at, read in enumerate(reads) if read.record}
    here = at_hand({pk for pk in numbers.values() if pk})
    for at, read in enumerate(reads):
        yield _one(source, read, judge, here.get(numbers.get(at) or 0))


def _one(source: Import, read: Read, judge: Judge, here: Here | None) -> ImportedRecord:
    made = ImportedRecord(source=source, row=read.row, problems=[kept(one) for one in read.problems], state=State.BAD)
    record = read.record
    if record is None:
        made.identifier = _short(next((one.identifier for one in read.problems if one.identifier), ""), 200)
        return made
    made.identifier, made.title = _short(record.identifier, 200), _short(record.title, 500)
    if not judge.is_ours(record):
        made.state, made.problems = State.ELSEWHERE, []
        return made
    here_only = judge.here_only(record)
    made.record = as_json(here_only)
    if _is_of_a_region(record) and here is None:
        made.problems.append(_of_a_region(record, read.row, keeps_out=not source.takes_regions))
        if not source.takes_regions:
            made.state = State.REGION
            return made
    judge_one(made, here_only, judge, here)
    return made


def _is_of_a_region(record: Record) -> bool:
    """Whether it names a region of the world and no country, so that only a person can say that it is ours."""
    return bool(record.regions) and not record.countries and not any(place.country for place in record.places)


def _of_a_region(record: Record, row: int, *, keeps_out: bool) -> dict[str, object]:
    """What is told of a record of a whole region. What stands in the register already, somebody took in before."""
    said = ", ".join(code_words.region(one) for one in record.regions)
    level = Level.ERROR if keeps_out else Level.WARNING
    return kept(Problem("register.region", row, said=said, level=level, identifier=record.identifier))


def judge_one(made: ImportedRecord, record: Record, judge: Judge, here: Here | None) -> None:
    """Say what applying would do with a record of this country."""
    more = judge.problems(record, made.row, made.record or {})
    says = here.told(record) if here else record
    found = here.difference(says, judge.settler) if here and not more else Difference()
    if here and not _fits(says, here, found):
        more = [Problem("register.days_do_not_fit", made.row, identifier=record.identifier)]
    made.problems = [*made.problems, *(kept(one) for one in more)]
    made.initiative, made.differences = None if more or here is None else here.initiative, []
    if more:
        made.state = State.BAD
    elif here is None:
        made.state = State.NEW
    else:
        made.state, made.differences = _said(found)


def otherwise(piece: list[ImportedRecord], judge: Judge) -> list[ImportedRecord]:
    """Of records that were read before: those that would do something else to the register now, judged anew."""
    records = [from_json(one.record or {}) for one in piece]
    numbers = [judge.known_as(record) or 0 for record in records]
    here = at_hand(set(numbers) - {0})
    found = []
    for one, record, number in zip(piece, records, numbers, strict=True):
        before = (one.state, one.initiative_id, list(one.differences))
        judge_one(one, record, judge, here.get(number))
        if before != (one.state, one.initiative_id, list(one.differences)):
            one.choice = ""
            found.append(one)
    return found


def _fits(says: Record, here: Here, found: Difference) -> bool:
    """Whether the initiative makes sense with what the file changes, whoever wins where both changed the same."""
    changed, conflicts = set(found.changed), set(found.conflicts)
    return not any(merged(says, here.stands, fields).is_reversed for fields in (changed, changed - conflicts) if fields)


def _said(found: Difference) -> tuple[str, list[str]]:
    """What a record does to an initiative, and the fields it is about."""
    if found.conflicts:
        return State.CONFLICT, list(found.conflicts)
    return (State.CHANGED, list(found.changed)) if found.changed else (State.SAME, [])


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def kept(problem: Problem) -> dict[str, object]:
    """A problem as JSON keeps it."""
    return {
        "code": problem.code,
        "row": problem.row,
        "place": problem.place,
        "said": problem.said,
        "level": problem.level.value,
    }
