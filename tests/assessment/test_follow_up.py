"""The board counts what became of the invitations, by hand and by the same formulas; reserves and calls start there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learnin.assessment.access.collection import invited, invited_token
from learnin.assessment.models import Attempt, Invitation, Round
from learnin.assessment.operations import enumerators
from learnin.assessment.operations import invitations as operations
from learnin.assessment.operations.samples import NoReserve
from learnin.assessment.queries import follow_up as queries
from learnin.people.roles import Kind
from tests import cast as players
from tests.assessment import made_rounds as made
from tests.cast import NOW

Disposition = Invitation.Disposition


def noted(invitation: Invitation, outcome: str, cast) -> None:
    operations.note_attempt(invitation, channel="phone", outcome=outcome, by=cast.chair, now=NOW)


def board(round_: Round, by: str = "stratum", now=NOW) -> queries.Board:
    return queries.board(round_, by=by, unsaid="Not said", now=now)


@pytest.fixture
def round_(cast):
    return made.asked(cast)


def test_the_numbers_by_hand(cast, round_):
    """Twelve schools: 3 complete, 1 partial, 2 refused, 1 not reached, 1 not eligible, 4 not heard of."""
    asked = list(round_.invitations.order_by("number"))
    for one in asked[:3]:
        made.answered(one)
    for one, outcome in zip(asked[3:8], ("partial", "refusal", "refusal", "non_contact", "not_eligible"), strict=True):
        noted(one, outcome, cast)
    found = board(round_)
    total = found.total
    assert (total.asked, total.waiting, total.outcomes.asked) == (12, 4, 11)
    assert total.rr1 == pytest.approx(3 / 11)
    assert total.rr2 == pytest.approx(4 / 11)
    assert sum(row.asked for row in found.rows) == 12
    rates = [row.rr2 for row in found.rows]
    assert rates == sorted(rates)
    assert found.answers == 4
    assert found.expected == min(4 + int(4 / 2 * 28), 11)


def test_each_way_to_divide_counts_everybody_once(cast, round_):
    for by in ("stratum", "area", "language", "enumerator"):
        found = board(round_, by)
        assert (found.by, sum(row.asked for row in found.rows)) == (by, 12)
    assert board(round_, "made up").by == "stratum"
    assert [row.name for row in board(round_, "enumerator").rows] == ["Not said"]


def test_the_page_shows_the_board_the_formula_and_the_kind(cast, as_):
    found = made.asked(cast, now=timezone.now())
    made.answered(found.invitations.order_by("number")[0], now=timezone.now())
    page = as_(cast.member).get(reverse("assessment:follow_up", args=[found.pk])).content.decode()
    assert "Probability sample" in page
    assert "RR1 = I / (I + P + R + NC + O + U)" in page
    assert "1 of 10 answers" in page
    assert "At this pace" not in page or "the target is missed" in page
    assert "Remind all of them" not in page  # the member reads


def test_an_open_link_has_no_response_rate(cast, as_):
    found = made.planned(cast, kind=Round.Kind.OPEN, now=timezone.now())
    page = as_(cast.chair).get(reverse("assessment:follow_up", args=[found.pk])).content.decode()
    assert "Open link: not a sample" in page
    assert "An open link has no response rate" in page
    assert "RR1" not in page


def test_a_reserve_is_asked_and_never_makes_the_rate_better(cast, as_):
    found = made.asked(cast, now=timezone.now())
    one = found.invitations.order_by("number")[0]
    client, address = as_(cast.chair), reverse("assessment:replace_invitation", args=[one.pk])
    assert client.post(address, {"disposition": "refusal", "because": ""}).status_code == 422
    assert client.post(address, {"disposition": "refusal", "because": "Closed in May"}).status_code == 302
    reserve = found.invitations.get(unit__reserve_for=one.unit)
    one.refresh_from_db()
    assert (one.disposition, reserve.number) == (Disposition.REFUSAL, 13)
    made.answered(reserve, now=timezone.now())
    total = board(found, now=timezone.now()).total
    assert (total.rr2, total.by_reserves, total.outcomes.asked, total.answered) == (0, 1, 12, 1)
    again = client.post(address, {"disposition": "refusal", "because": "Closed"})
    assert again.status_code == 422
    assert "No reserve is left" in again.content.decode()
    with pytest.raises(NoReserve):
        operations.replace(one, disposition="refusal", because="x", by=cast.chair, now=timezone.now())


def test_nobody_stands_in_for_one_who_answered(cast, round_):
    one = round_.invitations.order_by("number")[0]
    made.answered(one)
    with pytest.raises(operations.NotEnded):
        operations.replace(one, disposition="refusal", because="x", by=cast.chair, now=NOW)


def test_an_answer_stays_an_answer_whatever_is_noted(cast, round_):
    one = round_.invitations.order_by("number")[0]
    made.answered(one)
    noted(one, "refusal", cast)
    one.refresh_from_db()
    assert one.disposition == Disposition.COMPLETE


def test_those_without_an_answer_stand_with_what_was_tried(cast, as_):
    found = made.asked(cast, now=timezone.now())
    done, other = found.invitations.order_by("number")[:2]
    made.answered(done, now=timezone.now())
    client = as_(cast.chair)
    answer = client.post(
        reverse("assessment:attempt", args=[other.pk]), {"channel": "visit", "outcome": "", "note": "Gate closed"}
    )
    page = client.get(answer.url).content.decode()
    assert "Gate closed" in page
    assert f'<br><span class="li-small">{found.pk}-{done.number},' not in page


def test_the_interviewer_calls_one_after_the_other(cast, as_):
    now = timezone.now()
    found = made.asked(cast, now=now)
    first, second = found.invitations.order_by("number")[:2]
    found.invitations.filter(pk__in=[first.pk, second.pk]).update(phone="+381 11 123")
    caller = players.person("Caller")
    players.role(caller, Kind.INTERVIEWER, cast.home)
    client, calls = as_(caller), reverse("assessment:calls", args=[found.pk])
    assert client.get(calls).url == reverse("assessment:call", args=[first.pk])
    address = reverse("assessment:call", args=[first.pk])
    page = client.get(address).content.decode()
    assert "+381 11 123" in page
    token = invited_token(first, "phone")
    assert f"/form/{token}/" in page
    door = invited(token)
    assert (door.invitation, door.channel) == (first, "phone")
    assert invited(invited_token(first)).channel == ""
    assert client.post(address, {"outcome": "non_contact", "note": "Rings"}).url == calls
    assert Attempt.objects.get().channel == "phone"
    assert client.get(calls).url == reverse("assessment:call", args=[second.pk])
    made.answered(second, now=now)
    assert "Nobody waits for a call" in client.get(calls).content.decode()
    assert client.get(reverse("assessment:call", args=[second.pk])).status_code == 404
    assert as_(cast.member).get(calls).status_code == 403
    assert as_(cast.stranger).get(calls).status_code == 404
    Attempt.objects.update(at=now - timedelta(hours=2))
    assert client.get(calls).url == address


def test_areas_are_given_to_an_enumerator(cast, as_):
    now = timezone.now()
    found = made.asked(cast, now=now)
    client = as_(cast.chair)
    mira = enumerators.add_enumerator(found, name="Mira", by=cast.chair, now=now)
    sent = {"enumerator": str(mira.pk), "areas": ["North", "Lakes"]}
    assert client.post(reverse("assessment:assign_invitations", args=[found.pk]), sent).status_code == 302
    given = found.invitations.filter(enumerator=mira)
    assert given.count() == found.invitations.filter(unit__unit__area__in=["North", "Lakes"]).count() > 0
    assert {row.name for row in board(found, "enumerator", now).rows} == {"Mira", "Not said"}
    enumerators.revoke_enumerator(mira, by=cast.chair, now=now)
    assert "Mira" not in client.get(reverse("assessment:assign_invitations", args=[found.pk])).content.decode()
