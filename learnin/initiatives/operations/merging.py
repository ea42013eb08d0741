"""Two records of one initiative become one; both histories stay, and it can be undone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.initiatives.formats import merged as parts
from learnin.initiatives.formats.kept import as_json, from_json
from learnin.initiatives.formats.merged import From
from learnin.initiatives.formats.record import Record
from learnin.initiatives.models import Gap, Initiative, Merge, Pair, Relation
from learnin.initiatives.operations import registering
from learnin.initiatives.queries import records
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Person


class NotTheSame(Refusal):
    """Only what people judged to be the same is merged."""


class OutOfRegister(Refusal):
    """What is a draft, was taken out or went into another is not merged."""


class AlreadyUndone(Refusal):
    """A merge is undone once."""


@transaction.atomic
def merge(pair: Pair, *, kept: Initiative, take: Mapping[str, str], by: Person, now: datetime) -> Merge:
    """Take the other initiative of a pair into the one that is kept. Raises NotTheSame or OutOfRegister.

    take: for parts of the record in which they differ, `first` (of the kept one), `second` or `both`.
    """
    pair = Pair.objects.select_for_update(of=("self",)).select_related("country").get(pk=pair.pk)
    if pair.verdict != Relation.SAME:
        raise NotTheSame(_("Say first that the two are the same."))
    held = {one.pk: one for one in _locked([pair.first_id, pair.second_id])}
    stays = held[kept.pk]
    goes = held[pair.second_id if kept.pk == pair.first_id else pair.first_id]
    if not (stays.is_in_register and goes.is_in_register):
        raise OutOfRegister(_("One of the two is no longer in the register."))
    before, other = _record(stays), _record(goes)
    chosen = {name: From(side) for name, side in take.items()}
    registering.change(stays, record=parts.merged(before, other, chosen), by=by, now=now)
    after = _record(stays)
    moved = _move(stays, goes)
    Initiative.objects.filter(pk=goes.pk).update(merged_into=stays, changed_at=now)
    kept_as = {"record": as_json(before), "after": as_json(after), "moved": moved}
    made = Merge.objects.create(kept=stays, gone=goes, before=kept_as, merged_by=by, merged_at=now)
    country = pair.country
    entries.write("initiative.merged", stays, by=by, now=now, country=country, after={"gone": goes.pk})
    entries.write("initiative.went_into", goes, by=by, now=now, country=country, after={"kept": stays.pk})
    return made


@transaction.atomic
def undo(merge: Merge, *, by: Person, now: datetime) -> Merge:
    """Make two of one again, each as it was; what somebody changed since the merge stays. Raises AlreadyUndone."""
    merge = Merge.objects.select_for_update(of=("self",)).select_related("kept__country", "gone").get(pk=merge.pk)
    if merge.undone_at:
        raise AlreadyUndone(_("This merge is undone already."))
    stays, goes = sorted(_locked([merge.kept_id, merge.gone_id]), key=lambda one: one.pk != merge.kept_id)
    before, after = (from_json(merge.before[name]) for name in ("record", "after"))
    registering.change(stays, record=parts.undone(_record(stays), before, after), by=by, now=now)
    _move_back(stays, goes, merge.before["moved"])
    Initiative.objects.filter(pk=goes.pk).update(merged_into=None, changed_at=now)
    merge.undone_by, merge.undone_at = by, now
    merge.save(update_fields=["undone_by", "undone_at"])
    country = stays.country
    entries.write("initiative.unmerged", stays, by=by, now=now, country=country, after={"gone": goes.pk})
    entries.write("initiative.came_back", goes, by=by, now=now, country=country, after={"kept": stays.pk})
    return merge


def _locked(numbers: list[int]) -> list[Initiative]:
    found = Initiative.objects.select_for_update(of=("self",)).select_related("country").filter(pk__in=numbers)
    return list(found.order_by("pk"))


def _record(initiative: Initiative) -> Record:
    return records.record_of(records.with_parts(Initiative.objects.filter(pk=initiative.pk)).get())


def _move(stays: Initiative, goes: Initiative) -> dict[str, Any]:
    """Move what hangs on the one that goes, and say what was moved, to move it back."""
    documents = _numbers(goes.documents) - _numbers(stays.documents)
    theirs, ours = _numbers(goes.agreements), _numbers(stays.agreements)
    stays.documents.add(*documents)
    stays.agreements.add(*theirs)
    goes.agreements.clear()
    earlier = sorted(Initiative.objects.filter(merged_into=goes).values_list("pk", flat=True))
    Initiative.objects.filter(pk__in=earlier).update(merged_into=stays)
    has_gap = not Gap.objects.filter(initiative=stays).exists()
    gaps = Gap.objects.filter(initiative=goes).update(initiative=stays) if has_gap else 0
    return {
        "documents": sorted(documents),
        "agreements": sorted(theirs),
        "added_agreements": sorted(theirs - ours),
        "merged_here": earlier,
        "gap": bool(gaps),
    }


def _move_back(stays: Initiative, goes: Initiative, moved: Mapping[str, Any]) -> None:
    stays.documents.remove(*moved["documents"])
    stays.agreements.remove(*moved["added_agreements"])
    goes.agreements.add(*moved["agreements"])
    Initiative.objects.filter(pk__in=moved["merged_here"], merged_into=stays).update(merged_into=goes)
    if moved["gap"]:
        Gap.objects.filter(initiative=stays).update(initiative=goes)


def _numbers(held: Any) -> set[int]:
    return set(held.order_by("pk").values_list("pk", flat=True))
