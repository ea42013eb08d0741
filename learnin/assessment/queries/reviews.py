"""Answers as reviewers read them: in the questionnaire's words and order, with what was said and set right."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from learnin.assessment import flag_words
from learnin.assessment.formats import corrections
from learnin.assessment.formats.definition import Choice, Definition, Group, Question
from learnin.assessment.formats.tables import OF_THE_PERSON, SHAPES, TELLS_WHO, is_named, said
from learnin.assessment.models import (
    Correction,
    Enumerator,
    Flag,
    Instrument,
    Review,
    Round,
    Submission,
    SubmissionFile,
)
from learnin.assessment.queries import answers, exports, questionnaire

NO_FLAG, ANY_FLAG = "none", "any"


@dataclass(frozen=True)
class Line:
    """One line of an answer: a heading, or a question and what was answered."""

    label: str
    path: str = ""
    depth: int = 0
    is_heading: bool = False
    text: str = ""
    was: str | None = None  # before it was set right
    is_hidden: bool = False  # personal, for a reader who may not see it
    is_personal: bool = False
    file: SubmissionFile | None = None
    can_change: bool = True  # what the device noted stays


@dataclass(frozen=True)
class Event:
    """Something that happened to an answer."""

    at: datetime
    by: str
    kind: str
    state: str = ""
    state_word: str = ""
    comment: str = ""
    path: str = ""
    before: str = ""
    after: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class Wanted:
    """Which answers of a round are asked for."""

    state: str = ""
    flag: str = ""
    enumerator: int | None = None


@dataclass
class _Reader:
    """Writes the lines of one answer."""

    asked: Definition
    language: str
    instrument: Instrument
    may_see_personal: bool
    changed: Mapping[str, str]
    files: Mapping[str, SubmissionFile] = field(default_factory=dict)
    is_unlinked: bool = False

    def lines(self, data: Mapping[str, Any], parents: tuple[str, ...] = (), way: str = "") -> Iterator[Line]:
        for one in self.asked.outline:
            if one.parents != parents:
                continue
            if isinstance(one, Group):
                yield from self._group(one, data, way)
            elif one.keeps_answer and not (self.is_unlinked and one.type in TELLS_WHO):
                yield self._question(one, data, f"{way}{one.name}")

    def _group(self, group: Group, data: Mapping[str, Any], way: str) -> Iterator[Line]:
        inner, label = data.get(group.name), said(group.labels, self.language) or group.name
        below, depth = (*group.parents, group.name), group.depth
        if not group.is_repeat:
            found = list(self.lines(inner if isinstance(inner, dict) else {}, below, f"{way}{group.name}/"))
            if found and group.labels:
                yield Line(label, depth=depth, is_heading=True)
            yield from found
            if found and group.labels:
                yield Line("", depth=depth, is_heading=True)  # what follows stands outside the group
            return
        turns = inner if isinstance(inner, list) else []
        for number, turn in enumerate(turns, start=1):
            if isinstance(turn, dict):
                yield Line(f"{label} {number}", depth=depth, is_heading=True)
                yield from self.lines(turn, below, f"{way}{group.name}[{number}]/")
        if turns:
            yield Line("", depth=depth, is_heading=True)

    def _question(self, one: Question, data: Mapping[str, Any], path: str) -> Line:
        personal = is_personal(self.instrument, one)
        is_hidden = personal and not self.may_see_personal
        value = data.get(one.name)
        text = value if isinstance(value, str) else ""
        was = self.changed.get(path)
        return Line(
            label=said(one.labels, self.language) or one.name,
            path=path,
            depth=one.depth,
            text="" if is_hidden else self._words(one, text),
            was=None if was is None or is_hidden else self._words(one, was),
            is_hidden=is_hidden,
            is_personal=personal,
            file=None if is_hidden else self.files.get(text),
            can_change=not is_hidden and not one.is_metadata,
        )

    def _words(self, one: Question, text: str) -> str:
        """What was chosen in words, everything else as it was written."""
        labels = {choice.name: said(choice.labels, self.language) or choice.name for choice in self.asked.choices(one)}
        if not labels:
            return text
        return ", ".join(labels.get(name, name) for name in ([text] if one.type == "select_one" else text.split()))


def is_personal(instrument: Instrument, question: Question) -> bool:
    """Whether it says who somebody is."""
    return question.type in OF_THE_PERSON or is_named(question.path, instrument.personal_names)


@dataclass(frozen=True)
class Place:
    """One value that may be set right."""

    label: str
    text: str
    choices: tuple[Choice, ...]
    language: str


def place_to_correct(submission: Submission, path: str, *, language: str, may_see_personal: bool) -> Place | None:
    """The value at a place of an answer; nothing where there is none, or where this reader may not see it."""
    asked = questionnaire.of_version(submission.version)
    question = next((one for one in asked.questions if one.path == corrections.without_turns(path)), None)
    if question is None or question.is_metadata or not question.keeps_answer:
        return None
    if is_personal(submission.instrument, question) and not may_see_personal:
        return None
    data = as_corrected(submission)
    if not has_place(asked, data, path):
        return None
    choices = asked.choices(question) if question.type == "select_one" and not question.or_other else ()
    label = said(question.labels, language) or question.name
    return Place(label, corrections.value_at(data, path) or "", choices, language)


def as_corrected(submission: Submission) -> dict[str, Any]:
    """What an answer says, with everything that was set right."""
    changes = exports.corrections_of([submission.pk]).get(submission.pk, [])
    return corrections.corrected(answers.data_of(submission), changes)


def flag_said(flag: Flag) -> str:
    """Why somebody should look, in one sentence."""
    return flag_words.said(flag)


def has_place(asked: Definition, data: Mapping[str, Any], path: str) -> bool:
    """Whether a value may stand there: turns are named where the questionnaire repeats, and were answered."""
    repeats = {group.path for group in asked.repeats}
    node: Any = data
    parts = path.split("/")
    for at, part in enumerate(parts[:-1]):
        name = corrections.without_turns(part)
        is_repeat = corrections.without_turns("/".join(parts[: at + 1])) in repeats
        node = node.get(name, [] if is_repeat else {})
        if is_repeat:
            turn = int(part[len(name) + 1 : -1] or 0) if part != name else 0
            node = node[turn - 1] if isinstance(node, list) and 0 < turn <= len(node) else None
        if not isinstance(node, dict) or is_repeat == (part == name):
            return False
    return corrections.without_turns(parts[-1]) == parts[-1]


def listed(round: Round, wanted: Wanted) -> QuerySet[Submission]:
    """The answers of a round, the latest first; in no order that tells when, where they are not tied."""
    open_flags = Count("flags", filter=Q(flags__verdict=""), distinct=True)
    found = exports.counted(round).defer("xml", "data").select_related("enumerator").annotate(open_flags=open_flags)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.enumerator:
        found = found.filter(enumerator=wanted.enumerator)
    flags = Flag.objects.filter(submission=OuterRef("pk"), verdict="")
    if wanted.flag == NO_FLAG:
        found = found.filter(~Exists(flags))
    elif wanted.flag:
        found = found.filter(Exists(flags if wanted.flag == ANY_FLAG else flags.filter(kind=wanted.flag)))
    return found.order_by("instance_id", "pk") if exports.is_unlinked(round) else found.order_by("-received_at", "-pk")


def flags_of(submissions: Iterable[Submission]) -> dict[int, list[Flag]]:
    """The open flags of these answers."""
    found: dict[int, list[Flag]] = {}
    for flag in Flag.objects.filter(submission__in=[one.pk for one in submissions], verdict="").order_by("pk"):
        found.setdefault(flag.submission_id, []).append(flag)
    return found


def with_open_flags(submissions: Iterable[Submission]) -> set[int]:
    """Those of the answers where somebody should look first."""
    return set(flags_of(submissions))


def states(round: Round) -> dict[str, int]:
    """How many answers are in each state."""
    rows = exports.counted(round).values_list("state").annotate(n=Count("pk")).order_by()
    return dict(rows)


def enumerators(round: Round) -> QuerySet[Enumerator]:
    """Who collects answers of a round."""
    return round.enumerators.order_by("name", "pk")


def lines(submission: Submission, *, language: str, may_see_personal: bool) -> list[Line]:
    """An answer in the questionnaire's words and order."""
    data, changes = answers.data_of(submission), list(corrections_made(submission))
    first: dict[str, str] = {}
    for one in changes:
        first.setdefault(one.path, corrections.value_at(data, one.path) or "")
    reader = _Reader(
        asked=questionnaire.of_version(submission.version),
        language=language,
        instrument=submission.instrument,
        may_see_personal=may_see_personal,
        changed=first,
        files={file.name: file for file in files(submission)},
        is_unlinked=submission.round is not None and exports.is_unlinked(submission.round),
    )
    return list(reader.lines(corrections.corrected(data, [(one.path, one.after) for one in changes])))


