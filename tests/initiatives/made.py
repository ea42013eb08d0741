"""Initiatives for tests, made by the operations of the pages."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from learnin.initiatives.formats.record import Contact, Organisation, Party, Place, Reach, Record, Role, Status, Text
from learnin.initiatives.models import Agreement, Initiative, Pair
from learnin.initiatives.models import Organisation as Kept
from learnin.initiatives.operations import agreements, organisations, pairs, registering, representing
from learnin.initiatives.queries import agreements as queries
from learnin.people.models import Country, Person
from learnin.taskforce.models import TaskForce
from tests.cast import NOW, Cast
from tests.taskforce import made as taskforce


def organisation(name: str, identifier: str = "") -> Organisation:
    """An organisation as a file names it."""
    return Organisation((Text(name, "en"),), identifier)


def record(title: str = "Digital skills for teachers", **says: Any) -> Record:
    """A record with what most tests need; `says` goes over it."""
    usual: dict[str, Any] = {
        "titles": (Text(title, "en"),),
        "reporter": organisation("UNICEF Serbia"),
        "parties": (Party(organisation("Ministry of Education"), Role.IMPLEMENTING),),
        "status": Status.IMPLEMENTATION,
        "actual_start": date(2026, 1, 15),
        "planned_end": date(2027, 12, 31),
        "places": (Place(country="RS", area="RS-00", name="Belgrade", reach=Reach.BENEFICIARIES),),
        "themes": ("digital-skills",),
        "audiences": ("teachers",),
        "components": ("technology",),
        "language": "en",
    }
    return Record(**usual | says)


def initiative(
    cast: Cast, title: str = "Digital skills for teachers", *, by: Person | None = None, country: Country | None = None,
    origin: str = Initiative.Origin.FORM, is_draft: bool = False, **says: Any,
) -> Initiative:  # fmt: skip
    """An initiative in the register of the home country."""
    return registering.register(
        country or cast.home,
        record=record(title, **says),
        by=by or cast.chair,
        now=NOW,
        origin=origin,
        is_draft=is_draft,
    )


def side_by_side(cast: Cast, first: Initiative, second: Initiative, verdict: str = "overlap") -> Pair:
    """Two initiatives that were put side by side, and what the chair said of them."""
    first, second = sorted((first, second), key=lambda one: one.pk)
    judged = {"verdict": verdict, "judged_by": cast.chair, "judged_at": NOW} if verdict else {}
    return Pair.objects.create(country=first.country, first=first, second=second, score=0.9, found_at=NOW, **judged)


def two(cast: Cast) -> tuple[Initiative, Initiative]:
    """Two initiatives of two organisations, each with somebody to ask."""
    ask = {"contact": Contact(person="Vesna Savet", email="vesna@unicef.example")}
    also = {"contact": Contact(person="Petar Petrović", email="petar@bank.example")}
    return (
        initiative(cast, "Digital skills for teachers", identifier="A-1", **ask),
        initiative(
            cast,
            "Teachers and tablets",
            identifier="B-1",
            reporter=organisation("World Bank"),
            components=("pedagogy", "technology"),
            **also,
        ),
    )


def agreement(cast: Cast, **facts: Any) -> Agreement:
    """A proposal to align two overlapping initiatives, with two parties that were asked."""
    force = TaskForce.objects.filter(country=cast.home).first() or taskforce.full(cast)
    about = two(cast)
    told: dict[str, Any] = {
        "initiatives": about,
        "kind": "align",
        "text": "Both train the same schools: one calendar.",
        "due_on": timezone.localdate() + timedelta(days=60),
        "owner": force.seats.order_by("number")[1],
        "parties": queries.suggested(about),
        "pair": side_by_side(cast, *about),
    }
    return agreements.propose(cast.home, **told | facts, by=cast.chair, now=timezone.now())


def agreement_again(cast: Cast, first: Agreement) -> Agreement:
    """Another proposal to the same parties about the same initiatives."""
    about = list(first.initiatives.select_related("reporter").order_by("pk"))
    return agreements.propose(
        cast.home,
        initiatives=about,
        kind="complement",
        text="Share the trainers",
        due_on=first.due_on,
        owner=first.owner,
        parties=queries.suggested(about),
        by=cast.chair,
        now=timezone.now(),
    )


def pair(cast: Cast, *, verdict: str = "", **says: Any) -> Pair:
    """Two initiatives of the home country side by side as the machine finds them, judged or not."""
    one = initiative(cast, "Digital skills for teachers in Belgrade", **says)
    other = initiative(cast, "Digital skills for teachers of Belgrade", reporter=organisation("World Bank"))
    pairs.find(cast.home.pk, by=None, now=NOW)
    found = Pair.objects.get(first=one, second=other)
    return pairs.judge(found, verdict=verdict, by=cast.chair, now=NOW) if verdict else found


def kept_organisation(cast: Cast, name: str, *, country: Country | None = None) -> Kept:
    """An organisation that the home country knows."""
    found = Kept.objects.filter(names__en=name).first()
    return found or organisations.add(country or cast.home, names={"en": name}, by=cast.chair, now=NOW)


def represent(cast: Cast, name: str, person: Person) -> Kept:
    """Let somebody look after the initiatives of an organisation."""
    found = kept_organisation(cast, name)
    representing.add(found, person=person, country=cast.home, by=cast.chair, now=NOW)
    return found
