"""The papers of a task force, from its data: minutes, agenda, list of attendance. In the language that is active."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learnin.kit import documents, languages, written, zones
from learnin.people.models import Country
from learnin.programme import reader
from learnin.taskforce.models import ActionPoint, AgendaItem, Attendance, Decision, Meeting, TaskForce
from learnin.taskforce.models.composition import PostKind
from learnin.taskforce.queries import meetings, record


def languages_of(country: Country) -> list[str]:
    """The languages of its official papers: the task force's own, and English."""
    return list(dict.fromkeys([meetings.country_language(country), languages.KNOWN["en"].code]))


def body() -> str:
    """Whose paper it is."""
    return _("National Task Force")


def minutes(meeting: Meeting, kept: record.Record) -> documents.Document:
    """The minutes, from the record alone: what the record does not say, they do not say."""
    zone = zones.named(kept["meeting"]["time_zone"])
    with timezone.override(zone):
        about = kept["meeting"]
        is_sealed = bool(kept["approval"]["approved_at"])
        return documents.Document(
            title=_("Minutes of meeting %(number)d") % {"number": about["number"]},
            subtitle=about["title"],
            place=meeting.task_force.country.name,
            body=body(),
            number=kept["register_number"],
            date=written.day(_at(about["starts_at"])),
            state="" if is_sealed else _("Draft, not approved"),
            blocks=tuple(_minutes(meeting, kept, is_sealed=is_sealed)),
        )


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _minutes(meeting: Meeting, kept: record.Record, *, is_sealed: bool) -> Iterator[documents.Block]:
    yield documents.Facts(_("About the meeting"), tuple(_about(kept)))
    yield documents.Heading(_("Who came"))
    yield _who_came(kept)
    yield documents.Paragraph(_quorum(kept["quorum"]))
    if kept["meeting"]["guests"]:
        yield documents.Paragraph(_("Guests: %(names)s") % {"names": kept["meeting"]["guests"]})
    yield documents.Heading(_("Agenda and notes"))
    yield from _agenda(kept)
    yield documents.Heading(_("Decisions"))
    if not kept["decisions"]:
        yield documents.Paragraph(_("The task force decided nothing at this meeting."))
    yield from (_clause(one) for one in kept["decisions"])
    yield documents.Heading(_("Action points"))
    yield from _actions(kept)
    if kept["objections"] or is_sealed:
        yield documents.Heading(_("Objections to the draft"))
        yield from _objections(kept)
    yield documents.Heading(_("Signatures"))
    yield documents.SignatureLines(_who_signs(meeting.task_force))
    if is_sealed:
        yield documents.Fingerprint(_("Fingerprint of the record (SHA-256)"), record.fingerprint(kept))
        address = settings.SITE_URL + reverse("taskforce:seal", args=[meeting.pk])
        yield documents.Paragraph(
            _("The seal covers this record and each official document. See whether it holds: %(address)s")
            % {"address": address},
            is_note=True,
        )


def _about(kept: record.Record) -> Iterator[tuple[str, str]]:
    about, approval = kept["meeting"], kept["approval"]
    yield _("Day"), written.day(_at(about["starts_at"]), weekday=True)
    yield _("Time"), _hours(_at(about["starts_at"]), _at(about["ends_at"]))
    yield _("Place"), ", ".join(filter(None, (about["place"], _("online") if about["online"] else "")))
    yield _("The task force rests on"), kept["established_by"]
    if approval["approved_at"]:
        yield _("Draft sent to members"), written.day(_at(approval["sent_at"]))
        yield _("Objections until"), written.day(_at(approval["objections_until"]))
        yield (
            _("Approved"),
            _("%(day)s (%(name)s)")
            % {"day": written.day(_at(approval["approved_at"])), "name": approval["approved_by"]},
        )


def _hours(begins: datetime, ends: datetime) -> str:
    return _("%(begins)s to %(ends)s") % {"begins": written.clock(begins), "ends": written.clock(ends)}


def _who_came(kept: record.Record) -> documents.Table:
    presences = dict(Attendance.Presence.choices)
    rows = []
    for one in kept["attendance"]:
        name = one["name"]
        if one["deputy"]:
            name = _("%(deputy)s, for %(name)s") % {"deputy": one["deputy"], "name": name}
        rows.append((one["seat"], name, one["organisation"] or "–", str(presences.get(one["presence"], ""))))
    columns = (_("Seat"), _("Name"), _("Organisation"), _("Presence"))
    return documents.Table(_("Seats at the meeting"), columns, tuple(rows), shares=(30, 26, 26, 18))


def _quorum(quorum: dict[str, int]) -> str:
    told = {"present": quorum["present"], "filled": quorum["filled"], "needed": quorum["needed"]}
    if quorum["is_met"]:
        return _("Quorum met: %(present)d of %(filled)d seats came, %(needed)d are needed.") % told
    return _("No quorum: %(present)d of %(filled)d seats came, %(needed)d are needed.") % told


def _agenda(kept: record.Record) -> Iterator[documents.Block]:
    kinds = dict(AgendaItem.Kind.choices)
    for item in kept["agenda"]:
        yield documents.Heading(f"{item['position']}. {item['title']}", level=2)
        about = [str(kinds.get(item["kind"], ""))]
        if item["owner"]:
            about.append(_("Presented by: %(seat)s") % {"seat": item["owner"]})
        about += [_("About: %(components)s") % {"components": _components(item)}] if item["components"] else []
        if item["papers"]:
            about.append(_("Papers: %(names)s") % {"names": ", ".join(paper["name"] for paper in item["papers"])})
        if item["decisions"]:
            about.append(_("Decided: %(numbers)s") % {"numbers": ", ".join(item["decisions"])})
        yield documents.Paragraph(". ".join(about) + ".", is_note=True)
        if item["notes"]:
            yield documents.Paragraph(item["notes"])
    if not kept["agenda"]:
        yield documents.Paragraph(_("There was no agenda."))


