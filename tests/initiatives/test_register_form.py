"""An initiative registered and changed by hand, through the page."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from learnin.initiatives.formats.record import (
    Contact,
    Link,
    Money,
    MoneyKind,
    Party,
    People,
    Place,
    Reach,
    Record,
    Role,
    Share,
    Status,
    Text,
)
from learnin.initiatives.forms import register as forms
from learnin.initiatives.models import Initiative, Organisation
from learnin.initiatives.queries.records import record_of, whole
from learnin.journal.models import Entry
from learnin.people.operations import choose_language
from tests.cast import NOW, Cast, as_
from tests.initiatives import made
from tests.initiatives.test_kept import FULL

pytestmark = pytest.mark.django_db

ADD = reverse("initiatives:add_initiative", args=["RS"])
LEAST = {"texts-0-language": "en", "texts-0-title": "Tablets for schools", "reporter": "Fund for Schools"}


def _change(one: Initiative) -> str:
    return reverse("initiatives:change_initiative", args=[one.pk])


def _filled(cast: Cast, url: str, language: str = "en") -> dict[str, Any]:
    """What a browser would send from the page as it came."""
    form = _speaking(cast, language).get(url).context["form"]
    with translation.override(language):
        values = [(bound, bound.value()) for bound in form]
    sent: dict[str, Any] = {}
    for bound, value in values:
        if isinstance(value, date):
            sent |= {
                f"{bound.name}-day": value.day,
                f"{bound.name}-month": value.month,
                f"{bound.name}-year": value.year,
            }
        elif value is True:
            sent[bound.name] = "on"
        elif value is not False and value not in (None, "", []):
            sent[bound.name] = value
    return sent


def _speaking(cast: Cast, language: str) -> Client:
    """The browser of the chair, in a language."""
    choose_language(cast.chair, language=language, by=cast.chair, now=NOW)
    return as_(cast.chair)


def _record(one: Initiative) -> Record:
    return record_of(whole(one.pk))


def _only() -> Initiative:
    return Initiative.objects.get()


@pytest.mark.parametrize(
    ("who", "status"), [("chair", 302), ("member", 302), ("partner", 302), ("stranger", 404), ("regional", 302)]
)
def test_who_may_register(cast: Cast, who: str, status: int) -> None:
    assert as_(getattr(cast, who)).post(ADD, LEAST).status_code == status
    assert Initiative.objects.count() == (status == 302)


def test_what_a_person_writes_is_confirmed_by_it(cast: Cast) -> None:
    answer = as_(cast.partner).post(ADD, LEAST)
    made_one = _only()
    assert answer["Location"] == made_one.url
    assert made_one.confirmed_by == cast.partner
    assert made_one.language == "en"
    assert str(made_one.reporter) == "Fund for Schools"
    assert Entry.objects.get(verb="initiative.registered").by == cast.partner


def test_everything_one_can_write(cast: Cast) -> None:
    sent = LEAST | {
        "texts-0-general": "Ten thousand tablets", "texts-0-objectives": "Each child reads",
        "texts-1-language": "sr", "texts-1-title": "Таблети за школе", "texts-1-targets": "Ђаци",
        "identifier": "RS-APR-1-7", "is_secondary": "on", "status": "2", "scope": "5",
        "planned_start-day": "1", "planned_start-month": "9", "planned_start-year": "2026",
        "planned_end-day": "30", "planned_end-month": "6", "planned_end-year": "2028",
        "themes": ["devices"], "audiences": ["teachers", "parents"], "components": ["technology"], "isced": ["1"],
        "sdg": ["4.1"], "parties-0-name": "Ministry of Education", "parties-0-role": "4",
        "parties-1-name": "Fund for Schools", "parties-1-role": "1",
        "places-0-area": "RS-00", "places-0-reach": "2", "places-0-name": "Zemun", "places-0-latitude": "44.84",
        "places-0-longitude": "20.4", "sectors-0-code": "11220", "sectors-0-percentage": "100",
        "people-0-audience": "teachers", "people-0-planned": "500", "money-0-kind": "commitment",
        "money-0-amount": "1250000.50", "money-0-currency": "eur", "links-0-url": "https://example.org/t",
        "links-0-title": "The page", "contact_person": "Nina", "contact_email": "nina@example.org",
    }  # fmt: skip
    assert as_(cast.chair).post(ADD, sent).status_code == 302
    told = _record(_only())
    assert told.titles == (Text("Tablets for schools", "en"), Text("Таблети за школе", "sr"))
    assert [(one.words, one.language, one.purpose) for one in told.descriptions] == [
        ("Ten thousand tablets", "en", "1"), ("Each child reads", "en", "2"), ("Ђаци", "sr", "3"),
    ]  # fmt: skip
    assert told.places == (Place("RS", "RS-00", "Zemun", "", "", 44.84, 20.4, Reach.BENEFICIARIES),)
    assert [(party.organisation.name, party.role) for party in told.parties] == [
        ("Ministry of Education", Role.IMPLEMENTING), ("Fund for Schools", Role.FUNDING),
    ]  # fmt: skip
    assert told.money == (Money(Decimal("1250000.5"), "EUR", MoneyKind.COMMITMENT),)
    assert told.people == (People("teachers", planned=500),)
    assert told.sectors == (Share("11220", Decimal("100")),)
    assert told.links == (Link("https://example.org/t", "The page"),)
    assert told.contact == Contact(person="Nina", email="nina@example.org")
    assert (told.identifier, told.is_secondary, told.status, told.scope) == (
        "RS-APR-1-7",
        True,
        Status.IMPLEMENTATION,
        "5",
    )
    assert (told.planned_start, told.planned_end) == (date(2026, 9, 1), date(2028, 6, 30))
    assert (told.themes, told.audiences, told.components) == (("devices",), ("teachers", "parents"), ("technology",))
    assert (told.isced, told.sdg) == (("1",), ("4.1",))
    assert Organisation.objects.filter(names__en="Fund for Schools").count() == 1


@pytest.mark.parametrize(
    ("sent", "box", "words"),
    [
        ({"texts-0-title": ""}, "texts-0-title", "Write the title"),
        ({"reporter": ""}, "reporter", "which organisation"),
        ({"texts-1-language": "en", "texts-1-title": "Again"}, "texts-1-language", "above already"),
        ({"parties-0-name": "Ministry"}, "parties-0-role", "what this organisation does"),
        ({"parties-0-role": "4"}, "parties-0-name", "which organisation"),
        ({"money-0-amount": "10"}, "money-0-currency", "which currency"),
        ({"money-0-amount": "10", "money-0-currency": "QQQ"}, "money-0-currency", "no currency"),
        ({"money-0-amount": "a lot", "money-0-currency": "EUR"}, "money-0-amount", "“Amount”: write a number"),
        ({"places-0-latitude": "44"}, "places-0-longitude", "latitude and longitude"),
        ({"places-0-latitude": "99", "places-0-longitude": "1"}, "places-0-latitude", "“Latitude”: write 90 or less"),
        ({"people-0-planned": "-5"}, "people-0-planned", "“People planned”: write 0 or more"),
        ({"people-0-reached": "1.5"}, "people-0-reached", "“People reached”: write a whole number, not “1.5”"),
        ({"money-0-amount": "1.200", "money-0-currency": "EUR"}, "money-0-amount", "Write 1200 or 1.2"),
        ({"texts-0-title": "x" * 501}, "texts-0-title", "“Title”: at most 500 characters"),
        ({"people-0-audience": "teachers"}, "people-0-planned", "how many people"),
        ({"sectors-0-percentage": "40"}, "sectors-0-code", "Choose the purpose"),
        ({"links-0-url": "javascript:alert(1)"}, "links-0-url", "“Address”: write a web address"),
        (
            {"actual_start": "2026-05-01", "planned_end": "2025-05-01"},
            "planned_end",
            "must not be before the beginning",
        ),
    ],
)
def test_a_mistake_is_told_at_its_box(cast: Cast, sent: dict[str, str], box: str, words: str) -> None:
    page = as_(cast.chair).post(ADD, LEAST | sent)
    assert page.status_code == 422
    assert words in str(page.context["form"].errors[box])
    assert f'href="#id_{box}' in page.content.decode()
    assert not Initiative.objects.exists()


def test_an_identifier_that_is_there_is_told_at_its_box(cast: Cast) -> None:
    made.initiative(cast, identifier="XM-1")
    page = as_(cast.chair).post(ADD, LEAST | {"identifier": "XM-1"})
    assert page.status_code == 422
    assert "identifier" in page.context["form"].errors


def test_one_more_row_without_scripts(cast: Cast) -> None:
    page = as_(cast.chair).post(ADD, {"texts-0-title": "Half", "parties-0-name": "Ministry", "more": "parties"})
    assert page.status_code == 200
    form = page.context["form"]
    assert form["texts-0-title"].value() == "Half"
    assert form["parties-0-name"].value() == "Ministry"
    assert "parties-1-name" in form.fields
    assert "parties-2-name" not in form.fields
    assert not form.errors
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(
    "record", [FULL, made.record(), Record(titles=(Text("Без језика"),), reporter=made.organisation("X"))]
)
@pytest.mark.parametrize("language", ["en", "sr"])
def test_a_form_nobody_changed_changes_nothing(cast: Cast, record: Record, language: str) -> None:
    known = replace(record, money=tuple(replace(one, currency="EUR") for one in record.money))
    one = made.registering.register(cast.home, record=known, by=cast.chair, now=NOW, origin=Initiative.Origin.IATI)
    before = _record(one)
    sent = _filled(cast, _change(one), language)
    assert _speaking(cast, language).post(_change(one), sent).status_code == 302
    assert _record(one) == before
    assert not Entry.objects.filter(verb="initiative.changed").exists()


def test_numbers_are_read_as_people_type_them(cast: Cast) -> None:
    typed = {
        "people-0-planned": "1.200", "people-0-reached": "1\N{NO-BREAK SPACE}150",
        "money-0-amount": "1.250.000,50", "money-0-currency": "EUR",
        "places-0-name": "Beograd", "places-0-latitude": "44,787", "places-0-longitude": "20.449",
        "sectors-0-code": "11130", "sectors-0-percentage": "62,5 %",
    }  # fmt: skip
    assert _speaking(cast, "sr").post(ADD, LEAST | typed).status_code == 302
    kept = _record(_only())
    assert (kept.people[0].planned, kept.people[0].reached) == (1200, 1150)
    assert kept.money[0].amount == Decimal("1250000.50")
    assert (kept.places[0].latitude, kept.places[0].longitude) == (44.787, 20.449)
    assert kept.sectors[0].percentage == Decimal("62.5")
    shown = _speaking(cast, "sr").get(_change(_only())).content.decode()
    assert 'name="money-0-amount" value="1250000,5"' in shown
    assert 'name="places-0-latitude" value="44,787"' in shown


def test_a_change_is_written_down_and_the_rest_stays(cast: Cast) -> None:
    one = made.registering.register(cast.home, record=FULL, by=cast.chair, now=NOW, origin=Initiative.Origin.IATI)
    sent = _filled(cast, _change(one)) | {"texts-0-title": "Digital skills for all"}
    assert as_(cast.chair).post(_change(one), sent).status_code == 302
    told = _record(one)
    assert told.titles[0] == Text("Digital skills for all", "en")
    assert (told.related, told.identifiers, told.countries) == (FULL.related, FULL.identifiers, FULL.countries)
    assert not whole(one.pk).is_confirmed
    page = as_(cast.chair).get(one.url).content.decode()
    assert "Digital skills (English); Дигиталне вештине (Serbian)" in page
    assert "Digital skills for all (English); Дигиталне вештине (Serbian)" in page


def test_somebody_changed_it_meanwhile(cast: Cast) -> None:
    one = made.initiative(cast)
    mine = _filled(cast, _change(one)) | {"texts-0-title": "Mine"}
    theirs = _filled(cast, _change(one)) | {"texts-0-title": "Theirs"}
    assert as_(cast.regional).post(_change(one), theirs).status_code == 302
    page = as_(cast.chair).post(_change(one), mine)
    assert page.status_code == 422
    assert "Somebody changed this initiative" in page.content.decode()
    assert _record(one).title == "Theirs"


def test_a_draft_and_its_end(cast: Cast) -> None:
    client = as_(cast.partner)
    assert client.post(ADD, LEAST | {"draft": "yes"}).status_code == 302
    one = _only()
    assert one.is_draft
    assert not one.is_confirmed
    assert as_(cast.member).get(one.url).status_code == 404
    kept = _filled(cast, _change(one)) | {"draft": "yes", "scope": "4"}
    assert client.post(_change(one), kept).status_code == 302
    one.refresh_from_db()
    assert one.is_draft
    assert client.post(_change(one), _filled(cast, _change(one))).status_code == 302
    one.refresh_from_db()
    assert not one.is_draft
    assert one.confirmed_by == cast.partner
    assert as_(cast.member).get(one.url).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("chair", 200), ("member", 403), ("partner", 404), ("stranger", 404)])
def test_who_may_change(cast: Cast, who: str, status: int) -> None:
    one = made.initiative(cast)
    assert as_(getattr(cast, who)).get(_change(one)).status_code == status


def test_a_partner_changes_what_its_organisation_tells(cast: Cast) -> None:
    one = made.initiative(cast, reporter=made.organisation("Fund for Schools"))
    made.represent(cast, "Fund for Schools", cast.partner)
    assert as_(cast.partner).get(_change(one)).status_code == 200
    assert as_(cast.partner).get(ADD).context["form"]["reporter"].value() == "Fund for Schools"


def test_a_partner_is_not_offered_organisations_it_must_not_know_of(cast: Cast) -> None:
    made.initiative(cast, reporter=made.organisation("Secret donor"))
    made.initiative(cast, "Mine", by=cast.partner, reporter=made.organisation("Own fund"))
    offered = as_(cast.partner).get(ADD).context["form"].offered
    assert "Own fund" in offered
    assert "Secret donor" not in offered
    assert "Secret donor" in as_(cast.member).get(ADD).context["form"].offered


def test_a_form_of_many_rows_asks_no_more_than_one_of_few(cast: Cast) -> None:
    def asked(one: Initiative) -> int:
        client = as_(cast.chair)
        with CaptureQueriesContext(connection) as found:
            assert client.get(_change(one)).status_code == 200
        return len(found)

    few = made.initiative(cast, "Few")
    places = tuple(Place(country="RS", area="RS-00", name=f"Place {number}") for number in range(20))
    many = made.initiative(cast, "Many", places=places, links=tuple(Link(f"https://e.org/{n}") for n in range(20)))
    assert asked(many) == asked(few)


def test_of_many_organisations_those_used_most_are_listed_and_all_are_known(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MOST_OFFERED", 2)
    for name in ("Seldom Used", "Used Once", "Used Twice"):
        made.kept_organisation(cast, name)
    made.initiative(cast, "First", reporter=made.organisation("Used Twice"), parties=())
    of_both = Party(made.organisation("Used Twice"), Role.FUNDING)
    one = made.initiative(cast, "Second", reporter=made.organisation("Used Once"), parties=(of_both,))
    seldom = made.initiative(cast, "Third", reporter=made.organisation("Also Once"), parties=())
    page = as_(cast.chair).get(ADD).content.decode()
    offered = re.findall(r'<option value="([^"]+)"></option>', page)
    assert offered == ["Used Once", "Used Twice"]
    page = as_(cast.chair).get(_change(seldom)).content.decode()
    assert '<option value="Also Once"></option>' in page
    before = Organisation.objects.count()
    answer = as_(cast.chair).post(ADD, LEAST | {"reporter": "seldom used"})
    assert answer.status_code == 302
    assert Organisation.objects.count() == before
    assert str(Initiative.objects.order_by("-pk")[0].reporter) == "Seldom Used"
    assert str(one.reporter) == "Used Once"
