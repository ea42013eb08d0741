"""Two records of one initiative become one, and two again exactly as they were."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from learnin.initiatives.formats.record import Identifier, Money, Record
from learnin.initiatives.models import Initiative, Merge, Pair
from learnin.initiatives.operations import merging, pairs, registering
from learnin.initiatives.queries.described import in_register
from learnin.initiatives.queries.records import record_of, with_parts
from learnin.journal.models import Entry
from learnin.people.models import Person
from tests.cast import NOW, Cast
from tests.initiatives import made

pytestmark = pytest.mark.django_db
As = Callable[[Person | None], Client]
LATER = NOW + timedelta(hours=1)


def _read(initiative: Initiative) -> Record:
    return record_of(with_parts(Initiative.objects.filter(pk=initiative.pk)).get())


def _same(cast: Cast) -> Pair:
    money = (Money(Decimal("10.5"), "EUR", valued_on=date(2026, 1, 1)),)
    return made.pair(cast, verdict="same", identifier="XM-1", money=money)


def test_merged_and_undone_both_are_as_before(cast: Cast) -> None:
    pair = _same(cast)
    before = _read(pair.first), _read(pair.second)
    done = merging.merge(pair, kept=pair.second, take={"titles": "second", "money": "second"}, by=cast.chair, now=LATER)
    now = _read(pair.second)
    assert now.title == before[0].title
    assert now.money == before[0].money
    assert Identifier("XM-1", "A9", "UNICEF Serbia") in now.identifiers
    assert list(in_register(cast.home)) == [pair.second]
    assert Initiative.objects.get(pk=pair.first_id).merged_into == pair.second
    merging.undo(done, by=cast.chair, now=LATER)
    assert (_read(pair.first), _read(pair.second)) == before
    assert in_register(cast.home).count() == 2
    verbs = set(Entry.objects.filter(on_model="initiative").values_list("verb", flat=True))
    assert {"initiative.merged", "initiative.went_into", "initiative.unmerged", "initiative.came_back"} <= verbs


def test_what_somebody_changed_since_stays_when_it_is_undone(cast: Cast) -> None:
    pair = _same(cast)
    before = _read(pair.first)
    done = merging.merge(pair, kept=pair.first, take={}, by=cast.chair, now=LATER)
    changed = replace(_read(pair.first), sdg=("4.c",))
    registering.change(pair.first, record=changed, by=cast.chair, now=LATER)
    merging.undo(done, by=cast.chair, now=LATER)
    assert _read(pair.first) == replace(before, sdg=("4.c",))


def test_what_was_merged_earlier_goes_along_and_comes_back(cast: Cast) -> None:
    pair = _same(cast)
    third = made.initiative(cast, "Digital skills for teachers in Belgrade city")
    early = pairs.judge(
        pairs.put_together(third, second=pair.first, by=cast.chair, now=NOW), verdict="same", by=cast.chair, now=NOW
    )
    merging.merge(early, kept=pair.first, take={}, by=cast.chair, now=LATER)
    done = merging.merge(pair, kept=pair.second, take={}, by=cast.chair, now=LATER)
    assert Initiative.objects.get(pk=third.pk).merged_into == pair.second
    merging.undo(done, by=cast.chair, now=LATER)
    assert Initiative.objects.get(pk=third.pk).merged_into == pair.first


def test_only_the_same_is_merged_and_only_what_counts(cast: Cast) -> None:
    pair = made.pair(cast, verdict="joint")
    with pytest.raises(merging.NotTheSame):
        merging.merge(pair, kept=pair.first, take={}, by=cast.chair, now=NOW)
    pair = pairs.judge(pair, verdict="same", by=cast.chair, now=NOW)
    Initiative.objects.filter(pk=pair.second_id).update(withdrawn_at=NOW, withdrawn_why="A mistake")
    with pytest.raises(merging.OutOfRegister):
        merging.merge(pair, kept=pair.first, take={}, by=cast.chair, now=NOW)
    assert not Merge.objects.exists()


def test_merged_ones_stay_the_same_until_undone(cast: Cast) -> None:
    pair = _same(cast)
    done = merging.merge(pair, kept=pair.first, take={}, by=cast.chair, now=NOW)
    with pytest.raises(pairs.StillMerged):
        pairs.judge(pair, verdict="unrelated", by=cast.chair, now=NOW)
    with pytest.raises(pairs.StillMerged):
        pairs.take_back(pair, by=cast.chair, now=NOW)
    merging.undo(done, by=cast.chair, now=NOW)
    with pytest.raises(merging.AlreadyUndone):
        merging.undo(done, by=cast.chair, now=NOW)
    assert pairs.judge(pair, verdict="unrelated", by=cast.chair, now=NOW).verdict == "unrelated"


def test_on_the_page_one_chooses_and_undoes(cast: Cast, as_: As) -> None:
    pair = _same(cast)
    client, url = as_(cast.chair), reverse("initiatives:merge_pair", args=[pair.pk])
    page = client.get(url).content.decode()
    assert "Which one stays?" in page
    assert "A: Digital skills for teachers in Belgrade" in page
    sent = {"kept": pair.second_id, "titles": "A", "reporter": "B", "money": "A"}
    assert client.post(url, sent).status_code == 302
    assert _read(pair.second).title == pair.first.title()
    assert _read(pair.second).reporter.name == "World Bank"
    shown = client.get(reverse("initiatives:pair", args=[pair.pk])).content.decode()
    assert "Undo the merge" in shown
    client.post(reverse("initiatives:undo_merge", args=[Merge.objects.get().pk]))
    assert in_register(cast.home).count() == 2


@pytest.mark.parametrize(
    ("player", "status"), [("member", 403), ("partner", 403), ("stranger", 404), ("regional", 200)]
)
def test_who_may_merge(cast: Cast, as_: As, player: str, status: int) -> None:
    pair = _same(cast)
    assert as_(getattr(cast, player)).get(reverse("initiatives:merge_pair", args=[pair.pk])).status_code == status
