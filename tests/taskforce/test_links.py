"""Components are linked by what carries both; what stands alone is said in words."""

from datetime import timedelta

import pytest
from django.urls import reverse

from learnin.taskforce.models import (
    ActionComponent,
    ActionPoint,
    AgendaItem,
    Decision,
    DecisionComponent,
    ItemComponent,
    Meeting,
)
from learnin.taskforce.queries import links as queries
from tests.cast import NOW
from tests.taskforce import made


def page(client, code="RS", **query):
    return client.get(reverse("taskforce:links", args=[code]), query)


def meeting(task_force, number, **given):
    return Meeting.objects.create(
        task_force=task_force, number=number, title="Session", uid=f"{task_force.pk}-{number}",
        starts_at=NOW, ends_at=NOW + timedelta(hours=1), **given,
    )  # fmt: skip


def decision(task_force, number, *components):
    found = Decision.objects.create(
        meeting=meeting(task_force, 1000 + number), task_force=task_force, year=2026, number=number,
        text=f"Decision {number}", method="consent", made_at=NOW,
    )  # fmt: skip
    for one in components:
        DecisionComponent.objects.create(decision=found, component=one)
    return found


def action(task_force, number, *components, **given):
    found = ActionPoint.objects.create(
        task_force=task_force, year=2026, number=number, text=f"Action {number}", seat=task_force.seats.first(),
        due_on=NOW.date(), created_at=NOW, **given,
    )  # fmt: skip
    for one in components:
        ActionComponent.objects.create(action=found, component=one)
    return found


def item(task_force, number, *components, **given):
    found = AgendaItem.objects.create(
        meeting=meeting(task_force, number, **given), position=1, title=f"Item {number}", kind="discussion"
    )
    for one in components:
        ItemComponent.objects.create(item=found, component=one)
    return found


def counts(task_force):
    return {(cell.a.id, cell.b.id): cell.count for row in queries.rows(task_force) for cell in row.cells if cell.count}


@pytest.mark.parametrize(
    ("player", "status"), [("chair", 200), ("member", 200), ("partner", 403), ("stranger", 404), ("regional", 200)]
)
def test_who_may_see_it(cast, as_, player, status):
    made.task_force(cast)
    assert page(as_(getattr(cast, player))).status_code == status


def test_each_pair_is_counted_both_ways_and_alone_on_the_diagonal(cast):
    task_force = made.task_force(cast)
    decision(task_force, 1, "pedagogy", "policy")
    action(task_force, 1, "pedagogy", "policy")
    item(task_force, 1, "technology")
    decision(task_force, 2)
    assert counts(task_force) == {
        ("pedagogy", "policy"): 2,
        ("policy", "pedagogy"): 2,
        ("technology", "technology"): 1,
    }


def test_what_carries_all_three_counts_in_each_pair(cast):
    task_force = made.task_force(cast)
    decision(task_force, 1, "pedagogy", "policy", "technology")
    assert set(counts(task_force).values()) == {1}
    assert len(counts(task_force)) == 6


def test_cancelled_meetings_and_dropped_actions_link_nothing(cast, as_):
    task_force = made.task_force(cast)
    item(task_force, 1, "pedagogy", "policy", cancelled_at=NOW)
    action(task_force, 1, "pedagogy", "policy", dropped_at=NOW)
    assert counts(task_force) == {}
    assert "Action 1" not in page(as_(cast.chair), a="pedagogy", b="policy").content.decode()


def test_another_country_s_work_does_not_count(cast):
    decision(made.elsewhere(cast), 1, "pedagogy", "policy")
    assert counts(made.task_force(cast)) == {}


def test_what_stands_alone_is_said_in_words(cast, as_):
    task_force = made.task_force(cast)
    decision(task_force, 1, "pedagogy", "policy")
    item(task_force, 1, "technology")
    text = page(as_(cast.member)).content.decode()
    assert "Technology stands alone." in text
    assert "Pedagogy stands alone." not in text
    action(task_force, 1, "technology", "policy")
    text = page(as_(cast.member)).content.decode()
    assert "stands alone." not in text
    assert "Nothing links Pedagogy with Technology yet." in text
    action(task_force, 2, "technology", "pedagogy")
    assert "Common work links every component" in page(as_(cast.member)).content.decode()


def test_the_list_behind_a_cell(cast, as_):
    task_force = made.task_force(cast)
    decision(task_force, 1, "pedagogy", "policy")
    action(task_force, 1, "pedagogy")
    item(task_force, 1, "pedagogy", "policy", "technology")
    both = page(as_(cast.member), a="policy", b="pedagogy").content.decode()
    assert "RS/2026/D001: Decision 1" in both
    assert "Item 1" in both
    assert "Action 1" not in both
    alone = page(as_(cast.member), a="pedagogy", b="pedagogy").content.decode()
    assert "RS/2026/001: Action 1" in alone
    assert "Decision 1" not in alone


def test_a_cell_that_is_not_there_shows_no_list(cast, as_):
    made.task_force(cast)
    text = page(as_(cast.member), a="pedagogy", b="astrology").content.decode()
    assert "What links" not in text


def test_the_page_asks_no_more_with_more_work(cast, as_, django_assert_max_num_queries):
    task_force = made.task_force(cast)
    for number in range(1, 30):
        decision(task_force, number, "pedagogy", "policy")
        item(task_force, number, "pedagogy", "policy")
    client = as_(cast.member)
    with django_assert_max_num_queries(16):
        page(client, a="pedagogy", b="policy")
