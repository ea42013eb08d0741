"""Invitations leave by real mail, are read by another calendar library, and are answered without an account."""

import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from learnin.journal.models import Entry, Job, Mail
from learnin.journal.operations import jobs
from learnin.taskforce import access
from learnin.taskforce.formats import ical
from learnin.taskforce.models import Invitee, Sitting
from learnin.taskforce.operations import agenda, composition, invitations
from learnin.taskforce.operations import meetings as operations
from tests.cast import NOW
from tests.journal.smtp import office
from tests.taskforce import made


@pytest.fixture
def post_office(settings):
    """Letters go to a mail server on this machine."""
    with office() as (found, port):
        settings.EMAIL_BACKEND = "learnin.journal.outbox.OutboxBackend"
        settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield found


@pytest.fixture
def meeting(cast):
    task_force = made.full(cast)
    starts = datetime(2030, 11, 19, 9, 0, tzinfo=UTC)
    found = made.meeting(task_force, cast, at=starts, title="Први налази", online_url="https://meet.example.org/x")
    agenda.add_item(found, title="Findings", kind="information", by=cast.chair, now=NOW)
    return found


def delivered(found):
    """Every letter about meetings that arrives now, by its reader, with its calendar as vobject reads it."""
    before = len(found.accepted)
    for job in Job.objects.filter(state=Job.State.WAITING).order_by("created_at"):
        jobs.run(job.pk)
    letters = [one for one in found.accepted[before:] if part(one) is not None]
    return {one["To"]: (one, vobject.readOne(part(one).get_content())) for one in letters}


def part(letter):
    return next((one for one in letter.walk() if one.get_content_type() == "text/calendar"), None)


def link(letter):
    text = letter.get_body(("plain",)).get_content()
    return next(word for word in text.split() if "/answer/" in word).replace("http://127.0.0.1:8000", "")


def test_an_invitation_is_understood_by_other_calendars(cast, as_, meeting, post_office):
    as_(cast.chair).post(reverse("taskforce:invite_to_meeting", args=[meeting.pk]))
    letters = delivered(post_office)
    assert set(letters) == {cast.chair.email, cast.member.email}
    letter, calendar = letters[cast.member.email]
    event = calendar.vevent
    assert calendar.method.value == "REQUEST"
    assert part(letter).get_param("method") == "REQUEST"
    assert [one.get_filename() for one in letter.iter_attachments()] == ["invite.ics"]
    assert (event.uid.value, event.sequence.value) == (meeting.uid, "0")
    assert event.dtstart.value == datetime(2030, 11, 19, 10, 0, tzinfo=ZoneInfo("Europe/Belgrade"))
    assert event.dtstart.value.utcoffset() == timedelta(hours=1)
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/Belgrade"]
    assert event.dtend.value - event.dtstart.value == timedelta(hours=2)
    assert event.summary.value == "Први налази"
    assert event.location.value == "Room 204, https://meet.example.org/x"
    assert "1. Findings" in event.description.value
    assert event.organizer.value.startswith("mailto:")
    assert [one.value for one in event.contents["attendee"]] == [f"mailto:{cast.member.email}"]
    assert event.attendee.params["RSVP"] == ["TRUE"]
    assert event.attendee.params["PARTSTAT"] == ["NEEDS-ACTION"]


def test_everybody_reads_their_own_language(cast, meeting, post_office):
    cast.member.language = "tr"
    cast.member.save()
    Sitting.objects.filter(name="Sitter 3").update(email="third@example.org")
    invitations.invite(meeting, by=cast.chair, now=NOW)
    letters = delivered(post_office)
    assert letters[cast.member.email][0]["Content-Language"] == "tr"
    assert letters["third@example.org"][0]["Content-Language"] == "sr"
    assert letters[cast.chair.email][0]["Content-Language"] == "en"


def test_deputies_are_invited_too_and_newcomers_later(cast, as_, meeting, post_office):
    seat = meeting.task_force.seats.get(number=1)
    deputy = composition.nominate(seat, name="Dep", email="dep@example.org", is_deputy=True, by=cast.regional, now=NOW)
    composition.appoint(deputy, by=cast.regional, now=NOW)
    url = reverse("taskforce:invite_to_meeting", args=[meeting.pk])
    as_(cast.chair).post(url)
    assert set(delivered(post_office)) == {cast.chair.email, cast.member.email, "dep@example.org"}
    Sitting.objects.filter(name="Sitter 3").update(email="third@example.org")
    as_(cast.chair).post(url)
    assert set(delivered(post_office)) == {"third@example.org"}
    page = as_(cast.chair).post(url, follow=True).content.decode()
    assert "There is nobody to invite" in page


