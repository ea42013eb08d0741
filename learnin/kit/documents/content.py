"""What an official document says, without a word on how it looks. Every text is in its final language already."""

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Letters that XML 1.0 forbids (W3C, Extensible Markup Language, 2.2); text from elsewhere sometimes has them."""
CIRCLE, SQUARE = "\N{WHITE CIRCLE}", "\N{WHITE SQUARE}"
ONE_ROW = 62  # letters that surely stand on one line of A4 at 10.5 points, in any script


@dataclass(frozen=True, kw_only=True)
class _Kind:
    """Tells the templates which block this is."""

    @property
    def kind(self) -> str:
        """The name of the class."""
        return type(self).__name__


@dataclass(frozen=True)
class Heading(_Kind):
    """Begins a part: level 1 for a part, 2 for what is inside it."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph(_Kind):
    """Running text. Empty lines begin new paragraphs."""

    text: str
    is_note: bool = False

    @property
    def parts(self) -> list[str]:
        """The paragraphs, without what separates them."""
        return [part.strip() for part in self.text.replace("\r\n", "\n").split("\n\n") if part.strip()]


@dataclass(frozen=True)
class Facts(_Kind):
    """Names and values, one under the other. What has no value stays out."""

    caption: str
    given: tuple[tuple[str, str], ...]

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The facts that have a value."""
        return [(name, value) for name, value in self.given if value]


@dataclass(frozen=True)
class Table(_Kind):
    """Rows under columns; the first cell of a row names it. `shares` are the widths of the columns, in any unit.

    The caption is for those who do not see the table; a heading stands above it for those who do.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...] = ()
    is_to_sign: bool = False
    is_to_tick: bool = False

    @property
    def widths(self) -> list[float]:
        """The share of each column, of 100."""
        shares = self.shares or (1,) * len(self.columns)
        return [100 * share / sum(shares) for share in shares]

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Each row's cells, with the name of their column."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Items(_Kind):
    """A list."""

    items: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True)
class Clause(_Kind):
    """A text that is quoted by its number: a decision. Notes say how it came about."""

    number: str
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signature:
    """A line where somebody signs, with what they are and, where it is known, who they are."""

    post: str
    name: str = ""


@dataclass(frozen=True)
class SignatureLines(_Kind):
    """Where people sign. Never alone at the top of a page without its heading, and no signature without another."""

    places: tuple[Signature, ...]


@dataclass(frozen=True)
class Fingerprint(_Kind):
    """A SHA-256 in groups that people can compare by eye."""

    label: str
    digest: str

    @property
    def groups(self) -> str:
        """Eight letters at a time."""
        return " ".join(self.digest[at : at + 8] for at in range(0, len(self.digest), 8))


@dataclass(frozen=True)
class Numbered(_Kind):
    """A text behind its number, never parted from what follows: a question on paper. Notes stand below, smaller."""

    number: str
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Boxes(_Kind):
    """Answers to tick by hand: circles where one is chosen, squares where several are."""

    options: tuple[str, ...]
    is_many: bool = False

    @property
    def mark(self) -> str:
        """What is ticked."""
        return SQUARE if self.is_many else CIRCLE

    @property
    def in_a_row(self) -> bool:
        """Whether they are short enough to stand beside each other."""
        return len(self.options) > 1 and sum(len(one) + 5 for one in self.options) <= ONE_ROW


@dataclass(frozen=True)
class Lines(_Kind):
    """Room to write by hand: lines over the whole width, or short places with a word behind each."""

    count: int = 1
    places: tuple[str, ...] = ()

    @property
    def each(self) -> range:
        """One for each line."""
        return range(self.count)


@dataclass(frozen=True)
class Bar:
    """A row of a figure: a number with its interval; `said` tells both, or why they are not shown."""

    label: str
    said: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Heads:
    """What the columns of a figure are called, where it is opened as a sheet."""

    of: str
    value: str
    low: str
    high: str


@dataclass(frozen=True)
class Figure(_Kind):
    """A picture of numbers with their intervals, one under the other. `alt` tells it to those who do not see it."""

    caption: str
    alt: str
    bars: tuple[Bar, ...]
    heads: Heads
    is_share: bool = True

    @property
    def ends(self) -> list[float]:
        """The numbers an axis must hold, zero among them."""
        return [0.0, *(one for bar in self.bars for one in (bar.value, bar.low, bar.high) if one is not None)]

    @property
    def picture(self) -> str:
        """The picture in the page itself."""
        from learnin.kit.documents.picture import address

        return address(self)


Block = (
    Heading | Paragraph | Facts | Table | Items | Clause | SignatureLines | Fingerprint | Numbered | Boxes | Lines
    | Figure
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document with its head: whose it is, what it is, its number and its day."""

    title: str
    place: str
    body: str = ""
    subtitle: str = ""
    number: str = ""
    date: str = ""
    state: str = ""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Slide:
    """One message, its figure or its points, what it rests on below, and what the speaker can say of the method."""

    title: str
    text: str = ""
    figure: Figure | None = None
    notes: str = ""
    points: tuple[str, ...] = ()
    """What else there is to see: in the middle, or below a figure that leaves room."""


@dataclass(frozen=True, kw_only=True)
class Slides:
    """A set of slides with its first page."""

    title: str
    subtitle: str
    place: str
    slides: tuple[Slide, ...]


def writable(value: Any) -> Any:
    """A document, or anything inside it, without letters that no file can hold."""
    if isinstance(value, str):
        return UNWRITABLE.sub("", value)
    if isinstance(value, tuple):
        return tuple(writable(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: writable(getattr(value, field.name)) for field in fields(value)})
    return value
