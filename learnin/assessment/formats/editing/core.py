"""Questions that the region asks everywhere: they may be translated, and nothing else."""

from collections.abc import Iterable
from dataclasses import replace

from learnin.assessment.formats.definition import Definition, Question


def changed_core(old: Definition, new: Definition, names: Iterable[str]) -> tuple[str, ...]:
    """Which of these questions are gone, or ask something else than before. A question that was not there is none."""
    return tuple(name for name in names if old.question(name) and _meant(old, name) != _meant(new, name))


def _meant(asked: Definition, name: str) -> object:
    """All that decides what is asked and what is stored: not the translations, not the place in the order."""
    question = asked.question(name)
    if question is None:
        return None
    choices = [(choice.name, asked.text(choice.labels), choice.columns) for choice in asked.choices(question)]
    return replace(_without_words(question), labels={"": asked.text(question.labels)}), choices


def _without_words(question: Question) -> Question:
    return replace(
        question, labels={}, hints={}, guidance={}, required_messages={}, constraint_messages={}, media={}, row=0
    )
