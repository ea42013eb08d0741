"""Tenth chapter: who does what in Arvenia. A partner writes its own, a file told some, two overlap, one is joint."""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from learnin.initiatives.formats.record import (
    Contact,
    Description,
    Link,
    Money,
    Organisation,
    Party,
    People,
    Place,
    Reach,
    Record,
    Role,
    Share,
    Status,
    Text,
)
from learnin.initiatives.models import Initiative
from learnin.initiatives.operations import importing, life, organisations, pairs, registering, representing
from learnin.initiatives.queries import known_words
from learnin.initiatives.queries import pairs as queries

if TYPE_CHECKING:
    from learnin.demo.story import Story

# key: names by language, short name, org-id, type (IATI)
ORGANISATIONS: dict[str, tuple[dict[str, str], str, str, str]] = {
    "ministry": ({"en": "Ministry of Education", "sr": "Министарство образовања"}, "", "XA-COA-114", "10"),
    "unicef": ({"en": "UNICEF Arvenia (example)"}, "UNICEF", "XM-DAC-41122-XA", "40"),
    "fund": ({"en": "Fund for Schools (example)", "sr": "Фонд за школе (пример)"}, "FFS", "XA-REG-2201", "60"),
    "trust": ({"en": "Learning Trust (example)"}, "", "XA-REG-3317", "60"),
    "university": ({"en": "State University", "sr": "Државни универзитет"}, "", "XA-REG-0007", "80"),
    "network": ({"en": "Schools’ Network", "sr": "Мрежа школа"}, "", "", "22"),
    "parents": ({"en": "Union of Parents", "sr": "Савез родитеља"}, "", "", "22"),
    "telecom": ({"en": "Arvenia Telecom (example)"}, "", "XA-REG-9120", "70"),
}
REPRESENTED = {"fund": "olena", "trust": "lela"}


@dataclass(frozen=True)
class Told:
    """One initiative of the story; days are counted from the day it is told, before it when negative."""

    title: dict[str, str]
    about: str
    reporter: str
    days: tuple[int, int]
    areas: tuple[str, ...]
    themes: tuple[str, ...]
    audiences: tuple[str, ...]
    component: str
    by: str = "marko"
    partners: tuple[tuple[str, Role], ...] = ()
    status: Status = Status.IMPLEMENTATION
    money: tuple[tuple[str, str], ...] = ()
    planned: tuple[tuple[str, int, int | None], ...] = ()
    sectors: tuple[str, ...] = ("11130",)
    identifier: str = ""
    origin: str = Initiative.Origin.FORM
    is_published: bool = False
    is_draft: bool = False
    place: str = ""
    links: tuple[Link, ...] = field(default_factory=tuple)


FUNDING, DOES = Role.FUNDING, Role.IMPLEMENTING
IATI, FIVEW = Initiative.Origin.IATI, Initiative.Origin.FIVEW

