"""A round is planned from a published questionnaire; its page says what its numbers will be worth."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learnin.assessment.models import Round
from learnin.assessment.operations import invitations as asking
from learnin.assessment.operations import rounds as operations
from learnin.journal.models import Entry
from learnin.kit import next as waiting
from tests.assessment import made_answers, made_frames
from tests.assessment import made_rounds as made
from tests.cast import NOW


def sent(instrument, **more):
    plain = {
        "title": "Teachers, spring", "instrument": str(instrument.pk), "assessment": "", "kind": "open", "sample": "",
        "naming": "unlinked", "opens_on": "2026-12-01", "closes_on": "2026-12-20", "target": "200",
        "reminders": "14, 7",
    }  # fmt: skip
    return plain | more


def test_a_round_is_planned_in_the_hours_of_its_country(cast, as_):
    instrument = made_answers.instrument(cast.home, by=cast.chair)
    answer = as_(cast.chair).post(reverse("assessment:plan_round", args=["RS"]), sent(instrument))
    found = Round.objects.get()
    assert answer.url == reverse("assessment:round", args=[found.pk])
    assert found.opens_at.isoformat() == "2026-11-30T23:00:00+00:00"  # midnight in Belgrade
    assert found.closes_at.isoformat() == "2026-12-20T23:00:00+00:00"
    assert (found.reminder_days, found.target, found.naming) == ([7, 14], 200, "unlinked")
    assert Entry.objects.get(verb="round.planned").after["round_kind"] == "open"
    page = as_(cast.member).get(answer.url).content.decode()
    assert "Open link: not a sample" in page
    assert "They speak only for those who answered" in page
    assert "Spring" not in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": "sample"}, "Choose the sample that is asked"),
        ({"closes_on": "2026-11-30"}, "The last day must not be before the first"),
        ({"reminders": "7, soon"}, "Write days from 1 to 90 with commas between, not “soon”"),
        ({"reminders": "1,2,3,4,5,6"}, "Send at most 5 reminders"),
        ({"title": ""}, "Fill in: Name of the round"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused_in_words(cast, as_, wrong, words):
    instrument = made_answers.instrument(cast.home, by=cast.chair)
    answer = as_(cast.chair).post(reverse("assessment:plan_round", args=["RS"]), sent(instrument, **wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Round.objects.exists()


def test_only_a_published_questionnaire_can_be_asked(cast, as_):
    instrument = made_answers.instrument(cast.home, by=cast.chair)
    instrument.versions.update(published_at=None, published_by=None)
    with pytest.raises(operations.NotPublished):
        made.planned(cast, instrument=instrument)
    page = as_(cast.chair).get(reverse("assessment:rounds", args=["RS"])).content.decode()
    assert "A round needs a questionnaire with a published version" in page


@pytest.mark.parametrize(
    ("player", "see", "run"),
    [("chair", 200, 200), ("member", 200, 403), ("partner", 403, 403), ("stranger", 404, 404), ("regional", 200, 200)],
)
def test_who_may_see_and_run(cast, as_, player, see, run):
    found = made.asked(cast, now=timezone.now())
    client = as_(getattr(cast, player))
    assert client.get(reverse("assessment:rounds", args=["RS"])).status_code == see
    for page in ("round", "follow_up"):
        assert client.get(reverse(f"assessment:{page}", args=[found.pk])).status_code == see
    for page in ("change_round", "round_letters", "invitations", "list_people", "without_answer", "assign_invitations"):
        assert client.get(reverse(f"assessment:{page}", args=[found.pk])).status_code == run
    one = found.invitations.order_by("number")[0]
    for page in ("contact", "attempt", "replace_invitation"):
        assert client.get(reverse(f"assessment:{page}", args=[one.pk])).status_code == run


def test_what_people_were_told_stays_true_after_they_were_asked(cast, as_):
    found = made.asked(cast)
    operations.change_round(found, naming="unlinked", by=cast.chair, now=NOW)
    found.invitations.update(invited_at=NOW)
    with pytest.raises(operations.AlreadyAsked):
        operations.change_round(found, naming="linked", by=cast.chair, now=NOW)
    operations.change_round(found, title="Another name", by=cast.chair, now=NOW)
    found.refresh_from_db()
    assert (found.title, found.naming) == ("Another name", "unlinked")


def test_a_closed_round_asks_nobody(cast, as_):
    found = made.asked(cast, now=timezone.now())
    assert as_(cast.chair).post(reverse("assessment:close_round", args=[found.pk])).status_code == 302
    found.refresh_from_db()
    assert found.closed_by == cast.chair
    for act in (asking.make_from_sample, operations.close_round):
        with pytest.raises(operations.RoundOver):
            act(found, by=cast.chair, now=timezone.now())
    page = as_(cast.chair).get(reverse("assessment:round", args=[found.pk])).content.decode()
    assert "It was closed on" in page


def test_the_letters_keep_only_words_of_ones_own(cast, as_):
    found = made.planned(cast, now=timezone.now())
    client, address = as_(cast.chair), reverse("assessment:round_letters", args=[found.pk])
    form = client.get(address).context["form"]
    assert {"subject-sr", "text-sr", "text-en"} <= set(form.fields)
    ours = {name: form[name].initial for name in form.fields}
    assert client.post(address, ours).status_code == 302
    found.refresh_from_db()
    assert found.words == {}
    client.post(address, ours | {"text-en": "We ask you.\r\n\r\nThe ministry"})
    found.refresh_from_db()
    assert found.words == {"en": {"subject": "", "text": "We ask you.\n\nThe ministry"}}


def test_what_is_next_for_the_coordinator(cast):
    now = timezone.now()
    found = made.planned(cast, now=now)
    today = now.date()

    def told(person):
        return {one.do for one in waiting.for_person(person, cast.home, today, most=99)}

    assert "Make the invitations of a round" in told(cast.chair)
    assert "Make the invitations of a round" not in told(cast.member)
    asking.make_from_sample(found, by=cast.chair, now=now)
    assert "Make the invitations of a round" not in told(cast.chair)
    operations.change_round(found, closes_at=now + timedelta(days=2), by=cast.chair, now=now)
    assert "Follow up a round that closes soon" in told(cast.chair)
    for one in found.invitations.order_by("number")[:10]:
        made.answered(one, now=now)
    assert "Follow up a round that closes soon" not in told(cast.chair)


def test_another_country_finds_nothing(cast, as_):
    frame = made_frames.frame(cast)
    assert frame.country == cast.home
    assert as_(cast.stranger).get(reverse("assessment:rounds", args=["RS"])).status_code == 404
    assert as_(cast.stranger).post(reverse("assessment:plan_round", args=["RS"]), {}).status_code == 404
