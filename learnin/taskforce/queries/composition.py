"""Who sits, what the rules ask, and what breaks if somebody leaves."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.kit import written
from learnin.people.models import Person
from learnin.people.models.persons import Level
from learnin.programme import reader
from learnin.taskforce.models import ActionPoint, Post, Seat, Sitting, TaskForce
from learnin.taskforce.models.composition import PostKind

SOON_DAYS = 60
"""A term that ends within this many days is named (issue of the task force, section 1)."""


@dataclass(frozen=True)
class Place:
    """A seat with who is in it."""

    seat: Seat
    member: Sitting | None
    deputy: Sitting | None

    @property
    def state(self) -> str:
        """open, nominated or appointed."""
        if self.member is None:
            return "open"
        return "appointed" if self.member.appointed_on else "nominated"

    @property
    def is_filled(self) -> bool:
        """Whether an appointed member sits here."""
        return self.state == "appointed"


@dataclass(frozen=True)
class Constituency:
    """The seats of one constituency."""

    id: str
    name: str
    places: tuple[Place, ...]

    @property
    def filled(self) -> int:
        """Seats with an appointed member."""
        return sum(place.is_filled for place in self.places)

    @property
    def empty(self) -> int:
        """Seats without one."""
        return len(self.places) - self.filled


@dataclass(frozen=True)
class Composition:
    """The whole task force on one day."""

    task_force: TaskForce
    today: date
    constituencies: tuple[Constituency, ...]
    posts: tuple[Post, ...]
    open_actions: dict[int, int]

    @property
    def places(self) -> list[Place]:
        """Every seat."""
        return [place for one in self.constituencies for place in one.places]

    @property
    def members(self) -> list[Sitting]:
        """Appointed members."""
        return [place.member for place in self.places if place.member and place.is_filled]

    @property
    def quorum(self) -> int:
        """More than half of the filled seats."""
        return len(self.members) // 2 + 1

    def ending_soon(self) -> list[Sitting]:
        """Members whose term ends within sixty days, soonest first."""
        limit = self.today + timedelta(days=SOON_DAYS)
        ending = [one for one in self.members if one.term_ends_on and one.term_ends_on <= limit]
        return sorted(ending, key=lambda one: (one.term_ends_on or limit, one.pk))


@dataclass(frozen=True)
class Check:
    """One thing the rules ask, in words."""

    text: str
    state: str
    why: str = ""


_ORDER = {"no": 0, "soon": 1, "met": 2}


def composition(task_force: TaskForce, today: date) -> Composition:
    """Seats by constituency in the programme's order, with members, deputies and posts."""
    sitting = Sitting.objects.filter(ended_on=None, seat__task_force=task_force).select_related("person", "area")
    sitting = sitting.prefetch_related("person__spoken_languages")
    taken = {(one.seat_id, one.is_deputy): one for one in sitting}
    seats = task_force.seats.filter(closed_on=None).order_by("number")
    places = [Place(seat, taken.get((seat.pk, False)), taken.get((seat.pk, True))) for seat in seats]
    held = task_force.posts.filter(ended_on=None).select_related("person").order_by("pk")
    open_actions: dict[int, int] = {}
    for seat in ActionPoint.objects.filter(task_force=task_force, done_at=None, dropped_at=None).values_list(
        "seat", flat=True
    ):
        open_actions[seat] = open_actions.get(seat, 0) + 1
    return Composition(
        task_force=task_force,
        today=today,
        constituencies=tuple(
            Constituency(one.id, one.name, tuple(place for place in places if place.seat.constituency == one.id))
            for one in reader.current().constituencies
        ),
        posts=tuple(sorted(held, key=lambda post: (list(PostKind).index(PostKind(post.kind)), post.component))),
        open_actions=open_actions,
    )


def english_of(sitting: Sitting) -> str:
    """The member's CEFR level: what they told themselves, else what the nomination says."""
    if sitting.person:
        for spoken in sitting.person.spoken_languages.all():
            if spoken.language == reader.current().task_force.shared_language:
                return spoken.level
    return sitting.english


def works_in_english(sitting: Sitting) -> bool:
    """Whether the member reaches the programme's level."""
    levels = list(Level.values)
    level = english_of(sitting)
    return bool(level) and levels.index(level) >= levels.index(reader.current().task_force.shared_level)


def checks(here: Composition) -> list[Check]:
    """What the rules ask of this composition, worst first."""
    found = [
        *_voices(here),
        _size(here),
        *_posts(here),
        *_terms(here),
        _english(here),
        *_balance(here),
    ]
    return sorted(found, key=lambda check: _ORDER[check.state])


def _voices(here: Composition) -> Iterable[Check]:
    silent = [one for one in here.constituencies if not one.filled]
    for one in silent:
        seats = ngettext("%(n)d seat is empty.", "%(n)d seats are empty.", len(one.places)) % {"n": len(one.places)}
        why = seats if one.places else _("It has no seat yet. The mandate asks for at least one.")
        yield Check(_("Nobody speaks for: %(constituency)s") % {"constituency": one.name}, "no", why)
    if not silent:
        yield Check(_("Every constituency has a voice."), "met")


def _size(here: Composition) -> Check:
    rule = reader.current().task_force
    size = len(here.members)
    words = {"least": rule.members_least, "most": rule.members_most}
    why = ngettext("%(n)d member. The quorum is %(q)d.", "%(n)d members. The quorum is %(q)d.", size) % {
        "n": size,
        "q": here.quorum,
    }
    if rule.members_least <= size <= rule.members_most:
        return Check(_("Size is within %(least)d to %(most)d people.") % words, "met", why)
    return Check(_("Size is outside %(least)d to %(most)d people.") % words, "no", why)