INITIATIVES = (
    Told(
        {"en": "Digital skills for every teacher", "sr": "Дигиталне вештине за сваког наставника"},
        "Courses of forty hours, half of them online, with a mentor in each school.",
        "ministry", (-400, 500), ("XA-VE", "XA-TO", "XA-SO"), ("digital-skills", "teacher-development"), ("teachers",),
        "pedagogy", partners=(("unicef", FUNDING), ("university", DOES)), money=(("1250000", "EUR"),),
        planned=(("teachers", 6200, 2410),), identifier="XA-COA-114-2025-07", is_published=True,
        links=(Link("https://arvenia.example/digital-skills", "Programme of the courses"),),
    ),
    # told by both partners, each in its language: one activity
    Told(
        {"en": "Tablets for village schools"}, "One tablet for two pupils in schools of fewer than fifty pupils.",
        "fund", (-300, 200), ("XA-KA", "XA-BR"), ("devices",), ("students-primary",), "technology", by="olena",
        partners=(("fund", FUNDING), ("network", DOES)), money=(("640000", "EUR"),), sectors=("11220",),
        planned=(("students-primary", 4100, 1850),), identifier="XA-REG-2201-31", is_published=True,
    ),
    Told(
        {"sr": "Таблети за сеоске школе"}, "", "network", (-300, 200), ("XA-KA", "XA-BR"), ("devices",),
        ("students-primary",), "technology", partners=(("fund", FUNDING), ("network", DOES)), sectors=("11220",),
        origin=FIVEW, planned=(("students-primary", 4100, None),),
    ),
    # the same people, region, theme and time, without the same text: they overlap
    Told(
        {"en": "Teaching in blended classes"}, "Summer schools and visits to classes of colleagues.", "unicef",
        (-120, 610), ("XA-TO", "XA-SO"), ("blended-learning", "teacher-development"), ("teachers",), "pedagogy",
        partners=(("unicef", FUNDING), ("network", DOES)), money=(("310000", "USD"),), origin=IATI,
        planned=(("teachers", 900, None),), identifier="XM-DAC-41122-XA-12",
    ),
    Told(
        {"en": "Mixed lessons, one method"}, "A method for lessons that are partly at home, with lesson plans.",
        "university", (-60, 400), ("XA-TO",), ("blended-learning", "digital-content"), ("teachers",), "pedagogy",
        by="petra", partners=(("ministry", FUNDING), ("university", DOES)), planned=(("teachers", 350, 40),),
    ),
    # phases of one programme
    Told(
        {"en": "Open lessons library, phase 1"}, "Two hundred lessons that any school may use and change.", "trust",
        (-900, -180), (), ("digital-content",), ("teachers",), "pedagogy", by="lela", status=Status.CLOSED,
        partners=(("trust", FUNDING), ("network", DOES)), money=(("90000", "EUR"),), identifier="XA-REG-3317-1",
        planned=(("teachers", 1500, 1720),), is_published=True,
    ),
    Told(
        {"en": "Open lessons library, phase 2"}, "Lessons in the languages of minorities, and a review by teachers.",
        "trust", (-170, 560), (), ("digital-content", "languages-minorities"), ("teachers",), "pedagogy", by="lela",
        partners=(("trust", FUNDING), ("network", DOES)), money=(("140000", "EUR"),), identifier="XA-REG-3317-2",
        planned=(("teachers", 2500, 300),), is_published=True,
    ),
    Told(
        {"en": "Fast internet for schools"}, "Fibre or satellite for each school that has none.", "telecom",
        (-700, 90), ("XA-VE", "XA-TO", "XA-SO", "XA-BR", "XA-KA"), ("connectivity",), ("students-primary",),
        "technology", partners=(("ministry", FUNDING), ("telecom", DOES)), money=(("4200000", "EUR"),), origin=IATI,
        sectors=("22040", "11120"), identifier="XA-REG-9120-4",
    ),
    Told(
        {"en": "A law on distance learning", "sr": "Закон о учењу на даљину"},
        "Rules for lessons at a distance: hours, marks, and who may teach.", "ministry", (-200, 160), (),
        ("regulation", "distance-learning"), ("principals",), "policy", partners=(("ministry", DOES),),
        sectors=("11110",), identifier="XA-COA-114-2026-02", is_published=True,
    ),
    Told(
        {"en": "Parents learn along"}, "Evenings at school on learning at home, and on safety online.", "parents",
        (-90, 270), ("XA-VE",), ("parents", "online-safety"), ("parents",), "pedagogy", place="Velna",
        partners=(("unicef", FUNDING), ("parents", DOES)), planned=(("parents", 3000, 420),), sectors=("11220",),
    ),
    Told(
        {"en": "Mentors for new teachers"}, "", "university", (30, 760), ("XA-SO",),
        ("initial-teacher-education",), ("student-teachers",), "pedagogy", by="petra", status=Status.PIPELINE,
        partners=(("university", DOES),), planned=(("student-teachers", 240, None),),
    ),
    Told(
        {"en": "School data in one place"}, "One system for pupils, teachers and marks.", "unicef", (-500, -20), (),
        ("education-data",), ("principals",), "policy", status=Status.FINALISATION, origin=IATI, sectors=("11110",),
        partners=(("unicef", FUNDING), ("ministry", DOES)), money=(("520000", "USD"),), identifier="XM-DAC-41122-XA-9",
    ),
    Told(
        {"en": "Catch-up lessons in the mountains"}, "Volunteers teach pupils who lost months of school.", "network",
        (-250, 40), ("XA-KA",), ("catch-up-learning",), ("students-lower-secondary",), "pedagogy", origin=FIVEW,
        partners=(("trust", FUNDING), ("network", DOES)), planned=(("students-lower-secondary", 600, 480),),
        sectors=("11260",),
    ),
    Told(
        {"en": "Training for heads of small schools"}, "", "fund", (60, 420), ("XA-BR",), ("school-leadership",),
        ("principals",), "policy", by="olena", status=Status.PIPELINE, partners=(("fund", FUNDING),), is_draft=True,
    ),
)  # fmt: skip


