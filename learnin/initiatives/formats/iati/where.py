"""Countries and places of an activity."""

import re
from typing import Any

from learnin.initiatives.formats.iati import codelists, ours
from learnin.initiatives.formats.iati.doubts import Doubt
from learnin.initiatives.formats.iati.pieces import Activity, line, number, percentage, value_of, words
from learnin.initiatives.formats.iati.shares import check_sum
from learnin.initiatives.formats.record import Place, Reach, Region, Share

GEONAMES = "G1"
ISO_COUNTRY = "A4"
"""Source: IATI codelist GeographicVocabulary."""

DAC_REGIONS = "1"
"""Source: IATI codelist RegionVocabulary."""

RECIPIENTS = ("recipient-country", "recipient-region")

_GEONAMES = re.compile(r"\d{1,12}")


def countries(activity: Activity) -> tuple[Share, ...]:
    """The recipient countries, with their shares."""
    found = []
    for one in _recipients(activity, "recipient-country"):
        code = value_of(one, "code").upper()
        share = percentage(one, activity.doubts)
        if codelists.is_country(code):
            found.append(Share(code, share))
        else:
            activity.doubts.warn(Doubt.COUNTRY_UNKNOWN, one, value_of(one, "code") or line(one), "code")
    whole = activity.element
    check_sum(whole.findall("recipient-country"), activity, beside=whole.findall("recipient-region"))
    return tuple(found)


def regions(activity: Activity) -> tuple[Region, ...]:
    """The recipient regions, with their shares; what only fills up a whole is none."""
    found = []
    for one in _recipients(activity, "recipient-region"):
        narrative = one.find("narrative")
        name = line(one if narrative is None else narrative)
        code, share = value_of(one, "code"), percentage(one, activity.doubts)
        if code or name:
            found.append(Region(code, share, value_of(one, "vocabulary") or DAC_REGIONS, name))
    return tuple(found)


def _recipients(activity: Activity, name: str) -> list[Any]:
    """Countries or regions of the activity; where it names none itself, those of its transactions, each once."""
    if any(activity.all(one) for one in RECIPIENTS):
        return list(activity.all(name))
    each: dict[tuple[str, str], Any] = {}
    for one in activity.element.findall(f"transaction/{name}"):
        each.setdefault((value_of(one, "vocabulary"), value_of(one, "code").upper()), one)
    return [*each.values()]


def scope(activity: Activity) -> str:
    """How far it reaches, by IATI's code."""
    found = activity.first("activity-scope")
    code = value_of(found, "code")
    if found is not None and code not in codelists.SCOPES:
        activity.doubts.warn(Doubt.SCOPE_UNKNOWN, found, code, "code")
        return ""
    return code


def places(activity: Activity) -> tuple[Place, ...]:
    """Its places, in their order; one that says nothing we keep is left out."""
    found = [_place(one, activity) for one in activity.all("location")]
    if activity.is_old:
        found += [Place(name=line(one)) for one in activity.all("target-location")]
    return tuple(place for place in found if place != Place())


def _place(element: Any, activity: Activity) -> Place:
    latitude, longitude = _point(element, activity)
    return Place(
        country=_country(element, activity),
        area=value_of(element, ours.AREA),
        name=words(element.find("name"), activity),
        pcode=value_of(element, ours.PCODE),
        geonames=_geonames(element, activity),
        latitude=latitude,
        longitude=longitude,
        reach=_reach(element, activity),
    )


def _country(element: Any, activity: Activity) -> str:
    for one in element.findall("administrative"):
        old = value_of(one, "country")
        code = (value_of(one, "code") if value_of(one, "vocabulary") == ISO_COUNTRY else old).upper()
        if code and codelists.is_country(code):
            return code
        if code:
            activity.doubts.warn(Doubt.COUNTRY_UNKNOWN, one, code, "country" if old else "code")
    return ""


def _geonames(element: Any, activity: Activity) -> str:
    for one in element.findall("location-id") + element.findall("administrative"):
        if value_of(one, "vocabulary") == GEONAMES:
            code = value_of(one, "code")
            if _GEONAMES.fullmatch(code) and code.isascii():
                return code
            activity.doubts.warn(Doubt.GEONAMES_UNKNOWN, one, code, "code")
    for one in element.findall("gazetteer-entry"):
        if value_of(one, "gazetteer-ref") == "GEO" and _GEONAMES.fullmatch(line(one)):
            return line(one)
    return ""


def _point(element: Any, activity: Activity) -> tuple[float | None, float | None]:
    """Latitude and longitude: `point/pos` since 1.04, `coordinates` before."""
    at = element.find("point/pos")
    said = line(at)
    if at is None and (at := element.find("coordinates")) is not None:
        said = f"{value_of(at, 'latitude')} {value_of(at, 'longitude')}".strip()
    if at is None:
        return None, None
    parts = [_degrees(part) for part in said.split()]
    if len(parts) != 2 or None in parts:
        activity.doubts.warn(Doubt.POINT_UNREADABLE, at, said)
        return None, None
    latitude, longitude = parts
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        activity.doubts.warn(Doubt.POINT_RANGE, at, said)
        return None, None
    return latitude, longitude


def _degrees(said: str) -> float | None:
    """A number of degrees; very small ones may be written with an exponent."""
    mantissa, _, exponent = said.lower().partition("e")
    if number(mantissa) is None or (exponent and not re.fullmatch(r"[+-]?\d{1,3}", exponent)):
        return None
    return float(said)


def _reach(element: Any, activity: Activity) -> Reach | None:
    found = element.find("location-reach")
    code = value_of(found, "code")
    if found is None or code in list(Reach):
        return Reach(code) if code else None
    activity.doubts.warn(Doubt.REACH_UNKNOWN, found, code, "code")
    return None
