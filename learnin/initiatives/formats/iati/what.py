"""What an activity is about: titles, descriptions, sectors, tags, links."""

from itertools import groupby
from types import MappingProxyType
from typing import Any

from learnin.initiatives.formats.iati import codelists, ours
from learnin.initiatives.formats.iati.addresses import is_address
from learnin.initiatives.formats.iati.doubts import Doubt
from learnin.initiatives.formats.iati.pieces import Activity, line, percentage, texts, value_of, words
from learnin.initiatives.formats.iati.shares import check_sum
from learnin.initiatives.formats.record import Description, Link, Purpose, Share, Text

DAC = "1"
SDG_SECTORS = frozenset({"7", "8"})
"""Goals and targets. Source: IATI codelist SectorVocabulary."""

SDG_TAGS = frozenset({"2", "3"})
"""Goals and targets. Source: IATI codelist TagVocabulary."""

OWN_TAGS = "99"

OLD_PURPOSES = MappingProxyType(
    {
        "": Purpose.GENERAL,
        "4": Purpose.GENERAL,  # "other"
        "general": Purpose.GENERAL,
        "summary": Purpose.GENERAL,
        "objectives": Purpose.OBJECTIVES,
        "target groups": Purpose.TARGET_GROUPS,
    }
)
"""Names of the codes. Source: IATI codelist DescriptionType; `summary`: exports of OCHA's appeals."""


def titles(activity: Activity) -> tuple[Text, ...]:
    """Its titles in their languages."""
    return texts(activity.all("title"), activity)


def descriptions(activity: Activity) -> tuple[Description, ...]:
    """Its descriptions in their languages. One of an unknown type counts as general."""
    found = []
    for one in activity.all("description"):
        said = value_of(one, "type")
        purpose = Purpose(said) if said in list(Purpose) else OLD_PURPOSES.get(said.lower())
        if purpose is None:
            activity.doubts.warn(Doubt.DESCRIPTION_TYPE, one, said, "type")
        for text in texts([one], activity, lines=True):
            found.append(Description(text.words, text.language, purpose or Purpose.GENERAL))
    return tuple(found)


def sectors(activity: Activity) -> tuple[Share, ...]:
    """DAC purpose codes of five digits, with their shares. One that was replaced joins the one that replaced it."""
    found: list[Share] = []
    renamed = set()
    for one in filter(_is_dac, activity.all("sector")):
        said = value_of(one, "code")
        share = Share(_purpose(said, one, activity), percentage(one, activity.doubts))
        if share.code and share.code != said:
            renamed.add(share.code)
        same = next((nth for nth, before in enumerate(found) if before.code == share.code), None)
        if same is not None and share.code in renamed:
            found[same] = _together(found[same], share)
        elif share.code:
            found.append(share)
    for _, several in groupby(sorted(activity.element.findall("sector"), key=_vocabulary), key=_vocabulary):
        check_sum(list(several), activity)
    return tuple(found)


def tags(activity: Activity, vocabulary: str) -> tuple[str, ...]:
    """Codes of one of our own vocabularies."""
    found = []
    for one in activity.all("tag"):
        if value_of(one, "vocabulary") == OWN_TAGS and value_of(one, "vocabulary-uri") == vocabulary:
            if code := value_of(one, "code"):
                found.append(code)
            else:
                activity.doubts.warn(Doubt.TAG_EMPTY, one)
    return tuple(found)


def goals(activity: Activity) -> tuple[str, ...]:
    """Sustainable Development Goals and targets: tags, or sectors as they were before 2.03."""
    found = []
    for tag, vocabularies in (("sector", SDG_SECTORS), ("tag", SDG_TAGS)):
        for one in activity.all(tag):
            if value_of(one, "vocabulary") in vocabularies:
                code = value_of(one, "code")
                if codelists.is_sdg(code):
                    found.append(code)
                else:
                    activity.doubts.warn(Doubt.SDG_UNKNOWN, one, code, "code")
    return tuple(found)


def links(activity: Activity) -> tuple[Link, ...]:
    """Its documents and pages."""
    found = []
    for one in activity.all("document-link"):
        if url := _address(one, value_of(one, "url"), "url", activity):
            found.append(Link(url, words(_title(one), activity), value_of(one, "format")))
    for one in activity.all("activity-website"):
        if url := _address(one, line(one), "", activity):
            found.append(Link(url))
    return tuple(found)


def _title(link: Any) -> Any | None:
    return next((one for one in link.iterchildren("title") if one.get(ours.STAND_IN) != ours.ELEMENT), None)


def _address(element: Any, said: str, attribute: str, activity: Activity) -> str:
    url = said.replace(" ", "%20")
    if not url:
        activity.doubts.warn(Doubt.LINK_EMPTY, element)
    elif not is_address(url):
        activity.doubts.warn(Doubt.LINK_ADDRESS, element, said, attribute)
        return ""
    return url


def _vocabulary(sector: Any) -> str:
    return value_of(sector, "vocabulary").upper() or DAC


def _is_dac(sector: Any) -> bool:
    return _vocabulary(sector) in {DAC, "DAC"}


def _purpose(said: str, element: Any, activity: Activity) -> str:
    if said in codelists.purposes():
        return said
    if new := codelists.replaced().get(said):
        activity.doubts.warn(Doubt.SECTOR_REPLACED, element, f"{said} → {new}", "code")
        return new
    if said in codelists.withdrawn():
        activity.doubts.warn(Doubt.SECTOR_WITHDRAWN, element, said, "code")
        return ""
    has_code = element.get("code") is not None
    activity.doubts.warn(Doubt.SECTOR_UNKNOWN, element, said or line(element), "code" if has_code else "")
    return ""


def _together(one: Share, other: Share) -> Share:
    if one.percentage is None or other.percentage is None:
        return Share(one.code)
    return Share(one.code, one.percentage + other.percentage)