def tell(story: "Story") -> None:
    """Organisations come first, then who looks after two of them, then what they do."""
    for key, (names, acronym, identifier, kind) in ORGANISATIONS.items():
        found = organisations.add(
            story.country, names=names, acronyms={"en": acronym} if acronym else {}, identifier=identifier, type=kind,
            by=story.people["marko"], now=story.ago(60),
        )  # fmt: skip
        if key in REPRESENTED:
            person = story.people[REPRESENTED[key]]
            representing.add(found, person=person, country=story.country, by=story.people["ana"], now=story.ago(59))
    for number, told in enumerate(INITIATIVES):
        _register(story, told, days=50 - 3 * number)
    _compare(story)
    _bring_a_file(story)


def _compare(story: "Story") -> None:
    """LearnIn compares them, and the chair judges the surest pair; the others wait."""
    pairs.find(story.country.pk, by=None, now=story.ago(4))
    for pair in queries.in_band(story.country, queries.Band.SURE)[:1]:
        pairs.judge(pair, verdict=pair.proposed, by=story.people["ana"], now=story.ago(3))


PLAN = """Identifier,Title,Organisation,Area,Start,End,Themes,Budget,Currency
XA-REG-2201-31,Tablets and power for village schools,Fund for Schools (example),XA-KA,2026-01-01,2028-06-30,,700000,EUR
XA-REG-2201-32,Science boxes,Fund for Schools (example),XA-BR,2027-02-01,2027-12-31,Digital content,85000,EUR
XA-REG-2201-33,,Fund for Schools (example),,2027-03-01,,,,
XA-REG-2201-34,A bus with books,Fund for Schools (example),,2027-13-01,,Reading at home,30000,
"""
"""What the fund plans. It changed one initiative; one has no title, and one has a day that no calendar knows."""


def _bring_a_file(story: "Story") -> None:
    """A file came in and waits for somebody to look at what it would do."""
    marko, now = story.people["marko"], story.ago(2)
    source = importing.bring_in(
        story.country, file=io.BytesIO(PLAN.encode()), file_name="plan-of-the-fund.csv", by=marko, now=now
    )
    importing.say_columns(source, mapping=known_words.look_of(source).mapping, by=marko, now=now)


def _register(story: "Story", told: Told, *, days: int) -> None:
    made = registering.register(
        story.country,
        record=_record(story, told),
        by=story.people[told.by],
        now=story.ago(days),
        origin=told.origin,
        is_draft=told.is_draft,
    )
    if told.is_published:
        life.publish(made, by=story.people["ana"], now=story.ago(days - 1))


def _named(key: str) -> Organisation:
    names, acronym, identifier, kind = ORGANISATIONS[key]
    return Organisation(tuple(Text(name, language) for language, name in names.items()), identifier, kind, acronym)


def _record(story: "Story", told: Told) -> Record:
    begins, ends = (story.today.date() + timedelta(days=days) for days in told.days)
    has_begun, has_ended = told.days[0] <= 0, told.days[1] < 0 and told.status is Status.CLOSED
    original = next(iter(told.title))
    person = story.people[told.by]
    return Record(
        identifier=told.identifier,
        titles=tuple(Text(words, language) for language, words in told.title.items()),
        descriptions=(Description(told.about, original),) if told.about else (),
        reporter=_named(told.reporter),
        parties=tuple(Party(_named(key), role) for key, role in told.partners),
        status=told.status,
        actual_start=begins if has_begun else None,
        planned_start=None if has_begun else begins,
        actual_end=ends if has_ended else None,
        planned_end=None if has_ended else ends,
        scope="" if told.areas else "4",
        places=tuple(_places(told)),
        sectors=tuple(Share(code, _share(told, at)) for at, code in enumerate(told.sectors)),
        themes=told.themes,
        audiences=told.audiences,
        components=(told.component,),
        people=tuple(People(*numbers) for numbers in told.planned),
        money=tuple(Money(Decimal(amount), currency, begins=begins, ends=ends) for amount, currency in told.money),
        links=told.links,
        contact=Contact(organisation=person.organisation, person=person.name, email=person.email),
        language=original,
    )


def _places(told: Told) -> list[Place]:
    found = [Place("XA", area, reach=Reach.BENEFICIARIES) for area in told.areas]
    if told.place:
        found.append(Place("XA", told.areas[0], told.place, reach=Reach.ACTIVITY))
    return found


def _share(told: Told, at: int) -> Decimal | None:
    """Two purposes share three to one; a single one needs no share."""
    return Decimal((75, 25)[at]) if len(told.sectors) == 2 else None
