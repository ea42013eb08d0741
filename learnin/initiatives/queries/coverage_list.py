"""The initiatives behind the cells of the coverage, one a row: what stands there can be added up again."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from learnin.initiatives.models import Initiative, Money
from learnin.initiatives.queries import register
from learnin.initiatives.queries.coverage import WHOLE, Wanted, counted
from learnin.initiatives.queries.coverage.doings import people_of
from learnin.initiatives.queries.coverage.money import Worth
from learnin.initiatives.queries.coverage.sides import counted_in
from learnin.kit import written
from learnin.people.models import Country

Row = list[str | float | None]


def heads(wanted: Wanted) -> list[str]:
    """The heads of the columns."""
    return [
        _("Identifier"), _("Title"), _("Who tells us"), _("Other organisations"), _("Themes"), _("Components"),
        _("Areas"), _("For whom"), _("People planned"), _("People reached"), _("Money, in its own currency"),
        _("Money (%(currency)s)") % {"currency": wanted.currency}, _("Is the money of all partners together"),
        _("Confirmed"),
    ]  # fmt: skip


def rows(country: Country, wanted: Wanted, today: date) -> list[Row]:
    """A row for each initiative that counts, by title."""
    worth = Worth.in_currency(country, wanted.currency)
    found = register.for_file(counted(country, wanted, today)).order_by("search_keys", "pk")
    return [_row(one, wanted, worth) for one in found.iterator(chunk_size=500)]


def _row(one: Initiative, wanted: Wanted, worth: Worth) -> Row:
    money = sorted((row for row in one.money.all() if row.kind == wanted.money), key=lambda row: row.pk)
    amounts = [worth.of(row) for row in money]
    known = [amount for amount in amounts if amount is not None]
    planned, reached = people_of(one.people.all())
    others = dict.fromkeys(str(p.organisation) for p in one.partners.all() if p.organisation_id != one.reporter_id)
    return [
        one.identifier, one.title(), str(one.reporter), "; ".join(others),
        _list(row.get_theme_display() for row in one.themes.all()),
        _list(row.get_component_display() for row in one.components.all()),
        _list(_areas(one)),
        _list(row.get_audience_display() for row in one.audiences.all()),
        planned, reached, _list(map(_amount, money)), sum(known) if known else None,
        _yes(any(row.is_whole for row in money)), _yes(one.is_confirmed),
    ]  # fmt: skip


def _areas(one: Initiative) -> list[str]:
    """Where the cells count it, by name."""
    placed = [(place.reach, place.area) for place in one.places.all() if place.area]
    names = {WHOLE: _("Whole country"), **{area.code: str(area) for _reach, area in placed}}
    return [names[code] for code in counted_in([(reach, area.code) for reach, area in placed], one.scope)]


def _amount(money: Money) -> str:
    return f"{written.number(float(money.amount))} {money.currency}"


def _list(words: Iterable[object]) -> str:
    return "; ".join(dict.fromkeys(map(str, words)))


def _yes(is_so: bool) -> str:
    return _("Yes") if is_so else _("No")
