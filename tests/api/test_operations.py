"""What programs can do: the same as the pages, behind the same gate."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from learnin.journal.models import Entry
from learnin.journal.operations import entries
from learnin.people.models import Invitation, Role
from tests import world
from tests.cast import NOW, Cast, as_
from tests.world import World

INVITATIONS = "/api/countries/RS/invitations"
ANA = {"name": "Ana", "email": "Ana@Example.org", "kind": "member", "language": "sr"}


@pytest.fixture
def furnished(cast: Cast) -> World:
    """The cast in a home country where something of everything stands."""
    return world.world(cast)


def send(client: Client, url: str, body: object) -> tuple[int, dict]:
    """POST as JSON: the status and what is told."""
    answer = client.post(url, body, content_type="application/json")
    return answer.status_code, answer.json()


def test_countries_are_those_one_may_see(cast: Cast) -> None:
    """One for the chair, all for the region, none for nobody."""
    told = as_(cast.chair).get("/api/countries").json()
    assert (told["count"], [one["code"] for one in told["items"]]) == (1, ["RS"])
    assert as_(cast.regional).get("/api/countries").json()["count"] >= 22


def test_lists_come_in_pieces(cast: Cast) -> None:
    """At most 200 rows in an answer; the pieces make the whole, in one order."""
    client = as_(cast.member)
    whole = client.get("/api/countries/RS/areas", {"limit": 200}).json()
    pieces = [client.get("/api/countries/RS/areas", {"limit": 10, "offset": at}).json() for at in (0, 10, 20)]
    assert [one for piece in pieces for one in piece["items"]] == whole["items"]
    assert whole["count"] == len(whole["items"]) == 25
    assert client.get("/api/countries/RS/areas", {"limit": 201}).status_code == 422
    assert client.get("/api/countries/RS/areas", {"limit": 0}).status_code == 422


def test_addresses_are_for_those_who_see_people(cast: Cast) -> None:
    """A member reads who is here; a partner does not; a stranger learns nothing."""
    told = as_(cast.member).get("/api/countries/RS/people").json()
    assert [(one["name"], one["email"]) for one in told["items"]] == [
        ("Chair", "chair@example.org"),
        ("Member", "member@example.org"),
        ("Partner", "partner@example.org"),
    ]
    assert as_(cast.partner).get("/api/countries/RS/people").status_code == 403
    assert as_(cast.stranger).get("/api/countries/RS/people").status_code == 404


def test_invite_and_take_back(cast: Cast) -> None:
    """The letter leaves; a second one to the same person is refused in words."""
    client = as_(cast.chair)
    status, sent = send(client, INVITATIONS, ANA)
    assert (status, sent["email"], sent["country"]) == (201, "ana@example.org", "RS")
    assert Invitation.objects.get().sent_by == cast.chair
    status, refused = send(client, INVITATIONS, ANA)
    assert (status, refused["title"]) == (409, "Conflict")
    assert "open invitation" in refused["detail"]
    status, revoked = send(client, f"/api/invitations/{sent['id']}/revoke", {})
    assert (status, bool(revoked["revoked_at"])) == (200, True)
    assert client.get(INVITATIONS).json()["count"] == 0
    assert len(mail.outbox) <= 1


def test_the_form_of_the_page_judges(cast: Cast) -> None:
    """The same words about the same mistakes, each with its place."""
    status, told = send(as_(cast.chair), INVITATIONS, ANA | {"email": "ana", "ends_on": "2020-01-01"})
    assert status == 422
    assert told["errors"] == [
        {"where": "body.email", "why": "Write an e-mail address like name@example.org"},
        {"where": "body.ends_on", "why": "The last day must be today or later."},
    ]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({**ANA, "name": "A\x00na"}, "body.name"),
        ({**ANA, "kind": "queen"}, "body.kind"),
        ({**ANA, "language": "xx"}, "body.language"),
        ({**ANA, "extra": 1}, "body.extra"),
        ([], "body"),
    ],
)
def test_another_shape_is_refused(cast: Cast, body: object, where: str) -> None:
    """Strict types: nothing is guessed."""
    status, told = send(as_(cast.chair), INVITATIONS, body)
    assert (status, told["errors"][0]["where"]) == (422, where)


def test_only_json_is_read(cast: Cast) -> None:
    """A form is no JSON; broken JSON is told."""
    client = as_(cast.chair)
    assert client.post(INVITATIONS, ANA).status_code == 415
    assert client.post(INVITATIONS, "{", content_type="application/json").status_code == 422
    assert client.post(INVITATIONS, b"\xff", content_type="application/json").status_code == 422


def test_the_gate_comes_before_the_body(cast: Cast) -> None:
    """Whoever may not act hears so, whatever was sent."""
    for player, expected in ((cast.member, 403), (cast.stranger, 404)):
        assert as_(player).post(INVITATIONS, "{", content_type="application/json").status_code == expected


def test_a_role_one_may_not_give_is_refused(cast: Cast) -> None:
    """The chair does not make country administrators."""
    status, told = send(as_(cast.chair), INVITATIONS, ANA | {"kind": "country_admin"})
    assert status == 409
    assert "Country administrator" in told["detail"]


def test_end_a_role(furnished: World) -> None:
    """Once; the second time the work says no."""
    client = as_(furnished.cast.chair)
    url = f"/api/roles/{furnished.role.pk}/end"
    status, told = send(client, url, {})
    assert (status, bool(told["ended_at"])) == (200, True)
    assert Role.objects.get(pk=furnished.role.pk).ended_by == furnished.cast.chair
    assert send(client, url, {})[0] == 409


def test_publish_and_withdraw_a_document(furnished: World) -> None:
    """The state is in the answer; the file is behind the gate."""
    client = as_(furnished.cast.chair)
    document = f"/api/documents/{furnished.document.pk}"
    assert send(client, f"{document}/publish", {})[1]["is_public"] is True
    assert send(client, f"{document}/publish", {})[0] == 409
    assert send(client, f"{document}/withdraw", {})[1]["is_public"] is False
    listed = client.get("/api/countries/RS/documents").json()["items"]
    assert {one["title"] for one in listed} == {"The plan", "The order"}
    assert b"".join(client.get(listed[0]["file"]["url"]).streaming_content) == world.PDF


def test_the_journal_in_pieces(furnished: World) -> None:
    """Every line once, newest first, also where many have the same moment and new ones come in."""
    client, url = as_(furnished.cast.member), "/api/countries/RS/journal"
    expected = list(Entry.objects.filter(country="RS").order_by("-at", "-pk").values_list("pk", flat=True))
    read, cursor = [], ""
    while True:
        piece = client.get(url, {"limit": 3, **({"cursor": cursor} if cursor else {})}).json()
        read += [line["id"] for line in piece["items"]]
        entries.write(
            "document.published",
            furnished.document,
            by=None,
            now=NOW + timedelta(days=900),
            country=furnished.cast.home,
        )
        if not (cursor := piece["next"]):
            break
    assert read == expected
    assert len(expected) > 9


def test_the_journal_by_what_one_wants(furnished: World) -> None:
    """By person, verb, kind of thing and day."""
    client, url = as_(furnished.cast.member), "/api/countries/RS/journal"

    def lines(**wanted: object) -> list[dict]:
        return client.get(url, {**wanted, "limit": 200}).json()["items"]

    chair = furnished.cast.chair
    assert {line["by"]["id"] for line in lines(by=chair.pk)} == {chair.pk}
    assert {line["verb"] for line in lines(verb="document.added")} == {"document.added"}
    assert {line["on"]["kind"] for line in lines(kind="journal.document")} == {"journal.document"}
    assert lines(until="2000-01-01") == []
    assert lines(since="9999-12-31") == []


@pytest.mark.parametrize("cursor", ["x", "AAAA", "MjAyNi0xMS0yM1QwOTowMDowMCswMDowMCAw", "OTk5OTk5OSAx"])
def test_a_cursor_of_somebody_elses_is_refused(furnished: World, cursor: str) -> None:
    """422, with the place."""
    answer = as_(furnished.cast.member).get("/api/countries/RS/journal", {"cursor": cursor})
    assert (answer.status_code, answer.json()["errors"][0]["where"]) == (422, "query.cursor")


def test_own_notices(furnished: World) -> None:
    """What I was told, in my language; nobody else's."""
    told = as_(furnished.cast.chair).get("/api/me/notices").json()
    assert told["count"] == len(told["items"]) >= 1
    assert any(item["sentence"].startswith("You have a new role") for item in told["items"])


@pytest.mark.parametrize("pk", ["0", "-1", "9223372036854775808", "1e3", "x"])
def test_numbers_no_database_keeps_are_refused(cast: Cast, pk: str) -> None:
    """Not a breakdown, on either database."""
    assert as_(cast.regional).post(f"/api/roles/{pk}/end").status_code in (404, 422)


def test_an_address_that_is_not_there_says_so_in_json(cast: Cast) -> None:
    """Programs get no pages."""
    answer = as_(cast.member).get("/api/nothing")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
