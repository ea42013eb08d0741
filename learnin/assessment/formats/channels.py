"""What of a questionnaire will not work on a phone, in a browser, on paper, or by voice."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from learnin.assessment.formats.definition import Definition, Question
from learnin.assessment.formats.doctor.expressions import unknown_functions

Channel = Literal["collect", "web", "plain", "paper", "phone"]
CHANNELS: tuple[Channel, ...] = ("collect", "web", "plain", "paper", "phone")
LONG_LIST = 10  # more answers than a person on the phone keeps in mind while they are read out
_RECORDED = {"audio", "video", "background-audio"}
_SHAPES = {"geotrace", "geoshape"}
_DEVICE = {"deviceid", "phonenumber", "simserial", "subscriberid", "username", "email", "audit", "start-geopoint",
           "background-geopoint"}  # fmt: skip


@dataclass(frozen=True)
class Limit:
    """What does not work on one channel, and which questions it touches.

    Codes: recordings, photos, files, barcodes, shapes, places, device_facts, repeats, rankings, filtered_lists,
    far_lists, outside_lists, functions, other_apps, shown_media, long_lists, filled_in_words, rules.
    """

    channel: Channel
    code: str
    names: tuple[str, ...]
    stops: bool = False  # whether the question cannot be answered there at all


Test = Callable[[Definition, Question], bool]


def _of(*types: str) -> Test:
    return lambda _definition, question: question.type in types


def _looks_outside(_definition: Definition, question: Question) -> bool:
    said = (question.calculation, question.constraint, question.relevant, question.choice_filter, question.default)
    is_from_file = bool(question.file_name) or question.type in {"csv-external", "xml-external"}
    return is_from_file or any("pulldata(" in text for text in said) or "search(" in question.appearance


def _has_unknown_functions(_definition: Definition, question: Question) -> bool:
    said = (question.calculation, question.constraint, question.relevant, question.choice_filter, question.required)
    return any(unknown_functions(text) for text in said)


def _is_long(definition: Definition, question: Question) -> bool:
    return question.is_select and len(definition.choices(question)) > LONG_LIST


def _shows_media(definition: Definition, question: Question) -> bool:
    return bool(question.media) or any(choice.media for choice in definition.choices(question))


def _fills_in_words(_definition: Definition, question: Question) -> bool:
    return any("${" in text for texts in (question.labels, question.hints) for text in texts.values())


def _has_rules(_definition: Definition, question: Question) -> bool:
    return bool(question.constraint)


def _calls_another_app(_definition: Definition, question: Question) -> bool:
    return bool(re.search(r"(^|\s)(ex:|printer:|custom-)", question.appearance))


# code, the questions it touches, the channels where they cannot be answered, those where they only work less well
_RULES: tuple[tuple[str, Test, tuple[Channel, ...], tuple[Channel, ...]], ...] = (
    ("recordings", _of(*_RECORDED), ("web", "plain", "paper", "phone"), ()),
    ("photos", _of("image"), ("paper", "phone"), ("plain",)),
    ("files", _of("file", "osm"), ("paper", "phone"), ("plain",)),
    ("barcodes", _of("barcode"), ("phone",), ("web", "plain", "paper")),
    ("shapes", _of(*_SHAPES), ("web", "plain", "paper", "phone"), ()),
    ("places", _of("geopoint"), ("paper", "phone"), ("plain",)),
    ("device_facts", _of(*_DEVICE), (), ("web", "plain", "paper", "phone")),
    ("rankings", _of("rank"), (), ("plain", "phone")),
    ("filtered_lists", lambda _all, question: bool(question.choice_filter), (), ("plain", "paper")),
    ("far_lists", _of("select_one_external"), ("web", "plain", "paper"), ("phone",)),
    ("outside_lists", _looks_outside, ("plain", "paper"), ("phone",)),
    ("functions", _has_unknown_functions, ("collect", "web", "plain", "paper", "phone"), ()),
    ("other_apps", _calls_another_app, ("web", "plain", "paper", "phone"), ()),
    ("shown_media", _shows_media, (), ("phone",)),
    ("long_lists", _is_long, (), ("phone",)),
    ("filled_in_words", _fills_in_words, (), ("paper",)),
    ("rules", _has_rules, (), ("paper",)),
)


def limits(definition: Definition) -> tuple[Limit, ...]:
    """What will not work, channel by channel; first what stops a question there, then what works less well."""
    found = sorted(_limits(definition), key=lambda limit: (CHANNELS.index(limit.channel), not limit.stops))
    return tuple(found)


def _limits(definition: Definition) -> Iterator[Limit]:
    if repeats := tuple(group.name for group in definition.repeats):
        yield Limit("plain", "repeats", repeats, stops=True)
        yield Limit("paper", "repeats", repeats)
    for code, touches, stopped, hindered in _RULES:
        if names := tuple(question.name for question in definition.questions if touches(definition, question)):
            yield from (Limit(channel, code, names, stops=True) for channel in stopped)
            yield from (Limit(channel, code, names) for channel in hindered)


def works(definition: Definition, channel: Channel) -> bool:
    """Whether every question can be answered on this channel."""
    return not any(limit.stops for limit in limits(definition) if limit.channel == channel)
