"""Where: countries and places of a row."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from learnin.initiatives.formats.fivew.known import Codes, Places
from learnin.initiatives.formats.fivew.line import Line, Told
from learnin.initiatives.formats.fivew.list_words import Kind
from learnin.initiatives.formats.fivew.meanings import Meaning
from learnin.initiatives.formats.record import Place, Reach, Share

_SHARE = re.compile(r"(.*?)[\s:(]*(\d{1,3}(?:[.,]\d+)?)\s*%\)?")
_COMMA = re.compile(r"\s*,\s*")


def share(text: str) -> tuple[str, Decimal | None]:
    """What a part of a list names, and its share of the whole in percent.

    >>> share("11130 (60%)"), share("Albania")
    (('11130', Decimal('60')), ('Albania', None))
    """
    found = _SHARE.fullmatch(text)
    return (found[1].strip(), Decimal(found[2].replace(",", "."))) if found else (text, None)


def listed(line: Line, meaning: Meaning, known: Callable[[str], str]) -> Iterator[tuple[Told, str, str]]:
    """The things that cells list, each with what it is known as; commas part them only where that helps."""
    for told, text in line.parts(meaning):
        if known(share(text)[0]) or "," not in text:
            yield told, text, known(share(text)[0])
            continue
        parts = [part for part in _COMMA.split(text) if part]
        found = [known(share(part)[0]) for part in parts]
        yield from [(told, *one) for one in zip(parts, found, strict=True)] if any(found) else [(told, text, "")]


def countries(line: Line, places: Places) -> tuple[Share, ...]:
    """The countries of the row; the one that holds for the whole file where the row tells none."""
    found = dict[str, Share]()
    for told, text, code in listed(line, Meaning.COUNTRY, places.country):
        if code:
            found.setdefault(code, Share(code, share(text)[1]))
        else:
            line.doubt("country_unknown", told.heading, text)
    if not found and line.mapping.country:
        return (Share(line.mapping.country),)
    return tuple(found.values())


def places_of(line: Line, its: tuple[Share, ...], places: Places, codes: Codes) -> tuple[Place, ...]:
    """The places of the row: each of its areas; a point, a number or a name belongs to its only one."""
    country = _country(line, its, places)
    areas = list(_areas(line, country, places))
    spot = _spot(line, codes)
    if len(areas) == 1:
        (code, name), names = areas[0], [spot.name] if spot.name else []
        spot = replace(spot, area=code, name=", ".join([*names, name] if name else names))
    found = [Place(area=code, name=name, reach=spot.reach) for code, name in areas] if len(areas) > 1 else []
    if spot.pcode and not spot.area and (known := places.area(country, spot.pcode)):
        spot = replace(spot, area=known)
    if spot != Place(reach=spot.reach):
        found.append(spot)
    return tuple(replace(one, country=country or _implied(line, one)) for one in found)


def _implied(line: Line, place: Place) -> str:
    """The country that an area's code tells, where the table has no column for countries of places."""
    return "" if Meaning.PLACE_COUNTRY in line.meanings else place.area[:2]


def _country(line: Line, its: tuple[Share, ...], places: Places) -> str:
    if Meaning.PLACE_COUNTRY in line.meanings:
        told = line.one(Meaning.PLACE_COUNTRY)
        found = places.country(told.text) if told else ""
        if told and not found:
            line.doubt("country_unknown", told.heading, told.text)
        return found
    return its[0].code if len(its) == 1 else ""


def _areas(line: Line, country: str, places: Places) -> Iterator[tuple[str, str]]:
    """Codes of areas; for those nobody knows, their names."""
    for told, text, code in listed(line, Meaning.AREA, lambda text: places.area(country, text)):
        if not code and (not country or country in places.areas):  # of other countries we know no areas
            line.doubt("area_unknown", told.heading, text)
        yield code, "" if code else text


def _spot(line: Line, codes: Codes) -> Place:
    """What the row tells of one place, beside its areas."""
    latitude, longitude = _point(line)
    reach = line.id(Meaning.REACH, Kind.REACH, codes)
    return Place(
        name=", ".join(text for _, text in line.parts(Meaning.PLACE)),
        pcode=line.text(Meaning.PCODE),
        geonames=line.text(Meaning.GEONAMES),
        latitude=latitude,
        longitude=longitude,
        reach=Reach(reach) if reach else None,
    )


def _point(line: Line) -> tuple[float | None, float | None]:
    """Both degrees, or neither."""
    latitude, longitude = _degrees(line, Meaning.LATITUDE, 90), _degrees(line, Meaning.LONGITUDE, 180)
    if latitude is not None and longitude is not None:
        return latitude, longitude
    told = line.one(Meaning.LATITUDE) if longitude is None else line.one(Meaning.LONGITUDE)
    if told and (latitude is not None or longitude is not None):
        line.doubt("half_a_point", told.heading, told.text)
    return None, None


def _degrees(line: Line, meaning: Meaning, most: int) -> float | None:
    told = line.one(meaning)
    if not told:
        return None
    try:
        found = float(told.cell if isinstance(told.cell, float) else told.text.replace(",", "."))
    except ValueError:
        found = 360.0
    if -most <= found <= most:
        return found
    line.doubt("not_a_point", told.heading, told.text)
    return None
