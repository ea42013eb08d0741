"""Twenty-two countries and three years of work, written straight into an empty database: test data, invented, in bulk.

What is open today (20 actions, 2 meetings ahead and 3 activities to answer in each country) is the same in a small and
a large history: only what is over differs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.db import models as tables

from learnin.journal.models import Entry, Notice
from learnin.people.models import Consent, Country, Person, Role
from learnin.people.privacy import NOTICE_VERSION
from learnin.programme import reader
from learnin.taskforce import models

OPEN, LATE, AHEAD, ASKED, SEATS, YEARS = 20, 5, 2, 3, 9, 3
RECORD = {"text": "What was said. " * 300}


@dataclass(frozen=True)
class Size:
    """How much there is in all countries together."""

    actions: int
    meetings: int
    people: int

    def share(self, what: str, at: int) -> int:
        """The part of the country at this place in the list."""
        whole = getattr(self, what)
        return whole * (at + 1) // 22 - whole * at // 22


LARGE, SMALL = Size(12_000, 1_000, 3_000), Size(1_200, 100, 300)


@dataclass
class Maker:
    """Writes one history, and counts."""

    size: Size
    now: datetime
    made: dict[str, int] = field(default_factory=dict)

    def put(self, model: type[tables.Model], rows: Iterator[tables.Model] | list[Any]) -> list[Any]:
        """Write the rows, in bulk."""
        found = model._default_manager.bulk_create(list(rows), batch_size=500)
        self.made[model.__name__] = self.made.get(model.__name__, 0) + len(found)
        return found

    def region(self) -> None:
        """Everything: advisers of the region, and each country of the programme."""
        regional = self.people("region", 16)
        self.put(Role, [self.role(one, "regional_member", None) for one in regional])
        activities = self.activities(regional[0])
        for at, country in enumerate(Country.objects.filter(is_example=False).order_by("pk")):
            self.country(country, at, activities)

    def people(self, where: str, number: int) -> list[Person]:
        """People who agreed to the notice, each with news they have read."""
        rows = [Person(email=f"p{n}@{where.lower()}.example", name=f"Person {n} {where}") for n in range(number)]
        for one in rows:
            one.set_unusable_password()
        found = self.put(Person, rows)
        self.put(Consent, [Consent(person=p, notice_version=NOTICE_VERSION, act="given", at=self.now) for p in found])
        seen = {"kind": "minutes.sent", "at": self.now, "seen_at": self.now, "mailed_at": self.now}
        self.put(Notice, [Notice(person=p, **seen) for p in found for _n in range(5)])
        return found

    def role(self, person: Person, kind: str, country: Country | None) -> Role:
        """A role since three years ago."""
        since = (self.now - timedelta(days=365 * YEARS)).date()
        return Role(person=person, kind=kind, country=country, starts_on=since, given_at=self.now)

    def past(self, number: int) -> Iterator[datetime]:
        """Moments in the three years behind us, evenly, the oldest first."""
        for n in range(number):
            yield self.now - timedelta(days=365 * YEARS * (number - n) / (number + 1))

    def activities(self, writer: Person) -> list[models.RegionalActivity]:
        """One a month in the large history; the last three are still to answer."""
        days = [*self.past(max(1, self.size.meetings // 30)), *[self.now + timedelta(days=9)] * ASKED]
        told = {"kind": "webinar", "text": "About it. " * 40, "written_by": writer}
        rows = [
            models.RegionalActivity(
                title=f"Activity {n}",
                answer_by=day.date(),
                starts_at=day,
                ends_at=day + timedelta(hours=2),
                written_at=day - timedelta(days=20),
                sent_at=day - timedelta(days=20),
                **told,
            )
            for n, day in enumerate(days)
        ]
        return self.put(models.RegionalActivity, rows)

    def country(self, country: Country, at: int, activities: list[models.RegionalActivity]) -> None:
        """One country: its people, task force, meetings, actions and copies."""
        people = self.people(country.pk, self.size.share("people", at))
        kinds = ["coordinator", "chair", *["member"] * (SEATS - 2)]
        kinds += ["observer"] * (len(people) - SEATS)
        self.put(Role, [self.role(*pair, country) for pair in zip(people, kinds, strict=True)])
        since = (self.now - timedelta(days=365 * YEARS)).date()
        force = models.TaskForce.objects.create(country=country, established_on=since, established_by="Order 1")
        seats = self.seats(force, people)
        self.posts(force, people)
        meetings = self.meetings(force, self.size.share("meetings", at), people, seats)
        self.actions(force, self.size.share("actions", at), meetings, seats, people)
        self.copies(country, activities, people)

    def seats(self, force: models.TaskForce, people: list[Person]) -> list[models.Seat]:
        """Nine seats; each was somebody else's before."""
        known, since = [one.id for one in reader.current().constituencies], force.established_on
        rows = [
            models.Seat(task_force=force, constituency=known[n % 6], number=n, title=f"Seat {n}", open_since=since)
            for n in range(SEATS)
        ]
        seats = self.put(models.Seat, rows)
        half, ends = since + timedelta(days=500), self.now.date() + timedelta(days=200)
        first = {"name": "Before", "nominated_on": since, "appointed_on": since, "ended_on": half}
        self.put(models.Sitting, [models.Sitting(seat=seat, **first) for seat in seats])
        since_then = {"nominated_on": half, "appointed_on": half, "term_ends_on": ends, "english": "B2"}
        pairs = zip(seats, people, strict=False)
        self.put(models.Sitting, [models.Sitting(seat=s, person=p, name=p.name, **since_then) for s, p in pairs])
        return seats

    def posts(self, force: models.TaskForce, people: list[Person]) -> None:
        """Every post is held."""
        kinds = [("chair", ""), ("coordinator", ""), ("assessment_coordinator", "")]
        kinds += [("community_coordinator", one.id) for one in reader.current().components]
        rows = [
            models.Post(task_force=force, kind=k, component=c, person=p, name=p.name, starts_on=force.established_on)
            for (k, c), p in zip(kinds, people, strict=False)
        ]
        self.put(models.Post, rows)

    def meetings(
        self, force: models.TaskForce, number: int, people: list[Person], seats: list[models.Seat]
    ) -> list[models.Meeting]:
        """Sealed meetings, each with agenda, answers, attendance and decisions; and two ahead."""
        days = [*self.past(number - AHEAD), *(self.now + timedelta(days=20 * (n + 1)) for n in range(AHEAD))]
        rows = []
        for n, day in enumerate(days):
            over = {"invited_at": day, "held_at": day, "minutes_sent_at": day, "objections_until": day}
            sealed = {"approved_at": day, "approved_by": people[1], "seal": "0" * 64, "record": RECORD}
            filed = {"register_number": f"{force.country_id}/MIN/{day.year}/{n:03}"}
            happened = {**over, **sealed, **filed} if day < self.now else {"invited_at": self.now}
            named = {"number": n + 1, "title": f"Meeting {n + 1}", "uid": f"{force.country_id}-{n}@bench"}
            hours = {"starts_at": day, "ends_at": day + timedelta(hours=2)}
            rows.append(models.Meeting(task_force=force, **named, **hours, **happened))
        meetings = self.put(models.Meeting, rows)
        self.inside(force, meetings, seats)
        self.lines(meetings, people, "meeting.planned", "meeting.invited", "meeting.held", "minutes.sealed")
        return meetings

    def inside(self, force: models.TaskForce, meetings: list[models.Meeting], seats: list[models.Seat]) -> None:
        """What belongs to each meeting."""
        items = [
            models.AgendaItem(meeting=m, position=n, title=f"Item {n}", kind="decision", notes="Said. " * 50)
            for m in meetings
            for n in range(3)
        ]
        self.put(models.AgendaItem, items)
        sitters = list(models.Sitting.objects.filter(seat__in=seats, ended_on=None).order_by("pk"))
        self.put(models.Invitee, [models.Invitee(meeting=m, sitting=s) for m in meetings for s in sitters])
        held = [m for m in meetings if m.held_at]
        self.put(
            models.Attendance,
            [models.Attendance(meeting=m, seat=s.seat, sitting=s, presence="room") for m in held for s in sitters],
        )
        numbers, words = count(1), "Agreed. " * 20
        rows = [
            models.Decision(
                meeting=m,
                task_force=force,
                year=m.starts_at.year,
                number=next(numbers),
                text=words,
                method="consent",
                made_at=m.starts_at,
            )
            for m in held
            for _n in range(2)
        ]
        decisions = self.put(models.Decision, rows)
        both = [one.id for one in reader.current().components][:2]
        named = [models.DecisionComponent(decision=d, component=c) for d in decisions for c in both]
        self.put(models.DecisionComponent, named)
        points = [one.id for one in reader.current().mandate_points]
        shown = {"task_force": force, "added_at": self.now, "added_by_id": sitters[0].person_id}
        evidence = [
            models.MandateEvidence(decision=d, mandate_point=points[n % len(points)], on_day=d.made_at.date(), **shown)
            for n, d in enumerate(decisions)
        ]
        self.put(models.MandateEvidence, evidence)

    def actions(
        self,
        force: models.TaskForce,
        number: int,
        meetings: list[models.Meeting],
        seats: list[models.Seat],
        people: list[Person],
    ) -> None:
        """Done, but for the last twenty: five of these are late."""
        rows = []
        for n, day in enumerate(self.past(number)):
            left = number - n
            due = self.now + timedelta(days=30 if left > LATE else -left)
            done = {"done_at": day, "done_by": people[n % SEATS], "outcome": "Done. " * 20} if left > OPEN else {}
            due_on = day.date() if done else due.date()
            given = {"seat": seats[n % SEATS], "meeting": meetings[n % (len(meetings) - AHEAD)]}
            numbered = {"year": day.year, "number": n + 1, "text": f"Action {n}", "created_at": day}
            rows.append(models.ActionPoint(task_force=force, due_on=due_on, **given, **numbered, **done))
        actions = self.put(models.ActionPoint, rows)
        one = reader.current().components[0].id
        self.put(models.ActionComponent, [models.ActionComponent(action=a, component=one) for a in actions])
        self.lines(actions, people, "action.added", "action.done")

    def copies(self, country: Country, activities: list[models.RegionalActivity], people: list[Person]) -> None:
        """Answered, but for the last three."""
        rows = []
        for n, one in enumerate(activities):
            over = {"state": "attended", "answered_at": one.sent_at, "answered_by": people[0]}
            is_asked = n >= len(activities) - ASKED
            rows.append(models.ActivityCopy(activity=one, country=country, **({} if is_asked else over)))
        self.put(models.ActivityCopy, rows)

    def lines(self, things: list[Any], people: list[Person], *verbs: str) -> None:
        """What the journal tells of each."""
        country = things[0].task_force.country_id
        rows = [
            Entry(
                verb=verb,
                on_app="taskforce",
                on_model=one._meta.model_name,
                on_id=str(one.pk),
                on_label=str(one),
                country_id=country,
                by=people[0],
                at=self.now - timedelta(days=(len(things) - n) / len(things) * 365 * YEARS),
            )
            for n, one in enumerate(things)
            for verb in verbs
        ]
        self.put(Entry, rows)
