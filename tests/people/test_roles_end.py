"""Roles end, history stays, and what the role allowed is over at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learnin.journal.models import Entry
from learnin.people import operations
from learnin.people.models import Role
from learnin.people.operations.roles import LastAdministrator
from learnin.people.roles import Kind


def end(client, role):
    return client.post(reverse("people:end_role", args=[role.pk]))


def test_a_lead_ends_a_members_role(cast, as_):
    role = cast.member.roles.get()
    page = as_(cast.chair).get(reverse("people:end_role", args=[role.pk]))
    assert "Member will no longer be" in page.content.decode()
    assert end(as_(cast.chair), role).status_code == 302
    role.refresh_from_db()
    assert role.ended_by == cast.chair
    assert as_(cast.member).get(reverse("home:country", args=["RS"])).status_code == 404
    history = as_(cast.chair).get(reverse("people:people", args=["RS"])).content.decode()
    assert "Who worked here before" in history


@pytest.mark.parametrize(("player", "status"), [("member", 403), ("partner", 403), ("stranger", 404)])
def test_others_do_not_end_it(cast, as_, player, status):
    role = cast.chair.roles.get()
    assert end(as_(getattr(cast, player)), role).status_code == status
    assert Role.objects.filter(pk=role.pk, ended_at=None).exists()


def test_a_lead_cannot_end_a_role_above_their_own(cast, as_):
    other = cast.partner
    role = operations.give_role(other, kind=Kind.COUNTRY_ADMIN, country=cast.home, by=cast.regional, now=timezone.now())
    answer = end(as_(cast.chair), role)
    assert answer.status_code == 422
    assert "does not let you end" in answer.content.decode()


def test_leaving_ends_ones_own_role_only(cast, as_):
    mine, theirs = cast.member.roles.get(), cast.chair.roles.get()
    assert as_(cast.member).post(reverse("people:leave", args=[theirs.pk])).status_code == 404
    assert as_(cast.member).post(reverse("people:leave", args=[mine.pk])).status_code == 302
    assert Entry.objects.filter(verb="role.left", by=cast.member).count() == 1


def test_the_last_regional_administrator_stays(cast):
    with pytest.raises(LastAdministrator):
        operations.leave(cast.regional.roles.get(), by=cast.regional, now=timezone.now())


def test_a_role_past_its_last_day_allows_nothing(cast, as_):
    Role.objects.filter(person=cast.member).update(
        starts_on=timezone.localdate() - timedelta(days=9), ends_on=timezone.localdate() - timedelta(days=1)
    )
    assert as_(cast.member).get(reverse("home:country", args=["RS"])).status_code == 404


def test_a_role_can_be_given_again_after_it_ran_out(cast):
    Role.objects.filter(person=cast.member).update(
        starts_on=timezone.localdate() - timedelta(days=9), ends_on=timezone.localdate() - timedelta(days=1)
    )
    operations.give_role(cast.member, kind=Kind.MEMBER, country=cast.home, by=cast.chair, now=timezone.now())
    assert cast.member.roles.count() == 2


def test_the_person_hears_of_it(cast, as_):
    end(as_(cast.chair), cast.member.roles.get())
    notices = as_(cast.member).get(reverse("journal:notices")).content.decode()
    assert "Your role ended" in notices
