"""How many people were planned and reached: an indicator of our own vocabulary. Others do not say what they count."""

from datetime import date
from typing import Any

from learnin.initiatives.formats.iati import ours
from learnin.initiatives.formats.iati.doubts import Doubt
from learnin.initiatives.formats.iati.pieces import Activity, day, stands_for_itself, value_of
from learnin.initiatives.formats.record import People


def people(activity: Activity) -> tuple[People, ...]:
    """The people of each audience and period."""
    found = []
    for result in activity.all("result"):
        for indicator in result.findall("indicator"):
            audience = _audience(indicator)
            if audience is not None:
                found += [_period(one, audience, activity) for one in indicator.findall("period")]
    return tuple(found)


def _audience(indicator: Any) -> str | None:
    for one in indicator.findall("reference"):
        if value_of(one, "indicator-uri") == ours.PEOPLE:
            code = value_of(one, "code")
            return "" if code == ours.EVERYBODY else code
    return None


def _period(period: Any, audience: str, activity: Activity) -> People:
    return People(
        audience=audience,
        planned=_count(period.find("target"), activity),
        reached=_count(period.find("actual"), activity),
        begins=_day(period.find("period-start"), activity),
        ends=_day(period.find("period-end"), activity),
    )


def _count(element: Any | None, activity: Activity) -> int | None:
    said = value_of(element, "value")
    if not said:
        return None
    if said.isascii() and said.isdigit() and len(said) < 16:
        return int(said)
    activity.doubts.warn(Doubt.PEOPLE_UNREADABLE, element, said, "value")
    return None


def _day(element: Any | None, activity: Activity) -> date | None:
    return day(element, activity.doubts) if element is not None and stands_for_itself(element) else None
