"""A task force ends only when others have taken over every task."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from learnin.journal.models import Entry
from learnin.taskforce.models import HandOverTask, TaskForce
from learnin.taskforce.operations import hand_over as operations
from learnin.taskforce.operations import life, mandate
from tests.cast import NOW
from tests.taskforce import made

TASK = {"text": "Keep the register", "goes_to": "Institute of Education", "condition": "It has a post for it"}
END = "taskforce:end_task_force"


def page(client, code="RS"):
    return client.get(reverse("taskforce:hand_over", args=[code]))


def added(cast, **changes):
    task_force = TaskForce.objects.filter(country=cast.home).first() or made.task_force(cast)
    return operations.add_task(task_force, **{**TASK, **changes}, by=cast.chair, now=NOW)


def met(task, cast):
    operations.meet(task, proof="Order 7", on=date(2026, 11, 20), by=cast.chair, now=NOW)
    task.refresh_from_db()
    return task


@pytest.mark.parametrize(
    ("player", "status"), [("chair", 200), ("member", 200), ("partner", 403), ("stranger", 404), ("regional", 200)]
)
def test_who_may_see_it(cast, as_, player, status):
    added(cast)
    assert page(as_(getattr(cast, player))).status_code == status


def test_leads_write_tasks_down_and_members_read_them(cast, as_):
    made.task_force(cast)
    address = reverse("taskforce:hand_over", args=["RS"])
    assert as_(cast.member).post(address, TASK).status_code == 403
    assert as_(cast.chair).post(address, TASK).status_code == 302
    text = page(as_(cast.member)).content.decode()
    assert "Institute of Education" in text
    assert "Not yet: 1 task is not taken over." in text
    assert "Add a task" not in text


def test_a_task_is_taken_over_with_proof(cast, as_):
    task = added(cast)
    address = reverse("taskforce:hand_over_met", args=[task.pk])
    assert as_(cast.chair).post(address, {"on": "2026-04-01", "proof": " "}).status_code == 422
    early = as_(cast.chair).post(address, {"on": "2026-03-01", "proof": "Order 7"})
    assert early.status_code == 422
    assert "between 3\xa0March\xa02026 and today" in early.content.decode()
    assert as_(cast.chair).post(address, {"on": "2026-04-01", "proof": "Order 7"}).status_code == 302
    text = page(as_(cast.member)).content.decode()
    assert "Order 7" in text
    assert "the task force can end" in text


def test_a_task_that_is_taken_over_stays_as_it_is_until_opened_again(cast, as_):
    task = met(added(cast), cast)
    with pytest.raises(operations.AlreadyMet):
        operations.correct_task(task, **{**TASK, "text": "Another"}, by=cast.chair, now=NOW)
    as_(cast.chair).post(reverse("taskforce:hand_over_remove", args=[task.pk]))
    assert HandOverTask.objects.filter(pk=task.pk).exists()
    as_(cast.chair).post(reverse("taskforce:hand_over_back", args=[task.pk]))
    task.refresh_from_db()
    assert (task.met_on, task.proof) == (None, "")
    assert Entry.objects.get(verb="hand_over.reopened").before["proof"] == "Order 7"
    as_(cast.chair).post(reverse("taskforce:hand_over_remove", args=[task.pk]))
    assert not HandOverTask.objects.exists()
    assert Entry.objects.get(verb="hand_over.removed").before["goes_to"] == TASK["goes_to"]


def test_a_task_is_corrected(cast, as_):
    task = added(cast)
    address = reverse("taskforce:hand_over_task", args=[task.pk])
    assert as_(cast.chair).post(address, {**TASK, "goes_to": "Agency"}).status_code == 302
    task.refresh_from_db()
    assert task.goes_to == "Agency"
    assert as_(cast.stranger).get(address).status_code == 404
    assert as_(cast.member).get(address).status_code == 403


def test_it_does_not_end_before_every_task_is_taken_over(cast, as_):
    task_force = made.task_force(cast)
    address = reverse(END, args=["RS"])
    sent = {"on": NOW.date().isoformat(), "is_sure": "on"}
    with pytest.raises(operations.NotMet, match="Write down first"):
        operations.end(task_force, by=cast.chair, now=NOW)
    met(added(cast), cast)
    added(cast, text="Another task")
    with pytest.raises(operations.NotMet, match="1 task has not been taken over yet"):
        operations.end(task_force, by=cast.chair, now=NOW)
    assert as_(cast.chair).post(address, sent).status_code == 422
    task_force.refresh_from_db()
    assert task_force.handed_over_on is None


def test_ending_asks_to_confirm(cast, as_):
    task = added(cast)
    client = as_(cast.chair)
    client.post(reverse("taskforce:hand_over_met", args=[task.pk]), {"on": "2026-04-01", "proof": "Order 7"})
    address = reverse(END, args=["RS"])
    assert as_(cast.member).get(address).status_code == 403
    assert client.post(address, {"on": "2026-04-02"}).status_code == 422
    assert client.post(address, {"on": "2026-03-31", "is_sure": "on"}).status_code == 422
    assert client.post(address, {"on": "2026-04-02", "is_sure": "on"}).status_code == 302
    assert TaskForce.objects.get(country="RS").handed_over_on == date(2026, 4, 2)
    text = page(client).content.decode()
    assert "The task force ended on 2\xa0April\xa02026." in text
    assert "Add a task" not in text
    assert Entry.objects.filter(verb="taskforce.ended").count() == 1


def test_after_the_end_nothing_of_the_mandate_changes(cast):
    task = met(added(cast), cast)
    task_force = task.task_force
    operations.end(task_force, by=cast.chair, now=NOW)
    for change in (
        lambda: operations.add_task(task_force, **TASK, by=cast.chair, now=NOW),
        lambda: operations.take_back(task, by=cast.chair, now=NOW),
        lambda: operations.end(task_force, by=cast.chair, now=NOW + timedelta(days=1)),
        lambda: mandate.assign(task_force, owners={}, by=cast.chair, now=NOW),
    ):
        with pytest.raises(life.TaskForceEnded):
            change()
