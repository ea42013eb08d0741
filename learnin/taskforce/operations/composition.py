"""Establish a task force; open, fill and empty its seats and posts."""

from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from learnin.journal.operations import entries, files
from learnin.kit import languages, written
from learnin.kit.refusal import Refusal
from learnin.people.models import Area, Country, Person, Role
from learnin.people.operations.invitations import AlreadyInvited, invite
from learnin.people.operations.roles import AlreadyHolds, begin_role, close, require_giver
from learnin.people.roles import Can, Kind, may
from learnin.programme import reader
from learnin.taskforce import notices
from learnin.taskforce.models import Post, Seat, Sitting, TaskForce
from learnin.taskforce.models.composition import PostKind
from learnin.taskforce.operations import life
from learnin.taskforce.queries import meetings

DETAILS = ("name", "email", "organisation", "position", "english", "sex")


class AlreadyEstablished(Refusal):
    """A country has one task force."""


class SeatTaken(Refusal):
    """Somebody is in the seat."""


class SeatClosed(Refusal):
    """The seat was closed."""


class NotNominated(Refusal):
    """Only who is nominated can be appointed, and only once."""


class AlreadyOver(Refusal):
    """The term or the post has ended."""


class UnknownLanguage(Refusal):
    """Pages and papers do not speak this language here."""


class WrongDay(Refusal):
    """The day does not fit the days around it."""


def _line(verb: str, on: Model, country: Country, by: Person, now: datetime, **told: dict) -> None:
    entries.write(verb, on, by=by, now=now, country=country, before=told.get("before"), after=told.get("after"))


@transaction.atomic
def establish(
    country: Country,
    *,
    established_on: date,
    established_by: str,
    by: Person,
    now: datetime,
    mandate_ends_on: date | None = None,
    order: BinaryIO | None = None,
    order_name: str = "",
) -> TaskForce:
    """Begin the country's task force, with the seats the programme asks for. Raises AlreadyEstablished."""
    country = Country.objects.select_for_update().get(pk=country.pk)
    if TaskForce.objects.filter(country=country).exists():
        raise AlreadyEstablished(_("%(country)s has a task force already.") % {"country": country.name})
    kept = files.attach(order, name=order_name, country=country, by=by, now=now) if order else None
    task_force = TaskForce.objects.create(
        country=country,
        established_on=established_on,
        established_by=established_by,
        order=kept,
        mandate_ends_on=mandate_ends_on,
    )
    after = {"established_on": established_on.isoformat(), "established_by": established_by}
    _line("taskforce.established", task_force, country, by, now, after=after)
    for constituency in reader.current().constituencies:
        for _seat in range(constituency.seats_least):
            add_seat(
                task_force,
                constituency=constituency.id,
                title=str(constituency.name),
                by=by,
                now=now,
                on=established_on,
            )
    return task_force


@transaction.atomic
def describe(
    task_force: TaskForce,
    *,
    established_by: str,
    mandate_ends_on: date | None,
    objection_days: int,
    interpreter_plan: str,
    documents_language: str,
    by: Person,
    now: datetime,
) -> None:
    """Correct what the task force rests on, and how it works. Raises WrongDay, UnknownLanguage, TaskForceEnded.

    Args:
        documents_language: an interface language; without one, it is worked out from the country.
    """
    task_force = life.working(task_force)
    if mandate_ends_on and mandate_ends_on < task_force.established_on:
        raise WrongDay(
            _("The mandate must end after it began, %(day)s.") % {"day": written.day(task_force.established_on)}
        )
    if documents_language and documents_language not in {one.code for one in languages.interface()}:
        raise UnknownLanguage(_("LearnIn writes no papers in this language."))
    new = {
        "established_by": established_by,
        "mandate_ends_on": mandate_ends_on,
        "objection_days": objection_days,
        "interpreter_plan": interpreter_plan,
        "documents_language": documents_language,
    }
    before = {key: getattr(task_force, key) for key in new if getattr(task_force, key) != new[key]}
    if not before:
        return
    for key, value in new.items():
        setattr(task_force, key, value)
    task_force.save(update_fields=list(new))
    _line(
        "taskforce.described",
        task_force,
        task_force.country,
        by,
        now,
        before={key: _plain(value) for key, value in before.items()},
        after={key: _plain(new[key]) for key in before},
    )


