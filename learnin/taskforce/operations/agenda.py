"""Write the agenda: its items, their order, their papers, and what was said."""

from collections.abc import Collection
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from learnin.journal.models import Attachment
from learnin.journal.operations import entries, files
from learnin.kit.refusal import Refusal
from learnin.people.models import Person
from learnin.taskforce.models import ActionPoint, AgendaItem, ItemComponent, Meeting, Seat
from learnin.taskforce.operations import life

Kind = AgendaItem.Kind


class ItemInUse(Refusal):
    """A decision or an action hangs on the item."""


class AlreadyOnAgenda(Refusal):
    """The meeting has taken this action over, or nothing is left to do."""


def _line(verb: str, item: AgendaItem, by: Person, now: datetime, **told: dict) -> None:
    country = item.meeting.task_force.country
    entries.write(verb, item, by=by, now=now, country=country, before=told.get("before"), after=told.get("after"))


def _locked(item: AgendaItem) -> AgendaItem:
    """The item as it is now, with its meeting kept from others. Raises MeetingClosed."""
    meeting = life.locked(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    item.meeting = meeting
    return item


def _set_components(item: AgendaItem, components: Collection[str]) -> None:
    item.components.exclude(component__in=components).delete()
    there = set(item.components.values_list("component", flat=True))
    ItemComponent.objects.bulk_create(
        ItemComponent(item=item, component=one) for one in dict.fromkeys(components) if one not in there
    )


@transaction.atomic
def add_item(
    meeting: Meeting,
    *,
    title: str,
    kind: str,
    by: Person,
    now: datetime,
    minutes_planned: int | None = None,
    owner: Seat | None = None,
    components: Collection[str] = (),
    action: ActionPoint | None = None,
) -> AgendaItem:
    """Put one more item at the end of the agenda. Raises MeetingClosed, TaskForceEnded."""
    meeting = life.locked(meeting)
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting,
        position=last + 1,
        title=title,
        kind=kind,
        minutes_planned=minutes_planned,
        owner=owner,
        action=action,
    )
    _set_components(item, components)
    _line("item.added", item, by, now, after={"title": title, "item_kind": kind, "components": list(components)})
    return item


@transaction.atomic
def take_over(meeting: Meeting, *, action: ActionPoint, by: Person, now: datetime) -> AgendaItem:
    """Put an unfinished action on the agenda. Raises MeetingClosed, AlreadyOnAgenda."""
    meeting = life.locked(meeting)
    action = ActionPoint.objects.select_for_update(of=("self",)).select_related("task_force", "seat").get(pk=action.pk)
    if action.task_force_id != meeting.task_force_id or not action.is_open:
        raise AlreadyOnAgenda(_("This action is finished: there is nothing to take over."))
    if meeting.items.filter(action=action).exists():
        raise AlreadyOnAgenda(_("This action is on the agenda already."))
    return add_item(
        meeting,
        title=action.text[:200],
        kind=Kind.DISCUSSION,
        owner=action.seat,
        components=list(action.components.values_list("component", flat=True)),
        action=action,
        by=by,
        now=now,
    )


@transaction.atomic
def change_item(
    item: AgendaItem,
    *,
    title: str,
    kind: str,
    by: Person,
    now: datetime,
    minutes_planned: int | None = None,
    owner: Seat | None = None,
    components: Collection[str] = (),
) -> bool:
    """Change an item of the agenda. Returns whether anything changed. Raises MeetingClosed."""
    item = _locked(item)
    new = {"title": title, "kind": kind, "minutes_planned": minutes_planned, "owner_id": owner.pk if owner else None}
    before = {key: getattr(item, key) for key in new if getattr(item, key) != new[key]}
    was = sorted(item.components.values_list("component", flat=True))
    if not before and was == sorted(components):
        return False
    for key in before:
        setattr(item, key, new[key])
    item.save(update_fields=["title", "kind", "minutes_planned", "owner"])
    _set_components(item, components)
    pair = {"title": (before.get("title", title), title), "components": (was, sorted(components))}
    _line(
        "item.changed",
        item,
        by,
        now,
        before={key: value[0] for key, value in pair.items()},
        after={key: value[1] for key, value in pair.items()},
    )
    return True


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, by: Person, now: datetime) -> bool:
    """Change places with the item before or after. Returns whether it moved. Raises MeetingClosed."""
    item = _locked(item)
    others = item.meeting.items.filter(position__lt=item.position) if up else item.meeting.items.filter(
        position__gt=item.position
    )  # fmt: skip
    other = others.order_by("-position" if up else "position", "pk").first()
    if other is None:
        return False
    here, there = item.position, other.position
    free = (item.meeting.items.aggregate(last=Max("position"))["last"] or 0) + 1
    for one, position in ((item, free), (other, here), (item, there)):
        one.position = position
        one.save(update_fields=["position"])
    _line("item.moved", item, by, now, before={"position": here}, after={"position": there})
    return True


@transaction.atomic
def remove_item(item: AgendaItem, *, by: Person, now: datetime) -> None:
    """Take an item off the agenda; the others close up. Raises MeetingClosed, ItemInUse."""
    item = _locked(item)
    if item.decisions.exists() or item.actions.exists() or item.notes:
        raise ItemInUse(_("This item has notes, decisions or actions. It stays on the agenda."))
    _line("item.removed", item, by, now, before={"title": item.title})
    meeting, position = item.meeting, item.position
    item.delete()
    for one in meeting.items.filter(position__gt=position).order_by("position", "pk"):
        one.position -= 1
        one.save(update_fields=["position"])


@transaction.atomic
def add_paper(item: AgendaItem, *, file: BinaryIO, name: str, by: Person, now: datetime) -> Attachment:
    """Lay a paper beside an item. Raises MeetingClosed, FileRefused."""
    item = _locked(item)
    paper = files.attach(file, name=name, country=item.meeting.task_force.country, by=by, now=now)
    item.papers.add(paper)
    _line("item.paper-added", item, by, now, after={"file": paper.name, "sha256": paper.sha256})
    return paper


@transaction.atomic
def remove_paper(item: AgendaItem, *, paper_pk: int, by: Person, now: datetime) -> None:
    """Take a paper away from an item; the file itself stays in the store. Raises MeetingClosed."""
    item = _locked(item)
    paper = item.papers.filter(pk=paper_pk).first()
    if paper:
        item.papers.remove(paper)
        _line("item.paper-removed", item, by, now, before={"file": paper.name})


@transaction.atomic
def write_notes(item: AgendaItem, *, notes: str, by: Person, now: datetime) -> bool:
    """Write down what was said on an item. Returns whether it changed. Raises MeetingClosed, NotYet."""
    life.held(item.meeting)
    item = _locked(item)
    if item.notes == notes:
        return False
    before, item.notes = item.notes, notes
    item.save(update_fields=["notes"])
    _line("item.notes-written", item, by, now, before={"notes": before}, after={"notes": notes})
    return True
