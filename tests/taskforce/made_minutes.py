"""A meeting with something of everything, at each step of its minutes."""

from datetime import date, timedelta

from learnin.taskforce.models import Decision, Meeting
from learnin.taskforce.operations import actions, agenda, decisions, meetings, minutes, seal
from tests.cast import NOW, Cast
from tests.taskforce import made

DAY = NOW - timedelta(days=20)
SENT = DAY + timedelta(days=1)
OVER = SENT + timedelta(days=5)
TEXT = "Објавити осамнаест налаза одмах; осам задржати. გამოვაქვეყნოთ დასკვნები."
NOTES = "Томас Мустер је показао налазе.\n\nPitanja su bila o seoskim školama."


def held(cast: Cast) -> Meeting:
    """Held, with who came, notes, a vote, a decision by consent and an action."""
    force = made.full(cast)
    leads = {"by": cast.chair, "now": DAY}
    meeting = meetings.plan(
        force,
        title="Први налази",
        starts_at=DAY,
        ends_at=DAY + timedelta(hours=2),
        place="Соба 204",
        guests="Jon Shembull",
        **leads,
    )
    item = agenda.add_item(meeting, title="Шта су нам рекли", kind="decision", components=["pedagogy"], **leads)
    meetings.hold(meeting, **leads)
    seats = list(force.seats.order_by("number"))
    meetings.note_attendance(
        meeting, presences={one.pk: "room" for one in seats[:-1]} | {seats[-1].pk: "excused"}, **leads
    )
    agenda.write_notes(item, notes=NOTES, **leads)
    decided = decisions.record_decision(
        meeting,
        item=item,
        text=TEXT,
        method=Decision.Method.VOTE,
        votes_for=3,
        votes_against=1,
        abstentions=1,
        dissent="Elif Örnek wants to wait.",
        components=["pedagogy", "policy"],
        **leads,
    )
    actions.add(
        force,
        text="Publish the 18 findings",
        seat=seats[0],
        due_on=date(2026, 12, 20),
        meeting=meeting,
        decision=decided,
        priority="high",
        **leads,
    )
    return Meeting.objects.select_related("task_force__country").get(pk=meeting.pk)


def sent(cast: Cast) -> Meeting:
    """The draft lies with members."""
    return minutes.send(held(cast), by=cast.chair, now=SENT)


def objected(cast: Cast) -> Meeting:
    """A member objected."""
    meeting = sent(cast)
    minutes.object_to(meeting, text="It was nine findings, not eight.", by=cast.member, now=SENT)
    return meeting


def sealed(cast: Cast) -> Meeting:
    """Objected, answered, approved and sealed."""
    meeting = objected(cast)
    minutes.answer(meeting.objections.get(), answer="Eight: see the list.", by=cast.chair, now=SENT)
    return seal.approve(meeting, by=cast.chair, now=OVER)