def _plain(value: object) -> object:
    if isinstance(value, Area):
        return value.code
    return value.isoformat() if isinstance(value, date) else value


@transaction.atomic
def add_seat(
    task_force: TaskForce,
    *,
    constituency: str,
    title: str,
    by: Person,
    now: datetime,
    institution: str = "",
    faces_region: bool = False,
    number: int | None = None,
    on: date | None = None,
) -> Seat:
    """Open a seat for a constituency. It gets the next number. Raises TaskForceEnded."""
    task_force = life.working(task_force)
    last = task_force.seats.aggregate(last=Max("number"))["last"] or 0
    seat = Seat.objects.create(
        task_force=task_force,
        constituency=constituency,
        number=number or last + 1,
        title=title,
        institution=institution,
        faces_region=faces_region,
        open_since=on or now.date(),
    )
    after = {"constituency": constituency, "title": title}
    _line("seat.added", seat, task_force.country, by, now, after=after)
    return seat


@transaction.atomic
def correct_seat(
    seat: Seat,
    *,
    constituency: str,
    title: str,
    institution: str,
    faces_region: bool,
    by: Person,
    now: datetime,
) -> bool:
    """Change what a seat is for. Returns whether anything changed. Raises TaskForceEnded."""
    life.working(seat.task_force)
    seat = Seat.objects.select_for_update(of=("self",)).select_related("task_force__country").get(pk=seat.pk)
    new = {"constituency": constituency, "title": title, "institution": institution, "faces_region": faces_region}
    before = {key: getattr(seat, key) for key in new if getattr(seat, key) != new[key]}
    if not before:
        return False
    for key, value in new.items():
        setattr(seat, key, value)
    seat.save(update_fields=list(new))
    after = {key: new[key] for key in before}
    _line("seat.corrected", seat, seat.task_force.country, by, now, before=before, after=after)
    return True


@transaction.atomic
def close_seat(seat: Seat, *, by: Person, now: datetime) -> None:
    """Take an empty seat away; its history stays. Raises SeatTaken, SeatClosed, TaskForceEnded."""
    seat = _open_seat(seat)
    if seat.sittings.filter(ended_on=None).exists():
        raise SeatTaken(_("Somebody is in this seat. End the term first."))
    seat.closed_on = now.date()
    seat.save(update_fields=["closed_on"])
    _line("seat.closed", seat, seat.task_force.country, by, now)


def _open_seat(seat: Seat) -> Seat:
    life.working(seat.task_force)
    seat = Seat.objects.select_for_update(of=("self",)).select_related("task_force__country").get(pk=seat.pk)
    if seat.closed_on:
        raise SeatClosed(_("This seat was closed on %(day)s.") % {"day": written.day(seat.closed_on)})
    return seat


@transaction.atomic
def nominate(
    seat: Seat,
    *,
    name: str,
    by: Person,
    now: datetime,
    is_deputy: bool = False,
    email: str = "",
    organisation: str = "",
    position: str = "",
    english: str = "",
    sex: str = "",
    area: Area | None = None,
    on: date | None = None,
) -> Sitting:
    """Put a name forward for a seat, or for its deputy. Raises SeatTaken, SeatClosed, TaskForceEnded."""
    seat = _open_seat(seat)
    there = seat.sittings.filter(ended_on=None, is_deputy=is_deputy).first()
    if there:
        raise SeatTaken(_("%(name)s is in this seat. End that term first.") % {"name": there.name})
    email = email.strip().lower()
    sitting = Sitting.objects.create(
        seat=seat,
        is_deputy=is_deputy,
        person=Person.objects.filter(email__iexact=email, erased_at=None).first() if email else None,
        name=name,
        email=email,
        organisation=organisation,
        position=position,
        english=english,
        sex=sex,
        area=area,
        nominated_on=on or now.date(),
    )
    after = {"person": name, "seat": seat.title}
    _line("sitting.nominated", sitting, seat.task_force.country, by, now, after=after)
    return sitting


