"""The step "Settle the overlaps" and what waits for those who judge, worked out from the pairs."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from learnin.initiatives import next_relations, route
from learnin.initiatives.models import Initiative
from learnin.initiatives.operations import pairs
from learnin.initiatives.queries import standing
from learnin.initiatives.queries.standing import Standing
from learnin.kit.route import State
from learnin.people.models import Country
from learnin.people.roles import Kind
from tests.cast import NOW, Cast, role
from tests.initiatives import made
from tests.taskforce import made as task_forces

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
METHOD = Path(__file__).parents[2] / "docs/methods/route.md"


def lines() -> list[list[str]]:
    """The table of the method page."""
    text = METHOD.read_text(encoding="utf-8").split("## Worked examples of pairs")[1].split("\n## ")[0]
    cells = [[cell.strip() for cell in line.strip("| ").split("|")] for line in text.splitlines() if line[:1] == "|"]
    return cells[2:]


@pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line[-1]} {line[2]}-{line[5]}")
def test_worked_examples(line: list[str]) -> None:
    _step, force, registered, compared, likely, judged, since, today, state = line
    here = Standing(
        country=Country(code="RS"),
        has_task_force=force == "yes",
        registered=int(registered),
        compared=compared == "yes",
        pairs=int(likely),
        judged=int(judged),
        pairs_wait_since=None if since == "-" else date.fromisoformat(since),
    )
    assert route.settle_overlaps(here, date.fromisoformat(today)).state == State(state)


def _here(cast: Cast) -> Standing:
    return standing.here(Country.objects.get(pk=cast.home.pk))


def _state(cast: Cast, today: date = TODAY) -> State:
    return route.settle_overlaps(_here(cast), today).state


def test_from_an_empty_register_to_all_pairs_judged(cast: Cast) -> None:
    task_forces.full(cast)
    assert _state(cast) is State.LATER
    made.initiative(cast, "Books")
    assert _state(cast) is State.NONE
    pair = made.pair(cast)
    assert _state(cast) is State.NONE
    assert _state(cast, TODAY + timedelta(days=90)) is State.NONE
    assert _state(cast, TODAY + timedelta(days=91)) is State.LATE
    pairs.judge(pair, verdict="joint", by=cast.chair, now=NOW)
    assert _state(cast) is State.DONE


def test_a_register_without_likely_pairs_is_settled_once_it_was_compared(cast: Cast) -> None:
    task_forces.full(cast)
    made.initiative(cast, "Books")
    pairs.find(cast.home.pk, by=None, now=NOW)
    assert _state(cast) is State.DONE


def test_some_judged_is_begun_and_what_left_the_register_does_not_wait(cast: Cast) -> None:
    task_forces.full(cast)
    pair = made.pair(cast, verdict="phase")
    other = made.initiative(cast, "Digital skills for teachers in Belgrade, GIZ", reporter=made.organisation("GIZ"))
    pairs.find(cast.home.pk, by=None, now=NOW)
    assert pair.is_judged
    assert _state(cast) is State.DOING
    Initiative.objects.filter(pk=other.pk).update(withdrawn_at=NOW, withdrawn_why="Told twice")
    assert _state(cast) is State.DONE


def test_pairs_wait_for_those_who_judge_and_for_nobody_else(cast: Cast) -> None:
    made.pair(cast)
    assert [one.url for one in next_relations.waiting(cast.chair, cast.home, TODAY)] == ["/c/RS/initiatives/pairs/"]
    for player in (cast.member, cast.partner, cast.stranger):
        assert not list(next_relations.waiting(player, cast.home, TODAY))
    role(cast.member, Kind.COORDINATOR, cast.home)
    vars(cast.member).pop("held_roles", None)
    assert list(next_relations.waiting(cast.member, cast.home, TODAY))


def test_twenty_countries_cost_as_many_queries_as_one(
    cast: Cast, django_assert_num_queries: object, django_assert_max_num_queries: object
) -> None:
    made.pair(cast)
    with django_assert_max_num_queries(12) as one:  # type: ignore[operator]
        standing.of([Country.objects.get(pk="RS")])
    countries = list(Country.objects.order_by("pk"))
    with django_assert_num_queries(len(one.captured_queries) - 1):  # type: ignore[operator]
        standing.of(countries)
