"""The outbox page: who looks after the installation sees how letters fare, never what they say."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from learnin.journal.models import Entry, Mail
from learnin.kit import mail
from tests.cast import NOW, Cast

SECRET = "K7F-9QX"


@pytest.fixture(autouse=True)
def _outbox(settings: object, db: None) -> None:
    settings.EMAIL_BACKEND = "learnin.journal.outbox.OutboxBackend"


def write(to: str, *, subject: str = "Your code", **fields: object) -> Mail:
    mail.letter(
        to,
        subject=subject,
        template="people/mail/code",
        context={"code": SECRET, "what": "", "at": NOW},
        language="en",
        kind="sign-in",
    )
    letter = Mail.objects.order_by("-pk")[0]
    Mail.objects.filter(pk=letter.pk).update(**fields)
    letter.refresh_from_db()
    return letter


def failed(to: str = "ana@example.org") -> Mail:
    return write(to, state="failed", error="550 No such person", tries=1)


def test_the_office_sees_how_letters_fare_and_never_what_they_say(cast: Cast, as_: Callable) -> None:
    letter = failed()
    assert SECRET in str(letter.content)
    page = as_(cast.regional).get(reverse("journal:mail"))
    assert "ana@example.org" in page.text
    assert "Your code" in page.text
    assert "550 No such person" in page.text
    assert SECRET not in page.text


@pytest.mark.parametrize("name", ["chair", "member", "partner", "stranger"])
def test_others_do_not_find_it(cast: Cast, as_: Callable, name: str) -> None:
    letter = failed()
    client = as_(getattr(cast, name))
    assert client.get(reverse("journal:mail")).status_code == 404
    assert client.post(reverse("journal:mail-again", args=[letter.pk])).status_code == 404
    letter.refresh_from_db()
    assert letter.state == Mail.State.FAILED


def test_it_is_narrowed_by_state_address_and_subject(cast: Cast, as_: Callable) -> None:
    bad, other = failed(), write("ben@example.org", subject="Welcome")
    client = as_(cast.regional)

    def shown(**query: str) -> list[int]:
        page = client.get(reverse("journal:mail"), query)
        return [letter.pk for letter, _state in page.context["letters"]]

    assert shown() == [other.pk, bad.pk]
    assert shown(state="failed") == [bad.pk]
    assert shown(words="BEN@") == [other.pk]
    assert shown(words="welc", state="waiting") == [other.pk]
    assert "No letters like these" in client.get(reverse("journal:mail"), {"words": "zoe"}).text


def test_fifty_letters_stand_on_a_page(cast: Cast, as_: Callable) -> None:
    now = timezone.now()
    Mail.objects.bulk_create(Mail(to=f"p{n}@example.org", subject="News", created_at=now) for n in range(51))
    client = as_(cast.regional)
    assert [len(client.get(reverse("journal:mail"), {"page": page}).context["letters"]) for page in (1, 2)] == [50, 1]


def test_the_office_sends_a_failed_letter_again(cast: Cast, as_: Callable) -> None:
    letter, old_job = failed(), Mail.objects.get().job_id
    again = reverse("journal:mail-again", args=[letter.pk])
    assert "The letter is on its way again." in as_(cast.regional).post(again, follow=True).text
    letter.refresh_from_db()
    assert letter.state == Mail.State.WAITING
    assert letter.job_id != old_job
    assert Entry.objects.get(verb="mail.sent-again").by == cast.regional
    assert "Only a letter that failed" in as_(cast.regional).post(again, follow=True).text
    assert as_(cast.regional).get(again).status_code == 405


def test_a_letter_whose_text_is_gone_cannot_be_sent_again(cast: Cast, as_: Callable) -> None:
    letter = failed()
    Mail.objects.filter(pk=letter.pk).update(content=None)
    page = as_(cast.regional).post(reverse("journal:mail-again", args=[letter.pk]), follow=True)
    assert "Only a letter that failed" in page.text
    assert "Send it again" not in page.text
