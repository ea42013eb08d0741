"""What can be measured of a questionnaire: its questions by name, whatever version asked them and wherever."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from learnin.assessment.formats.definition import Definition, Question, Texts, language_code
from learnin.assessment.formats.tables import OF_THE_PERSON, is_named, said

CHOOSING = frozenset({"select_one", "select_one_from_file", "select_one_external"})
SEVERAL = frozenset({"select_multiple", "select_multiple_from_file"})
NUMBERS = frozenset({"integer", "decimal", "range", "calculate", "hidden"})
MEASURED = CHOOSING | SEVERAL | NUMBERS


@dataclass(frozen=True)
class Asked:
    """One question over all versions: where its answer stands in each, its words, what could be chosen."""

    name: str
    type: str
    paths: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)  # by code of the language
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # value -> words by code of the language

    @property
    def is_choice(self) -> bool:
        """Whether one answer is chosen, so that it can split people into groups."""
        return self.type in CHOOSING

    @property
    def is_number(self) -> bool:
        """Whether a mean of its answers may make sense: a number, or a choice named by numbers."""
        return self.type in NUMBERS or (self.is_choice and any(_is_number(value) for value in self.choices))


def asked(definitions: Iterable[Definition], *, personal: Collection[str] = ()) -> dict[str, Asked]:
    """The questions that can be measured, by name, in the order of the newest version, which comes first.

    Left out: what says who somebody is, what is answered several times, and what is no choice or number.
    """
    found: dict[str, Asked] = {}
    for one in definitions:
        for question in one.questions:
            if _can_be_measured(question, personal):
                here = _of(question, one)
                found[question.name] = _both(found[question.name], here) if question.name in found else here
    return found


def by_code(texts: Texts) -> dict[str, str]:
    """Texts by the code of their language, without markup; those of a language without a code stand for English."""
    return {language_code(name).lower() or "en": said({"": text}) for name, text in texts.items()}


def _can_be_measured(question: Question, personal: Collection[str]) -> bool:
    return (
        question.type in MEASURED
        and question.type not in OF_THE_PERSON
        and not question.repeat
        and not is_named(question.path, personal)
    )


def _of(question: Question, of: Definition) -> Asked:
    choices = {choice.name: by_code(choice.labels) for choice in of.choices(question)}
    if question.or_other:
        choices["other"] = {}
    return Asked(question.name, question.type, (question.path,), by_code(question.labels), choices)


def _both(newer: Asked, older: Asked) -> Asked:
    """One question of two versions: the words of the newer, every place, every choice that was ever offered."""
    paths = tuple(dict.fromkeys((*newer.paths, *older.paths)))
    gone = {value: words for value, words in older.choices.items() if value not in newer.choices}
    return Asked(newer.name, newer.type, paths, newer.labels, {**newer.choices, **gone})


def _is_number(value: str) -> bool:
    return value.lstrip("-").replace(".", "", 1).isdigit()
