"""Who gets in where: every address visited as everybody, compared with one table that people can read."""

from pathlib import Path
from types import ModuleType

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

import learnin.urls
from tests.cast import Cast
from tests.house import addresses
from tests.house.addresses import Address
from tests.world import World, world

TABLE = Path(__file__).parent / "access_matrix.md"
PLAYERS = ("anonymous", "nobody", "partner", "member", "chair", "admin", "stranger", "colleague", "regional")
Rows = dict[tuple[str, str], dict[str, str]]


def rows() -> Rows:
    """The table as it is written."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    cells = [[cell.strip(" `") for cell in line.strip("| ").split("|")] for line in lines]
    for _address, *heading in (line for line in cells if line[0] == "Address"):
        assert tuple(heading[1:]) == PLAYERS, f"The columns of {TABLE.name} are {PLAYERS}"
    return {
        (name, method): dict(zip(PLAYERS, answers, strict=True))
        for name, method, *answers in cells
        if method in ("GET", "POST", "PUT", "PATCH", "DELETE")
    }


def unwritten(table: Rows) -> list[str]:
    """What the table does not say, and what it says of addresses that are gone."""
    there = {(address.name, address.method) for address in addresses.every()}
    new, gone = sorted(there - set(table)), sorted(set(table) - there)
    return [
        *(f"{name} {method}: add a row to tests/house/access_matrix.md" for name, method in new),
        *(f"{name} {method}: take the row out of the table, nothing is there" for name, method in gone),
    ]


def differences(furnished: World, player: str, asked: list[Address], table: Rows) -> list[str]:
    """Where somebody is told something else than the table says."""
    return [
        f"{address.name} {address.method} as {player}: {answer}, but the table says {expected}"
        for address, answer in addresses.visit(asked, player, furnished).items()
        if answer != (expected := table[address.name, address.method][player])
    ]


@pytest.fixture
def furnished(cast: Cast) -> World:
    """The cast in a home country where something of everything stands."""
    return world(cast)


def test_every_address_has_its_row() -> None:
    """A new address fails here until somebody decides who may."""
    assert unwritten(rows()) == []
    assert addresses.unsaid() == [], "the schema of the API is silent about these"


@pytest.mark.parametrize("player", PLAYERS)
def test_everybody_gets_what_the_table_says(furnished: World, player: str) -> None:
    """Nobody gets in where the table does not say so; nobody stands before a door that the table opens."""
    table = rows()
    asked = [address for address in addresses.every() if (address.name, address.method) in table]
    assert set(furnished.players) == set(PLAYERS)
    assert differences(furnished, player, asked, table) == []


def test_a_forgotten_gate_is_found(furnished: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A planted fault: the home of a country that asks nobody who they are."""

    @login_not_required
    def open_house(request: HttpRequest, code: str) -> HttpResponse:
        return HttpResponse("Come in")

    home = next(one for one in addresses.found() if one.name == "home:country")
    monkeypatch.setattr(home.pattern, "callback", open_house)
    address = Address("home:country", "GET", ("code",))
    for player, expected in (("stranger", "404"), ("anonymous", "login")):
        assert differences(furnished, player, [address], rows()) == [
            f"home:country GET as {player}: 200, but the table says {expected}"
        ]


def test_a_new_address_is_found() -> None:
    """A planted fault: a page that nobody wrote into the table."""
    grown = ModuleType("grown")
    grown.urlpatterns = [*learnin.urls.urlpatterns, path("new/", lambda request: HttpResponse(""), name="new")]
    with override_settings(ROOT_URLCONF=grown):
        assert unwritten(rows()) == [
            "new GET: add a row to tests/house/access_matrix.md",
            "new POST: add a row to tests/house/access_matrix.md",
        ]


def test_a_row_without_an_address_is_found() -> None:
    """A planted fault: the table speaks of a page that is gone."""
    table = rows() | {("gone", "GET"): dict.fromkeys(PLAYERS, "200")}
    assert unwritten(table) == ["gone GET: take the row out of the table, nothing is there"]


def test_an_address_without_an_object_is_found(furnished: World) -> None:
    """A new argument asks for its own small function."""
    with pytest.raises(addresses.NoArgument, match="write a function of that name"):
        Address("new", "GET", ("meeting",)).url(furnished)
