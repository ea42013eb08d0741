"""HXL hashtags as they stand in tables: which meaning each one has."""

import re
from collections.abc import Iterator, Sequence

from learnin.initiatives.formats.fivew.meanings import IN_LANGUAGES, OF_PEOPLE, TAGS, Meaning, Use

_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE)
_NEUTRAL = frozenset({"ind", "num", "total", "all", "people", "name", "title", "text"})
_PARTS = frozenset({"f", "m", "women", "men", "girls", "boys", "part"})
_ROLES = frozenset({"funder", "funding", "donor", "impl", "implementing", "accountable", "extending"})

# What others write, beside the tags of ours: a hashtag, the attributes it needs, what it then means. More attributes
# win over fewer. None: known, and nothing for us.
_OTHERS: Sequence[tuple[str, str, Meaning | None]] = (
    ("#activity", "", Meaning.TITLE),
    ("#activity", "id", Meaning.IDENTIFIER),
    ("#activity", "description", Meaning.DESCRIPTION),
    ("#activity", "code+v_iati", Meaning.IDENTIFIER),
    ("#activity", "type", None),
    ("#org", "", Meaning.REPORTER),
    ("#org", "code", Meaning.REPORTER_CODE),
    ("#org", "id", Meaning.REPORTER_CODE),
    ("#org", "type", Meaning.REPORTER_TYPE),
    ("#org", "acronym", None),
    ("#org", "funding", Meaning.FUNDER),
    ("#org", "donor", Meaning.FUNDER),
    ("#org", "implementing", Meaning.IMPLEMENTER),
    ("#org", "partner", Meaning.IMPLEMENTER),
    *(("#org", f"{role}+{more}", None) for role in sorted(_ROLES) for more in ("code", "id", "type")),
    ("#status", "code", Meaning.STATUS),
    ("#date", "", Meaning.PERIOD),
    ("#date", "month", Meaning.PERIOD),
    ("#date", "start", Meaning.PLANNED_START),
    ("#date", "end", Meaning.PLANNED_END),
    ("#country", "", Meaning.COUNTRY),
    ("#adm1", "", Meaning.AREA),
    ("#adm1", "code", Meaning.AREA),
    ("#adm1", "code+pcode", Meaning.PCODE),
    *((f"#adm{level}", "", Meaning.PLACE) for level in range(2, 6)),
    *((f"#adm{level}", "code", Meaning.PCODE) for level in range(2, 6)),
    ("#loc", "", Meaning.PLACE),
    ("#loc", "type", None),
    ("#loc", "code", Meaning.PCODE),
    ("#sector", "", Meaning.SECTOR),
    ("#sector", "theme", Meaning.THEME),
    ("#subsector", "", Meaning.THEME),
    ("#subsector", "code", Meaning.SECTOR),
    ("#beneficiary", "", Meaning.AUDIENCE),
    ("#indicator", "v_sdg", Meaning.SDG),
    ("#value", "", Meaning.BUDGET),
    ("#value", "committed", Meaning.COMMITMENT),
    ("#value", "disbursed", Meaning.DISBURSEMENT),
    ("#value", "spend", Meaning.DISBURSEMENT),
    ("#value", "spent", Meaning.DISBURSEMENT),
    ("#currency", "", Meaning.CURRENCY),
    ("#contact", "", Meaning.CONTACT_PERSON),
    ("#contact", "phone", Meaning.CONTACT_PHONE),
)


def _rules() -> Iterator[tuple[str, frozenset[str], Meaning | None]]:
    for meaning, written in TAGS.items():
        word, *needs = written.split("+")
        yield word, frozenset(needs), meaning
    for word, attributes, meant in _OTHERS:
        yield word, frozenset(attributes.split("+")) - {""}, meant


_RULES = sorted(_rules(), key=lambda rule: -len(rule[1]))


def is_tag(text: str) -> bool:
    """Whether a cell holds an HXL hashtag."""
    return bool(_TAG.fullmatch(text.strip()))


def use_of(text: str) -> Use | None:
    """What the column under this hashtag tells; nothing where the tag says nothing of an initiative.

    >>> use_of("#activity +name +i_ro"), use_of("#affected")
    (Use(meaning=<Meaning.TITLE: 'title'>, detail='ro'), None)
    """
    word, *attributes = re.sub(r"\s", "", text).lower().split("+")
    has = frozenset(attributes)
    meaning = next((meaning for tag, needs, meaning in _RULES if tag == word and needs <= has), None)
    if meaning in OF_PEOPLE:
        return _people(meaning, has)
    if meaning in IN_LANGUAGES:
        return Use(meaning, next((_language(one) for one in attributes if _language(one)), ""))
    return Use(meaning) if meaning else None


def _language(attribute: str) -> str:
    """The language of `+i_sr_latn`, or of `+es` as older tables write it."""
    if attribute.startswith("i_"):
        return language(attribute[2:].replace("_", "-"))
    return attribute if len(attribute) == 2 and attribute != "id" else ""


def language(text: str) -> str:
    """A language as it is usually written: a script begins with a capital (BCP 47, section 2.1.1).

    >>> language("SR-latn"), language("RO")
    ('sr-Latn', 'ro')
    """
    first, *others = text.lower().split("-")
    return "-".join([first, *(one.title() if len(one) == 4 else one for one in others)])


def _people(meaning: Meaning, has: frozenset[str]) -> Use | None:
    """All people, those of one audience, or a part that is added to the others; households are no people."""
    audience = next((one[2:].replace("_", "-") for one in sorted(has) if one.startswith("a_")), "")
    if audience or has <= _NEUTRAL:
        return Use(meaning, audience)
    if has & _PARTS:
        return Use(Meaning.PLANNED_PART if meaning is Meaning.PLANNED else Meaning.REACHED_PART)
    return None