def _open_sitting(sitting: Sitting) -> Sitting:
    chosen = Sitting.objects.select_for_update(of=("self",)).select_related("seat__task_force__country", "person")
    sitting = chosen.get(pk=sitting.pk)
    if sitting.ended_on:
        raise AlreadyOver(_("This term ended on %(day)s.") % {"day": written.day(sitting.ended_on)})
    return sitting


@transaction.atomic
def appoint(
    sitting: Sitting,
    *,
    by: Person,
    now: datetime,
    on: date | None = None,
    term_ends_on: date | None = None,
    letter: BinaryIO | None = None,
    letter_name: str = "",
) -> Sitting:
    """Appoint who was nominated, and ask them in by e-mail.

    Raises NotNominated, AlreadyOver, WrongDay, TaskForceEnded.
    """
    life.working(sitting.seat.task_force)
    sitting = _open_sitting(sitting)
    country = sitting.seat.task_force.country
    if sitting.appointed_on:
        raise NotNominated(_("%(name)s is appointed already.") % {"name": sitting.name})
    sitting.appointed_on = on or now.date()
    if term_ends_on and term_ends_on < sitting.appointed_on:
        raise WrongDay(
            _("The term must end after the appointment, %(day)s.") % {"day": written.day(sitting.appointed_on)}
        )
    sitting.term_ends_on = term_ends_on
    if letter:
        sitting.letter = files.attach(letter, name=letter_name, country=country, by=by, now=now)
    sitting.save(update_fields=["appointed_on", "term_ends_on", "letter"])
    after = {"person": sitting.name, "seat": sitting.seat.title, "until": _plain(term_ends_on) or ""}
    _line("sitting.appointed", sitting, country, by, now, after=after)
    _bring_in(sitting, Kind.MEMBER, country, by, now, ends_on=term_ends_on)
    return sitting


def _bring_in(
    holder: Sitting | Post,
    kind: Kind,
    country: Country,
    by: Person,
    now: datetime,
    *,
    ends_on: date | None,
    component: str = "",
) -> None:
    """Who is here gets the role; who is not, an invitation; who holds the role or the letter already, nothing."""
    require_giver(by, kind, country)
    if kind is Kind.MEMBER and holder.person and may(holder.person, Can.DO_ACTIONS, country):
        return  # the chair and the coordinators can do already what a member can
    try:
        with transaction.atomic():
            if holder.person:
                begin_role(
                    holder.person, kind=kind, country=country, by=by, now=now, ends_on=ends_on, component=component
                )
            elif holder.email:
                invite(
                    email=holder.email,
                    name=holder.name,
                    language=meetings.country_language(country),
                    kind=kind,
                    country=country,
                    by=by,
                    now=now,
                    ends_on=ends_on,
                    component=component,
                )
    except (AlreadyHolds, AlreadyInvited):
        return


@transaction.atomic
def correct_sitting(sitting: Sitting, *, by: Person, now: datetime, **details: str | date | Area | None) -> bool:
    """Change what we know of who sits: any of DETAILS, `area`, `term_ends_on`. Returns whether anything changed.

    Raises AlreadyOver, TaskForceEnded.
    """
    life.working(sitting.seat.task_force)
    sitting = _open_sitting(sitting)
    before = {key: getattr(sitting, key) for key, value in details.items() if getattr(sitting, key) != value}
    if not before:
        return False
    for key, value in details.items():
        setattr(sitting, key, value)
    if "email" in before and sitting.person is None and sitting.email:
        sitting.person = Person.objects.filter(email__iexact=sitting.email, erased_at=None).first()
    sitting.save(update_fields=[*details, "person"])
    _line(
        "sitting.corrected",
        sitting,
        sitting.seat.task_force.country,
        by,
        now,
        before={key: _plain(value) for key, value in before.items()},
        after={key: _plain(details[key]) for key in before},
    )
    return True


