"""Who: organisations of a row, with their roles, numbers and acronyms."""

import re
from collections.abc import Iterator, Mapping

from learnin.initiatives.formats.fivew.known import Codes
from learnin.initiatives.formats.fivew.line import Line
from learnin.initiatives.formats.fivew.list_words import Kind
from learnin.initiatives.formats.fivew.meanings import Meaning
from learnin.initiatives.formats.record import Organisation, Party, Role, Text

ROLES: Mapping[Meaning, Role] = {
    Meaning.FUNDER: Role.FUNDING,
    Meaning.ACCOUNTABLE: Role.ACCOUNTABLE,
    Meaning.EXTENDING: Role.EXTENDING,
    Meaning.IMPLEMENTER: Role.IMPLEMENTING,
}
_NUMBER = re.compile(r"\s*\[([^\[\]]+)\]$")
_ACRONYM = re.compile(r"\s*\(([^\W\d_][\w&.-]{1,14})\)$")


def organisation(text: str) -> Organisation:
    """An organisation as one cell names it: `United Nations Children’s Fund (UNICEF) [XM-DAC-41122]`.

    >>> organisation("Ministry of Education (MoE) [AL-COA-12]").acronym
    'MoE'
    """
    number = _NUMBER.search(text)
    name = text[: number.start()] if number else text
    acronym = _ACRONYM.search(name)
    if acronym and _is_acronym(acronym[1]):
        name = name[: acronym.start()]
    else:
        acronym = None
    return Organisation(
        names=(Text(name.strip()),) if name.strip() else (),
        identifier=number[1].strip() if number else "",
        acronym=acronym[1] if acronym else "",
    )


def _is_acronym(text: str) -> bool:
    """Two capitals at least, and no more small letters than capitals: a word in brackets is none."""
    capitals, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return capitals > 1 and small <= capitals


def written(organisation: Organisation) -> str:
    """The organisation as one cell names it; what would part it into two is written otherwise."""
    name = next((one.words for one in organisation.names if one.words), "")
    parts = (name, f"({organisation.acronym})" if organisation.acronym else "")
    number = f"[{organisation.identifier}]" if organisation.identifier else ""
    text = " ".join(part for part in (*parts, number) if part)
    return " ".join(text.replace(";", ",").replace("|", ",").split())


def reporter(line: Line, codes: Codes) -> Organisation:
    """Who tells of the initiative."""
    found = organisation(line.text(Meaning.REPORTER))
    number = line.text(Meaning.REPORTER_CODE) or found.identifier
    return Organisation(found.names, number, line.id(Meaning.REPORTER_TYPE, Kind.ORGANISATION, codes), found.acronym)


def parties(line: Line) -> Iterator[Party]:
    """Everybody else who takes part."""
    for meaning, role in ROLES.items():
        for _, text in line.parts(meaning):
            yield Party(organisation(text), role)
