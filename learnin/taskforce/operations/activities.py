"""Write a regional activity once, send it to countries, and take what each of them answers."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learnin.journal.operations import entries, files, notices
from learnin.kit import mail, written
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person
from learnin.taskforce import access
from learnin.taskforce.models import ActivityCopy, RegionalActivity, Seat
from learnin.taskforce.queries import activities as queries

State = ActivityCopy.State
FIELDS = ("title", "kind", "text", "answer_by", "starts_at", "ends_at", "place")


class NobodyToInvite(Refusal):
    """No country was chosen that is not invited already."""


class ActivityCancelled(Refusal):
    """The activity was cancelled."""


class TooLate(Refusal):
    """The deadline has passed."""


class TooSoon(Refusal):
    """The activity has not begun."""


class ReasonNeeded(Refusal):
    """Whoever declines says why."""


class NothingShown(Refusal):
    """Evidence is a text or a file."""


class WrongDay(Refusal):
    """The day does not fit the days around it."""


class OtherCountry(Refusal):
    """The seat belongs to another task force."""


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date | datetime) else value for key, value in values.items()}


def _activity(activity: RegionalActivity) -> RegionalActivity:
    activity = RegionalActivity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if activity.cancelled_at:
        day = written.day(activity.cancelled_at)
        raise ActivityCancelled(_("This activity was cancelled on %(day)s.") % {"day": day})
    return activity


def _copy(copy: ActivityCopy) -> ActivityCopy:
    chosen = ActivityCopy.objects.select_for_update(of=("self",))
    copy = chosen.select_related("activity__written_by", "country", "seat").get(pk=copy.pk)
    if copy.activity.cancelled_at:
        day = written.day(copy.activity.cancelled_at)
        raise ActivityCancelled(_("This activity was cancelled on %(day)s.") % {"day": day})
    return copy


@transaction.atomic
def write(
    *,
    title: str,
    kind: str,
    text: str,
    answer_by: date,
    by: Person,
    now: datetime,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    place: str = "",
    paper: BinaryIO | None = None,
    paper_name: str = "",
) -> RegionalActivity:
    """Write an activity once, for all countries. Nobody hears of it before it is sent."""
    activity = RegionalActivity.objects.create(
        title=title,
        kind=RegionalActivity.Kind(kind),
        text=text,
        answer_by=answer_by,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        written_by=by,
        written_at=now,
    )
    if paper:
        activity.papers.add(files.attach(paper, name=paper_name, country=None, by=by, now=now))
    after = {"title": title, "activity_kind": kind, "answer_by": answer_by.isoformat()}
    entries.write("activity.written", activity, by=by, now=now, after=after)
    return activity


@transaction.atomic
def correct(
    activity: RegionalActivity,
    *,
    by: Person,
    now: datetime,
    paper: BinaryIO | None = None,
    paper_name: str = "",
    **new: Any,
) -> bool:
    """Change any of FIELDS or add a paper; countries that were invited hear of it. Returns whether anything changed.

    Raises ActivityCancelled.
    """
    activity = _activity(activity)
    before = {key: getattr(activity, key) for key in FIELDS if key in new and getattr(activity, key) != new[key]}
    if not before and not paper:
        return False
    for key in before:
        setattr(activity, key, new[key])
    activity.save(update_fields=list(before))
    after = {key: new[key] for key in before}
    if paper:
        activity.papers.add(files.attach(paper, name=paper_name, country=None, by=by, now=now))
        after["files"] = paper_name
    entries.write("activity.corrected", activity, by=by, now=now, before=_plain(before), after=_plain(after))
    if activity.sent_at:
        _tell(queries.copies_of([activity]), "changed", now)
    return True


@transaction.atomic
def send(
    activity: RegionalActivity, *, countries: Collection[Country], by: Person, now: datetime
) -> list[ActivityCopy]:
    """Give each chosen country its own copy and write to who leads it. Countries can be added later.

    Raises ActivityCancelled, NobodyToInvite, TooLate.
    """
    activity = _activity(activity)
    there = set(activity.copies.values_list("country", flat=True))
    new = [ActivityCopy(activity=activity, country=place) for place in countries if place.pk not in there]
    if not new:
        raise NobodyToInvite(_("Choose at least one country that is not invited yet."))
    late = [copy for copy in new if not copy.is_open(now)]
    if late:
        told = {"day": written.day(activity.answer_by), "country": late[0].country.name}
        raise TooLate(_("The last day to answer, %(day)s, is over in %(country)s. Choose a later day first.") % told)
    made = [ActivityCopy.objects.create(activity=activity, country=copy.country) for copy in new]
    if activity.sent_at is None:
        activity.sent_at = now
        activity.save(update_fields=["sent_at"])
    after = {"countries": [copy.country_id for copy in made]}
    entries.write("activity.sent", activity, by=by, now=now, after=after)
    for copy in made:
        entries.write("activity.invited", copy, by=by, now=now, country=copy.country)
    _tell(made, "new", now)
    return made


@transaction.atomic
def cancel(activity: RegionalActivity, *, because: str, by: Person, now: datetime) -> None:
    """Call an activity off; every invited country hears why. Raises ActivityCancelled."""
    activity = _activity(activity)
    activity.cancelled_at, activity.cancelled_because = now, because
    activity.save(update_fields=["cancelled_at", "cancelled_because"])
    entries.write("activity.cancelled", activity, by=by, now=now, after={"why": because})
    _tell(queries.copies_of([activity]), "cancelled", now)


def _tell(copies: Iterable[ActivityCopy], what: str, now: datetime) -> None:
    """A letter to everybody who leads these countries, and a notice to who has an account."""
    copies = list(copies)
    known = queries.leads([copy.country for copy in copies])
    for copy in copies:
        for lead in known[copy.country_id]:
            _write_to(copy, lead, what)
            if lead.person:
                params = {"activity": str(copy), "country": copy.country_id, "day": copy.answer_by.isoformat()}
                notices.tell(lead.person, kind=f"activity.{what}", params=params, url=_url(copy), now=now)


def _url(copy: ActivityCopy) -> str:
    return reverse("taskforce:activity", args=[copy.pk])


def _write_to(copy: ActivityCopy, lead: queries.Lead, what: str) -> None:
    answer_url = settings.SITE_URL + reverse("taskforce:activity_answer", args=[access.copy_token(copy, lead.key)])
    with translation.override(lead.language), timezone.override(copy.country.zone):
        subject = {
            "new": _("Answer until %(day)s: %(activity)s"),
            "changed": _("Changed: %(activity)s"),
            "cancelled": _("Cancelled: %(activity)s"),
            "reopened": _("You can answer again until %(day)s: %(activity)s"),
        }[what]
        mail.letter(
            lead.email,
            subject=subject % {"activity": str(copy), "day": written.day(copy.answer_by)},
            template="taskforce/mail/activity",
            context={
                "copy": copy,
                "activity": copy.activity,
                "lead": lead,
                "what": what,
                "yes_url": f"{answer_url}?answer={State.PLANNED}",
                "no_url": f"{answer_url}?answer={State.DECLINED}",
                "page_url": settings.SITE_URL + _url(copy),
            },
            language=lead.language,
            kind="activity",
        )


def require_open(copy: ActivityCopy, now: datetime) -> None:
    """Raise ActivityCancelled or TooLate once an answer changes nothing."""
    if copy.activity.cancelled_at:
        day = written.day(copy.activity.cancelled_at)
        raise ActivityCancelled(_("This activity was cancelled on %(day)s.") % {"day": day})
    if not copy.is_open(now):
        day = written.day(copy.answer_by)
        raise TooLate(
            _("The last day to answer was %(day)s. The regional office can open the answer again.") % {"day": day}
        )


@transaction.atomic
def answer(
    copy: ActivityCopy, *, state: str, by: Person | None, now: datetime, reason: str = "", name: str = ""
) -> ActivityCopy:
    """Say that the country takes part, or declines and why. The last answer before the deadline counts.

    Args:
        by: who is signed in; without an account, `name` says whose link it was.
    Raises ActivityCancelled, TooLate, ReasonNeeded.
    """
    copy = _copy(copy)
    require_open(copy, now)
    wanted = State(state)
    if wanted is State.DECLINED and not reason.strip():
        raise ReasonNeeded(_("Say why your country cannot take part."))
    if wanted is State.PLANNED and copy.state in queries.SAID_YES:
        return copy
    return _set(copy, wanted, reason.strip() if wanted is State.DECLINED else "", by, now, name=name)


def _set(
    copy: ActivityCopy, state: State, reason: str, by: Person | None, now: datetime, *, name: str = "", **more: str
) -> ActivityCopy:
    """Keep a new state with its line; whoever wrote the activity hears of it."""
    new = {"state": state.value, "reason": reason, **more}
    before = {key: getattr(copy, key) for key in new if getattr(copy, key) != new[key]}
    if not before:
        return copy
    for key, value in new.items():
        setattr(copy, key, value)
    copy.answered_at, copy.answered_by = (now, by) if state else (None, None)
    copy.save(update_fields=[*new, "answered_at", "answered_by"])
    entries.write(
        "activity.answered",
        copy,
        by=by,
        now=now,
        country=copy.country,
        before=_coded(before),
        after={**_coded({key: new[key] for key in before}), "person": name or (by.name if by else "")},
    )
    writer = copy.activity.written_by
    if "state" in before and writer != by:
        params = {"country": copy.country_id, "activity": copy.activity.title, "activity_state": state.value}
        notices.tell(writer, kind="activity.answered", params=params, url=_region_url(copy), now=now)
    return copy


def _coded(values: dict[str, Any]) -> dict[str, Any]:
    """A state under the name that says it in words."""
    return {("activity_state" if key == "state" else key): value for key, value in values.items()}


def _region_url(copy: ActivityCopy) -> str:
    return reverse("taskforce:region_activity", args=[copy.activity_id])


@transaction.atomic
def adapt(
    copy: ActivityCopy, *, title: str, text: str, seat: Seat | None, note: str, by: Person, now: datetime
) -> bool:
    """Translate the copy, give it to a seat, plan it. Returns whether anything changed.

    Raises ActivityCancelled, OtherCountry.
    """
    copy = _copy(copy)
    if seat and seat.task_force.country_id != copy.country_id:
        raise OtherCountry(_("This seat belongs to another country."))
    new = {"title": title, "text": text, "seat": seat, "note": note}
    before = {key: getattr(copy, key) for key in new if getattr(copy, key) != new[key]}
    if not before:
        return False
    for key, value in new.items():
        setattr(copy, key, value)
    copy.save(update_fields=list(new))
    told = {key: str(value) if isinstance(value, Seat) else value for key, value in before.items()}
    after = {key: str(new[key] or "") for key in before}
    entries.write("activity.adapted", copy, by=by, now=now, country=copy.country, before=told, after=after)
    who = queries.sitter(seat) if seat and "seat" in before else None
    if who and who != by:
        params = {"activity": str(copy), "country": copy.country_id}
        notices.tell(who, kind="activity.assigned", params=params, url=_url(copy), now=now)
    return True


@transaction.atomic
def attend(copy: ActivityCopy, *, by: Person, now: datetime) -> ActivityCopy:
    """Note that the country took part. Raises ActivityCancelled, TooSoon."""
    copy = _copy(copy)
    begins = copy.activity.starts_at
    if begins and now < begins:
        raise TooSoon(_("It begins on %(day)s. Note who came after that.") % {"day": written.day(begins)})
    if copy.state in queries.TOOK_PART:
        return copy
    return _set(copy, State.ATTENDED, "", by, now)


@transaction.atomic
def give_evidence(
    copy: ActivityCopy,
    *,
    evidence: str,
    by: Person,
    now: datetime,
    file: BinaryIO | None = None,
    file_name: str = "",
) -> ActivityCopy:
    """Show what the country did: a text, a file, or both. Raises ActivityCancelled, NothingShown."""
    copy = _copy(copy)
    if not evidence.strip() and not file and not copy.files.exists():
        raise NothingShown(_("Write what was done, or add a file."))
    if file:
        copy.files.add(files.attach(file, name=file_name, country=copy.country, by=by, now=now))
        told = {"files": file_name}
        entries.write("activity.file-added", copy, by=by, now=now, country=copy.country, after=told)
    return _set(copy, State.PROVEN, "", by, now, evidence=evidence.strip())


@transaction.atomic
def reopen(copy: ActivityCopy, *, until: date, by: Person, now: datetime) -> ActivityCopy:
    """Let a country answer until a day of its own, and write to who leads it. Raises ActivityCancelled, WrongDay."""
    copy = _copy(copy)
    before = {"reopened_until": copy.reopened_until.isoformat() if copy.reopened_until else ""}
    copy.reopened_until = until
    if not copy.is_open(now):
        raise WrongDay(_("Choose a day that is not over in %(country)s.") % {"country": copy.country.name})
    copy.save(update_fields=["reopened_until"])
    after = {"reopened_until": until.isoformat()}
    entries.write("activity.reopened", copy, by=by, now=now, country=copy.country, before=before, after=after)
    _tell([copy], "reopened", now)
    return copy


@transaction.atomic
def record(copy: ActivityCopy, *, state: str, note: str, reason: str, by: Person, now: datetime) -> bool:
    """What the region knows of a country's answer, also after the deadline. Returns whether anything changed.

    Raises ActivityCancelled, ReasonNeeded.
    """
    copy = _copy(copy)
    wanted = State(state)
    if wanted is State.DECLINED and not reason:
        raise ReasonNeeded(_("Say why the country cannot take part."))
    was = (copy.state, copy.note, copy.reason)
    reason = reason if wanted is State.DECLINED else ""
    _set(copy, wanted, reason, by, now, note=note)
    return was != (wanted.value, note, reason)
