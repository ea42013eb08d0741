"""Letters: written in the reader's language, kept in the outbox, delivered by a real mail server, then forgotten."""

from collections.abc import Iterator
from datetime import timedelta
from email.mime.text import MIMEText

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from learnin.journal.models import Job, Mail
from learnin.journal.operations import jobs as queue
from learnin.journal.operations import mail as operations
from learnin.kit import mail
from learnin.people import notices
from learnin.people.models import Person
from tests.cast import NOW, Cast
from tests.journal.smtp import Office, office

GEORGIAN = "თქვენ მოგიწვიეს LearnIn-ში"
STOP = "https://learnin.example/news/stop/abc/"


@pytest.fixture(autouse=True)
def _outbox(settings: object, db: None) -> None:
    settings.EMAIL_BACKEND = "learnin.journal.outbox.OutboxBackend"


@pytest.fixture
def server(settings: object) -> Iterator[Office]:
    with office() as (inside, port):
        settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield inside


def write(to: str | list[str] = "ana@example.org", **changes: object) -> Mail:
    values = {"subject": "Hello", "template": "kit/mail/base", "context": {}, "language": "en", **changes}
    mail.letter(to, **values)
    return Mail.objects.order_by("-pk")[0]


def deliver(letter: Mail, **later: int) -> Mail:
    queue.run(letter.job_id, clock=lambda: letter.job.created_at + timedelta(**later))
    letter.refresh_from_db()
    return letter


