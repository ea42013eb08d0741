"""The register as a list: who sees what of it, narrowed, sorted, taken along."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learnin.initiatives.formats.record import Place, Reach, Text
from learnin.initiatives.models import Initiative
from learnin.initiatives.operations import life
from tests.cast import NOW, Cast, as_
from tests.initiatives import made

pytestmark = pytest.mark.django_db

ROOM = reverse("initiatives:register", args=["RS"])


def _shown(cast: Cast, who: str, query: str = "") -> list[str]:
    page = as_(getattr(cast, who)).get(f"{ROOM}{query}")
    assert page.status_code == 200
    return [str(one) for one, _where in page.context["rows"]]


@pytest.mark.parametrize(
    ("who", "status"), [("chair", 200), ("member", 200), ("partner", 200), ("stranger", 404), ("regional", 200)]
)
def test_who_may_enter(cast: Cast, who: str, status: int) -> None:
    made.initiative(cast)
    assert as_(getattr(cast, who)).get(ROOM).status_code == status


def test_a_partner_sees_its_own_and_what_is_published(cast: Cast) -> None:
    made.initiative(cast, "Hidden from partners")
    published = made.initiative(cast, "Published to all")
    life.publish(published, by=cast.chair, now=NOW)
    made.initiative(cast, "Of the partner", by=cast.partner)
    made.represent(cast, "Fund for Schools", cast.partner)
    made.initiative(cast, "Of its fund", reporter=made.organisation("Fund for Schools"))
    assert set(_shown(cast, "partner")) == {"Published to all", "Of the partner", "Of its fund"}
    assert len(_shown(cast, "member")) == 4


def test_drafts_are_seen_by_who_may_change_them(cast: Cast) -> None:
    made.initiative(cast, "Half written", by=cast.partner, is_draft=True)
    assert _shown(cast, "chair", "?state=draft") == ["Half written"]
    assert _shown(cast, "partner", "?state=draft") == ["Half written"]
    assert _shown(cast, "member", "?state=draft") == []
    assert _shown(cast, "chair") == []


def test_nobody_told_us_is_not_nothing(cast: Cast) -> None:
    assert "Nobody told us of an initiative yet" in as_(cast.member).get(ROOM).content.decode()
    page = as_(cast.member).get(f"{ROOM}?words=robotics").content.decode()
    assert "That does not mean that there is none" in page


@pytest.fixture
def several(cast: Cast) -> None:
    """Four initiatives that differ in everything one can look for."""
    belgrade = (Place(country="RS", area="RS-00", name="Belgrade", reach=Reach.BENEFICIARIES),)
    made.initiative(cast, "Alpha skills", places=belgrade)
    made.initiative(
        cast, "Бета вештине", titles=(Text("Бета вештине", "sr"),), themes=("curriculum",), places=(), status=None,
        audiences=("parents",), components=("policy",), actual_start=date(2020, 1, 1), planned_end=date(2021, 1, 1),
    )  # fmt: skip
    made.initiative(cast, "Gamma imported", origin=Initiative.Origin.IATI, reporter=made.organisation("Gama fond"))
    published = made.initiative(cast, "Delta published", actual_start=date(2019, 5, 1))
    life.publish(published, by=cast.chair, now=NOW)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?words=beta vestine", {"Бета вештине"}),
        ("?words=гамма", {"Gamma imported"}),
        ("?words=gama fond", {"Gamma imported"}),
        ("?theme=curriculum", {"Бета вештине"}),
        ("?audience=parents", {"Бета вештине"}),
        ("?component=policy", {"Бета вештине"}),
        ("?area=RS-00", {"Alpha skills", "Gamma imported", "Delta published"}),
        ("?area=country", {"Бета вештине"}),
        ("?status=2", {"Alpha skills", "Gamma imported", "Delta published"}),
        ("?confirmed=no", {"Gamma imported"}),
        ("?published=yes", {"Delta published"}),
        ("?running_on=2020-06-01", {"Бета вештине", "Delta published"}),
        ("?state=withdrawn", set()),
        ("?theme=no-such-theme&running_on=32", {"Alpha skills", "Бета вештине", "Gamma imported", "Delta published"}),
    ],
)
def test_narrowed(cast: Cast, several: None, query: str, expected: set[str]) -> None:
    assert set(_shown(cast, "member", query)) == expected


def test_sorted(cast: Cast, several: None) -> None:
    by_title = ["Alpha skills", "Бета вештине", "Delta published", "Gamma imported"]
    assert _shown(cast, "member", "?sort=title") == by_title
    assert _shown(cast, "member", "?sort=-title") == by_title[::-1]
    assert _shown(cast, "member", "?sort=begins")[:2] == ["Delta published", "Бета вештине"]
    assert len(_shown(cast, "member", "?sort=nonsense")) == 4


def test_the_list_asks_as_much_for_many_as_for_few(cast: Cast) -> None:
    client = as_(cast.chair)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(ROOM).status_code == 200
        return len(found)

    made.initiative(cast, "One")
    few = asked()
    for number in range(30):
        made.initiative(cast, f"Another {number}", reporter=made.organisation(f"Organisation {number}"))
    assert asked() <= few + 1  # pages of the list


def test_to_take_along(cast: Cast, several: None) -> None:
    client = as_(cast.member)
    table = client.get(reverse("initiatives:register_xlsx", args=["RS"]) + "?published=yes")
    rows = list(openpyxl.load_workbook(io.BytesIO(table.content)).active.values)
    assert [row[0] for row in rows] == ["Title", "Delta published"]
    assert "UNICEF Serbia" in rows[1]
    paper = client.get(reverse("initiatives:register_pdf", args=["RS"]))
    assert paper.content.startswith(b"%PDF")
    assert as_(cast.stranger).get(reverse("initiatives:register_xlsx", args=["RS"])).status_code == 404


@pytest.mark.parametrize(("query", "is_open"), [("", False), ("?theme=curriculum", False), ("?confirmed=no", True)])
def test_filters_that_are_folded_away_show_when_they_narrow(cast: Cast, query: str, is_open: bool) -> None:
    assert as_(cast.member).get(f"{ROOM}{query}").context["form_of_filters"].asks_more is is_open
    assert (
        '<details class="govuk-details" open>' in as_(cast.member).get(f"{ROOM}{query}").content.decode()
    ) is is_open


def test_days_of_the_table_are_days(cast: Cast) -> None:
    made.initiative(cast, actual_start=date(2026, 3, 1), planned_end=date(2027, 1, 1))
    table = as_(cast.member).get(reverse("initiatives:register_xlsx", args=["RS"]))
    heads, row = list(openpyxl.load_workbook(io.BytesIO(table.content)).active.values)
    told = dict(zip(heads, row, strict=True))
    assert [told["Begins"].date(), told["Ends"].date()] == [date(2026, 3, 1), date(2027, 1, 1)]


def test_a_partner_takes_along_only_what_it_sees(cast: Cast, several: None) -> None:
    table = as_(cast.partner).get(reverse("initiatives:register_xlsx", args=["RS"]))
    rows = list(openpyxl.load_workbook(io.BytesIO(table.content)).active.values)
    assert [row[0] for row in rows[1:]] == ["Delta published"]
