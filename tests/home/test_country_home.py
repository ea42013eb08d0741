"""The home of a country shows each person what they may see, and what is next for them."""

import pytest
from django.urls import reverse


def home(client, code="RS"):
    return client.get(reverse("home:country", args=[code]))


@pytest.mark.parametrize(
    ("player", "status"), [("chair", 200), ("member", 200), ("partner", 200), ("stranger", 404), ("regional", 200)]
)
def test_who_may_see_it(cast, as_, player, status):
    assert home(as_(getattr(cast, player))).status_code == status


def test_an_observer_sees_neither_people_nor_journal(cast, as_):
    page = home(as_(cast.partner)).content.decode()
    assert "What happened" not in page
    assert "Who works here" not in page


def test_a_member_sees_what_happened(cast, as_):
    page = home(as_(cast.member)).content.decode()
    assert "gave Member a role: Task force member" in page[page.index("What happened") :]


def test_what_is_next_stands_first(cast, as_):
    page = home(as_(cast.chair)).content.decode()
    assert page.index("Next, for you") < page.index("Who works here")
    assert "Tell which languages you speak" in page
    assert "Write the public page" in page


def test_the_number_of_queries_does_not_grow_with_people(cast, as_, django_assert_max_num_queries):
    from learnin.people.roles import Kind
    from tests import cast as players

    for n in range(30):
        players.role(players.person(f"Person {n}"), Kind.MEMBER, cast.home)
    client = as_(cast.chair)
    with django_assert_max_num_queries(25):
        home(client)


def test_signing_in_leads_to_ones_country(cast, as_):
    assert as_(cast.chair).get("/")["Location"] == cast.home.url
    assert as_(cast.regional).get("/")["Location"] == reverse("home:region")


def test_who_holds_no_role_is_told_what_to_do(cast, as_):
    from tests import cast as players

    page = as_(players.person("Nobody")).get("/").content.decode()
    assert "You hold no role yet" in page
    assert "nobody@example.org" in page


def test_the_region_lists_every_country_in_few_queries(cast, as_, django_assert_max_num_queries):
    client = as_(cast.regional)
    with django_assert_max_num_queries(20):
        page = client.get(reverse("home:region")).content.decode()
    assert page.count('href="/c/') >= 22
    assert as_(cast.chair).get(reverse("home:region")).status_code == 404
