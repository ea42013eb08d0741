"""One initiative as a file tells it: what every reader here gives and every writer takes.

Nothing in it knows the database. An empty text, `None` or an empty tuple means that the file does not say. Codes are
those of IATI 2.03 where IATI has a list (status, roles, sectors, relations); our own ids where it has none (themes,
audiences, components: the programme file). What differs from file to file, like the order of places, is kept.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Role(StrEnum):
    """What an organisation does in an initiative; the values are IATI's."""

    FUNDING = "1"
    ACCOUNTABLE = "2"
    EXTENDING = "3"
    IMPLEMENTING = "4"


class Status(StrEnum):
    """Where an initiative stands; the values are IATI's."""

    PIPELINE = "1"
    IMPLEMENTATION = "2"
    FINALISATION = "3"
    CLOSED = "4"
    CANCELLED = "5"
    SUSPENDED = "6"


class Purpose(StrEnum):
    """What a description describes; the values are IATI's."""

    GENERAL = "1"
    OBJECTIVES = "2"
    TARGET_GROUPS = "3"


class Reach(StrEnum):
    """Whether the activity is in a place, or the people it is for; the values are IATI's."""

    ACTIVITY = "1"
    BENEFICIARIES = "2"


class MoneyKind(StrEnum):
    """What an amount is: a budget that somebody planned, or money that was promised or paid."""

    BUDGET = "budget"
    COMMITMENT = "commitment"
    DISBURSEMENT = "disbursement"


class RelatedAs(StrEnum):
    """How another activity stands to this one; the values are IATI's."""

    PARENT = "1"
    CHILD = "2"
    SIBLING = "3"
    CO_FUNDED = "4"
    THIRD_PARTY = "5"


@dataclass(frozen=True)
class Text:
    """Words in a language (ISO 639; empty: the file does not say)."""

    words: str
    language: str = ""


@dataclass(frozen=True)
class Description:
    """A description in a language."""

    words: str
    language: str = ""
    purpose: Purpose = Purpose.GENERAL


@dataclass(frozen=True)
class Organisation:
    """An organisation as a file names it: names in languages, an org-id, IATI's code of its type, an acronym."""

    names: tuple[Text, ...] = ()
    identifier: str = ""
    type: str = ""
    acronym: str = ""

    @property
    def name(self) -> str:
        """The first of its names, else its acronym or its identifier."""
        return next((name.words for name in self.names if name.words), self.acronym or self.identifier)


@dataclass(frozen=True)
class Party:
    """An organisation that takes part."""

    organisation: Organisation
    role: Role


@dataclass(frozen=True)
class Identifier:
    """Another number of the initiative: `kind` is IATI's type (A1, A2, A3, A9, B1 ...) or empty."""

    value: str
    kind: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Place:
    """A place of an initiative. `area`: ISO 3166-2; `pcode`: of OCHA; `geonames`: the number GeoNames gives it."""

    country: str = ""
    area: str = ""
    name: str = ""
    pcode: str = ""
    geonames: str = ""
    latitude: float | None = None
    longitude: float | None = None
    reach: Reach | None = None


@dataclass(frozen=True)
class Share:
    """A code, and how much of the whole it takes, in percent (None: the file does not say)."""

    code: str
    percentage: Decimal | None = None


@dataclass(frozen=True)
class Region:
    """A region of the world, and how much of the whole it takes. `vocabulary`: IATI's (1: OECD-DAC)."""

    code: str
    percentage: Decimal | None = None
    vocabulary: str = "1"
    name: str = ""


@dataclass(frozen=True)
class Money:
    """An amount in its own currency (ISO 4217), for a period, valued on a day.

    is_whole: it is the money of all partners of a joint activity together. Files have no place for that.
    """

    amount: Decimal
    currency: str
    kind: MoneyKind = MoneyKind.BUDGET
    begins: date | None = None
    ends: date | None = None
    valued_on: date | None = None
    is_whole: bool = False


@dataclass(frozen=True)
class People:
    """How many people of an audience (empty: all) were planned and reached in a period."""

    audience: str = ""
    planned: int | None = None
    reached: int | None = None
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class Link:
    """A page or document on the web; `type` is its media type."""

    url: str
    title: str = ""
    type: str = ""


@dataclass(frozen=True)
class Contact:
    """Whom to ask."""

    organisation: str = ""
    person: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""


@dataclass(frozen=True)
class Related:
    """Another activity, by its identifier."""

    identifier: str
    kind: RelatedAs


@dataclass(frozen=True)
class Record:
    """One initiative as a file tells it.

    countries: the recipient countries, ISO 3166-1, with their shares. regions: those of the world, beside or instead of
    countries. sectors: DAC purpose codes of five digits, with their shares. isced: levels 0 to 8. sdg: goals ("4") and
    targets ("4.c"). scope: IATI's code. language: the one that texts without a language of their own are in.
    updated_at: when the reporter last changed it.
    """

    identifier: str = ""
    titles: tuple[Text, ...] = ()
    descriptions: tuple[Description, ...] = ()
    reporter: Organisation = field(default_factory=Organisation)
    is_secondary: bool = False
    parties: tuple[Party, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    status: Status | None = None
    planned_start: date | None = None
    actual_start: date | None = None
    planned_end: date | None = None
    actual_end: date | None = None
    scope: str = ""
    countries: tuple[Share, ...] = ()
    regions: tuple[Region, ...] = ()
    places: tuple[Place, ...] = ()
    sectors: tuple[Share, ...] = ()
    themes: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    isced: tuple[str, ...] = ()
    sdg: tuple[str, ...] = ()
    people: tuple[People, ...] = ()
    money: tuple[Money, ...] = ()
    links: tuple[Link, ...] = ()
    contact: Contact = field(default_factory=Contact)
    related: tuple[Related, ...] = ()
    language: str = ""
    updated_at: datetime | None = None

    @property
    def title(self) -> str:
        """The first of its titles."""
        return next((title.words for title in self.titles if title.words), "")

    @property
    def is_reversed(self) -> bool:
        """Whether it would end before it begins."""
        return bool(self.begins and self.ends and self.ends < self.begins)

    @property
    def begins(self) -> date | None:
        """The first day: the actual one wins."""
        return self.actual_start or self.planned_start

    @property
    def ends(self) -> date | None:
        """The last day: the actual one wins."""
        return self.actual_end or self.planned_end


class Level(StrEnum):
    """How bad a problem is: an error keeps the record out, a warning lets it in without what was doubtful."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where.

    Args:
        code: a key of the words that the page has (learnin/initiatives/problems.py), the same in every reader.
        row: line of the sheet or of the XML file, from 1.
        place: heading of the column, or path of the element: `iati-activity[3]/budget[2]/value/@currency`.
        said: what stands there, shortened.
        identifier: of the record it is in, if it has one.
    """

    code: str
    row: int
    place: str = ""
    said: str = ""
    level: Level = Level.ERROR
    identifier: str = ""


@dataclass(frozen=True)
class Read:
    """What a reader gives for each record of a file, in its order: the record, or None where it cannot be one."""

    row: int
    record: Record | None
    problems: tuple[Problem, ...] = ()


class NotReadable(ValueError):
    """The whole file cannot be read. `code` is a key of the words that the page has; `said` is what to quote."""

    def __init__(self, code: str, said: str = "") -> None:
        """Keep the reason for the page."""
        super().__init__(code)
        self.code, self.said = code, said
