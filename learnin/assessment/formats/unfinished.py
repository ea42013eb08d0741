"""An unfinished answer, as it is kept under an invitation: what was said so far, and where somebody stopped."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What travels from one device to another. Pictures and files do not: only how many stayed behind is known."""

    xml: str
    language: str = ""  # of the questionnaire, by the name it has there
    where: str = ""  # the question somebody stopped at, as a reference of XForms
    file_count: int = 0

    def write(self) -> str:
        """As one text."""
        return json.dumps(asdict(self), ensure_ascii=False)


def read(text: str) -> Unfinished | None:
    """The unfinished answer in a text that `write` made; nothing in the empty one.

    >>> read(Unfinished("<a/>", where="/a/b").write())
    Unfinished(xml='<a/>', language='', where='/a/b', file_count=0)
    """
    return Unfinished(**json.loads(text)) if text else None