def corrections_made(submission: Submission) -> QuerySet[Correction]:
    """What was set right, in order."""
    return submission.corrections.select_related("by").order_by("at", "pk")


def flags_on(submission: Submission) -> QuerySet[Flag]:
    """What caught the eye; what nobody looked at comes first."""
    return submission.flags.select_related("settled_by").order_by("verdict", "raised_at", "pk")


def named_flags(submission: Submission, lines: Iterable[Line]) -> list[tuple[Flag, str]]:
    """What caught the eye, each with the words of its question."""
    words = {line.path: line.label for line in lines if line.path}
    return [(flag, words.get(flag.path, "")) for flag in flags_on(submission)]


def files(submission: Submission) -> QuerySet[SubmissionFile]:
    """What came with the answer."""
    return submission.files.order_by("name", "pk")


def file_is_personal(file: SubmissionFile) -> bool:
    """Whether a file answers a question about the person; a file that answers none of ours may be anything."""
    of = file.submission
    asked = questionnaire.of_version(of.version)
    for path, text in corrections.flat(answers.data_of(of)):
        question = asked.question(corrections.without_turns(path)) if text == file.name else None
        if question is not None:
            return is_personal(of.instrument, question)
    return True


def place_is_personal(submission: Submission) -> bool:
    """Whether a place in the answer may say who somebody is: then the page names no place beside it either."""
    asked = questionnaire.of_version(submission.version)
    return any(one.type in SHAPES and is_personal(submission.instrument, one) for one in asked.questions)


def editions(submission: Submission) -> QuerySet[Submission]:
    """Every edition of an answer, the newest first."""
    same = Submission.objects.filter(instrument=submission.instrument_id, root_id=submission.root_id, is_test=False)
    return same.defer("xml", "data").order_by("-received_at", "-pk")


def history(submission: Submission, *, may_see_personal: bool) -> list[Event]:
    """What was decided, said and set right, the latest first."""
    asked = questionnaire.of_version(submission.version)
    found = [
        Event(one.at, one.by.name, "review", one.state, one.get_state_display() if one.state else "", one.comment)
        for one in Review.objects.filter(submission=submission).select_related("by")
    ]
    for one in corrections_made(submission):
        question = asked.question(corrections.without_turns(one.path))
        is_hidden = not may_see_personal and (question is None or is_personal(submission.instrument, question))
        values = ("", "") if is_hidden else (one.before, one.after)
        found.append(
            Event(
                one.at,
                one.by.name,
                "correction",
                comment=one.reason,
                path=one.path,
                before=values[0],
                after=values[1],
                is_hidden=is_hidden,
            )
        )
    return sorted(found, key=lambda event: event.at, reverse=True)
