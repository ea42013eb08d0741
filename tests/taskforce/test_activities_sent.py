"""A regional activity is written once and reaches every chosen country, in its language; links in letters answer it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from learnin.journal.models import Entry, Notice
from learnin.people.models import Country
from learnin.people.roles import Kind
from learnin.taskforce.models import ActivityCopy, RegionalActivity
from learnin.taskforce.models.composition import PostKind
from learnin.taskforce.operations import activities as operations
from learnin.taskforce.operations import composition
from learnin.taskforce.queries import activities as queries
from tests import cast as players
from tests.cast import NOW
from tests.taskforce import made

LINK = re.compile(r"http\S+/answer-activity/\S+")


def soon():
    return timezone.localdate() + timedelta(days=14)


def written(cast, **more):
    facts = {"title": "Exchange on questionnaires", "kind": "webinar", "text": "Bring one.", "answer_by": soon()}
    return operations.write(**(facts | more), by=cast.regional, now=timezone.now())


def everywhere(cast):
    """Twenty-two countries, each with a chair; the cast chairs two of them."""
    places = list(Country.objects.filter(is_example=False).order_by("code"))
    for place in places:
        if place not in (cast.home, cast.elsewhere):
            players.role(players.person(f"Chair {place.code}"), Kind.CHAIR, place)
    return places


def path(link):
    return link[link.index("/answer-activity/") :]


def letters_to(email):
    return [letter for letter in mail.outbox if letter.to == [email]]


def link_of(email, answer):
    body = letters_to(email)[-1].body
    return next(path(link) for link in LINK.findall(body) if link.endswith(f"answer={answer}"))


def test_it_is_written_once_and_reaches_twenty_two_countries(cast, as_):
    places = everywhere(cast)
    client = as_(cast.regional)
    day = soon()
    form = {
        "title": "Exchange", "kind": "webinar", "text": "Bring one questionnaire.", "answer_by-day": day.day,
        "answer_by-month": day.month, "answer_by-year": day.year,
    }  # fmt: skip
    answer = client.post(reverse("taskforce:write_activity"), form)
    activity = RegionalActivity.objects.get()
    assert answer["Location"] == reverse("taskforce:region_activity", args=[activity.pk])
    assert mail.outbox == []
    client.post(reverse("taskforce:send_activity", args=[activity.pk]), {"countries": [one.pk for one in places]})
    assert activity.copies.count() == 22
    assert len({letter.to[0] for letter in mail.outbox}) == 22
    assert Entry.objects.filter(verb="activity.invited").count() == 22
    assert Notice.objects.filter(kind="activity.new").count() == 22


def test_three_countries_answer_by_link_and_the_matrix_tells_no_answer_from_no(cast, as_):
    places = everywhere(cast)
    activity = written(cast)
    operations.send(activity, countries=places, by=cast.regional, now=timezone.now())
    nobody = as_(None)
    for code in ("AL", "AM"):
        nobody.post(link_of(f"chair.{code.lower()}@example.org", "planned"), {"state": "planned"})
    no = {"state": "declined", "reason": "Our exams are that week."}
    nobody.post(link_of("chair.az@example.org", "declined"), no)
    states = dict(activity.copies.values_list("country", "state"))
    assert (states["AL"], states["AM"], states["AZ"], states["BY"]) == ("planned", "planned", "declined", "")
    matrix = queries.matrix(list(queries.activities()), timezone.now())
    cells = {row.url.split("/")[2]: row.cells[0] for row in matrix.rows}
    no, silent = cells["AZ"], cells["BY"]
    assert (no.word, no.sign, no.look) != (silent.word, silent.sign, silent.look)
    assert len({no.word, silent.word}) == len({no.sign, silent.sign}) == len({no.look, silent.look}) == 2
    counts = matrix.lines[0].counts
    assert (counts.invited, counts.answered, counts.takes_part, counts.declined, counts.overdue) == (22, 3, 2, 1, 0)
    page = as_(cast.regional).get(reverse("taskforce:region_activities")).content.decode()
    assert "no answer" in page
    assert Notice.objects.filter(kind="activity.answered", person=cast.regional).count() == 3


def test_reading_a_link_records_nothing_and_shows_the_choice(cast, as_):
    activity = written(cast)
    operations.send(activity, countries=[cast.home], by=cast.regional, now=timezone.now())
    page = as_(None).get(link_of(cast.chair.email, "declined"))
    assert page.status_code == 200
    assert re.search(r'value="declined" checked', page.content.decode())
    assert ActivityCopy.objects.get().state == ""


def test_declining_asks_for_the_reason(cast, as_):
    operations.send(written(cast), countries=[cast.home], by=cast.regional, now=timezone.now())
    link = link_of(cast.chair.email, "declined")
    answer = as_(None).post(link, {"state": "declined", "reason": " "})
    assert answer.status_code == 422
    assert "Say why your country cannot take part" in answer.content.decode()
    assert ActivityCopy.objects.get().state == ""
    as_(None).post(link, {"state": "declined", "reason": "Exams"})
    assert ActivityCopy.objects.get().answered_by == cast.chair
    assert "Exams" in as_(None).get(link).content.decode()


def test_a_link_that_was_changed_is_nothing(cast, as_):
    operations.send(written(cast), countries=[cast.home], by=cast.regional, now=timezone.now())
    link = link_of(cast.chair.email, "planned").split("?")[0]
    assert as_(None).get(link[:-3] + "x/").status_code == 404


def test_a_post_without_an_account_gets_a_link_while_it_lasts(cast, as_):
    task_force = made.task_force(cast)
    cast.chair.roles.all().update(ended_at=NOW)
    post = composition.appoint_post(
        task_force, kind=PostKind.COORDINATOR, name="Nova", email="nova@example.org", by=cast.regional, now=NOW
    )
    operations.send(written(cast), countries=[cast.home], by=cast.regional, now=timezone.now())
    link = link_of("nova@example.org", "planned")
    as_(None).post(link, {"state": "planned"})
    copy = ActivityCopy.objects.get()
    assert (copy.state, copy.answered_by) == ("planned", None)
    assert Entry.objects.get(verb="activity.answered").after["person"] == "Nova"
    composition.end_post(post, by=cast.regional, now=timezone.now())
    assert as_(None).get(link).status_code == 410


def test_letters_speak_the_readers_language(cast):
    chair = players.person("Nino", language="ka")
    players.role(chair, Kind.CHAIR, Country.objects.get(code="GE"))
    operations.send(written(cast), countries=[cast.elsewhere], by=cast.regional, now=timezone.now())
    assert letters_to(chair.email)[0].language == "ka"
    assert letters_to(cast.stranger.email)[0].language == "en"


def test_nobody_leads_a_country_then_its_office_is_asked(cast):
    place = Country.objects.get(code="AL")
    office = players.person("Office")
    players.role(office, Kind.COUNTRY_OFFICE, place)
    operations.send(written(cast), countries=[place], by=cast.regional, now=timezone.now())
    assert len(letters_to(office.email)) == 1


@pytest.mark.parametrize(("code", "hour"), [("KZ", 19), ("GE", 20), ("AL", 22)])
def test_a_deadline_ends_at_midnight_in_the_country(cast, code, hour):
    """On 10 July 2030: UTC+5 in Almaty, UTC+4 in Tbilisi, UTC+2 in Tirana."""
    place = Country.objects.get(code=code)
    activity = written(cast, answer_by=date(2030, 7, 10))
    (copy,) = operations.send(activity, countries=[place], by=cast.regional, now=timezone.now())
    midnight = datetime(2030, 7, 10, hour, tzinfo=UTC)
    assert copy.closes_at == midnight
    assert copy.is_open(midnight - timedelta(seconds=1))
    assert copy.is_overdue(midnight)
    operations.answer(copy, state="planned", by=cast.regional, now=midnight - timedelta(seconds=1))
    with pytest.raises(operations.TooLate, match="The last day to answer was 10"):
        operations.answer(copy, state="declined", reason="x", by=cast.regional, now=midnight)


def test_after_the_deadline_a_link_says_so_and_a_reopened_answer_works_again(cast, as_):
    long_ago = timezone.now() - timedelta(days=40)
    activity = written(cast, answer_by=long_ago.date() + timedelta(days=7))
    (copy,) = operations.send(activity, countries=[cast.home], by=cast.regional, now=long_ago)
    link = link_of(cast.chair.email, "planned")
    gone = as_(None).get(link)
    assert gone.status_code == 410
    assert "The last day to answer was" in gone.content.decode()
    assert as_(None).post(link, {"state": "planned"}).status_code == 410
    page = as_(cast.regional).get(reverse("taskforce:region_activity", args=[activity.pk])).content.decode()
    assert "no answer in time" in page
    reopen = reverse("taskforce:reopen_activity", args=[copy.pk])
    day = soon()
    until = {"until-day": day.day, "until-month": day.month, "until-year": day.year}
    assert as_(cast.chair).post(reopen, until).status_code == 403
    assert as_(cast.regional).post(reopen, until).status_code == 302
    assert "again" in letters_to(cast.chair.email)[-1].subject
    as_(None).post(link, {"state": "planned"})
    copy.refresh_from_db()
    assert copy.state == "planned"


def test_a_change_and_a_cancellation_reach_the_countries(cast, as_):
    activity = written(cast)
    operations.send(activity, countries=[cast.home, cast.elsewhere], by=cast.regional, now=timezone.now())
    mail.outbox.clear()
    operations.correct(activity, place="Tbilisi", by=cast.regional, now=timezone.now())
    assert {letter.to[0] for letter in mail.outbox} == {cast.chair.email, cast.stranger.email}
    assert all(letter.subject.startswith("Changed") for letter in mail.outbox)
    mail.outbox.clear()
    url = reverse("taskforce:cancel_activity", args=[activity.pk])
    as_(cast.regional).post(url, {"because": "No interpreters"})
    assert {letter.to[0] for letter in mail.outbox} == {cast.chair.email, cast.stranger.email}
    assert "No interpreters" in mail.outbox[0].body
    page = as_(cast.chair).get(reverse("taskforce:activity", args=[activity.copies.get(country="RS").pk]))
    assert "No interpreters" in page.content.decode()
    with pytest.raises(operations.ActivityCancelled):
        operations.answer(activity.copies.get(country="RS"), state="planned", by=cast.chair, now=timezone.now())


def test_a_country_is_invited_once_and_others_can_follow(cast):
    activity = written(cast)
    operations.send(activity, countries=[cast.home], by=cast.regional, now=timezone.now())
    operations.send(activity, countries=[cast.home, cast.elsewhere], by=cast.regional, now=timezone.now())
    assert activity.copies.count() == 2
    assert len(letters_to(cast.chair.email)) == 1
    with pytest.raises(operations.NobodyToInvite):
        operations.send(activity, countries=[cast.home], by=cast.regional, now=timezone.now())
