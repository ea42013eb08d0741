"""What a column of a 5W table can tell of an initiative, and the HXL hashtags that say it exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Meaning(StrEnum):
    """What a column can tell: who does what, where, when, for whom, and with whose money."""

    IDENTIFIER = "identifier"
    OTHER_IDENTIFIER = "other-identifier"
    TITLE = "title"
    DESCRIPTION = "description"
    OBJECTIVES = "objectives"
    TARGET_GROUPS = "target-groups"
    LANGUAGE = "language"
    REPORTER = "reporter"
    REPORTER_CODE = "reporter-code"
    REPORTER_TYPE = "reporter-type"
    FUNDER = "funder"
    ACCOUNTABLE = "accountable"
    EXTENDING = "extending"
    IMPLEMENTER = "implementer"
    STATUS = "status"
    PLANNED_START = "planned-start"
    ACTUAL_START = "actual-start"
    PLANNED_END = "planned-end"
    ACTUAL_END = "actual-end"
    COUNTRY = "country"
    PLACE_COUNTRY = "place-country"
    AREA = "area"
    PLACE = "place"
    PCODE = "pcode"
    GEONAMES = "geonames"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    REACH = "reach"
    SCOPE = "scope"
    SECTOR = "sector"
    THEME = "theme"
    AUDIENCE = "audience"
    COMPONENT = "component"
    ISCED = "isced"
    SDG = "sdg"
    PLANNED = "planned"
    REACHED = "reached"
    PLANNED_PART = "planned-part"
    REACHED_PART = "reached-part"
    PERIOD = "period"
    BUDGET = "budget"
    COMMITMENT = "commitment"
    DISBURSEMENT = "disbursement"
    CURRENCY = "currency"
    MONEY_BEGINS = "money-begins"
    MONEY_ENDS = "money-ends"
    VALUED_ON = "valued-on"
    LINK = "link"
    CONTACT_PERSON = "contact-person"
    CONTACT_ORGANISATION = "contact-organisation"
    CONTACT_EMAIL = "contact-email"
    CONTACT_PHONE = "contact-phone"
    CONTACT_WEBSITE = "contact-website"
    RELATED = "related"
    UPDATED = "updated"


IN_LANGUAGES = frozenset({Meaning.TITLE, Meaning.DESCRIPTION, Meaning.OBJECTIVES, Meaning.TARGET_GROUPS})
"""Columns that may say in which language their words are."""
OF_PEOPLE = frozenset({Meaning.PLANNED, Meaning.REACHED})
"""Columns that may count one audience alone."""
MANY = IN_LANGUAGES | {
    Meaning.OTHER_IDENTIFIER,
    Meaning.FUNDER,
    Meaning.ACCOUNTABLE,
    Meaning.EXTENDING,
    Meaning.IMPLEMENTER,
    Meaning.PLACE,
    Meaning.SECTOR,
    Meaning.THEME,
    Meaning.AUDIENCE,
    Meaning.COMPONENT,
    Meaning.ISCED,
    Meaning.SDG,
    Meaning.PLANNED,
    Meaning.REACHED,
    Meaning.PLANNED_PART,
    Meaning.REACHED_PART,
    Meaning.LINK,
    Meaning.RELATED,
}
"""Several columns may tell these; every other meaning has one column."""


@dataclass(frozen=True)
class Use:
    """How a column is used: its meaning, with the language of its words or the audience of its people.

    >>> str(Use(Meaning.TITLE, "ro")), Use.of("title@ro") == Use(Meaning.TITLE, "ro")
    ('title@ro', True)
    """

    meaning: Meaning
    detail: str = ""

    def __str__(self) -> str:
        """As it is kept, and as a form sends it."""
        return f"{self.meaning}@{self.detail}" if self.detail else str(self.meaning)

    @classmethod
    def of(cls, kept: str) -> "Use":
        """The use as it was kept. Raises ValueError where there is no such meaning."""
        meaning, _, detail = kept.partition("@")
        return cls(Meaning(meaning), detail)


TAGS: Mapping[Meaning, str] = {
    Meaning.IDENTIFIER: "#activity+code",
    Meaning.OTHER_IDENTIFIER: "#activity+code+other",
    Meaning.TITLE: "#activity+name",
    Meaning.DESCRIPTION: "#description",
    Meaning.OBJECTIVES: "#description+objectives",
    Meaning.TARGET_GROUPS: "#description+targets",
    Meaning.LANGUAGE: "#meta+lang",
    Meaning.REPORTER: "#org+reporting",
    Meaning.REPORTER_CODE: "#org+code+reporting",
    Meaning.REPORTER_TYPE: "#org+reporting+type",
    Meaning.FUNDER: "#org+funder",
    Meaning.ACCOUNTABLE: "#org+accountable",
    Meaning.EXTENDING: "#org+extending",
    Meaning.IMPLEMENTER: "#org+impl",
    Meaning.STATUS: "#status",
    Meaning.PLANNED_START: "#date+planned+start",
    Meaning.ACTUAL_START: "#date+actual+start",
    Meaning.PLANNED_END: "#date+end+planned",
    Meaning.ACTUAL_END: "#date+actual+end",
    Meaning.COUNTRY: "#country+code",
    Meaning.PLACE_COUNTRY: "#country+code+place",
    Meaning.AREA: "#adm1+name",
    Meaning.PLACE: "#loc+name",
    Meaning.PCODE: "#adm1+code+v_pcode",
    Meaning.GEONAMES: "#loc+code+v_geonames",
    Meaning.LATITUDE: "#geo+lat",
    Meaning.LONGITUDE: "#geo+lon",
    Meaning.REACH: "#loc+reach",
    Meaning.SCOPE: "#activity+scope",
    Meaning.SECTOR: "#sector+code+v_dac",
    Meaning.THEME: "#subsector+theme",
    Meaning.AUDIENCE: "#beneficiary+type",
    Meaning.COMPONENT: "#sector+component",
    Meaning.ISCED: "#subsector+v_isced",
    Meaning.SDG: "#indicator+code+v_sdg",
    Meaning.PLANNED: "#targeted",
    Meaning.REACHED: "#reached",
    Meaning.PLANNED_PART: "#targeted+part",
    Meaning.REACHED_PART: "#reached+part",
    Meaning.PERIOD: "#date+reported",
    Meaning.BUDGET: "#value+budget",
    Meaning.COMMITMENT: "#value+commitment",
    Meaning.DISBURSEMENT: "#value+disbursement",
    Meaning.CURRENCY: "#value+currency",
    Meaning.MONEY_BEGINS: "#date+start+value",
    Meaning.MONEY_ENDS: "#date+end+value",
    Meaning.VALUED_ON: "#date+value",
    Meaning.LINK: "#meta+url",
    Meaning.CONTACT_PERSON: "#contact+name",
    Meaning.CONTACT_ORGANISATION: "#contact+org",
    Meaning.CONTACT_EMAIL: "#contact+email",
    Meaning.CONTACT_PHONE: "#contact+phone",
    Meaning.CONTACT_WEBSITE: "#contact+url",
    Meaning.RELATED: "#meta+related",
    Meaning.UPDATED: "#date+updated",
}
"""The hashtag we write for each meaning, after the HXL standard 1.1 (hxlstandard.org); its attributes are free."""


def tag(use: Use) -> str:
    """The hashtag we write for a column.

    >>> tag(Use(Meaning.TITLE, "ro")), tag(Use(Meaning.REACHED, "teachers"))
    ('#activity+name+i_ro', '#reached+a_teachers')
    """
    if not use.detail:
        return TAGS[use.meaning]
    kind = "i" if use.meaning in IN_LANGUAGES else "a"
    return f"{TAGS[use.meaning]}+{kind}_{use.detail.lower().replace('-', '_')}"