@transaction.atomic
def end_sitting(sitting: Sitting, *, by: Person, now: datetime, on: date | None = None) -> None:
    """End a term, also after the task force; the seat is open from that day. Raises AlreadyOver, WrongDay."""
    sitting = _open_sitting(sitting)
    day = on or now.date()
    if day < sitting.nominated_on:
        raise WrongDay(
            _("The term cannot end before the nomination, %(day)s.") % {"day": written.day(sitting.nominated_on)}
        )
    sitting.ended_on = day
    sitting.save(update_fields=["ended_on"])
    if not sitting.is_deputy:
        Seat.objects.filter(pk=sitting.seat_id).update(open_since=day)
    after = {"person": sitting.name, "seat": sitting.seat.title}
    _line("sitting.ended", sitting, sitting.seat.task_force.country, by, now, after=after)
    notices.member_left.send(Sitting, sitting=sitting, by=by, now=now)


ROLES = {
    PostKind.CHAIR: Kind.CHAIR,
    PostKind.COORDINATOR: Kind.COORDINATOR,
    PostKind.ASSESSMENT_COORDINATOR: Kind.ASSESSMENT_COORDINATOR,
    PostKind.COMMUNITY_COORDINATOR: Kind.COMMUNITY_COORDINATOR,
}


@transaction.atomic
def appoint_post(
    task_force: TaskForce,
    *,
    kind: PostKind,
    name: str,
    by: Person,
    now: datetime,
    component: str = "",
    email: str = "",
    mandate: str = "",
    on: date | None = None,
    ends_on: date | None = None,
) -> Post:
    """Appoint somebody to a post and give or offer the role. Raises SeatTaken, NotYours, WrongDay, TaskForceEnded."""
    task_force = life.working(task_force)
    kind, day, email = PostKind(kind), on or now.date(), email.strip().lower()
    there = task_force.posts.filter(kind=kind, component=component, ended_on=None).first()
    if there:
        raise SeatTaken(_("%(name)s holds this post. End it first.") % {"name": there.name})
    if ends_on and ends_on < day:
        raise WrongDay(_("The post must end after it begins, %(day)s.") % {"day": written.day(day)})
    post = Post.objects.create(
        task_force=task_force,
        kind=kind,
        component=component,
        person=Person.objects.filter(email__iexact=email, erased_at=None).first() if email else None,
        name=name,
        email=email,
        mandate=mandate,
        starts_on=day,
        ends_on=ends_on,
    )
    after = {"post": str(kind.label), "person": name, "component": component}
    _line("post.appointed", post, task_force.country, by, now, after=after)
    _bring_in(post, ROLES[kind], task_force.country, by, now, ends_on=ends_on, component=component)
    return post


@transaction.atomic
def end_post(post: Post, *, by: Person, now: datetime) -> None:
    """End a post today, with the role it gave, also after the task force. Raises AlreadyOver, NotYours."""
    post = Post.objects.select_for_update(of=("self",)).select_related("task_force__country", "person").get(pk=post.pk)
    if post.ended_on:
        raise AlreadyOver(_("This post ended on %(day)s.") % {"day": written.day(post.ended_on)})
    country, kind = post.task_force.country, ROLES[PostKind(post.kind)]
    require_giver(by, kind, country)
    post.ended_on = max(now.date(), post.starts_on)
    post.save(update_fields=["ended_on"])
    _line("post.ended", post, country, by, now, after={"post": str(post), "person": post.name})
    held = Role.objects.filter(
        person=post.person, kind=kind, country=country, component=post.component, ended_at=None
    ).first()
    if held:
        close(held, verb="role.ended", by=by, now=now)


def recognise(person: Person) -> None:
    """Somebody joined: the seats and posts that wait under this address are theirs."""
    Sitting.objects.filter(email=person.email, person=None).update(person=person)
    Post.objects.filter(email=person.email, person=None).update(person=person)


def forget(person: Person) -> None:
    """Somebody's data are erased: the seats and posts they held keep a replaced name."""
    gone = {"name": person.name_when_erased, "email": ""}
    Sitting.objects.filter(person=person).update(**gone, organisation="", position="", english="", sex="", area=None)
    Post.objects.filter(person=person).update(**gone)
