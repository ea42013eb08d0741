"""A lead invites a colleague: once, in their language, into a role they may give."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from learnin.journal.models import Entry
from learnin.people.models import Invitation, Person, Role
from tests import cast as players

FORM = {"name": "Нова Чланица", "email": "Nova@Example.org", "kind": "member", "language": "sr", "message": "Здраво"}


def invite(client, place="RS", **changes):
    return client.post(reverse("people:invite", args=[place]), FORM | changes)


def link_in(letter):
    return re.search(r"http://\S+(/invitation/\S+/)", letter.body).group(1)


def test_the_letter_comes_in_the_language_of_the_invited(cast, as_):
    answer = invite(as_(cast.chair))
    assert answer.status_code == 302
    (letter,) = mail.outbox
    assert letter.to == ["nova@example.org"]
    assert "Здраво" in letter.body
    assert "/invitation/" in letter.body
    assert {kind for _body, kind in letter.alternatives} == {"text/html"}


def test_the_journal_says_who_invited_whom(cast, as_):
    invite(as_(cast.chair))
    line = Entry.objects.get(verb="invitation.sent")
    assert (line.by, line.country, line.after["email"]) == (cast.chair, cast.home, "nova@example.org")


@pytest.mark.parametrize(("player", "status"), [("member", 403), ("partner", 403), ("stranger", 404)])
def test_only_those_who_lead_the_country_invite(cast, as_, player, status):
    assert invite(as_(getattr(cast, player))).status_code == status
    assert not Invitation.objects.exists()


def test_nobody_gives_a_role_above_their_own(cast, as_):
    answer = invite(as_(cast.chair), kind="country_admin")
    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_a_second_invitation_into_the_same_role_is_refused(cast, as_):
    invite(as_(cast.chair))
    answer = invite(as_(cast.chair))
    assert answer.status_code == 422
    assert "already has an open invitation" in answer.content.decode()
    assert Invitation.objects.count() == len(mail.outbox) == 1


def test_who_holds_the_role_is_not_invited_into_it(cast, as_):
    answer = invite(as_(cast.chair), email=cast.member.email)
    assert answer.status_code == 422
    assert "already holds the role" in answer.content.decode()


def test_a_wrong_address_is_named_at_the_field(cast, as_):
    answer = invite(as_(cast.chair), email="nova")
    assert answer.status_code == 422
    assert answer.content.decode().count("Write an e-mail address like name@example.org") >= 2
    assert "<title>Error:" in answer.content.decode()


def accept(client, letter, **changes):
    data = {"name": "Нова", "language": "sr", "agree": "on"} | changes
    return client.post(link_in(letter), data)


def test_a_newcomer_joins_without_a_password_and_sees_the_country(cast, as_):
    invite(as_(cast.chair))
    newcomer = as_(None)
    page = newcomer.get(link_in(mail.outbox[0]))
    assert page.status_code == 200
    answer = accept(newcomer, mail.outbox[0])
    assert answer["Location"] == reverse("home:country", args=["RS"])
    assert newcomer.get(answer["Location"]).status_code == 200
    assert newcomer.get(reverse("home:country", args=["GE"])).status_code == 404
    person = Person.objects.get(email="nova@example.org")
    assert person.language == "sr"
    assert not person.has_usable_password()
    assert person.consents.count() == 1
    assert person.roles.get().given_by == cast.chair


def test_the_link_works_once(cast, as_):
    invite(as_(cast.chair))
    accept(as_(None), mail.outbox[0])
    again = as_(None).get(link_in(mail.outbox[0]))
    assert again.status_code == 410
    assert Role.objects.filter(kind="member", country=cast.home).count() == 2


def test_joining_needs_the_agreement(cast, as_):
    invite(as_(cast.chair))
    answer = accept(as_(None), mail.outbox[0], agree="")
    assert answer.status_code == 422
    assert not Person.objects.filter(email="nova@example.org").exists()


def test_an_old_link_says_so(cast, as_):
    invite(as_(cast.chair))
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    answer = accept(as_(None), mail.outbox[0])
    assert answer.status_code == 410
    assert not Person.objects.filter(email="nova@example.org").exists()


def test_a_changed_link_is_not_found(cast, as_):
    invite(as_(cast.chair))
    assert as_(None).get(link_in(mail.outbox[0])[:-2] + "x/").status_code == 404


def test_sending_again_stops_the_old_link(cast, as_):
    invite(as_(cast.chair))
    as_(cast.chair).post(reverse("people:send_again", args=[Invitation.objects.get().pk]))
    old, new = mail.outbox
    assert as_(None).get(link_in(old)).status_code == 404
    assert as_(None).get(link_in(new)).status_code == 200


def test_an_invitation_taken_back_no_longer_works(cast, as_):
    invite(as_(cast.chair))
    as_(cast.chair).post(reverse("people:revoke", args=[Invitation.objects.get().pk]))
    assert as_(None).get(link_in(mail.outbox[0])).status_code == 410


def test_whoever_is_here_already_signs_in_first(cast, as_):
    invite(as_(cast.chair), email=cast.stranger.email)
    letter = mail.outbox[0]
    assert accept(as_(None), letter).status_code == 422
    answer = as_(cast.stranger).post(link_in(letter), {"agree": "on"})
    assert answer.status_code == 302
    assert as_(cast.stranger).get(reverse("home:country", args=["RS"])).status_code == 200


def test_nobody_accepts_for_somebody_else(cast, as_):
    invite(as_(cast.chair))
    answer = as_(cast.stranger).post(link_in(mail.outbox[0]), {"agree": "on"})
    assert answer.status_code == 422
    assert not cast.stranger.roles.filter(country=cast.home).exists()


def test_the_region_invites_into_its_own_roles(cast, as_):
    answer = as_(cast.regional).post(reverse("people:region_invite"), FORM | {"kind": "regional_member"})
    assert answer.status_code == 302
    assert as_(cast.chair).get(reverse("people:region_invite")).status_code == 404
    assert players.country("RS").invitations.count() == 0