def test_a_change_raises_the_sequence_and_asks_again(cast, as_, meeting, post_office):
    invitations.invite(meeting, by=cast.chair, now=NOW)
    delivered(post_office)
    mine = Invitee.objects.get(sitting__person=cast.member)
    invitations.answer(mine, answer="yes", by=cast.member, now=NOW)
    sent = {
        "title": meeting.title, "day-day": "20", "day-month": "11", "day-year": "2030", "begins": "14:00",
        "ends": "16:00", "place": "Room 204", "online_url": "https://meet.example.org/x",
    }  # fmt: skip
    assert as_(cast.chair).post(reverse("taskforce:change_meeting", args=[meeting.pk]), sent).status_code == 302
    letter, calendar = delivered(post_office)[cast.member.email]
    assert (calendar.method.value, calendar.vevent.sequence.value) == ("REQUEST", "1")
    assert calendar.vevent.uid.value == meeting.uid
    assert calendar.vevent.dtstart.value.hour == 14
    assert letter["Subject"].strip().startswith("Changed: ")
    mine.refresh_from_db()
    assert (mine.answer, mine.answered_at) == ("", None)


def test_a_new_place_keeps_the_answers_and_nothing_new_sends_nothing(cast, meeting, post_office):
    invitations.invite(meeting, by=cast.chair, now=NOW)
    delivered(post_office)
    mine = Invitee.objects.get(sitting__person=cast.member)
    invitations.answer(mine, answer="yes", by=cast.member, now=NOW)
    assert operations.change(meeting, place="Room 204", by=cast.chair, now=NOW) is False
    assert delivered(post_office) == {}
    assert operations.change(meeting, place="Hall", by=cast.chair, now=NOW) is True
    assert delivered(post_office)[cast.chair.email][1].vevent.sequence.value == "1"
    mine.refresh_from_db()
    assert mine.answer == "yes"
    operations.change(meeting, guests="Ms Guest", by=cast.chair, now=NOW)
    assert delivered(post_office) == {}


def test_a_cancellation_cancels_in_the_calendar(cast, as_, meeting, post_office):
    invitations.invite(meeting, by=cast.chair, now=NOW)
    delivered(post_office)
    as_(cast.chair).post(reverse("taskforce:cancel_meeting", args=[meeting.pk]), {"why": "Too few can come"})
    letter, calendar = delivered(post_office)[cast.member.email]
    assert (calendar.method.value, calendar.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert (calendar.vevent.uid.value, calendar.vevent.sequence.value) == (meeting.uid, "1")
    assert part(letter).get_param("method") == "CANCEL"
    assert "Too few can come" in letter.get_body(("plain",)).get_content()


def test_nobody_hears_of_a_meeting_before_the_invitations(cast, meeting):
    operations.change(meeting, place="Hall", by=cast.chair, now=NOW)
    operations.cancel(meeting, why="No", by=cast.chair, now=NOW)
    assert not Mail.objects.filter(kind="meeting").exists()
    meeting.refresh_from_db()
    assert meeting.sequence == 1


# Answers by link.


@pytest.fixture
def mine(cast, meeting):
    """The member's invitation."""
    invitations.invite(meeting, by=cast.chair, now=NOW)
    return Invitee.objects.get(sitting__person=cast.member)


def answer_url(invitee):
    return reverse("taskforce:answer", args=[access.answer_token(invitee)])


def test_a_link_in_the_letter_answers_without_an_account(cast, as_, meeting, post_office):
    invitations.invite(meeting, by=cast.chair, now=NOW)
    letter, _calendar = delivered(post_office)[cast.member.email]
    url, anybody = link(letter), as_(None)
    shown = anybody.get(url)
    assert shown.status_code == 200
    assert 'value="yes" checked' in shown.content.decode()
    mine = Invitee.objects.get(sitting__person=cast.member)
    assert mine.answer == ""
    answered = anybody.post(url.partition("?")[0], {"answer": "yes"}, follow=True)
    assert "We have your answer" in answered.content.decode()
    mine.refresh_from_db()
    assert mine.answer == "yes"
    assert Entry.objects.get(verb="meeting.answered").after["person"] == cast.member.name
    page = as_(cast.chair).get(reverse("taskforce:meeting", args=[meeting.pk])).content.decode()
    assert f"{cast.member.name}: Comes" in page


def test_a_link_that_was_never_ours_leads_nowhere(as_, mine):
    url = answer_url(mine)
    assert as_(None).get(url.replace("/answer/", "/answer/x")).status_code == 404
    assert as_(None).post(answer_url(mine), {"answer": "perhaps"}).status_code == 422
    assert as_(None).post(answer_url(mine), {}).status_code == 422


def test_a_link_works_until_the_meeting_begins(cast, as_, mine):
    mine.meeting.starts_at = timezone.now() - timedelta(minutes=1)
    mine.meeting.save()
    for answer in (as_(None).get(answer_url(mine)), as_(None).post(answer_url(mine), {"answer": "yes"})):
        assert answer.status_code == 410
        assert "This meeting has begun" in answer.content.decode()
    mine.refresh_from_db()
    assert mine.answer == ""


def test_a_cancelled_meeting_is_not_answered(cast, as_, mine):
    operations.cancel(mine.meeting, why="Ill", by=cast.chair, now=NOW)
    answer = as_(None).post(answer_url(mine), {"answer": "yes"})
    assert answer.status_code == 410
    assert "Ill" in answer.content.decode()


def test_who_is_signed_in_answers_on_the_page(cast, as_, mine):
    url = reverse("taskforce:answer_meeting", args=[mine.meeting_id])
    page = as_(cast.member).get(reverse("taskforce:meeting", args=[mine.meeting_id])).content.decode()
    assert "Answer the invitation" in page
    assert as_(cast.member).post(url, {"answer": "maybe"}).status_code == 302
    mine.refresh_from_db()
    assert mine.answer == "maybe"
    assert as_(cast.regional).post(url, {"answer": "yes"}).status_code == 403
    assert as_(cast.stranger).get(url).status_code == 404


# Answers from calendar programs.


def reply(invitee, *, uid="", sequence=0, answer="ACCEPTED", address="", method="REPLY"):
    """What a calendar program sends back, folded at 75 octets as they do."""
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//A calendar//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        "DTSTART:20301119T090000Z",
        "DTSTAMP:20301101T080000Z",
        f"UID:{uid or invitee.meeting.uid}",
        f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};CN=Ana",
        f"  Primer:mailto:{address or invitee.sitting.person.email}",
        f"SEQUENCE:{sequence}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize(("said", "noted"), [("ACCEPTED", "yes"), ("DECLINED", "no"), ("TENTATIVE", "maybe")])
