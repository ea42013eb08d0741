"""Third chapter: a task force of nine with one empty seat, five meetings, what the region asked. All invented."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from learnin.demo.chapters.c2_documents import paper
from learnin.people.models import Country
from learnin.taskforce.models import AgendaItem, Decision, Meeting, Seat, TaskForce
from learnin.taskforce.models.actions import ActionPoint
from learnin.taskforce.models.composition import PostKind
from learnin.taskforce.operations import (
    actions,
    activities,
    agenda,
    composition,
    decisions,
    events,
    hand_over,
    invitations,
    mandate,
    meetings,
    minutes,
    seal,
)

if TYPE_CHECKING:
    from learnin.demo.story import Story

# key of who sits (nobody: the seat stays open), constituency, seat, institution, works with the region
SEATS = (
    ("ana", "ministry", "Teacher education", "Ministry of Education", True),
    ("davit", "ministry", "Curriculum", "Ministry of Education", False),
    ("irena", "ministry", "Distance learning", "Ministry of Education", False),
    ("petra", "teacher-education", "Faculty of Education", "State University", True),
    ("marko", "teacher-education", "Schools’ Network", "Schools’ Network", True),
    ("elif", "technology-lead", "Digital services", "Ministry of Education", False),
    ("", "parents", "Parents’ Association", "Parents’ Association", False),
    ("tomas", "analysis", "Analytical unit", "Ministry of Education", False),
    ("olena", "partners", "Fund for Schools (example)", "Fund for Schools (example)", True),
    ("lela", "partners", "Learning Trust (example)", "Learning Trust (example)", False),
)

# title, days before the story is told (below zero: to come), items: (title, kind, components, decision, evidence)
MEETINGS = (
    (
        "How we work",
        210,
        (
            (
                "Rules of the task force",
                "decision",
                (),
                "Adopt the rules of work as sent on 1 April.",
                "Draft rules, 4 pages",
            ),
            ("Who leads the three communities", "discussion", ("pedagogy", "policy", "technology"), "", ""),
        ),
    ),
    (
        "Coordinators and first plans",
        160,
        (
            (
                "Appoint the coordinators of the communities",
                "decision",
                ("pedagogy", "policy", "technology"),
                "Appoint Petra Vzorek, Davit Nimushi and Elif Örnek as coordinators of the three communities.",
                "Short list of nine people",
            ),
            (
                "Connections of village schools",
                "decision",
                ("policy", "technology"),
                "Ask the regulator for the list of schools without a connection.",
                "Letter of the Isle of Bren, May",
            ),
        ),
    ),
    (
        "Questions for the needs assessment",
        18,
        (
            (
                "What we ask teachers",
                "decision",
                ("pedagogy",),
                "Ask teachers about planning, confidence and time, in both languages.",
                "Draft of 42 questions",
            ),
            ("The parents’ seat", "discussion", (), "", ""),
        ),
    ),
    (
        "First reading of the field plan",
        2,
        (
            ("Field plan", "discussion", ("pedagogy", "technology"), "", ""),
            ("Budget of the assessment", "information", (), "", ""),
        ),
    ),
    ("Field plan and training", -17, (("Approve the field plan", "decision", ("pedagogy",), "", ""),)),
)

# meeting (from 0), seat of, what, due days before the story, state, priority
ACTIONS = (
    (0, "marko", "Send the adopted rules to all nominating institutions", 200, "done", "normal"),
    (0, "ana", "Ask the Parents’ Association for three names", 40, "late", "normal"),
    (1, "elif", "Collect the list of schools without a connection", 120, "done", "high"),
    (1, "davit", "Compare the curriculum with the rules on online lessons", -20, "begun", "normal"),
    (1, "irena", "Describe how schools in the uplands teach in winter", 6, "late", "normal"),
    (2, "tomas", "Send the questions to two test schools", -9, "open", "normal"),
    (2, "olena", "Name partners who train teachers in Velna", -12, "open", "normal"),
)


def tell(story: "Story") -> None:
    """Seat the task force, hold its meetings, answer the region."""
    force = composition.establish(
        story.country,
        established_on=story.ago(262).date(),
        established_by="Ministerial order 114",
        mandate_ends_on=story.ago(-470).date(),
        by=story.people["rena"],
        now=story.ago(262),
    )
    seats = _seat_everybody(story, list(force.seats.order_by("number")))
    _appoint_leads(story, force)
    held = [_meet(story, force, *meeting, seats=seats) for meeting in MEETINGS]
    _act(story, force, held, seats)
    _write_minutes(story, held)
    _show_the_mandate(story, force, held, seats)
    _plan_the_end(story, force)
    _answer_the_region(story)
    events.publish_meeting(held[-1], by=story.people["marko"], now=story.ago(1))


def _seat_everybody(story: "Story", opened: list[Seat]) -> dict[str, Seat]:
    free = {seat.constituency: seat for seat in opened}
    seats: dict[str, Seat] = {}
    ana = story.people["ana"]
    for place, (key, constituency, title, institution, faces) in enumerate(SEATS):
        seat = free.pop(constituency, None)
        facts: dict[str, Any] = {
            "constituency": constituency,
            "title": title,
            "institution": institution,
            "faces_region": faces,
        }
        if seat:
            composition.correct_seat(seat, **facts, by=ana, now=story.ago(255))
        else:
            seat = composition.add_seat(opened[0].task_force, **facts, by=ana, now=story.ago(255))
        seats[key or "parents"] = seat
        if not key:
            continue
        person = story.people[key]
        sitting = composition.nominate(
            seat,
            name=person.name,
            email=person.email,
            organisation=person.organisation,
            position=person.position,
            sex="f" if place % 2 == 0 else "m",
            by=ana,
            now=story.ago(254),
        )
        ends = story.ago(-45) if key == "irena" else story.ago(-470)
        composition.appoint(
            sitting, by=story.people["mira"], now=story.ago(250), on=story.ago(250).date(), term_ends_on=ends.date()
        )
    return seats


def _appoint_leads(story: "Story", force: TaskForce) -> None:
    leads = (
        (PostKind.CHAIR, "", "ana", 250),
        (PostKind.COORDINATOR, "", "marko", 250),
        (PostKind.ASSESSMENT_COORDINATOR, "", "tomas", 205),
        (PostKind.COMMUNITY_COORDINATOR, "pedagogy", "petra", 158),
        (PostKind.COMMUNITY_COORDINATOR, "policy", "davit", 158),
        (PostKind.COMMUNITY_COORDINATOR, "technology", "elif", 158),
    )
    for kind, component, key, days in leads:
        person = story.people[key]
        composition.appoint_post(
            force,
            kind=kind,
            component=component,
            name=person.name,
            email=person.email,
            mandate="Prepares the work, keeps the papers, reports at each meeting.",
            by=story.people["mira"],
            now=story.ago(days),
        )


def _at(story: "Story", days: int, hour: int) -> datetime:
    return story.ago(days).replace(hour=hour, minute=0, second=0, microsecond=0)


def _meet(story: "Story", force: TaskForce, title: str, days: int, items: tuple, *, seats: dict[str, Seat]) -> Meeting:
    marko = story.people["marko"]
    meeting = meetings.plan(
        force,
        title=title,
        starts_at=_at(story, days, 10),
        ends_at=_at(story, days, 12),
        place="Ministry of Education, room 204, and online",
        by=marko,
        now=story.ago(days + 20),
    )
    told = [_add_item(story, meeting, item, days) for item in items]
    invitations.invite(meeting, by=marko, now=story.ago(max(days + 14, 1)))
    if days < 0:
        return meeting
    begun = _at(story, days, 10)
    meetings.hold(meeting, by=marko, now=begun)
    present = {seat.pk: "online" if key in {"lela", "petra"} else "room" for key, seat in seats.items()}
    present |= {seats["irena"].pk: "excused"}
    present.pop(seats["parents"].pk)
    meetings.note_attendance(meeting, presences=present, by=marko, now=begun + timedelta(minutes=10))
    for item, (_title, _kind, components, decided, evidence) in told:
        agenda.write_notes(item, notes="The paper was presented, questions were answered.", by=marko, now=begun)
        if decided:
            _decide(story, meeting, item, decided, evidence, components, begun)
    meeting.refresh_from_db()
    return meeting


def _add_item(story: "Story", meeting: Meeting, item: tuple, days: int) -> tuple[AgendaItem, tuple]:
    title, kind, components, _decided, _evidence = item
    added = agenda.add_item(
        meeting,
        title=title,
        kind=kind,
        minutes_planned=30,
        components=components,
        by=story.people["marko"],
        now=story.ago(days + 18),
    )
    return added, item


def _decide(
    story: "Story", meeting: Meeting, item: AgendaItem, text: str, evidence: str, components: tuple, now: datetime
) -> Decision:
    tally: dict[str, Any] = {"votes_for": 7, "votes_against": 0, "abstentions": 1} if "regulator" in text else {}
    return decisions.record_decision(
        meeting,
        item=item,
        text=text,
        method="vote" if tally else "consent",
        evidence=evidence,
        components=components,
        by=story.people["marko"],
        now=now + timedelta(minutes=40),
        **tally,
    )


def _act(story: "Story", force: TaskForce, held: list[Meeting], seats: dict[str, Seat]) -> None:
    for number, key, text, due, state, priority in ACTIONS:
        meeting = held[number]
        written_at = meeting.starts_at + timedelta(minutes=90)
        action = actions.add(
            force,
            text=text,
            seat=seats[key],
            due_on=story.ago(due).date(),
            priority=priority,
            meeting=meeting,
            by=story.people["marko"],
            now=written_at,
        )
        _carry_out(story, action, key, state, due, written_at)


def _carry_out(story: "Story", action: ActionPoint, key: str, state: str, due: int, since: datetime) -> None:
    by = story.people[key]
    if state in {"begun", "done"}:
        actions.begin(action, by=by, now=since + timedelta(days=3))
    if state == "done":
        proof: dict[str, Any] = (
            {"file": paper("List of schools"), "file_name": "list.pdf"} if action.priority == "high" else {}
        )
        actions.complete(
            action, outcome="Done as agreed; the answer came by letter.", by=by, now=story.ago(due + 4), **proof
        )


def _write_minutes(story: "Story", held: list[Meeting]) -> None:
    """Two meetings are sealed; the third waits for objections."""
    marko, ana = story.people["marko"], story.people["ana"]
    for meeting in held[:2]:
        sent = meeting.starts_at + timedelta(days=2)
        minutes.send(meeting, by=marko, now=sent)
        seal.approve(meeting, by=ana, now=sent + timedelta(days=6))
    minutes.send(held[2], by=marko, now=story.ago(1))
    minutes.object_to(
        held[2],
        text="Item 2: the association was named, but not asked yet.",
        by=story.people["petra"],
        now=story.ago(0),
    )


def _show_the_mandate(story: "Story", force: TaskForce, held: list[Meeting], seats: dict[str, Seat]) -> None:
    owners = {
        "regional-activities": seats["marko"],
        "country-activities": seats["ana"],
        "linked-components": seats["petra"],
        "needs-assessment": seats["tomas"],
    }
    mandate.assign(force, owners=owners, by=story.people["ana"], now=story.ago(150))
    for point, meeting in (
        ("country-activities", held[2]),
        ("needs-assessment", held[2]),
        ("linked-components", held[1]),
    ):
        mandate.add_evidence(
            force,
            mandate_point=point,
            meeting=meeting,
            by=story.people["marko"],
            now=meeting.starts_at + timedelta(days=1),
        )


def _plan_the_end(story: "Story", force: TaskForce) -> None:
    tasks = (
        ("Keep the three communities alive", "Institute of Education", "Each community runs its own events for a year"),
        ("Publish the needs assessment every two years", "Analytical unit of the ministry", "A budget line exists"),
    )
    for text, goes_to, condition in tasks:
        hand_over.add_task(
            force, text=text, goes_to=goes_to, condition=condition, by=story.people["ana"], now=story.ago(90)
        )


def _answer_the_region(story: "Story") -> None:
    """One activity was attended, one is planned, one still waits for an answer."""
    rena, marko = story.people["rena"], story.people["marko"]
    invited = [story.country, *Country.objects.filter(code__in=["GE", "MD", "RS"]).order_by("code")]
    plans = (
        ("Exchange on questionnaires", "webinar", 60, 45, "attended"),
        ("Sampling schools: a workshop", "workshop", 20, -9, "planned"),
        ("Data call: languages of instruction", "data_call", 5, None, ""),
    )
    for title, kind, written_days, starts, state in plans:
        begins = _at(story, starts, 11) if starts is not None else None
        activity = activities.write(
            title=title,
            kind=kind,
            text="Bring one question of your own. Papers follow a week before.",
            answer_by=_answer_by(story, written_days),
            starts_at=begins,
            ends_at=begins + timedelta(hours=2) if begins else None,
            place="Online",
            by=rena,
            now=story.ago(written_days),
        )
        copies = activities.send(activity, countries=invited, by=rena, now=story.ago(written_days))
        ours = next(copy for copy in copies if copy.country_id == story.country.pk)
        if state:
            activities.answer(ours, state="planned", by=marko, now=story.ago(written_days - 2))
        if state == "attended" and starts is not None:
            activities.attend(ours, by=marko, now=story.ago(starts - 1))


def _answer_by(story: "Story", written_days: int) -> date:
    return story.ago(written_days - 14).date()
