"""People hear what concerns them: on a page in their language, and in one letter a day or a week."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from learnin.journal import access, kinds
from learnin.journal.models import Entry, Notice
from learnin.journal.operations import notices as operations
from learnin.kit.mail import Letter
from learnin.people import operations as people
from learnin.people.models import Person
from learnin.people.roles import Kind
from tests import cast as players
from tests.cast import NOW, Cast, as_

pytestmark = pytest.mark.django_db
PAGE, WISHES = "/me/notices/", "/me/notices/preferences/"
DAY = timedelta(days=1)


@pytest.fixture
def ana(cast: Cast) -> Person:
    """Somebody who was told nothing yet."""
    return players.person("Ana Primer", email="ana@example.org")


def tell(person: Person, *, times: int = 1, at: object = NOW) -> None:
    for _number in range(times):
        operations.tell(
            person, kind="role.given", params={"role": "chair", "country": "GE", "by": "Chair"}, url="/me/", now=at
        )


def letters() -> list[Letter]:
    return [letter for letter in mail.outbox if letter.kind == "digest" and letter.to == ["ana@example.org"]]


def test_a_new_role_is_told_in_the_language_of_its_reader(cast: Cast, ana: Person) -> None:
    people.give_role(ana, kind=Kind.MEMBER, country=cast.home, by=cast.chair, now=NOW)
    assert "You have a new role: Task force member, Serbia." in as_(ana).get(PAGE).content.decode()
    ana.language = "ka"
    ana.save()
    assert "სერბეთი" in as_(ana).get(PAGE).content.decode()


def test_what_has_no_country_happens_in_the_region(ana: Person) -> None:
    assert kinds.say_all([("role.given", {"role": "regional_admin", "country": ""})]) == [
        "You have a new role: Regional administrator, Europe and Central Asia."
    ]


def test_each_kind_has_a_sentence_and_an_unknown_one_is_a_bug(ana: Person) -> None:
    assert {"role.given", "role.ended", "invitation.accepted", "erasure.asked"} <= set(kinds.known())
    with pytest.raises(kinds.UnknownKind):
        operations.tell(ana, kind="sky.fell", params={}, now=NOW)
    assert "no words" in kinds.say_all([("sky.fell", {})])[0]


def test_seen_once_seen_for_good(ana: Person) -> None:
    tell(ana, times=3)
    client = as_(ana)
    html = client.get(PAGE).content.decode()
    assert "Notices (3 new)" in html
    first = Notice.objects.filter(person=ana).first()
    assert client.post(reverse("journal:notice_seen", args=[first.pk])).status_code == 302
    assert "Notices (2 new)" in client.get(PAGE).content.decode()
    client.post(reverse("journal:notices_seen"))
    html = client.get(PAGE).content.decode()
    assert "new)" not in html
    assert "Mark" not in html


def test_nobody_sees_or_marks_the_notices_of_another(cast: Cast, ana: Person) -> None:
    tell(ana)
    url = reverse("journal:notice_seen", args=[Notice.objects.get(person=ana).pk])
    assert {as_(one).post(url).status_code for one in (cast.chair, cast.regional, cast.stranger)} == {404}
    as_(cast.regional).post(reverse("journal:notices_seen"))
    assert Notice.objects.get(person=ana).seen_at is None
    assert "Task force chair, Georgia" not in as_(cast.regional).get(PAGE).content.decode()
    assert as_(None).get(PAGE).status_code == 302
    assert as_(ana).get(url).status_code == 405


def test_one_letter_for_many_notices(ana: Person) -> None:
    tell(ana, times=40)
    assert letters() == []
    operations.send_digests(now=NOW)
    (letter,) = letters()
    assert (letter.subject, letter.language) == ("40 things are new on LearnIn", "en")
    assert "And 10 more things." in letter.body
    operations.send_digests(now=NOW)
    operations.send_digests(now=NOW + DAY)
    assert len(letters()) == 1
    tell(ana, at=NOW + DAY)
    operations.send_digests(now=NOW + DAY)
    assert [letter.subject for letter in letters()][1] == "1 thing is new on LearnIn"


def test_the_letter_speaks_the_language_of_its_reader_and_can_be_stopped_by_one_click(ana: Person) -> None:
    ana.language = "ka"
    ana.save()
    tell(ana)
    operations.send_digests(now=NOW)
    (letter,) = letters()
    assert letter.language == "ka"
    assert "საქართველო" in letter.body
    assert "საქართველო" in letter.alternatives[0].content
    stop = settings.SITE_URL + reverse("journal:stop_digest", args=[access.stop_token(ana)])
    assert letter.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in letter.body


def test_what_was_seen_is_old_or_is_for_somebody_inactive_makes_no_letter(cast: Cast, ana: Person) -> None:
    old, gone = players.person("Old News"), players.person("Gone", is_active=False)
    tell(ana)
    operations.mark_all_seen(ana, now=NOW)
    tell(old, at=NOW - 31 * DAY)
    tell(gone)
    operations.send_digests(now=NOW)
    written = {address for letter in mail.outbox for address in letter.to}
    assert cast.regional.email in written  # told of the new roles of the cast
    assert not {ana.email, old.email, gone.email} & written


def test_weekly_and_never(ana: Person) -> None:
    client = as_(ana)
    assert client.get(WISHES).context["form"].initial == {"digest": "daily"}
    assert client.post(WISHES, {"digest": "weekly"}).status_code == 302
    for days in range(8):
        tell(ana, at=NOW + days * DAY)
        operations.send_digests(now=NOW + days * DAY)
    assert len(letters()) == 2
    assert letters()[1].subject == "7 things are new on LearnIn"
    client.post(WISHES, {"digest": "off"})
    tell(ana, at=NOW + 20 * DAY)
    operations.send_digests(now=NOW + 21 * DAY)
    assert len(letters()) == 2
    assert client.post(WISHES, {"digest": "hourly"}).status_code == 422
    assert client.post(WISHES, {}).status_code == 422
    chosen = Entry.objects.filter(verb="digest.chosen", by=ana).order_by("pk")
    assert [line.after["digest"] for line in chosen] == ["weekly", "off"]


def test_the_link_in_the_letter_shows_a_button_and_stops_the_letters(ana: Person) -> None:
    url = reverse("journal:stop_digest", args=[access.stop_token(ana)])
    anyone = as_(None)
    page = anyone.get(url)
    assert page.status_code == 200
    assert "Stop the letters" in page.content.decode()
    assert "Ana" not in page.content.decode()
    assert as_(ana).get(WISHES).context["form"].initial == {"digest": "daily"}
    # As mail programs do it: no cookie, no token of ours (RFC 8058).
    strict = type(anyone)(enforce_csrf_checks=True)
    assert strict.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert as_(ana).get(WISHES).context["form"].initial == {"digest": "off"}
    assert "You get no letters" in anyone.get(url).content.decode()


def test_a_made_up_link_stops_nothing(ana: Person) -> None:
    token = access.stop_token(ana)
    forged = token[:-1] + ("a" if token[-1] != "a" else "b")
    for wrong in (forged, "1:abc", str(ana.pk)):
        assert as_(None).post(reverse("journal:stop_digest", args=[wrong])).status_code == 404
    assert as_(ana).get(WISHES).context["form"].initial == {"digest": "daily"}
