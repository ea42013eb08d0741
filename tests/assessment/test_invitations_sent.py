"""Letters go by a real mail server to those who have an address and have not answered; nobody else is bothered."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learnin.assessment.access.collection import invited_token
from learnin.assessment.models import Attempt, Round
from learnin.assessment.operations import invitations as asking
from learnin.assessment.operations import letters, rounds
from learnin.assessment.operations.not_taken import AlreadyAnswered
from learnin.assessment.queries import invitations as queries
from learnin.journal.models import Job
from learnin.journal.operations import jobs
from learnin.kit import written
from tests.assessment import made_rounds as made
from tests.journal.smtp import office


@pytest.fixture
def post(settings, db):
    """A mail server on this machine, and a way to have all waiting work done."""
    with office() as (handler, port):
        settings.EMAIL_BACKEND = "learnin.journal.outbox.OutboxBackend"
        settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield handler


def work() -> None:
    """Do every job that waits, and those that it begins."""
    while found := list(Job.objects.filter(state=Job.State.WAITING, tries=0)):
        for job in found:
            jobs.run(job.pk)


def sent_to(post) -> list[str]:
    """Who got a letter since the last look."""
    found = sorted(str(letter["To"]) for letter in post.accepted)
    post.accepted.clear()
    return found


def text_of(letter) -> str:
    return letter.get_body(("plain",)).get_content()


def link_in(letter) -> str:
    return re.search(r"https?://\S+/a/\S+/", text_of(letter))[0]


@pytest.fixture
def round_(cast):
    return made.asked(cast, now=timezone.now())


def test_a_letter_leads_to_the_invitation_in_its_language(cast, as_, post, round_):
    first, second = round_.invitations.order_by("number")[:2]
    round_.invitations.exclude(pk__in=[first.pk, second.pk]).update(email="")
    type(first).objects.filter(pk=second.pk).update(language="tr")
    answer = as_(cast.chair).post(reverse("assessment:send_letters", args=[round_.pk]))
    assert answer.url == reverse("assessment:round", args=[round_.pk])
    work()
    by_name = {str(letter["To"]): letter for letter in post.accepted}
    assert set(by_name) == {first.email, second.email}
    letter = by_name[first.email]
    assert letter["Content-Language"] == "sr"
    assert by_name[second.email]["Content-Language"] == "tr"
    assert made.behind(link_in(letter)) == first
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    tries = Attempt.objects.filter(invitation__round=round_)
    assert [(one.channel, one.is_reminder) for one in tries] == [("mail", False)] * 2
    sent_to(post)
    again = as_(cast.chair).post(reverse("assessment:send_letters", args=[round_.pk]), follow=True)
    assert "Nobody gets a letter now" in again.content.decode()
    work()
    assert sent_to(post) == []


def test_a_reminder_goes_only_to_the_others(cast, as_, post, round_):
    everybody = list(round_.invitations.order_by("number"))
    letters.start(round_, by=cast.chair, now=timezone.now())
    work()
    assert len(sent_to(post)) == 12
    done, refused, stopped, *rest = everybody
    made.answered(done, now=timezone.now())
    asking.note_attempt(refused, channel="phone", outcome="refusal", by=cast.chair, now=timezone.now())
    assert Client().post(reverse("assessment:stop_letters", args=[invited_token(stopped)])).status_code == 200
    answer = as_(cast.chair).post(reverse("assessment:send_letters", args=[round_.pk]), {"reminder": "yes"})
    assert answer.url == reverse("assessment:follow_up", args=[round_.pk])
    work()
    assert sent_to(post) == sorted(one.email for one in rest)
    assert Attempt.objects.filter(channel="mail", is_reminder=True).count() == len(rest)
    letters.start(round_, is_reminder=True, by=cast.chair, now=timezone.now())
    work()
    assert sent_to(post) == []  # one a day is enough, whoever asks


def test_reminders_of_one_stratum(cast, post, round_):
    letters.start(round_, by=cast.chair, now=timezone.now())
    work()
    sent_to(post)
    label = round_.invitations.order_by("number")[0].unit.stratum.label
    letters.start(round_, is_reminder=True, stratum=label, by=cast.chair, now=timezone.now())
    work()
    wanted = round_.invitations.filter(unit__stratum__label=label)
    assert 0 < wanted.count() < 12
    assert sent_to(post) == sorted(wanted.values_list("email", flat=True))


def test_the_schedule_reminds_on_its_days_and_no_more(cast, post, round_):
    now = timezone.now()
    letters.send(round_pk=round_.pk, by=None, now=now)
    made.answered(round_.invitations.order_by("number")[0], now=now)

    def reminded(days: float) -> int:
        letters.remind_by_schedule(by=None, now=now + timedelta(days=days))
        return Attempt.objects.filter(is_reminder=True).count()

    assert [reminded(days) for days in (1, 2)] == [0, 0]
    assert [reminded(days) for days in (3, 3.01, 4, 6)] == [11] * 4
    assert [reminded(days) for days in (7, 8, 20)] == [22] * 3
    assert reminded(29) == 22  # it closed


def test_a_letter_that_comes_back_is_noted_and_a_new_address_is_tried(cast, post, round_):
    bad = round_.invitations.order_by("number")[0]
    post.answers[bad.email] = "550 No such person"
    letters.start(round_, by=cast.chair, now=timezone.now())
    work()
    letters.note_bounces(by=None, now=timezone.now())
    bad.refresh_from_db()
    assert bad.bounced_at is not None
    assert round_.invitations.filter(bounced_at__isnull=False).count() == 1
    assert bad not in queries.to_remind(round_)
    asking.change_contact(
        bad, name=bad.name, email="new@example.org", phone="", language="", by=cast.chair, now=timezone.now()
    )
    assert bad in queries.to_remind(round_)


def test_stopping_needs_a_press_and_the_link_still_works(cast, round_):
    one = round_.invitations.order_by("number")[0]
    token, client = invited_token(one), Client()
    address = reverse("assessment:stop_letters", args=[token])
    assert "Stop the letters" in client.get(address).content.decode()
    one.refresh_from_db()
    assert one.opted_out_at is None
    assert "You get no more letters" in Client(enforce_csrf_checks=True).post(address).content.decode()
    one.refresh_from_db()
    assert one.opted_out_at is not None
    assert client.post(reverse("assessment:invited", args=[token])).status_code == 302


def test_an_invitation_answers_once(cast, round_):
    one = round_.invitations.order_by("number")[0]
    address = reverse("assessment:invited", args=[invited_token(one)])
    assert "Begin" in Client().get(address).content.decode()
    answer = Client().post(address)
    assert answer.url == f"/form/{invited_token(one)}/"
    one.refresh_from_db()
    assert one.opened_at is not None
    made.answered(one, now=timezone.now())
    assert "We have your answer" in Client().get(address).content.decode()
    with pytest.raises(AlreadyAnswered):
        made.answered(one, now=timezone.now())
    assert Client().get(reverse("assessment:invited", args=["made.up"])).status_code == 404


def test_before_and_after_the_round_the_page_says_so_in_the_hours_of_the_country(cast):
    opens = (timezone.now() + timedelta(days=3)).replace(hour=23, minute=0, second=0, microsecond=0)
    found = made.asked(cast, now=timezone.now(), opens_at=opens)
    address = reverse("assessment:invited", args=[invited_token(found.invitations.order_by("number")[0])])
    page = Client().post(address).content.decode()
    with timezone.override(cast.home.zone):
        assert f"opens on {written.moment(opens)}" in page
    assert found.invitations.filter(opened_at__isnull=False).count() == 0
    rounds.close_round(found, by=cast.chair, now=timezone.now())
    assert "No more answers are taken" in Client().post(address).content.decode()


def test_an_untied_round_keeps_nothing_that_leads_to_an_answer(cast):
    now = timezone.now()
    found = made.asked(cast, now=now, naming=Round.Naming.UNLINKED)
    one = found.invitations.order_by("number")[0]
    token = invited_token(one)
    Client().post(reverse("assessment:invited", args=[token]))
    submission = made.answered(one, now=now)
    assert (submission.invitation, submission.enumerator, submission.device) == (None, None, "")
    one.refresh_from_db()
    local = one.opened_at.astimezone(cast.home.zone)
    assert (local.hour, local.minute, local.second) == (0, 0, 0)
    assert one.answered_at.minute == one.answered_at.second == 0


def test_number_and_pin_open_the_door_and_guessing_does_not(cast, round_):
    one, other = round_.invitations.order_by("number")[:2]
    address, client = reverse("assessment:answer_by_letter"), Client()
    number = f"{round_.pk}-{one.number}"
    assert "Answer with your letter" in client.get(address).content.decode()
    answer = client.post(address, {"number": number, "pin": one.pin.upper()})
    assert answer.url == reverse("assessment:invited", args=[invited_token(one)])
    for said in ("2-abc", "nothing", f"{round_.pk}-999"):
        assert client.post(address, {"number": said, "pin": one.pin}).status_code == 422
    cache.clear()
    for _try in range(10):
        wrong = client.post(address, {"number": number, "pin": other.pin})
        assert wrong.status_code == 422
    right = client.post(address, {"number": number, "pin": one.pin})
    assert "too many wrong tries" in right.content.decode()
    free = client.post(address, {"number": f"{round_.pk}-{other.number}", "pin": other.pin})
    assert free.status_code == 302
