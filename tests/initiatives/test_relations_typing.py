"""While somebody writes an initiative, what looks like it comes up; a partner learns nothing of others' unpublished."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from learnin.compute.relations import Described
from learnin.initiatives.forms.relations import typed
from learnin.initiatives.models import Initiative
from learnin.initiatives.operations import registering
from learnin.initiatives.queries import at_hand
from learnin.initiatives.queries.described import described
from learnin.people.models import Person
from tests.cast import NOW, Cast
from tests.initiatives import made

pytestmark = pytest.mark.django_db
As = Callable[[Person | None], Client]
TITLE = "Digital skills for teachers"
HIDDEN = "An initiative of another organisation looks like this one"


def _url(cast: Cast) -> str:
    return reverse("initiatives:likely", args=[cast.home.pk])


def _asked(client: Client, cast: Cast, **typed: object) -> str:
    return client.get(_url(cast), typed).content.decode()


def test_a_title_brings_up_what_is_like_it_with_reasons(cast: Cast, as_: As) -> None:
    made.initiative(cast, "Школски оброци", themes=("infrastructure",))
    made.initiative(cast, TITLE)
    page = _asked(as_(cast.chair), cast, title=f"{TITLE}, 2026", planned_start="2026-01-15")
    assert TITLE in page
    assert "titles alike" in page
    assert "Школски оброци" not in page


def test_the_same_in_another_script_comes_up(cast: Cast, as_: As) -> None:
    made.initiative(cast, "Дигиталне вештине за наставнике")
    assert "Дигиталне вештине" in _asked(as_(cast.chair), cast, title="Digitalne veštine za nastavnike")


def test_a_partner_sees_own_and_published_ones_and_of_others_only_that_there_are(cast: Cast, as_: As) -> None:
    one = made.initiative(cast, TITLE)
    page = _asked(as_(cast.partner), cast, title=f"{TITLE} 2")
    assert HIDDEN in page
    assert f"{TITLE}<" not in page
    assert "UNICEF" not in page
    Initiative.objects.filter(pk=one.pk).update(published_by=cast.chair, published_at=NOW)
    page = _asked(as_(cast.partner), cast, title=f"{TITLE} 2")
    assert HIDDEN not in page
    assert "UNICEF" in page


def test_a_form_may_be_sent_whole_and_nothing_is_kept(cast: Cast, as_: As) -> None:
    made.initiative(cast, TITLE)
    typed = {
        "texts-0-title": TITLE,
        "planned_start-day": "15",
        "planned_start-month": "1",
        "planned_start-year": "2026",
    }
    answer = as_(cast.chair).post(_url(cast), typed, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "UNICEF" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert Initiative.objects.count() == 1


@pytest.mark.parametrize(
    ("amounts", "budget"),
    [(["1.250.000,50"], 1_250_000.5), (["1 200", "300,5"], 1500.5), (["1.200"], None), (["10", "much"], None)],
)
def test_amounts_are_read_as_people_type_them(cast: Cast, amounts: list[str], budget: float | None) -> None:
    sent = QueryDict(mutable=True)
    for number, amount in enumerate(amounts):
        sent.update({f"money-{number}-amount": amount, f"money-{number}-currency": "EUR"})
    assert typed(sent, cast.home).budget == budget


def test_nothing_typed_and_nothing_like_it_are_told_apart(cast: Cast, as_: As) -> None:
    assert "Write a title" in _asked(as_(cast.chair), cast)
    assert "no initiative like this one" in _asked(as_(cast.chair), cast, title="Zzz")


def test_the_one_that_is_being_changed_is_not_like_itself(cast: Cast, as_: As) -> None:
    one = made.initiative(cast, TITLE)
    assert "no initiative like" in _asked(as_(cast.chair), cast, title=TITLE, initiative=one.pk)


def test_the_register_at_hand_follows_every_change(cast: Cast) -> None:
    def like(title: str) -> list[object]:
        draft = Described("draft", "RS", (title,))
        return [found.second for found in at_hand.related(cast.home, draft, 0.4)]

    one = made.initiative(cast, TITLE)
    made.initiative(cast, "A draft of clubs", is_draft=True)
    assert (like(TITLE), like("A draft of clubs")) == ([one.pk], [])
    other = made.initiative(cast, "Reading clubs")
    assert like("Reading clubs") == [other.pk]
    changed = made.record("Books for schools")
    registering.change(one, record=changed, by=cast.chair, now=NOW + timedelta(hours=1))
    assert (like("Books for schools"), like(TITLE)) == ([one.pk], [])
    Initiative.objects.filter(pk=other.pk).update(withdrawn_at=NOW, withdrawn_why="Told twice")
    assert like("Reading clubs") == []
    whole = at_hand.register_of(cast.home)
    assert one.pk in whole
    assert len(whole) == 1
    Initiative.objects.filter(pk=other.pk).update(withdrawn_at=None, withdrawn_why="")
    assert like("Reading clubs") == [other.pk]


def test_what_comes_later_is_found(cast: Cast) -> None:
    draft = Described("draft", "RS", ("Reading clubs",))
    made.initiative(cast, TITLE)
    assert at_hand.related(cast.home, draft, 0.4) == []
    clubs = [made.initiative(cast, f"Reading clubs {number}") for number in range(3)]
    assert {found.second for found in at_hand.related(cast.home, draft, 0.4)} == {one.pk for one in clubs}


def test_a_thousand_are_described_in_as_many_queries_as_one(
    cast: Cast, django_assert_num_queries: Callable[..., object]
) -> None:
    made.initiative(cast, TITLE)
    with django_assert_num_queries(10):
        list(described(cast.home))
    for number in range(5):
        made.initiative(cast, f"{TITLE} {number}")
    with django_assert_num_queries(10):
        assert len(list(described(cast.home))) == 6


def test_described_has_everything_that_is_compared(cast: Cast) -> None:
    made.initiative(cast, TITLE, identifier="XM-7")
    one = next(described(cast.home))
    assert (one.country, one.titles, one.reporter) == ("RS", (TITLE,), "UNICEF Serbia")
    assert one.organisations == (("implementing", "Ministry of Education"),)
    assert one.places == {"RS-00"}
    assert (one.themes, one.audiences, one.identifiers) == ({"digital-skills"}, {"teachers"}, {"XM-7"})


def test_only_what_came_in_a_file_has_a_source_whose_amounts_were_told_side_by_side(cast: Cast) -> None:
    for origin in (Initiative.Origin.FORM, Initiative.Origin.IATI, Initiative.Origin.FIVEW):
        made.initiative(cast, TITLE, origin=origin)
    assert [one.source for one in described(cast.home)] == ["", Initiative.Origin.IATI, Initiative.Origin.FIVEW]


@pytest.mark.parametrize(
    ("player", "status"), [("member", 200), ("partner", 200), ("stranger", 404), ("regional", 200)]
)
def test_who_may_ask(cast: Cast, as_: As, player: str, status: int) -> None:
    assert as_(getattr(cast, player)).get(_url(cast)).status_code == status
