"""A person sees, corrects, takes along and erases what we keep of them."""

import json

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from learnin.journal.models import Entry
from learnin.people import operations, privacy
from learnin.people.models import Person
from tests import cast as players

DETAILS = {"name": "Member", "organisation": "Школа", "position": "Учитељ", "phone": "+381 1", "level_en": "B2"}


def test_correcting_ones_details(cast, as_):
    answer = as_(cast.member).post(reverse("people:details"), DETAILS)
    assert answer.status_code == 302
    cast.member.refresh_from_db()
    assert cast.member.organisation == "Школа"
    assert cast.member.spoken_languages.get().level == "B2"
    line = Entry.objects.get(verb="person.corrected")
    assert line.before["organisation"] == ""
    assert line.after["languages"] == {"en": "B2"}


def test_saving_the_same_details_leaves_no_line(cast, as_):
    for _time in range(2):
        as_(cast.member).post(reverse("people:details"), DETAILS)
    assert Entry.objects.filter(verb="person.corrected").count() == 1


def test_the_file_holds_everything(cast, as_):
    as_(cast.member).post(reverse("people:details"), DETAILS)
    answer = as_(cast.member).get(reverse("people:data_file"))
    kept = json.loads(answer.content)
    assert kept["person"]["email"] == cast.member.email
    assert kept["languages"] == {"en": "B2"}
    assert kept["roles"][0]["role"] == "member"
    assert kept["consents"][0]["version"] == privacy.NOTICE_VERSION
    assert "attachment" in answer["Content-Disposition"]


def test_the_page_holds_the_same(cast, as_):
    page = as_(cast.member).get(reverse("people:data")).content.decode()
    assert cast.member.email in page
    assert "Task force member" in page


def test_taking_the_agreement_back_asks_again_on_the_home_page(cast, as_):
    as_(cast.member).post(reverse("people:consent"), {"withdraw": "1"})
    assert "Read the privacy notice" in as_(cast.member).get(cast.home.url).content.decode()
    assert as_(cast.member).post(reverse("people:consent"), {}).status_code == 422
    as_(cast.member).post(reverse("people:consent"), {"agree": "on"})
    assert "Read the privacy notice" not in as_(cast.member).get(cast.home.url).content.decode()
    assert list(cast.member.consents.order_by("pk").values_list("act", flat=True)) == ["given", "withdrawn", "given"]


def test_erasing_keeps_what_was_done_without_the_name(cast, as_):
    as_(cast.member).post(reverse("people:details"), DETAILS | {"name": "Зорица Јединствена"})
    as_(cast.member).post(reverse("people:be_named", args=[cast.member.roles.get().pk]))
    as_(cast.member).post(reverse("people:erasure"))
    assert as_(cast.chair).get(reverse("people:erasures")).status_code == 404
    assert "Зорица" in as_(cast.regional).get(reverse("people:erasures")).content.decode()
    answer = as_(cast.regional).post(reverse("people:erase", args=[cast.member.pk]))
    assert answer.status_code == 302
    forgotten = Person.objects.get(pk=cast.member.pk)
    assert forgotten.name == f"Former member {forgotten.pk}"
    assert not forgotten.is_active
    assert not forgotten.spoken_languages.exists()
    assert forgotten.roles.get().ended_at is not None
    for line in Entry.objects.all():
        assert "Зорица" not in f"{line.on_label} {line.before} {line.after}"
        assert "member@example.org" not in f"{line.on_label} {line.before} {line.after}"
    journal = as_(cast.chair).get(reverse("journal:entries", args=["RS"])).content.decode()
    assert f"Former member {forgotten.pk}" in journal


def test_nobody_is_erased_who_did_not_ask(cast, as_):
    as_(cast.regional).post(reverse("people:erase", args=[cast.member.pk]))
    assert Person.objects.get(pk=cast.member.pk).name == "Member"


def test_the_wish_can_be_taken_back(cast, as_):
    for _time in range(2):
        as_(cast.member).post(reverse("people:erasure"))
    cast.member.refresh_from_db()
    assert cast.member.erasure_asked_at is None


def test_choosing_a_language_holds_for_pages_and_letters(cast, as_):
    client = as_(cast.member)
    answer = client.post(reverse("set_language"), {"language": "ka", "next": cast.home.url})
    assert answer["Location"] == cast.home.url
    cast.member.refresh_from_db()
    assert cast.member.language == "ka"
    assert 'lang="ka"' in client.get(cast.home.url).content.decode()


def test_choosing_a_language_leads_nowhere_else(cast, as_):
    answer = as_(cast.member).post(reverse("set_language"), {"language": "ka", "next": "https://example.com/"})
    assert answer["Location"] == "/"


def test_a_visitor_chooses_a_language_too(db, as_):
    client = as_(None)
    client.post(reverse("set_language"), {"language": "ro", "next": "/"})
    assert 'lang="ro"' in client.get("/").content.decode()


def test_a_token_is_shown_once_and_kept_as_a_hash(cast, as_):
    client = as_(cast.member)
    page = client.post(reverse("people:tokens"), {"name": "R", "days": "30"}).content.decode()
    token = cast.member.api_tokens.get()
    secret = page.split("learnin_")[1].split("<")[0]
    assert token.hash == operations.tokens.hash_of("learnin_" + secret)
    assert secret not in client.get(reverse("people:tokens")).content.decode()
    assert as_(cast.chair).post(reverse("people:revoke_token", args=[token.pk])).status_code == 404
    client.post(reverse("people:revoke_token", args=[token.pk]))
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_who_was_erased_gets_no_letters(cast):
    operations.ask_for_erasure(cast.member, now=timezone.now())
    operations.erase(cast.member, by=cast.regional, now=timezone.now())
    assert not [letter for letter in mail.outbox if cast.member.email in letter.to]
    assert Person.objects.get(pk=cast.member.pk).email.endswith(".invalid")
    assert players.person("Another", email=cast.member.email).pk != cast.member.pk


def test_erasing_takes_the_ways_of_signing_in_along(cast, as_):
    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession

    Authenticator.objects.create(user=cast.member, type="totp", data={"secret": "x"})
    client = as_(cast.member)
    client.post(reverse("people:erasure"))
    UserSession.objects.create(
        user=cast.member, session_key=client.session.session_key, ip="127.0.0.1", user_agent="Browser", data={}
    )
    kept = client.get(reverse("people:data_file")).json()["signing_in"]
    assert kept["devices"][0]["browser"] == "Browser"
    assert kept["passkeys_and_codes"] == ["totp"]
    as_(cast.regional).post(reverse("people:erase", args=[cast.member.pk]))
    assert not Authenticator.objects.filter(user=cast.member).exists()
    assert not UserSession.objects.filter(user=cast.member).exists()
    assert client.get(reverse("people:me")).status_code == 302
