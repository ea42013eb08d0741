"""Whatever stands in an address, a query, a cookie or a form: an answer, never a breakdown. On both databases."""

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, as_
from tests.house import addresses
from tests.house.addresses import Address
from tests.world import World, world

NUL = "a\x00b"
NUMBERS = (0, 2**31, 2**63 - 1, 2**63, 10**30, int("9" * 4200))
TEXTS = (NUL, "RS\x00", "рс", "%", "'", "\ud800", "<b>", "x" * 500)
QUERIES = (
    {"q": NUL, "page": NUL, "language": NUL, "state": NUL, "by": NUL, "verb": NUL, "kind": NUL, "words": NUL},
    {"q": "\ud800%_\\", "page": "9" * 5000, "by": "9" * 30, "kind": ".", "since": "9999-12-31", "until": "9999-12-31"},
    {"page": "-1", "since-day": "31", "since-month": "2", "since-year": "9" * 30, "until": "0001-01-01"},
    {"until": "9999-12-31", "since": "0001-01-01", "q": "x" * 3000, "state": "x", "sort": "x"},
)
FIELD = re.compile(r"<(?:input|select|textarea)[^>]*\bname=\"([^\"]+)\"")


@pytest.fixture
def furnished(cast: Cast) -> World:
    """The cast in a home country where something of everything stands."""
    return world(cast)


def breakdowns(client: Client, asked: list[tuple[str, str, dict]]) -> list[str]:
    """Which of these (method, url, what is sent) break."""
    client.raise_request_exception = False
    broken = []
    for method, url, sent in asked:
        response = client.get(url, sent) if method == "GET" else client.post(url, sent)
        addresses.content(response)
        if response.status_code >= 500:
            broken.append(f"{method} {url[:80]} {sent}"[:300])
    return broken


def _urls(address: Address, furnished: World) -> list[str]:
    """The address with something strange in the place of each of its arguments."""
    given = [addresses.argument(kwarg, address.name, furnished) for kwarg in address.kwargs]
    right = address.url(furnished)
    return [
        re.sub(rf"/{re.escape(str(value))}(?=[/.]|$)", "/" + _quoted(one), right, count=1)
        for value in given
        for one in (NUMBERS if isinstance(value, int) else () if isinstance(value, UUID) else TEXTS)
    ]


def _quoted(value: object) -> str:
    return "".join(f"%{byte:02X}" for byte in str(value).encode("utf-8", "surrogatepass"))


def test_strange_addresses(furnished: World) -> None:
    """Numbers no database keeps, letters no country has."""
    client = as_(furnished.cast.regional)
    asked = [(address.method, url, {}) for address in addresses.every() for url in _urls(address, furnished)]
    assert len(asked) > 200
    assert breakdowns(client, asked) == []


def test_strange_queries(furnished: World) -> None:
    """Pages, days and filters that nobody would write."""
    client = as_(furnished.cast.regional)
    pages = [address.url(furnished) for address in addresses.every() if address.method == "GET"]
    assert breakdowns(client, [("GET", page, _sendable(query)) for page in pages for query in QUERIES]) == []


def _sendable(query: dict[str, str]) -> dict[str, bytes]:
    return {name: value.encode("utf-8", "surrogatepass") for name, value in query.items()}


@pytest.mark.parametrize("player", ["regional", "anonymous"])
def test_strange_forms(furnished: World, player: str) -> None:
    """Every field of every form, filled with what nobody would write."""
    fillings = (NUL, "9" * 30, "x" * 5000)
    asked = []
    for address in addresses.pages():
        if address.method == "GET" or "logout" in address.name:
            continue
        url = address.url(furnished)
        shown = as_(furnished.players[player]).get(url)
        text = addresses.content(shown).decode("utf-8", "replace")
        names = {*FIELD.findall(text), "language", "next", "name", "email"} - {"csrfmiddlewaretoken"}
        asked += [("POST", url, dict.fromkeys(names, filling)) for filling in fillings]
    broken = [one for single in asked for one in breakdowns(as_(furnished.players[player]), [single])]
    assert len(asked) > 90
    assert broken == []


def test_strange_cookies(furnished: World) -> None:
    """A NUL in a cookie, as a quoted cookie can carry it."""
    for name in ("sessionid", "csrftoken", "django_language", "messages"):
        client = Client()
        client.raise_request_exception = False
        answer = client.get(reverse("home:start"), headers={"cookie": rf'{name}="\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"'})
        assert answer.status_code == 400, name


def test_a_nul_is_refused_and_other_letters_are_not(furnished: World) -> None:
    """Pages say so with a page, the API in JSON."""
    client = as_(furnished.cast.member)
    assert client.get("/search/?q=%00").status_code == 400
    assert client.get("/c/R%00/").status_code == 400
    assert client.get("/search/?q=%D0%A1").status_code == 200
    refused = client.get("/api/countries/R%00")
    assert (refused.status_code, refused["Content-Type"]) == (400, "application/json")