def test_a_reply_is_read(mine, said, noted):
    read = ical.read_reply(reply(mine, answer=said, address="Ana@Example.org"))
    assert read == ical.Reply(mine.meeting.uid, 0, "ana@example.org", noted)
    invitations.record_reply(reply(mine, answer=said), by=None, now=NOW)
    mine.refresh_from_db()
    assert mine.answer == noted


def test_a_whole_letter_is_read_from_a_pipe(cast, mine, tmp_path, monkeypatch):
    from email.message import EmailMessage

    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = cast.member.email, "learnin@localhost", "Accepted"
    letter.set_content("Ana has accepted")
    letter.add_alternative(reply(mine).decode(), subtype="calendar", params={"method": "REPLY"})
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(letter.as_bytes())))
    call_command("read_replies", "-", stdout=out)
    assert "Comes" in out.getvalue()
    mine.refresh_from_db()
    assert mine.answer == "yes"
    wrong = tmp_path / "wrong.ics"
    wrong.write_bytes(reply(mine, uid="nobody@elsewhere"))
    with pytest.raises(CommandError, match="No meeting here has the UID nobody@elsewhere"):
        call_command("read_replies", str(wrong))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"uid": "nobody@elsewhere"}, "No meeting here has the UID"),
        ({"address": "else@example.org"}, "else@example.org was not invited"),
        ({"method": "REQUEST"}, "does not say METHOD:REPLY"),
        ({"answer": "DELEGATED"}, "does not say yes, no or maybe"),
    ],
)
def test_a_reply_that_fits_nothing_is_refused_in_words(mine, changes, words):
    with pytest.raises(invitations.ReplyRefused, match=words):
        invitations.record_reply(reply(mine, **changes), by=None, now=NOW)
    mine.refresh_from_db()
    assert mine.answer == ""


def test_a_reply_to_an_older_invitation_is_refused(cast, mine):
    operations.change(mine.meeting, place="Hall", by=cast.chair, now=NOW)
    with pytest.raises(invitations.ReplyRefused, match="older invitation"):
        invitations.record_reply(reply(mine), by=None, now=NOW)
    invitations.record_reply(reply(mine, sequence=1), by=None, now=NOW)
    mine.refresh_from_db()
    assert mine.answer == "yes"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"Hello", b"BEGIN:VCALENDAR\nBEGIN:", b"BEGIN:VCALENDAR\nEND:X"])
def test_what_is_no_calendar_is_refused_too(db, content):
    with pytest.raises(invitations.ReplyRefused):
        invitations.record_reply(content, by=None, now=NOW)
