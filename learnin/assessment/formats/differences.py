"""What changed between two versions of a questionnaire, and what that means for answers that came in before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from learnin.assessment.formats.definition import Choice, Definition, Group, Question, Texts

Effect = Literal["same_column", "new_column", "column_goes_away", "values_change"]
What = Literal["question", "group", "choice", "language"]
How = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was.

    `field` says what changed of a thing that stays: label, hint, type, place, relevant, required, constraint,
    calculation, choice_filter, appearance, default, order. `effect` says what it means for the data.
    """

    what: What
    how: How
    name: str
    effect: Effect
    field: str = ""
    before: str = ""
    after: str = ""
    language: str = ""
    list_name: str = ""  # of a choice


@dataclass(frozen=True)
class Differences:
    """All that changed, in the order of the newer version."""

    changes: tuple[Change, ...] = ()

    @property
    def is_compatible(self) -> bool:
        """Whether answers to both versions can stand in one table and mean the same."""
        return not any(change.effect in {"column_goes_away", "values_change"} for change in self.changes)

    def with_effect(self, effect: Effect) -> tuple[Change, ...]:
        """The changes that do this to the data."""
        return tuple(change for change in self.changes if change.effect == effect)


_PLAIN_FIELDS = ("relevant", "required", "constraint", "choice_filter", "appearance", "default")


def differences(old: Definition, new: Definition) -> Differences:
    """What was added, removed and changed from the old version to the new, each with what it does to the data."""
    found = (*_questions(old, new), *_groups(old, new), *_choices(old, new), *_languages(old, new))
    spoken = {"", *old.languages} & {"", *new.languages}  # a language that comes or goes is one change, not hundreds
    return Differences(tuple(change for change in found if change.language in spoken))


def _pairs(old: tuple[Question, ...], new: tuple[Question, ...]) -> Iterator[tuple[Question | None, Question | None]]:
    """Each question of the new version with the one it was; then those that are gone."""
    by_path = {question.path: question for question in old}
    found = {question.path for question in new} & set(by_path)
    by_name = {question.name: question for question in old if question.path not in found}
    matched: set[str] = set()
    for question in new:
        was = by_path.get(question.path) or by_name.pop(question.name, None)
        if was:
            matched.add(was.path)
        yield was, question
    for question in old:
        if question.path not in matched:
            yield question, None


def _questions(old: Definition, new: Definition) -> Iterator[Change]:
    for was, now in _pairs(old.questions, new.questions):
        if was is None and now is not None:
            effect: Effect = "new_column" if now.keeps_answer else "same_column"
            yield Change("question", "added", now.name, effect, after=new.text(now.labels))
        elif now is None and was is not None:
            effect = "column_goes_away" if was.keeps_answer else "same_column"
            yield Change("question", "removed", was.name, effect, before=old.text(was.labels))
        elif was is not None and now is not None:
            yield from _changed(was, now)


def _changed(was: Question, now: Question) -> Iterator[Change]:
    name = now.name
    if was.path != now.path:
        effect: Effect = "same_column" if was.repeat == now.repeat else "values_change"
        yield Change("question", "changed", name, effect, "place", was.path, now.path)
    if (was.type, was.or_other) != (now.type, now.or_other):
        effect = "same_column" if not was.keeps_answer and not now.keeps_answer else "values_change"
        yield Change("question", "changed", name, effect, "type", was.type, now.type)
    elif was.list_name != now.list_name:
        yield Change("question", "changed", name, "values_change", "list", was.list_name, now.list_name)
    if was.calculation != now.calculation:
        yield Change("question", "changed", name, "values_change", "calculation", was.calculation, now.calculation)
    yield from _texts("question", name, "label", was.labels, now.labels)
    yield from _texts("question", name, "hint", was.hints, now.hints)
    for field in _PLAIN_FIELDS:
        before, after = str(getattr(was, field)), str(getattr(now, field))
        if before != after:
            yield Change("question", "changed", name, "same_column", field, before, after)


def _texts(
    what: What, name: str, field: str, was: Texts, now: Texts, effect: Effect = "same_column", list_name: str = ""
) -> Iterator[Change]:
    for language in dict.fromkeys((*was, *now)):
        before, after = was.get(language, ""), now.get(language, "")
        if before != after:
            told: Effect = effect if before and after else "same_column"
            yield Change(what, "changed", name, told, field, before, after, language, list_name)


def _groups(old: Definition, new: Definition) -> Iterator[Change]:
    before: Mapping[str, Group] = {group.path: group for group in old.groups}
    after: Mapping[str, Group] = {group.path: group for group in new.groups}
    for path, group in after.items():
        was = before.get(path)
        if was is None:
            yield Change("group", "added", group.name, "same_column", after=new.text(group.labels))
            continue
        if was.is_repeat != group.is_repeat:
            kinds = {True: "repeat", False: "group"}
            told = kinds[was.is_repeat], kinds[group.is_repeat]
            yield Change("group", "changed", group.name, "values_change", "type", *told)
        yield from _texts("group", group.name, "label", was.labels, group.labels)
        if was.relevant != group.relevant:
            yield Change("group", "changed", group.name, "same_column", "relevant", was.relevant, group.relevant)
    for path, group in before.items():
        if path not in after:
            yield Change("group", "removed", group.name, "same_column", before=old.text(group.labels))


def _choices(old: Definition, new: Definition) -> Iterator[Change]:
    """Lists that both versions ask from. A choice that goes, or whose words change, changes what its code means."""
    used = {question.list_name for question in old.questions} & {question.list_name for question in new.questions}
    for list_name in new.lists:
        if list_name not in used:
            continue
        before, after = _by_name(old.lists.get(list_name, ())), _by_name(new.lists[list_name])
        for name, choice in after.items():
            if name in before:
                texts = before[name].labels, choice.labels
                yield from _texts("choice", name, "label", *texts, effect="values_change", list_name=list_name)
            else:
                label = new.text(choice.labels)
                yield Change("choice", "added", name, "same_column", after=label, list_name=list_name)
        for name, choice in before.items():
            if name not in after:
                label = old.text(choice.labels)
                yield Change("choice", "removed", name, "values_change", before=label, list_name=list_name)


def _by_name(choices: tuple[Choice, ...]) -> Mapping[str, Choice]:
    return {choice.name: choice for choice in reversed(choices)}


def _languages(old: Definition, new: Definition) -> Iterator[Change]:
    for language in new.languages:
        if language not in old.languages:
            yield Change("language", "added", language, "same_column")
    for language in old.languages:
        if language not in new.languages:
            yield Change("language", "removed", language, "same_column")