def _posts(here: Composition) -> Iterable[Check]:
    held = {(post.kind, post.component): post for post in here.posts}
    needed = [(PostKind.CHAIR, ""), (PostKind.COORDINATOR, ""), (PostKind.ASSESSMENT_COORDINATOR, "")]
    missing = [PostKind(kind).label for kind, component in needed if (kind, component) not in held]
    communities = [
        component.name
        for component in reader.current().components
        if (PostKind.COMMUNITY_COORDINATOR, component.id) not in held
    ]
    for label in missing:
        yield Check(_("Nobody is: %(post)s") % {"post": label}, "no", _("Appoint somebody among the members."))
    if communities:
        names = ", ".join(str(name) for name in communities)
        yield Check(_("These communities have no coordinator: %(names)s") % {"names": names}, "soon")
    if not missing and not communities:
        yield Check(_("Chair and all coordinators are appointed."), "met")


def _terms(here: Composition) -> Iterable[Check]:
    ending = here.ending_soon()
    if not ending:
        yield Check(_("No term ends within %(days)d days.") % {"days": SOON_DAYS}, "met")
        return
    text = ngettext("%(n)d term ends within %(days)d days.", "%(n)d terms end within %(days)d days.", len(ending)) % {
        "n": len(ending),
        "days": SOON_DAYS,
    }
    why = "; ".join(f"{one.name}, {written.day(one.term_ends_on)}" for one in ending if one.term_ends_on)
    yield Check(text, "soon", why)


def _english(here: Composition) -> Check:
    facing = [place.member for place in here.places if place.member and place.is_filled and place.seat.faces_region]
    asked = facing or here.members
    able = [one for one in asked if works_in_english(one)]
    level = reader.current().task_force.shared_level
    why = _("%(able)d of %(all)d at %(level)s or higher. This measures cover only: nobody is left out.") % {
        "able": len(able),
        "all": len(asked),
        "level": level,
    }
    if able:
        return Check(_("Somebody who works with the region can do it in English."), "met", why)
    if here.task_force.interpreter_plan:
        return Check(
            _("Nobody works with the region in English; there is a plan."), "soon", here.task_force.interpreter_plan
        )
    return Check(_("Nobody works with the region in English, and there is no plan for interpreting."), "no", why)


def _balance(here: Composition) -> Iterable[Check]:
    told = [one.sex for one in here.members if one.sex]
    if told:
        women = told.count("f")
        state = "met" if 0.4 * len(told) <= women <= 0.6 * len(told) else "soon"
        text = _("Women: %(women)d of the %(told)d who told.") % {"women": women, "told": len(told)}
        yield Check(text, state, _("Balanced means between four and six of ten."))
    areas = {one.area for one in here.members if one.area}
    if areas:
        names = ", ".join(sorted(area.name for area in areas))
        text = ngettext("Members come from %(n)d area.", "Members come from %(n)d areas.", len(areas)) % {
            "n": len(areas)
        }
        yield Check(text, "met" if len(areas) > 1 else "soon", names)


def without(here: Composition, leaver: Sitting) -> Composition:
    """The composition as it would be if this member left today; a deputy does not move up by itself."""

    def empty(place: Place) -> Place:
        return replace(place, member=None) if place.member == leaver else place

    return replace(
        here,
        constituencies=tuple(
            replace(one, places=tuple(empty(place) for place in one.places)) for one in here.constituencies
        ),
        posts=tuple(post for post in here.posts if not _same(post, leaver)),
    )


def _same(post: Post, leaver: Sitting) -> bool:
    if post.person_id and leaver.person_id:
        return post.person_id == leaver.person_id
    return bool(leaver.email) and post.email.lower() == leaver.email.lower()


def what_breaks(here: Composition, leaver: Sitting) -> list[str]:
    """What changes if this member leaves, in sentences; every new problem, the actions and the quorum."""
    after = without(here, leaver)
    before = {check.text for check in checks(here) if check.state != "met"}
    found = [check.text for check in checks(after) if check.state != "met" and check.text not in before]
    actions = here.open_actions.get(leaver.seat_id, 0)
    if actions:
        words = ngettext(
            "%(n)d open action point needs a new owner.", "%(n)d open action points need a new owner.", actions
        )
        found.append(words % {"n": actions})
    found.append(
        _("%(n)d members remain. The quorum is %(q)d, now %(was)d.")
        % {"n": len(after.members), "q": after.quorum, "was": here.quorum}
    )
    return found


def seats_of(person: Person, task_force: TaskForce) -> list[Seat]:
    """The seats in which the person sits today, as member or deputy."""
    sits = Sitting.objects.filter(person=person, ended_on=None, seat__task_force=task_force, seat__closed_on=None)
    return [one.seat for one in sits.select_related("seat").order_by("seat__number")]


def history(task_force: TaskForce) -> list[Sitting]:
    """Terms that are over, newest first."""
    over = Sitting.objects.filter(seat__task_force=task_force).exclude(ended_on=None)
    return list(over.select_related("seat").order_by("-ended_on", "-pk"))


def task_force_of(country_code: str) -> TaskForce | None:
    """The task force of a country that was reached already, if it is established."""
    return TaskForce.objects.select_related("country", "order").filter(country=country_code).first()
