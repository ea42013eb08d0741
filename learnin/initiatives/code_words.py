"""What the codes of an initiative say: DAC purposes, levels of education, goals. Where nobody named one, its number."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.formats.record import Region
from learnin.kit import languages

PURPOSES: dict[str, str | Promise] = {
    "11110": _("Education policy and administration"),
    "11120": _("Education facilities and training"),
    "11130": _("Teacher training"),
    "11182": _("Educational research"),
    "11220": _("Primary education"),
    "11230": _("Basic life skills for adults"),
    "11231": _("Basic life skills for youth"),
    "11232": _("Primary education equivalent for adults"),
    "11240": _("Early childhood education"),
    "11250": _("School feeding"),
    "11260": _("Lower secondary education"),
    "11320": _("Upper secondary education"),
    "11330": _("Vocational training"),
    "11420": _("Higher education"),
    "11430": _("Advanced technical and managerial training"),
    "16010": _("Social protection"),
    "16011": _("Social protection and welfare services: policy and administration"),
    "22040": _("Information and communication technology"),
    "43010": _("Multisector aid"),
    "43081": _("Multisector education and training"),
    "72010": _("Relief in emergencies"),
    "72012": _("Education in emergencies"),
}
"""Source: OECD-DAC, Purpose codes: sector classification; education whole, and what often stands beside it."""

REGIONS: dict[str, str | Promise] = {
    "88": _("States of former Yugoslavia"),
    "89": _("Europe"),
    "298": _("Africa"),
    "498": _("America"),
    "589": _("Middle East"),
    "619": _("Central Asia"),
    "689": _("South and Central Asia"),
    "798": _("Asia"),
    "889": _("Oceania"),
    "998": _("Developing countries, not said which"),
}
"""Source: OECD-DAC, codes of recipients (IATI codelist Region); those that a file of our countries may name."""

ISCED: dict[str, str | Promise] = {
    "0": _("Early childhood education"),
    "1": _("Primary education"),
    "2": _("Lower secondary education"),
    "3": _("Upper secondary education"),
    "4": _("Post-secondary, not tertiary"),
    "5": _("Short-cycle tertiary"),
    "6": _("Bachelor’s or equivalent"),
    "7": _("Master’s or equivalent"),
    "8": _("Doctoral or equivalent"),
}
"""Source: UNESCO, International Standard Classification of Education 2011."""

SDG: dict[str, str | Promise] = {
    "4": _("Quality education"),
    "4.1": _("Free primary and secondary education"),
    "4.2": _("Early childhood development"),
    "4.3": _("Affordable technical, vocational and higher education"),
    "4.4": _("Skills for work"),
    "4.5": _("Equal access for all"),
    "4.6": _("Literacy and numeracy"),
    "4.7": _("Education for sustainable development"),
    "4.a": _("Safe and inclusive schools"),
    "4.b": _("Scholarships"),
    "4.c": _("More qualified teachers"),
    "1": _("No poverty"),
    "3": _("Good health and well-being"),
    "5": _("Gender equality"),
    "8": _("Decent work and economic growth"),
    "9": _("Industry, innovation and infrastructure"),
    "10": _("Reduced inequalities"),
    "16": _("Peace, justice and strong institutions"),
    "17": _("Partnerships for the goals"),
}
"""Source: United Nations, A/RES/70/1; targets of goal 4 and the goals education projects name beside it, shortened."""


def coded(code: str, names: dict[str, str | Promise]) -> str:
    """A code with its name, as people read it: “11130 Teacher training”; the code alone where it has no name here."""
    return f"{code} {names[code]}" if code in names else code


def language_of(code: str) -> str:
    """What a language of a text is called; a text may come without."""
    return languages.language_name(code) if code else _now("language not said")


def region(one: Region) -> str:
    """A region of the world by its code, and its name where the file or the list of the OECD tells it."""
    known = REGIONS.get(one.code, "") if one.vocabulary == "1" else ""
    name = one.name or str(known)
    return f"{one.code} ({name})" if one.code and name else one.code or name
