"""One activity of a file, as a record."""

from dataclasses import dataclass
from typing import Any

from learnin.initiatives.formats.iati import codelists, money, ours, reached, what, when, where, who
from learnin.initiatives.formats.iati.doubts import Doubt, Doubts
from learnin.initiatives.formats.iati.pieces import Activity, language, line, value_of
from learnin.initiatives.formats.record import Read, Record, Text

REQUIRED = ("reporting-org", "description", "participating-org", "activity-status", "activity-date")
"""What the schema of IATI 2.03 asks for, beside what a record cannot be without."""

OLD_KNOWN = frozenset({"target-location", "total-cost"})
"""Read from exports of OCHA's appeals."""


@dataclass(frozen=True)
class Found:
    """What an activity gives, and the countries it names."""

    read: Read
    countries: frozenset[str]


def read(element: Any, number: int, seen: set[str], *, is_old: bool) -> Found:
    """The record that an `iati-activity` makes, or None where it cannot be one.

    `number` counts from 1. `seen`: the identifiers of the records before; that of this one is added.
    """
    activity = Activity(element, Doubts(element, number), is_old)
    identifier, titles = _identifier(activity, seen), what.titles(activity)
    if not titles:
        activity.doubts.refuse(Doubt.TITLE_MISSING, element)
    _shape(activity)
    record = _record(activity, identifier, titles)
    countries = {share.code for share in record.countries} | {place.country for place in record.places}
    refused = activity.doubts.refused
    if not refused:
        seen.add(identifier)
    given = Read(element.sourceline or 1, None if refused else record, activity.doubts.of(identifier))
    return Found(given, frozenset(countries - {""}))


def _record(activity: Activity, identifier: str, titles: tuple[Text, ...]) -> Record:
    days = when.days(activity)
    reporter, is_secondary = who.reporter(activity)
    return Record(
        identifier=identifier,
        titles=titles,
        descriptions=what.descriptions(activity),
        reporter=reporter,
        is_secondary=is_secondary,
        parties=who.parties(activity),
        identifiers=who.identifiers(activity),
        status=when.status(activity),
        planned_start=days.get(when.PLANNED_START),
        actual_start=days.get(when.ACTUAL_START),
        planned_end=days.get(when.PLANNED_END),
        actual_end=days.get(when.ACTUAL_END),
        scope=where.scope(activity),
        countries=where.countries(activity),
        regions=where.regions(activity),
        places=where.places(activity),
        sectors=what.sectors(activity),
        themes=what.tags(activity, ours.THEME),
        audiences=what.tags(activity, ours.AUDIENCE),
        components=what.tags(activity, ours.COMPONENT),
        isced=what.tags(activity, ours.ISCED),
        sdg=what.goals(activity),
        people=reached.people(activity),
        money=money.money(activity),
        links=what.links(activity),
        contact=who.contact(activity),
        related=who.related(activity),
        language=language(activity.element, activity.doubts),
        updated_at=when.updated(activity),
    )


def _identifier(activity: Activity, seen: set[str]) -> str:
    """Its identifier; in files older than the standard, made from the reporter's and its other number."""
    found = activity.first("iati-identifier")
    at = activity.element if found is None else found
    identifier = line(found) or _made(activity, at)
    if not identifier:
        activity.doubts.refuse(Doubt.IDENTIFIER_MISSING, at)
    elif identifier in seen:
        activity.doubts.refuse(Doubt.IDENTIFIER_TWICE, at, identifier)
    return identifier


def _made(activity: Activity, at: Any) -> str:
    other = next(iter(activity.all("other-identifier")), None) if activity.is_old else None
    reporter = next(iter(activity.all("reporting-org")), None)
    local, reference = value_of(other, "ref") or line(other), value_of(reporter, "ref")
    if not local or not reference:
        return ""
    activity.doubts.warn(Doubt.IDENTIFIER_MADE, at, f"{reference}-{local}")
    return f"{reference}-{local}"


def _shape(activity: Activity) -> None:
    """Tell what the standard asks for and the activity has not, and what it has that the standard does not know."""
    there = set()
    known = codelists.elements() | (OLD_KNOWN if activity.is_old else frozenset())
    for one in activity.element.iterchildren("*"):
        there.add(one.tag)
        if not one.tag.startswith("{") and one.tag not in known:
            activity.doubts.warn(Doubt.ELEMENT_UNKNOWN, one, one.tag)
    for tag in REQUIRED:
        if tag not in there:
            activity.doubts.warn(Doubt.ELEMENT_MISSING, activity.element, tag)
