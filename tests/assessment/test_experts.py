"""The list of experts: only who agreed stands there, and whoever leaves or is erased is forgotten."""

import pytest
from django.urls import reverse

from learnin.assessment.models import Expert
from learnin.people import operations as people
from tests.assessment.test_evidence import verbs
from tests.cast import NOW

NINA = {
    "name": "Nina Uzorak",
    "email": "nina@example.org",
    "organisation": "Institute",
    "skills": "Designs courses",
    "themes": ["distance-learning"],
    "languages": ["sr", "en"],
    "agreed_on": "2026-11-01",
    "has_agreed": "on",
}


def url(name, *args):
    return reverse(f"assessment:{name}", args=args)


def add(client, **changes):
    return client.post(url("add_expert", "RS"), NINA | changes)


def test_somebody_who_agreed_is_listed_with_the_day(cast, as_):
    client = as_(cast.member)
    assert add(client).status_code == 302
    page = client.get(url("experts", "RS")).content.decode()
    assert "Nina Uzorak" in page
    assert "Agreed on 1\xa0November\xa02026." in page
    assert "Speaks: Serbian, English." in page
    assert f'id="expert-{Expert.objects.get().pk}"' in page


def test_nobody_is_listed_without_having_agreed(cast, as_):
    answer = add(as_(cast.member), has_agreed="")
    assert answer.status_code == 422
    assert not Expert.objects.exists()


def test_experts_are_found_by_theme(cast, as_):
    client = as_(cast.member)
    add(client)
    assert "Nina" in client.get(url("experts", "RS"), {"theme": "distance-learning"}).content.decode()
    assert "Nina" not in client.get(url("experts", "RS"), {"theme": "curriculum"}).content.decode()


def test_what_they_can_do_changes_and_the_line_keeps_no_address(cast, as_):
    client = as_(cast.member)
    add(client)
    one = Expert.objects.get()
    client.post(url("expert", one.pk), NINA | {"skills": "Trains trainers", "email": "new@example.org"})
    one.refresh_from_db()
    assert (one.skills, one.email) == ("Trains trainers", "new@example.org")
    page = client.get(reverse("journal:entries_on", args=["assessment", "expert", one.pk])).content.decode()
    assert "Trains trainers" in page
    assert "new@example.org" not in page


def test_whoever_leaves_the_list_is_forgotten(cast, as_):
    client = as_(cast.member)
    add(client)
    one = Expert.objects.get()
    client.post(url("withdraw_expert", one.pk))
    one.refresh_from_db()
    assert (one.name, one.email, one.skills, one.languages) == ("", "", "", [])
    assert one.withdrawn_at
    assert not one.themes.exists()
    assert "Nina" not in client.get(url("experts", "RS")).content.decode()
    assert verbs("expert.") == ["expert.added", "expert.withdrawn"]
    refused = client.post(url("expert", one.pk), NINA)
    assert refused.status_code == 422
    assert "no longer on the list" in refused.content.decode()


def test_whoever_is_erased_is_forgotten(cast, as_):
    add(as_(cast.chair), name=cast.member.name, email=cast.member.email)
    one = Expert.objects.get()
    assert one.person == cast.member
    people.ask_for_erasure(cast.member, now=NOW)
    people.erase(cast.member, by=cast.regional, now=NOW)
    one.refresh_from_db()
    assert one.name == f"Former member {cast.member.pk}"
    assert (one.email, one.skills) == ("", "")
    assert one.withdrawn_at


@pytest.mark.parametrize("player", ["analyst", "translator"])
def test_addresses_are_for_those_who_see_the_people(cast, as_, player):
    from tests import cast as players

    add(as_(cast.member))
    reader = players.person("Reader")
    players.role(reader, player, cast.home)
    page = as_(reader).get(url("experts", "RS")).content.decode()
    assert "Nina Uzorak" in page
    assert ("nina@example.org" in page) == (player == "analyst")
