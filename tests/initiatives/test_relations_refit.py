"""Reviewers' verdicts move the weights, from 200 on, and one can go back."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from learnin.compute.relations import read, shipped
from learnin.initiatives.models import Pair
from learnin.initiatives.operations import merging, refitting
from learnin.initiatives.queries import at_hand, fitted, found_pairs
from learnin.initiatives.queries.verdicts import decisions
from tests.cast import NOW, Cast
from tests.initiatives import made

pytestmark = pytest.mark.django_db
PLACES = (
    "Niš",
    "Novi Sad",
    "Subotica",
    "Čačak",
    "Kragujevac",
    "Užice",
    "Vranje",
    "Zaječar",
    "Pirot",
    "Šabac",
    "Loznica",
)
ABOUT = ("Reading clubs in {}", "School roofs of {}")


def _judged(cast: Cast, count: int) -> None:
    """Verdicts of which half say that only the same place in both titles makes two related."""
    every = [made.initiative(cast, words.format(place)) for words in ABOUT for place in PLACES]
    couples = [(one, other) for at, one in enumerate(every) for other in every[at + 1 :]][:count]
    Pair.objects.bulk_create(
        Pair(
            country=cast.home, first=one, second=other, found_at=NOW, judged_by=cast.chair, judged_at=NOW,
            verdict="same" if number % 3 == 0 else "unrelated",
        )
        for number, (one, other) in enumerate(couples)
    )  # fmt: skip


def test_two_hundred_verdicts_move_the_weights_and_one_can_go_back(cast: Cast) -> None:
    _judged(cast, 200)
    said = StringIO()
    call_command("relations_refit", stdout=said)
    assert "200 verdicts" in said.getvalue()
    assert "own weights" in found_pairs.method()
    mine = at_hand.register_of(cast.home).weights
    assert (mine.related == read(fitted.in_use()).related).all()
    assert (mine.related != shipped().related).any()
    call_command("relations_refit", "--reset", stdout=said)
    assert fitted.in_use() == ""
    assert at_hand.register_of(cast.home).weights is shipped()


def test_fewer_are_refused_and_change_nothing(cast: Cast) -> None:
    _judged(cast, 30)
    with pytest.raises(CommandError, match="200 are needed"):
        call_command("relations_refit")
    assert fitted.in_use() == ""
    with pytest.raises(refitting.TooFewVerdicts):
        refitting.refit(now=NOW)


def test_verdicts_on_what_was_merged_count_too(cast: Cast) -> None:
    pair = made.pair(cast, verdict="same")
    merging.merge(pair, kept=pair.first, take={}, by=cast.chair, now=NOW)
    assert [(one.first.key, one.second.key) for one in decisions()] == [(pair.first_id, pair.second_id)]
