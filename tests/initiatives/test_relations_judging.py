"""Pairs: found by the machine, judged by people, corrected, and never lost."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from learnin.initiatives.models import Initiative, Pair, Relation
from learnin.initiatives.operations import pairs
from learnin.initiatives.queries import pairs as queries
from learnin.initiatives.queries.pairs import Band
from learnin.journal.models import Entry, Job
from learnin.people.models import Person
from tests.cast import NOW, Cast
from tests.initiatives import made

pytestmark = pytest.mark.django_db
As = Callable[[Person | None], Client]


def _page(pair: Pair) -> str:
    return reverse("initiatives:pair", args=[pair.pk])


def _queue(cast: Cast, band: str = "") -> str:
    return f"{reverse('initiatives:pairs', args=[cast.home.pk])}?band={band}"


def _overlap(cast: Cast) -> None:
    made.initiative(cast, "Tablets in rural schools", reporter=made.organisation("World Bank"))
    made.initiative(cast, "Mentors who teach online lessons", reporter=made.organisation("Save the Children"))


def test_likely_pairs_and_overlaps_stand_in_their_own_lists(cast: Cast, as_: As) -> None:
    pair = made.pair(cast)
    _overlap(cast)
    pairs.find(cast.home.pk, by=None, now=NOW)
    page = as_(cast.member).get(_queue(cast)).content.decode()
    assert str(pair.first) in page
    assert "Tablets" not in page
    page = as_(cast.member).get(_queue(cast, "overlaps")).content.decode()
    assert "Tablets" in page
    assert queries.counts(cast.home)[Band.OVERLAPS] >= 1


def test_a_pair_shows_both_with_reasons_and_what_each_sign_adds(cast: Cast, as_: As) -> None:
    pair = made.pair(cast)
    page = as_(cast.chair).get(_page(pair)).content.decode()
    for words in ("UNICEF Serbia", "World Bank", "Why we show you this pair", "titles alike", "Together", "li-why"):
        assert words in page
    assert "<mark>" in page
    assert page.count('name="verdict"') == len(Relation.choices)


def test_a_verdict_leads_to_the_next_pair(cast: Cast, as_: As) -> None:
    made.pair(cast)
    made.initiative(cast, "Digital skills for teachers in Beograd", reporter=made.organisation("GIZ"))
    pairs.find(cast.home.pk, by=None, now=NOW)
    waiting = list(queries.in_band(cast.home, Band.SURE))
    assert len(waiting) > 1
    answer = as_(cast.chair).post(_page(waiting[0]), {"verdict": "joint", "note": "One contract"})
    assert answer.url == _page(waiting[1])
    judged = Pair.objects.get(pk=waiting[0].pk)
    assert (judged.verdict, judged.note, judged.judged_by) == ("joint", "One contract", cast.chair)
    for pair in waiting[1:]:
        answer = as_(cast.chair).post(_page(pair), {"verdict": "unrelated"})
    assert answer.url == _queue(cast, "sure")


def test_a_verdict_is_corrected_and_taken_back_and_the_journal_tells(cast: Cast, as_: As) -> None:
    pair = made.pair(cast, verdict="same")
    client = as_(cast.chair)
    client.post(_page(pair), {"verdict": "phase"})
    client.post(reverse("initiatives:take_back_verdict", args=[pair.pk]))
    pair.refresh_from_db()
    assert not pair.is_judged
    lines = Entry.objects.filter(on_model="pair").order_by("pk")
    assert [line.verb for line in lines] == ["pair.judged", "pair.corrected", "pair.reopened"]
    assert (lines[1].before["relation"], lines[1].after["relation"]) == ("same", "phase")


def test_looking_again_keeps_verdicts_and_drops_what_is_no_longer_alike(cast: Cast) -> None:
    pair = made.pair(cast, verdict="unrelated")
    third = made.initiative(cast, "Digital skills for teachers in Beograd", reporter=made.organisation("GIZ"))
    pairs.find(cast.home.pk, by=None, now=NOW)
    assert Pair.objects.filter(verdict="").exists()
    Initiative.objects.filter(pk=third.pk).update(withdrawn_at=NOW, withdrawn_why="A mistake")
    pairs.find(cast.home.pk, by=None, now=NOW)
    assert list(Pair.objects.all()) == [pair]
    assert Pair.objects.get().verdict == "unrelated"


def test_two_that_a_person_put_together_stay(cast: Cast, as_: As) -> None:
    one = made.initiative(cast, "Books", themes=())
    other = made.initiative(cast, "Roofs", themes=("infrastructure",))
    pair = pairs.put_together(other, second=one, by=cast.chair, now=NOW)
    assert (pair.first, pair.second) == (one, other)
    pairs.find(cast.home.pk, by=None, now=NOW)
    assert Pair.objects.filter(pk=pair.pk).exists()
    assert "Somebody put these two side by side" in as_(cast.chair).get(_page(pair)).content.decode()
    with pytest.raises(pairs.NotOnePair):
        pairs.put_together(one, second=one, by=cast.chair, now=NOW)


def test_countries_are_not_compared_with_each_other(cast: Cast) -> None:
    made.initiative(cast)
    made.initiative(cast, country=cast.elsewhere, by=cast.stranger)
    pairs.find(cast.home.pk, by=None, now=NOW)
    assert not Pair.objects.exists()


def test_pairs_are_looked_for_where_something_changed(cast: Cast) -> None:
    made.initiative(cast)
    later = NOW + timedelta(minutes=5)
    pairs.find_where_changed(by=None, now=later)
    assert Job.objects.filter(country=cast.home).count() == 1
    pairs.find(cast.home.pk, by=None, now=later)
    Job.objects.all().delete()
    pairs.find_where_changed(by=None, now=later)
    assert not Job.objects.exists()


def test_an_overlap_needs_the_same_time(cast: Cast) -> None:
    made.initiative(cast, "Tablets in rural schools", reporter=made.organisation("World Bank"))
    made.initiative(
        cast, "Mentors who teach online", reporter=made.organisation("Save the Children"),
        actual_start=date(2019, 1, 1), planned_end=date(2020, 1, 1),
    )  # fmt: skip
    pairs.find(cast.home.pk, by=None, now=NOW)
    assert not Pair.objects.filter(proposed=Relation.OVERLAP).exists()


@pytest.mark.parametrize(
    ("player", "sees", "judges"),
    [("member", 200, 403), ("partner", 403, 403), ("stranger", 404, 404), ("regional", 200, 302), ("chair", 200, 302)],
)
def test_who_sees_and_who_judges(cast: Cast, as_: As, player: str, sees: int, judges: int) -> None:
    pair, client = made.pair(cast), as_(getattr(cast, player))
    assert client.get(_page(pair)).status_code == sees
    assert client.get(_queue(cast)).status_code == sees
    assert client.post(_page(pair), {"verdict": "same"}).status_code == judges
    assert client.post(reverse("initiatives:find_pairs", args=[cast.home.pk])).status_code == judges


def test_an_unknown_verdict_is_refused(cast: Cast, as_: As) -> None:
    assert as_(cast.chair).post(_page(made.pair(cast)), {"verdict": "perhaps"}).status_code == 422


def test_the_list_asks_as_few_queries_for_many_pairs_as_for_one(
    cast: Cast, as_: As, django_assert_max_num_queries: Callable[..., object]
) -> None:
    made.pair(cast)
    for name in ("GIZ", "OSCE", "UNDP"):
        made.initiative(cast, f"Digital skills for teachers in Belgrade, {name}", reporter=made.organisation(name))
    pairs.find(cast.home.pk, by=None, now=NOW)
    client = as_(cast.chair)
    with django_assert_max_num_queries(14):
        client.get(_queue(cast))


def test_the_page_of_an_initiative_says_what_it_is_to_others_that_one_may_see(cast: Cast, as_: As) -> None:
    pair = made.pair(cast, verdict="joint")
    page = reverse("initiatives:initiative", args=[pair.first_id])
    shown = as_(cast.member).get(page).content.decode()
    assert "What it is to others" in shown
    assert str(pair.second) in shown
    Initiative.objects.filter(pk=pair.first_id).update(published_by=cast.chair, published_at=NOW)
    shown = as_(cast.partner).get(page).content.decode()
    assert str(pair.first) in shown
    assert str(pair.second) not in shown
