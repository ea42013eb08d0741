"""Task forces for tests, made by the operations of the pages."""

from datetime import date

from learnin.people.models import Person
from learnin.taskforce.models import Seat, Sitting, TaskForce
from learnin.taskforce.models.composition import PostKind
from learnin.taskforce.operations import composition
from tests.cast import NOW, Cast

SINCE = date(2026, 3, 3)


def task_force(cast: Cast, *, by: Person | None = None) -> TaskForce:
    """The home country's task force with its empty seats."""
    return composition.establish(
        cast.home, established_on=SINCE, established_by="Ministerial order 114", by=by or cast.regional, now=NOW
    )


def elsewhere(cast: Cast) -> TaskForce:
    """The stranger's task force."""
    return composition.establish(
        cast.elsewhere, established_on=SINCE, established_by="Order 7", by=cast.regional, now=NOW
    )


def seated(seat: Seat, name: str, cast: Cast, *, person: Person | None = None, **details: object) -> Sitting:
    """Somebody appointed to the seat."""
    email = person.email if person else ""
    sitting = composition.nominate(seat, name=name, email=email, by=cast.regional, now=NOW, on=SINCE, **details)
    return composition.appoint(sitting, by=cast.regional, now=NOW, on=SINCE)


def full(cast: Cast) -> TaskForce:
    """Every seat taken; the chair and the member of the cast sit in the first two."""
    task_force_ = task_force(cast)
    seats = list(task_force_.seats.order_by("number"))
    people = {0: cast.chair, 1: cast.member}
    for at, seat in enumerate(seats):
        person = people.get(at)
        name = person.name if person else f"Sitter {at + 1}"
        seated(seat, name, cast, person=person, english="B2" if at < 3 else "A2")
    for kind in (PostKind.CHAIR, PostKind.COORDINATOR, PostKind.ASSESSMENT_COORDINATOR):
        composition.appoint_post(task_force_, kind=kind, name="Somebody", by=cast.regional, now=NOW, on=SINCE)
    for component in ("pedagogy", "policy", "technology"):
        composition.appoint_post(
            task_force_,
            kind=PostKind.COMMUNITY_COORDINATOR,
            component=component,
            name="Somebody",
            by=cast.regional,
            now=NOW,
            on=SINCE,
        )
    return task_force_
