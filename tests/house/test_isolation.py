"""Nothing of a country reaches those who have no role in it: no name, no title, no letter, no file."""

import io
import re
import zipfile

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from learnin.compute import folding
from learnin.journal.models import Entry
from learnin.kit.columns import CodesField
from learnin.people.models import Country, Person
from tests.cast import Cast, as_
from tests.house import addresses
from tests.world import World, world

MARK = "Quixandria"
LOOKED_UP = ("role", "country", "kind")
BY_LINK = {
    "people:invitation",
    "journal:stop_digest",
    "taskforce:activity_answer",
    "taskforce:answer",
    "taskforce:calendar",
    "initiatives:agreement_answer",
    "assessment:invited",
    "assessment:answer_draft",
    "assessment:plain_form_later",
    "assessment:stop_letters",
    *(
        f"assessment:collect_{door}_{room}"
        for door in ("open", "draft", "key")
        for room in ("form_list", "form", "manifest", "medium")
    ),
}  # open to who has the letter, or the key on the card
KEPT = {
    "hash", "nonce", "verb", "on_app", "on_model", "password", "time_zone", "state", "file", "language", "kind", "seal",
    "draft",
}  # fmt: skip


def plant(furnished: World, reader: Person | None) -> int:
    """Write the mark into every text but the reader's own and other countries'; returns how many rows carry it."""
    planted = 0
    for model in apps.get_models():
        fields = [field for field in model._meta.concrete_fields if _is_text(field)]
        if not model.__module__.startswith("learnin.") or not fields:
            continue
        for row in models.QuerySet(model).order_by("pk"):
            if _is_home(row, furnished) and not _is_of(row, reader):
                texts = {field.attname: _marked(field, row) for field in fields}
                models.QuerySet(model).filter(pk=row.pk).update(**texts)
                planted += 1
    for address in EmailAddress.objects.select_related("user"):
        EmailAddress.objects.filter(pk=address.pk).update(email=address.user.email)
    return planted


def _is_home(row: models.Model, furnished: World) -> bool:
    """What stands in the home country, or in none."""
    places = {getattr(row, "country_id", None)} | ({row.pk} if isinstance(row, Country) else set())
    return places <= {None, furnished.cast.home.pk}


def _is_of(row: models.Model, reader: Person | None) -> bool:
    """What is the reader's own: their data, notices, tokens, and the lines about them."""
    if reader is None:
        return False
    if isinstance(row, Entry):
        return row.by_id == reader.pk or (row.on_model, row.on_id) == ("person", str(reader.pk))
    return row == reader or reader.pk in (getattr(row, "person_id", None), getattr(row, "by_id", None))


def _is_text(field: models.Field) -> bool:
    is_free = isinstance(field, models.CharField | models.TextField | models.JSONField)
    is_kept = field.name in KEPT or isinstance(field, CodesField)
    return is_free and not (field.primary_key or field.choices or is_kept or field.name == "code")


def _marked(field: models.Field, row: models.Model) -> object:
    if isinstance(field, models.JSONField):
        return _marked_inside(getattr(row, field.attname))
    if isinstance(field, models.EmailField):
        return f"{MARK}.{row.pk}@example.org".lower()
    if field.name == "search_keys":
        return folding.search_keys(MARK)
    return f"{MARK} {row.pk}"[: field.max_length or 40] if field.name != "url" else f"/{MARK}/"


def _marked_inside(value: object) -> object:
    """The same JSON with the mark in it; codes of roles, countries and kinds stay, since pages look them up."""
    if isinstance(value, dict):
        return {key: inner if key in LOOKED_UP else _marked_inside(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_marked_inside(inner) for inner in value]
    return MARK if isinstance(value, str) else value


def readable(content: bytes) -> str:
    """What a person finds in an answer, also in a spreadsheet."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode("utf-8", "replace")


def everything_read(client: Client, furnished: World) -> dict[str, str]:
    """Every answer to a GET, and searches for the mark written in other ways."""
    asked = [address for address in addresses.every() if address.method == "GET" and address.name not in BY_LINK]
    urls = [address.url(furnished) for address in asked]
    search = reverse("home:search")
    wanted = [*dict.fromkeys(urls), f"{search}?q={MARK[:6].lower()}", f"{search}?q=КВИКСАНДРИА", f"{search}?q=serb"]
    client.raise_request_exception = False
    read = {}
    for url in wanted:
        response = client.get(url)
        assert response.status_code < 500, url
        read[url] = readable(addresses.content(response)) + "".join(
            f"{name}: {value}\n" for name, value in response.items()
        )
    return read


def leaks(player: str, furnished: World) -> list[str]:
    """Where this player reads the mark, in a home country that is not public."""
    reader = furnished.players[player]
    assert plant(furnished, reader) > 40
    read = everything_read(as_(reader), furnished)
    return [url for url, text in read.items() if MARK.lower() in text.lower()]


@pytest.fixture
def furnished(cast: Cast) -> World:
    """A home country that is not public."""
    return world(cast, is_public=False)


@pytest.mark.parametrize("player", ["stranger", "nobody", "anonymous"])
def test_a_stranger_reads_nothing_of_the_home_country(furnished: World, player: str) -> None:
    """No page, list, search, export, file or operation of the API."""
    assert leaks(player, furnished) == []


def test_the_mark_shows_where_it_may(furnished: World) -> None:
    """The sweep bites: the chair finds the mark on most pages of the home country."""
    seen = leaks("chair", furnished)
    home = reverse("home:country", args=[furnished.cast.home.code])
    for url in (home, f"{home}people/", f"{home}documents/", f"{home}journal/", f"{home}journal.xlsx"):
        assert url in seen
    assert "/api/countries/RS/people" in seen
    assert any("?q=" in url for url in seen)


def test_there_and_not_there_look_the_same(furnished: World) -> None:
    """A stranger's 404 says nothing: not the name, not even whether anything is there."""
    client = as_(furnished.cast.stranger)
    compared = 0
    for address in addresses.every():
        if address.method != "GET" or not {"pk", "code"} & set(address.kwargs):
            continue
        url = address.url(furnished)
        response = client.get(url)
        if response.status_code != 404:
            continue
        given = {kwarg: addresses.argument(kwarg, address.name, furnished) for kwarg in address.kwargs}
        missing = {kwarg: _missing(value) for kwarg, value in given.items() if kwarg in ("pk", "code")}
        other = addresses.Address(address.name, "GET").name
        elsewhere = other.format(**given | missing) if other[0] == "/" else reverse(other, kwargs=given | missing)
        assert _plain(client.get(elsewhere).content, elsewhere) == _plain(response.content, url), url
        compared += 1
    assert compared > 10


def _missing(value: object) -> object:
    """Something of the same shape that was never there."""
    if isinstance(value, int):
        return value + 10_000
    return "ZZ" if isinstance(value, str) else type(value)(int=1)


def _plain(content: bytes, url: str) -> str:
    """A page without what differs from visit to visit."""
    text = content.decode().replace(url, "HERE")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|datetime="[^"]*"|\d\d:\d\d', "", text)