def _components(thing: dict) -> str:
    names = {component.id: str(component.name) for component in reader.current().components}
    return ", ".join(names.get(one, one) for one in thing["components"])


def _clause(one: dict) -> documents.Clause:
    if one["method"] == Decision.Method.VOTE:
        how = _("By vote: %(for)d for, %(against)d against, %(abstentions)d abstained.") % one
    else:
        how = _("By consent.")
    notes = [how]
    if one["dissent"]:
        notes.append(_("Dissent: %(text)s") % {"text": one["dissent"]})
    if one["evidence"]:
        notes.append(_("Evidence: %(text)s") % {"text": one["evidence"]})
    if one["components"]:
        notes.append(_("About: %(components)s") % {"components": _components(one)})
    return documents.Clause(_("Decision %(number)s") % {"number": one["number"]}, one["text"], tuple(notes))


def _actions(kept: record.Record) -> Iterator[documents.Block]:
    if not kept["actions"]:
        yield documents.Paragraph(_("Nobody took an action at this meeting."))
        return
    rows = []
    for one in kept["actions"]:
        is_high = one["priority"] == ActionPoint.Priority.HIGH
        what = _("%(action)s (high priority)") % {"action": one["text"]} if is_high else one["text"]
        owner = "\n".join(filter(None, (one["name"], one["seat"])))
        rows.append((one["number"], what, owner, written.day(date.fromisoformat(one["due_on"]))))
    columns = (_("Number"), _("What needs doing"), _("Owner"), _("Due"))
    yield documents.Table(_("Action points of the meeting"), columns, tuple(rows), shares=(16, 40, 24, 20))


def _objections(kept: record.Record) -> Iterator[documents.Block]:
    if not kept["objections"]:
        yield documents.Paragraph(_("Nobody objected."))
        return
    rows = [
        (
            _("%(name)s, %(day)s") % {"name": one["by"], "day": written.day(_at(one["made_at"]))},
            one["text"],
            one["answer"],
        )
        for one in kept["objections"]
    ]
    columns = (_("Who"), _("Objection"), _("Answer"))
    yield documents.Table(_("Objections and their answers"), columns, tuple(rows), shares=(24, 38, 38))


def _who_signs(task_force: TaskForce) -> tuple[documents.Signature, ...]:
    held = {post.kind: post.name for post in meetings.leaders(task_force)}
    return tuple(
        documents.Signature(str(kind.label), held.get(kind, "")) for kind in (PostKind.CHAIR, PostKind.COORDINATOR)
    )


# Before the meeting


def agenda(meeting: Meeting) -> documents.Document:
    """What the meeting will be about, with hours and papers."""
    with timezone.override(meeting.zone):
        facts = documents.Facts(_("About the meeting"), tuple(_invitation(meeting)))
        rows = tuple(_agenda_row(item) for item in meetings.items(meeting))
        columns = (_("No."), _("Subject"), _("What for"), _("Presented by"), _("How long (minutes)"))
        table = documents.Table(_("Agenda of the meeting"), columns, rows, shares=(8, 40, 18, 21, 13))
        empty = documents.Paragraph(_("The agenda is still empty."))
        blocks = (facts, documents.Heading(_("Agenda")), table if rows else empty)
        return _before(meeting, _("Agenda of meeting %(number)d"), blocks)


def _agenda_row(item: AgendaItem) -> tuple[str, ...]:
    papers = ", ".join(sorted(paper.name for paper in item.papers.all()))
    subject = item.title + (f"\n{_('Papers: %(names)s') % {'names': papers}}" if papers else "")
    minutes_planned = written.number(item.minutes_planned) if item.minutes_planned else "–"
    owner = item.owner.title if item.owner else "–"
    return str(item.position), subject, str(item.get_kind_display()), owner, minutes_planned


def attendance_list(meeting: Meeting) -> documents.Document:
    """One line for each filled seat, to sign in the room; room for guests below."""
    with timezone.override(meeting.zone):
        facts = documents.Facts(_("About the meeting"), tuple(_invitation(meeting)))
        rows = tuple(
            (str(sitting.seat.number), sitting.name, sitting.seat.title, "") for sitting in meetings.members_on(meeting)
        )
        seats = documents.Table(
            _("Members or their deputies"),
            (_("No."), _("Name"), _("Seat"), _("Signature")),
            rows,
            shares=(8, 30, 32, 30),
            is_to_sign=True,
        )
        guests = documents.Table(
            _("Guests"),
            (_("Name"), _("Organisation"), _("Signature")),
            (("", "", ""),) * 4,
            shares=(35, 35, 30),
            is_to_sign=True,
        )
        blocks = (facts, documents.Heading(_("Members")), seats, documents.Heading(_("Guests")), guests)
        return _before(meeting, _("Attendance at meeting %(number)d"), blocks)


def _before(meeting: Meeting, title: str, blocks: Iterable[documents.Block]) -> documents.Document:
    return documents.Document(
        title=title % {"number": meeting.number},
        subtitle=meeting.title,
        place=meeting.task_force.country.name,
        body=body(),
        date=written.day(meeting.starts_at),
        blocks=tuple(blocks),
    )


def _invitation(meeting: Meeting) -> Iterator[tuple[str, str]]:
    yield _("Day"), written.day(meeting.starts_at, weekday=True)
    yield _("Time"), _hours(meeting.starts_at, meeting.ends_at)
    yield _("Place"), meeting.place
    yield _("Link to join"), meeting.online_url
    yield _("Guests"), meeting.guests
    yield _("Quorum"), meetings.quorum(meeting).words
