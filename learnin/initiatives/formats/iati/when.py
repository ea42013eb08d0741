"""Where an activity stands, and its days."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from learnin.initiatives.formats.iati.doubts import Doubt
from learnin.initiatives.formats.iati.pieces import FIRST, LAST, Activity, line, parsed_day, value_of
from learnin.initiatives.formats.record import Status

PLANNED_START, ACTUAL_START, PLANNED_END, ACTUAL_END = "1234"
"""Source: IATI codelist ActivityDateType."""

OLD_TYPES = MappingProxyType(
    {
        "start-planned": PLANNED_START,
        "start-actual": ACTUAL_START,
        "end-planned": PLANNED_END,
        "end-actual": ACTUAL_END,
    }
)
"""Source: IATI 1.05, codelist ActivityDateType."""

GUESSED_TYPES = MappingProxyType({"start": PLANNED_START, "completion": PLANNED_END, "end": PLANNED_END})
"""Words of the drafts before version 1: planned claims less than actual."""

OLD_STATUS = MappingProxyType(
    {
        "pipeline/identification": Status.PIPELINE,
        "pipeline": Status.PIPELINE,
        "implementation": Status.IMPLEMENTATION,
        "completion": Status.FINALISATION,
        "finalisation": Status.FINALISATION,
        "post-completion": Status.CLOSED,
        "closed": Status.CLOSED,
        "cancelled": Status.CANCELLED,
        "suspended": Status.SUSPENDED,
    }
)
"""Names of the codes. Source: IATI 1.05 and 2.03, codelist ActivityStatus."""


def status(activity: Activity) -> Status | None:
    """Where it stands, by its code, or by its word in old files."""
    found = activity.first("activity-status")
    if found is None:
        return None
    code = value_of(found, "code")
    said = code or line(found)
    if said in list(Status):
        return Status(said)
    if known := OLD_STATUS.get(said.lower()):
        return known
    activity.doubts.warn(Doubt.STATUS_UNKNOWN, found, said, "code" if code else "")
    return None


def days(activity: Activity) -> Mapping[str, date]:
    """Its first and last days, planned and actual, by IATI's types."""
    found: dict[str, date] = {}
    places: dict[str, Any] = {}
    for one in activity.all("activity-date"):
        kind = _type(one, activity)
        when = _day(one, activity) if kind else None
        if kind and when and kind in found:
            activity.doubts.warn(Doubt.DATE_TWICE, one, when.isoformat())
        elif kind and when:
            found[kind], places[kind] = when, one
    for start, end in ((PLANNED_START, PLANNED_END), (ACTUAL_START, ACTUAL_END)):
        if start in found and end in found and found[end] < found[start]:
            activity.doubts.warn(
                Doubt.END_BEFORE_START, places[end], f"{found[start].isoformat()} – {found[end].isoformat()}"
            )
            del found[end]
    return found


def updated(activity: Activity) -> datetime | None:
    """When the reporter last changed it; without a time zone, UTC."""
    said = value_of(activity.element, "last-updated-datetime")
    try:
        found = datetime.fromisoformat(said) if said else None
    except ValueError:
        found = None
    if said and (found is None or not FIRST < found.date() < LAST):
        activity.doubts.warn(Doubt.UPDATED_UNREADABLE, activity.element, said, "last-updated-datetime")
        return None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def _type(element: Any, activity: Activity) -> str:
    said = value_of(element, "type")
    if said in {PLANNED_START, ACTUAL_START, PLANNED_END, ACTUAL_END}:
        return said
    if known := OLD_TYPES.get(said.lower()):
        return known
    activity.doubts.warn(Doubt.DATE_TYPE, element, said, "type")
    return GUESSED_TYPES.get(said.lower(), "") if activity.is_old else ""


def _day(element: Any, activity: Activity) -> date | None:
    """Its day. What cannot be read keeps the record out: half a period would be a wrong one."""
    attribute = "iso-date" if element.get("iso-date") is not None else ""
    said = value_of(element, "iso-date") if attribute else line(element)
    found = parsed_day(said)
    if not said:
        activity.doubts.warn(Doubt.DATE_MISSING, element, "", attribute)
    elif found is None:
        activity.doubts.refuse(Doubt.DATE_UNREADABLE, element, said, attribute)
    elif not FIRST <= found <= LAST:
        activity.doubts.warn(Doubt.DATE_FAR, element, said, attribute)
        return None
    return found
