"""The region sees every country at a glance; no country sees the region."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from learnin.home import region
from learnin.people.models import Country, Person
from learnin.taskforce.models import ActionPoint, Meeting
from learnin.taskforce.operations import activities
from tests.cast import NOW
from tests.taskforce import made
from tests.taskforce.test_activities_sent import written

PAGE = "home:region"


def read(client, **asked):
    return client.get(reverse(PAGE), asked).content.decode()


def table(page):
    """The text of the table of countries."""
    return page.split('id="countries"')[1].split("</table>")[0]


def meeting(task_force, number, **more):
    starts = timezone.now() - timedelta(days=30 * number)
    facts = {"title": f"Meeting {number}", "starts_at": starts, "ends_at": starts + timedelta(hours=1)}
    return Meeting.objects.create(
        task_force=task_force, number=number, uid=f"m{number}@{task_force.pk}", **(facts | more)
    )


def action(task_force, number, due_on):
    seat = task_force.seats.order_by("number")[0]
    return ActionPoint.objects.create(
        task_force=task_force, seat=seat, year=2026, number=number, text=f"Action {number}", due_on=due_on,
        created_at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("player", ["chair", "member", "partner", "stranger"])
def test_no_country_opens_the_region(cast, as_, player):
    client = as_(getattr(cast, player))
    assert client.get(reverse(PAGE)).status_code == 404
    assert client.get(reverse("home:region_file")).status_code == 404


def test_every_country_stands_in_the_matrix_and_on_the_map(cast, as_):
    made.full(cast)
    page = read(as_(cast.regional))
    matrix = page.split("li-matrix")[1].split("</table>")[0]
    assert matrix.count("<tr>") == 23
    assert "Task force" in matrix
    assert "Needs assessment" in matrix
    assert "Initiatives" in matrix
    assert "Priorities" not in matrix  # a stage that is not built does not appear
    assert page.count('<path class="li-m-') == 22
    assert "Boundaries are simplified and carry no opinion on any status." in page


def test_the_table_says_members_overdue_actions_and_the_last_meeting(cast, as_):
    task_force = made.full(cast)
    today = timezone.localdate()
    met = meeting(task_force, 1, held_at=NOW)
    action(task_force, 1, today - timedelta(days=3))
    action(task_force, 2, today - timedelta(days=9))
    action(task_force, 3, today + timedelta(days=9))
    page = read(as_(cast.regional), show="overdue")
    said = table(page)
    seats = task_force.seats.count()
    assert f"{seats} of {seats} seats" in said
    assert "2 overdue" in said
    assert str(met.starts_at.year) in said
    assert "Albania" not in said
    assert page.index("Action 2") < page.index("Action 1")
    assert "9 days" in page


def test_next_events_come_from_meetings_and_activities(cast, as_):
    task_force = made.task_force(cast)
    begins = timezone.now() + timedelta(days=5)
    meeting(task_force, 1, title="Findings", starts_at=begins, ends_at=begins + timedelta(hours=1))
    sent = written(cast, starts_at=begins + timedelta(days=1))
    activities.send(sent, countries=[cast.elsewhere], by=cast.regional, now=timezone.now())
    page = read(as_(cast.regional))
    events = page.split('id="events"')[1]
    assert events.index("Findings") < events.index("Exchange on questionnaires")
    assert "1 of 1" in page.split('id="activity"')[1]


def test_sorting_and_filters_are_links_and_forms(cast, as_):
    made.full(cast)
    client = as_(cast.regional)
    by_members, by_name = table(read(client, sort="-members")), table(read(client, sort="-country"))
    assert by_members.index("Serbia") < by_members.index("Albania")
    assert by_name.index("Uzbekistan") < by_name.index("Albania")
    assert "Serbia" not in table(read(client, show="none"))
    assert "No country is like this today" in read(client, show="overdue")
    assert "sort=-members" in read(client, sort="members")


def test_the_workbook_has_every_country(cast, as_):
    made.full(cast)
    answer = as_(cast.regional).get(reverse("home:region_file"))
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert sheet.max_row == 23
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=2)}
    assert rows["RS"][1] == "Serbia"


def test_the_next_page_shows_every_change(cast, as_):
    client, task_force = as_(cast.regional), made.full(cast)
    seats, today = task_force.seats.count(), timezone.localdate()

    def said():
        page = read(client)
        row = table(page).split("Serbia")[1].split("</tr>")[0]
        return page, row

    assert f"{seats} of {seats} seats" in said()[1]
    task_force.seats.order_by("number")[0].sittings.update(ended_on=today)
    assert f"{seats - 1} of {seats} seats" in said()[1]
    late = action(task_force, 1, today - timedelta(days=3))
    assert "1 overdue" in said()[1]
    assert "Action 1" in said()[0]
    ActionPoint.objects.filter(pk=late.pk).update(text="Another text")
    assert "Another text" in said()[0].split('id="late"')[1]
    ActionPoint.objects.filter(pk=late.pk).update(due_on=today + timedelta(days=9))
    assert "overdue" not in said()[1]
    assert "None yet" in said()[1]
    meeting(task_force, 1, held_at=NOW)
    assert "None yet" not in said()[1]
    before = said()[0].split("li-map")[1].split("</svg>")[0]
    task_force.posts.all().delete()
    Meeting.objects.all().delete()
    task_force.seats.update(closed_on=today)
    after = said()[0].split("li-map")[1].split("</svg>")[0]
    assert before.split("Serbia:")[1].split("<")[0] != after.split("Serbia:")[1].split("<")[0]
    Person.objects.filter(pk=cast.regional.pk).update(language="ka")
    assert "Serbia" not in table(read(client))


def queries_of(client):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read(client)
    return len(asked)


def test_the_queries_grow_with_neither_countries_nor_history(cast, as_):
    client = as_(cast.regional)
    read(client)
    task_force = made.full(cast)
    first = queries_of(client)
    other = made.elsewhere(cast)
    today = timezone.localdate()
    for number in range(1, 13):
        for force in (task_force, other):
            meeting(force, number, held_at=NOW)
            action(force, number, today - timedelta(days=number))
    for title in ("One", "Two", "Three"):
        sent = written(cast, title=title, starts_at=timezone.now() + timedelta(days=9))
        activities.send(sent, countries=Country.objects.order_by("code"), by=cast.regional, now=timezone.now())
    assert first <= 25
    assert queries_of(client) <= 25


@pytest.mark.parametrize(
    ("done", "length", "has_begun", "level"),
    [(0, 0, False, "unknown"), (0, 5, False, "no"), (0, 5, True, "begun"), (1, 5, True, "begun"),
     (2, 5, True, "some"), (3, 5, True, "most"), (5, 5, True, "done")],
)  # fmt: skip
def test_a_level_says_how_many_steps_are_done(done, length, has_begun, level):
    assert region.level(done, length, has_begun=has_begun) == level
