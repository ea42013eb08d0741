"""What the comparing core found, in words: the reasons and the signs that add up, each in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.kit import written
from learnin.people.models import Area
from learnin.programme import reader

if TYPE_CHECKING:
    from learnin.compute.relations import Related

SENTENCES: dict[str, str | Promise] = {
    "identifier": gettext_lazy("both have the identifier %(identifiers)s"),
    "title_equal": gettext_lazy("the same title"),
    "title_alike": gettext_lazy("titles alike by %(percent)s"),
    "title_meaning": gettext_lazy("titles that mean the same"),
    "names": gettext_lazy("the same names in the titles: %(names)s"),
    "numbers_equal": gettext_lazy("the same numbers in the titles: %(numbers)s"),
    "numbers_differ": gettext_lazy("different numbers in the titles: %(first)s and %(second)s"),
    "description_alike": gettext_lazy("descriptions alike by %(percent)s"),
    "reporter_equal": gettext_lazy("told by the same organisation: %(reporter)s"),
    "reporter_differs": gettext_lazy("told by different organisations: %(first)s and %(second)s"),
    "organisation_shared": gettext_lazy("the same partners: %(organisations)s"),
    "crossing": gettext_lazy("one is told by a partner of the other: %(organisations)s"),
    "time_equal": gettext_lazy("the same time: %(begins)s to %(ends)s"),
    "time_shared": gettext_lazy("at the same time from %(begins)s to %(ends)s"),
    "time_apart": gettext_lazy("one after the other: %(first)s, then %(second)s"),
    "budget_equal": gettext_lazy("the same budget: %(amount)s %(currency)s"),
    "budget_near": gettext_lazy("similar budgets: %(first)s and %(second)s %(currency)s"),
    "places_equal": gettext_lazy("the same places: %(places)s"),
    "places_differ": gettext_lazy("different places: %(first)s and %(second)s"),
    "themes": gettext_lazy("the same themes: %(themes)s"),
    "audiences": gettext_lazy("for the same people: %(audiences)s"),
    "days": gettext_lazy("both run on %(days)s days"),
}
"""What each code of `learnin.compute.relations.reasons` says, and those of an overlap."""

SIGNS: dict[str, str | Promise] = {
    "title_letters": gettext_lazy("Titles alike, letter by letter"),
    "title_letters_high": gettext_lazy("Titles nearly equal, letter by letter"),
    "title_words": gettext_lazy("Titles alike, word by word"),
    "title_words_high": gettext_lazy("Titles nearly equal, word by word"),
    "title_inside": gettext_lazy("One title stands inside the other"),
    "title_odd": gettext_lazy("Words that only one title has"),
    "title_rare": gettext_lazy("Rare words that both titles have"),
    "names_same": gettext_lazy("The same names in the titles"),
    "names_apart": gettext_lazy("Different names in the titles"),
    "meaning": gettext_lazy("Titles that mean the same"),
    "description": gettext_lazy("Descriptions alike"),
    "description_high": gettext_lazy("Descriptions nearly equal"),
    "description_told": gettext_lazy("Both have a description to compare"),
    "reporter": gettext_lazy("The same organisation tells"),
    "organisations": gettext_lazy("The same partners"),
    "crossing": gettext_lazy("One is told by a partner of the other"),
    "organisations_apart": gettext_lazy("No organisation in common"),
    "numbers": gettext_lazy("The same numbers in the titles"),
    "numbers_apart": gettext_lazy("Different numbers in the titles"),
    "begins": gettext_lazy("They begin about the same day"),
    "begins_told": gettext_lazy("Both tell when they begin"),
    "ends": gettext_lazy("They end about the same day"),
    "ends_told": gettext_lazy("Both tell when they end"),
    "time_apart": gettext_lazy("Time lies between them"),
    "budget": gettext_lazy("Budgets alike"),
    "budget_equal": gettext_lazy("The same budget"),
    "budget_told": gettext_lazy("Both tell their budget"),
    "places": gettext_lazy("The same places"),
    "places_apart": gettext_lazy("Different places"),
    "themes": gettext_lazy("The same themes"),
    "themes_apart": gettext_lazy("Different themes"),
    "audiences": gettext_lazy("For the same people"),
    "audiences_apart": gettext_lazy("For other people"),
    "sectors": gettext_lazy("The same purpose codes"),
    "identifiers": gettext_lazy("The same identifier"),
    "title_and_reporter": gettext_lazy("Titles alike, and an organisation in common"),
    "title_and_time": gettext_lazy("Titles alike, and the same time"),
    "title_and_budget": gettext_lazy("Titles alike, and budgets alike"),
    "title_and_place": gettext_lazy("Titles alike, and the same places"),
    "title_and_description": gettext_lazy("Titles alike, and descriptions alike"),
    "meaning_and_names": gettext_lazy("The same meaning, and the same names"),
    "meaning_and_organisations": gettext_lazy("The same meaning, and an organisation in common"),
    "meaning_and_time": gettext_lazy("The same meaning, and the same time"),
    "meaning_and_budget": gettext_lazy("The same meaning, and budgets alike"),
    "meaning_and_place": gettext_lazy("The same meaning, and the same places"),
    "time_and_budget": gettext_lazy("The same time, and budgets alike"),
    "rank": gettext_lazy("How much of both they share"),
}
"""What each feature of `learnin.compute.relations.features` is called."""

MOST_NAMED = 4


def reason(code: str, values: Mapping[str, Any], areas: Mapping[str, str]) -> str:
    """One reason as a phrase. `areas`: the names of areas by their codes."""
    said = {name: _value(name, value, areas) for name, value in values.items()}
    return str(SENTENCES[code]) % said


def reasons(found: Iterable[Mapping[str, Any]], areas: Mapping[str, str]) -> list[str]:
    """All reasons of a pair as they were kept; a code that this version does not know says nothing."""
    return [reason(one["code"], one["values"], areas) for one in found if one["code"] in SENTENCES]


def of_related(related: "Related", areas: Mapping[str, str]) -> list[str]:
    """All reasons as the comparing core gives them."""
    return [reason(one.code, one.values, areas) for one in related.reasons if one.code in SENTENCES]


def sign(feature: str) -> str:
    """What a feature is called."""
    return str(SIGNS.get(feature, feature))


def area_names(areas: Iterable[Area]) -> dict[str, str]:
    """The names of areas, by their codes."""
    return {one.code: str(one) for one in areas}


def _value(name: str, value: Any, areas: Mapping[str, str]) -> str:
    if isinstance(value, (list, tuple)):
        one = _SAID.get(name, partial(_place, areas=areas))
        said = [one(each) for each in value[:MOST_NAMED]]
        more = len(value) - len(said)
        return ", ".join([*said, *([_("%(n)s more") % {"n": written.number(more)}] if more else [])])
    return _SAID[name](value) if name in _SAID else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, (int, float)):
        return written.number(value)
    text = str(value).split("\n")[0]
    if "/" in text:  # a span of days
        try:
            days = [written.day(date.fromisoformat(part)) for part in text.split("/")]
        except ValueError:
            return text
        return _("%(begins)s to %(ends)s") % {"begins": days[0], "ends": days[1]}
    return text


def _place(code: str, areas: Mapping[str, str]) -> str:
    return areas.get(code, _plain(code))


def _named(kind: str, id: str) -> str:
    items = getattr(reader.current(), kind)
    return next((str(one.name) for one in items if one.id == id), id)


def _day(value: str) -> str:
    return written.day(date.fromisoformat(value))


def _percent(value: float) -> str:
    return written.percent(value / 100)


_SAID: dict[str, Any] = {
    "themes": partial(_named, "themes"),
    "audiences": partial(_named, "audiences"),
    "begins": _day,
    "ends": _day,
    "percent": _percent,
}