def test_a_letter_arrives_as_it_was_written(server: Office) -> None:
    letter = deliver(write(subject=GEORGIAN, language="ka", unsubscribe=STOP, kind="invitation"))
    assert (letter.state, letter.kind, letter.language, letter.tries) == (Mail.State.SENT, "invitation", "ka", 1)
    [arrived] = server.accepted
    assert arrived["Subject"].strip() == GEORGIAN  # a long one begins on the next line of the header
    assert arrived["To"] == "ana@example.org"
    assert arrived["Content-Language"] == "ka"
    assert arrived["List-Unsubscribe"] == f"<{STOP}>"
    assert arrived["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived["Message-ID"].endswith("@127.0.0.1>")
    assert arrived["Date"]
    plain, html = (arrived.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert plain.startswith(GEORGIAN)
    assert STOP in plain
    assert "<" not in plain.replace(f"<{STOP}>", "")
    assert '<html lang="ka"' in html
    assert f'href="{STOP}"' in html


def test_plain_text_is_not_escaped_and_html_is(server: Office) -> None:
    deliver(write(subject="Bread & butter"))
    [arrived] = server.accepted
    assert arrived.get_body(("plain",)).get_content().startswith("Bread & butter")
    assert "<title>Bread &amp; butter</title>" in arrived.get_body(("html",)).get_content()


def test_a_subject_is_one_line() -> None:
    assert write(subject="Two\nlines: Bcc: x@example.org").subject == "Two lines: Bcc: x@example.org"


def test_each_reader_gets_a_letter_of_their_own() -> None:
    write(["ana@example.org", "ben@example.org"])
    assert list(Mail.objects.order_by("pk").values_list("to", flat=True)) == ["ana@example.org", "ben@example.org"]


def test_what_a_letter_says_is_forgotten_when_it_has_left(server: Office) -> None:
    letter = write()
    assert "Hello" in str(letter.content)
    assert deliver(letter).content is None


@pytest.mark.django_db(transaction=True)
def test_no_commit_no_letter() -> None:
    with pytest.raises(ArithmeticError), transaction.atomic():
        write()
        raise ArithmeticError
    assert not Mail.objects.exists()


def test_a_letter_is_delivered_once_however_often_its_job_runs(server: Office) -> None:
    letter = write()
    for _turn in range(3):
        deliver(letter)
    assert len(server.accepted) == 1


def test_a_server_that_is_busy_is_asked_again_later(server: Office) -> None:
    server.answers["ana@example.org"] = "451 Greylisted"
    letter = deliver(write())
    assert (letter.state, letter.tries) == (Mail.State.WAITING, 1)
    assert letter.error == "ana@example.org: 451 Greylisted"
    server.answers.clear()
    letter = deliver(letter, minutes=1)
    assert (letter.state, letter.tries, letter.error) == (Mail.State.SENT, 2, "")
    assert len(server.accepted) == 1


def test_every_try_carries_the_same_id_and_date(server: Office) -> None:
    letter = write()
    before = dict(operations.unpacked(letter.content).message().items())
    server.answers["ana@example.org"] = "451 Greylisted"
    deliver(letter)
    server.answers.clear()
    deliver(letter, minutes=1)
    [arrived] = server.accepted
    assert (arrived["Message-ID"], arrived["Date"]) == (before["Message-ID"], before["Date"])


def test_a_letter_fails_when_all_tries_are_used_up(server: Office) -> None:
    server.answers["ana@example.org"] = "451 Greylisted"
    letter = write()
    for number in range(6):
        letter = deliver(letter, days=number)
    assert (letter.state, letter.tries) == (Mail.State.FAILED, 6)
    assert letter.can_be_sent_again
    letter.job.refresh_from_db()
    assert letter.job.state == Job.State.FAILED


def test_an_address_nobody_has_fails_at_once(server: Office) -> None:
    server.answers["ana@example.org"] = "550 No such person"
    letter = deliver(write())
    assert (letter.state, letter.tries) == (Mail.State.FAILED, 1)
    assert letter.error == "ana@example.org: 550 No such person"
    letter.job.refresh_from_db()
    assert letter.job.state == Job.State.DONE, "the work is done; the letter could not be"


def test_a_server_that_is_away_is_tried_again(settings: object) -> None:
    with office() as (_inside, port):
        pass
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    letter = deliver(write())
    assert letter.state == Mail.State.WAITING
    assert "refused" in letter.error


def test_other_peoples_messages_go_the_same_way_with_their_files(server: Office) -> None:
    message = EmailMessage("Minutes", "See the files.", to=["ana@example.org"], cc=["ben@example.org"], bcc=["c@d.org"])
    message.attach("plan.txt", "ქარტული", "text/plain")
    message.attach("plan.pdf", b"%PDF-1.7 \xff", "application/pdf")
    message.attach(MIMEText("x,y", "csv"))
    message.send()
    letter = deliver(Mail.objects.get())
    assert letter.to == "ana@example.org, ben@example.org, c@d.org"
    [arrived] = server.accepted
    assert arrived["Bcc"] is None
    parts = {part.get_filename(): part.get_content() for part in arrived.iter_attachments()}
    assert parts["plan.txt"].strip() == "ქარტული"
    assert parts["plan.pdf"] == b"%PDF-1.7 \xff"
    assert len(parts) == 3


def test_a_message_to_nobody_is_none() -> None:
    EmailMessage("Nobody", "…").send()
    assert not Mail.objects.exists()


def test_without_a_mail_server_letters_become_files(settings: object, tmp_path: object) -> None:
    settings.MAIL_DELIVERY_BACKEND, settings.MAIL_DIR = "learnin.journal.outbox.ConsoleBackend", tmp_path / "mail"
    assert deliver(write(subject=GEORGIAN)).state == Mail.State.SENT
    [file] = (tmp_path / "mail").iterdir()
    assert file.suffix == ".eml"
    assert GEORGIAN in file.read_text()


def test_old_letters_are_forgotten(server: Office) -> None:
    server.answers["ana@example.org"] = "550 No such person"
    failed, sent = deliver(write()), deliver(write("ben@example.org"))
    now = timezone.now()
    operations.tidy(by=None, now=now + timedelta(days=6))
    failed.refresh_from_db()
    assert failed.can_be_sent_again
    operations.tidy(by=None, now=now + timedelta(days=8))
    failed.refresh_from_db()
    assert not failed.can_be_sent_again
    operations.tidy(by=None, now=now + timedelta(days=91))
    assert not Mail.objects.filter(pk__in=[failed.pk, sent.pk]).exists()


def test_a_letter_whose_worker_always_dies_is_called_failed() -> None:
    letter = write()
    Job.objects.filter(pk=letter.job_id).update(state="failed", finished_at=NOW)
    operations.tidy(by=None, now=timezone.now())
    letter.refresh_from_db()
    assert (letter.state, letter.error) == (Mail.State.FAILED, "Its worker stopped in mid-job, each time.")


def test_who_is_erased_leaves_the_outbox(cast: Cast) -> None:
    write(cast.member.email.upper())
    write("ben@example.org")
    notices.erased.send(Person, person=cast.member, by=cast.regional, now=NOW)
    assert [letter.to for letter in Mail.objects.order_by("pk")] == ["ben@example.org"]
