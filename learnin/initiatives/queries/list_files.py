"""The list of the register to take along: rows of a table, and a paper."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.initiatives.models import Initiative, Money, Partner
from learnin.initiatives.queries import register
from learnin.kit import documents, written
from learnin.people.models import Country

MOST_ROWS = 20_000
"""A table is made while its reader waits; filters narrow it down."""
MOST_ON_PAPER = 400
"""A longer paper nobody reads, and drawing it takes minutes."""


def columns() -> list[tuple[str, int]]:
    """The columns of the table, with their widths in letters."""
    return [
        (_("Title"), 60), (_("Identifier"), 24), (_("Who tells us"), 36), (_("Gives the money"), 36),
        (_("Is accountable"), 30), (_("Manages the money"), 30), (_("Carries it out"), 36), (_("Status"), 14),
        (_("Begins"), 12), (_("Ends"), 12), (_("Where"), 36), (_("Themes"), 30), (_("For whom"), 30),
        (_("Components"), 28), (_("People planned"), 16), (_("People reached"), 16), (_("Money"), 36),
        (_("Confirmed"), 12), (_("Published"), 12), (_("How it came in"), 18), (_("Last changed"), 12),
    ]  # fmt: skip


def rows(initiatives: QuerySet[Initiative]) -> Iterable[list[str | date]]:
    """A row for each initiative, as texts and days."""
    for one in register.for_file(initiatives)[:MOST_ROWS].iterator(chunk_size=2000):
        yield _row(one)


def _row(one: Initiative) -> list[str | date]:
    partners = list(one.partners.all())
    by_role = ["; ".join(str(p.organisation) for p in partners if p.role == role) for role in Partner.Role]
    people = list(one.people.all())
    return [
        str(one), one.identifier, str(one.reporter), *by_role, str(one.get_status_display()),
        one.begins_on or "", one.ends_on or "", "; ".join(register.where(one)),
        "; ".join(str(row.get_theme_display()) for row in one.themes.all()),
        "; ".join(str(row.get_audience_display()) for row in one.audiences.all()),
        "; ".join(str(row.get_component_display()) for row in one.components.all()),
        "; ".join(_people(row.planned, row.get_audience_display()) for row in people if row.planned is not None),
        "; ".join(_people(row.reached, row.get_audience_display()) for row in people if row.reached is not None),
        "; ".join(_money(row) for row in one.money.all()),
        _yes(one.is_confirmed), _yes(one.is_public), str(one.get_origin_display()), timezone.localdate(one.changed_at),
    ]  # fmt: skip


def _money(row: Money) -> str:
    return f"{row.get_kind_display()} {written.number(float(row.amount))} {row.currency}"


def _people(number: int, whom: str) -> str:
    return " ".join(filter(None, [written.number(number), str(whom)]))


def _yes(is_so: bool) -> str:
    return _("Yes") if is_so else _("No")


def paper(country: Country, initiatives: QuerySet[Initiative], *, about: str, today: str) -> documents.Document:
    """The list as a paper; where it is longer than anybody reads, it says what it leaves out."""
    count = initiatives.count()
    here = register.with_rows(initiatives)[:MOST_ON_PAPER]
    table_rows = tuple(
        (
            str(one),
            str(one.reporter),
            ", ".join(register.where(one)) or str(one.get_scope_display()) or _("not said"),
            _period(one),
            _standing(one),
        )
        for one in here
    )
    said = ngettext("%(n)s initiative.", "%(n)s initiatives.", count) % {"n": written.number(count)}
    blocks: list[documents.Block] = [documents.Paragraph(" ".join(filter(None, [said, about])))]
    if count > MOST_ON_PAPER:
        told = {"shown": written.number(MOST_ON_PAPER)}
        blocks.append(
            documents.Paragraph(
                _("This paper shows the first %(shown)s. The Excel table has all of them.") % told, is_note=True
            )
        )
    heads = (_("Initiative"), _("Who tells us"), _("Where"), _("When"), _("Status"))
    if table_rows:
        blocks.append(documents.Table(_("Initiatives"), heads, table_rows, shares=(27, 19, 16, 22, 16)))
    return documents.Document(
        title=_("Register of initiatives"),
        place=country.name,
        body=_("National Task Force"),
        date=today,
        blocks=tuple(blocks),
    )


def _period(one: Initiative) -> str:
    days = [written.day(day) if day else "…" for day in (one.begins_on, one.ends_on)]
    return " – ".join(days) if one.begins_on or one.ends_on else _("not said")


def _standing(one: Initiative) -> str:
    status = str(one.get_status_display()) if one.status else _("status not said")
    return status if one.is_confirmed else _("%(status)s, not confirmed") % {"status": status}
