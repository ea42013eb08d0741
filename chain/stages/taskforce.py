"""A task force with its seats, its leads and a first meeting whose minutes are approved. Its people are made up."""

from datetime import datetime, timedelta

from chain.walk import COUNTRY, Made, Walk
from learnin.people import operations as people
from learnin.people.models import Country, Person
from learnin.people.operations import invitations as letters
from learnin.people.roles import Kind
from learnin.programme import reader
from learnin.taskforce.models import Meeting, TaskForce
from learnin.taskforce.models.composition import PostKind
from learnin.taskforce.operations import agenda, composition, decisions, meetings, minutes, seal

CHAIR, COORDINATOR, ANALYST, ADMIN, REGION = "chair", "coordinator", "analyst", "admin", "region"
ROLES = {
    REGION: Kind.REGIONAL_ADMIN,
    ADMIN: Kind.COUNTRY_ADMIN,
    CHAIR: Kind.CHAIR,
    COORDINATOR: Kind.COORDINATOR,
    ANALYST: Kind.ASSESSMENT_COORDINATOR,
}
BEGUN, MET = 60, 30  # days before the walk


def establish(walk: Walk) -> Made:
    """The task force, a member for each constituency the programme asks for, and one meeting."""
    walk.country = Country.objects.get(code=COUNTRY)
    for key, kind in ROLES.items():
        walk.people[key] = _join(walk, key, kind)
    walk.force = composition.establish(
        walk.country,
        established_on=walk.ago(BEGUN).date(),
        established_by="Order 1 (made up)",
        by=walk.people[REGION],
        now=walk.ago(BEGUN),
    )
    seats = _seat_everybody(walk)
    _appoint_leads(walk)
    meeting = _meet(walk, walk.force)
    return {"seats filled": seats, "people": len(walk.people), "decisions": meeting.decisions.count()}


def _join(walk: Walk, key: str, kind: Kind) -> Person:
    """Somebody is invited and accepts the next day."""
    invitation = letters.invite(
        email=f"{key}@chain.example",
        name=f"{key.replace('-', ' ').capitalize()} (made up)",
        language="en",
        kind=kind,
        country=None if kind is Kind.REGIONAL_ADMIN else walk.country,
        by=walk.people.get(REGION),
        now=walk.ago(BEGUN + 2),
    )
    return people.accept(invitation, by=None, now=walk.ago(BEGUN + 1), name=invitation.name, language="en").person


def _seat_everybody(walk: Walk) -> int:
    opened = list(walk.force.seats.order_by("number"))
    for seat in opened:
        member = walk.people[seat.constituency] = _join(walk, seat.constituency, Kind.MEMBER)
        sitting = composition.nominate(
            seat, name=member.name, email=member.email, organisation="Made up", position="Member", sex="f",
            by=walk.people[CHAIR], now=walk.ago(BEGUN - 1),
        )  # fmt: skip
        day = walk.ago(BEGUN - 2)
        composition.appoint(sitting, by=walk.people[ADMIN], now=day, on=day.date(), term_ends_on=walk.ago(-365).date())
    return len(opened)


def _appoint_leads(walk: Walk) -> None:
    leads = [(PostKind.CHAIR, "", CHAIR), (PostKind.COORDINATOR, "", COORDINATOR)]
    leads += [(PostKind.ASSESSMENT_COORDINATOR, "", ANALYST)]
    leads += [(PostKind.COMMUNITY_COORDINATOR, one.id, "teacher-education") for one in reader.current().components]
    for kind, component, key in leads:
        person = walk.people[key]
        composition.appoint_post(
            walk.force, kind=kind, component=component, name=person.name, email=person.email, mandate="Made up.",
            by=walk.people[ADMIN], now=walk.ago(BEGUN - 3),
        )  # fmt: skip


def _meet(walk: Walk, force: TaskForce) -> Meeting:
    by, begun = walk.people[COORDINATOR], walk.ago(MET)
    meeting = meetings.plan(
        force, title="First meeting", starts_at=begun, ends_at=begun + timedelta(hours=1), place="Online", by=by,
        now=walk.ago(MET + 10),
    )  # fmt: skip
    item = agenda.add_item(
        meeting, title="Needs assessment", kind="decision", minutes_planned=30, components=(), by=by,
        now=walk.ago(MET + 9),
    )  # fmt: skip
    meetings.hold(meeting, by=by, now=begun)
    present = {seat.pk: "online" for seat in force.seats.order_by("pk")}
    meetings.note_attendance(meeting, presences=present, by=by, now=begun)
    agenda.write_notes(item, notes="The plan was presented.", by=by, now=begun)
    decisions.record_decision(
        meeting, item=item, text="Ask a sample of schools.", method="consent", evidence="The register of schools",
        components=(), by=by, now=begun,
    )  # fmt: skip
    _seal(walk, meeting, begun)
    return meeting


def _seal(walk: Walk, meeting: Meeting, begun: datetime) -> None:
    meeting.refresh_from_db()
    minutes.send(meeting, by=walk.people[COORDINATOR], now=begun + timedelta(days=1))
    seal.approve(meeting, by=walk.people[CHAIR], now=begun + timedelta(days=15))
