"""Two organisations turn out to be one: everything that named the one names the other, until somebody undoes it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.initiatives.models import (
    Asked,
    Initiative,
    Organisation,
    OrganisationMerge,
    Partner,
    Party,
    Representative,
)
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Person


class SameOrganisation(Refusal):
    """An organisation is not merged into itself."""


class NotMergeable(Refusal):
    """One of the two was merged before, or the one that would go is not of this country alone."""


class NotUndoable(Refusal):
    """The merge was undone, or a later one stands on it."""


@transaction.atomic
def merge(gone: Organisation, *, kept: Organisation, by: Person, now: datetime) -> OrganisationMerge:
    """Let one organisation stand for both. Raises SameOrganisation or NotMergeable."""
    both = {one.pk: one for one in Organisation.objects.select_for_update().filter(pk__in=[gone.pk, kept.pk])}
    if len(both) < 2:
        raise SameOrganisation(_("Choose another organisation than this one."))
    gone, kept = both[gone.pk], both[kept.pk]
    is_ours = gone.country_id is not None and kept.country_id in (gone.country_id, None)
    if gone.is_merged or kept.is_merged or not is_ours:
        raise NotMergeable(_("One of the two was merged before, or does not belong to this country."))
    moved = _move(gone, kept)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    made = OrganisationMerge.objects.create(kept=kept, gone=gone, moved=moved, merged_by=by, merged_at=now)
    for one in (gone, kept):
        entries.write(
            "organisation.merged",
            one,
            by=by,
            now=now,
            country=gone.country,
            after={"gone": str(gone), "kept": str(kept)},
        )
    return made


def _move(gone: Organisation, kept: Organisation) -> dict[str, Any]:
    """Point every row to the kept one; where the kept one stands there already, the row goes, and is remembered."""
    return {
        "reports": _point(Initiative, "reporter", gone, kept),
        "parts": _point(Organisation, "parent", gone, kept, but=[kept.pk]),
        "was": _point(Organisation, "merged_into", gone, kept),
        "asked": _point(Asked, "organisation", gone, kept),
        "partners": _point_partners(gone, kept),
        "parties": _point_parties(gone, kept),
        "representatives": _point_representatives(gone, kept),
    }


def _point(model: Any, column: str, gone: Organisation, kept: Organisation, but: list[int] | None = None) -> list[int]:
    found = model.objects.filter(**{column: gone}).exclude(pk__in=but or [])
    moved = sorted(found.values_list("pk", flat=True))
    model.objects.filter(pk__in=moved).update(**{column: kept})
    return moved


def _point_partners(gone: Organisation, kept: Organisation) -> dict[str, list[list[Any]]]:
    """Parts in initiatives, by initiative and role: their rows are written anew with each change."""
    there = set(Partner.objects.filter(organisation=kept).values_list("initiative", "role"))
    moved: list[list[Any]] = []
    dropped: list[list[Any]] = []
    for row in Partner.objects.filter(organisation=gone).order_by("pk"):
        (dropped if (row.initiative_id, row.role) in there else moved).append([row.initiative_id, row.role])
    for role in Partner.Role:
        both = [pk for pk, one in dropped if one == role]
        Partner.objects.filter(organisation=gone, role=role, initiative__in=both).delete()
    Partner.objects.filter(organisation=gone).update(organisation=kept)
    return {"moved": moved, "dropped": dropped}


def _point_parties(gone: Organisation, kept: Organisation) -> list[int]:
    """Answers to agreements stay where both were asked: each answered for itself."""
    there = Party.objects.filter(organisation=kept).values("agreement")
    moved = sorted(Party.objects.filter(organisation=gone).exclude(agreement__in=there).values_list("pk", flat=True))
    Party.objects.filter(pk__in=moved).update(organisation=kept)
    return moved


def _point_representatives(gone: Organisation, kept: Organisation) -> list[int]:
    """Whoever stands for both stands for the kept one once."""
    there = Representative.objects.filter(organisation=kept, ended_at=None).values("person")
    found = Representative.objects.filter(organisation=gone, ended_at=None).exclude(person__in=there)
    moved = sorted(found.values_list("pk", flat=True))
    Representative.objects.filter(pk__in=moved).update(organisation=kept)
    return moved


@transaction.atomic
def undo(merge: OrganisationMerge, *, by: Person, now: datetime) -> None:
    """They are two after all: what was moved goes back, what came since stays with the kept one.

    Raises NotUndoable.
    """
    found = OrganisationMerge.objects.select_for_update(of=("self",)).select_related("gone__country", "kept")
    one = found.get(pk=merge.pk)
    gone, kept = one.gone, one.kept
    if one.undone_at or gone.merged_into_id != kept.pk or kept.is_merged:
        raise NotUndoable(_("This merge was undone, or a later one stands on it. Undo the later one first."))
    moved = one.moved
    Initiative.objects.filter(pk__in=moved["reports"], reporter=kept).update(reporter=gone)
    Organisation.objects.filter(pk__in=moved["parts"], parent=kept).update(parent=gone)
    Organisation.objects.filter(pk__in=moved["was"], merged_into=kept).update(merged_into=gone)
    for model, name in ((Asked, "asked"), (Party, "parties"), (Representative, "representatives")):
        model._default_manager.filter(pk__in=moved[name], organisation=kept).update(organisation=gone)
    _give_back(moved["partners"], gone, kept)
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    one.undone_by, one.undone_at = by, now
    one.save(update_fields=["undone_by", "undone_at"])
    for side in (gone, kept):
        entries.write(
            "organisation.merge-undone",
            side,
            by=by,
            now=now,
            country=gone.country,
            after={"gone": str(gone), "kept": str(kept)},
        )


def _give_back(partners: dict[str, Any], gone: Organisation, kept: Organisation) -> None:
    """Each part goes back where the kept one still takes part; where it was taken out since, it stays out."""
    for pk, role in partners["moved"]:
        Partner.objects.filter(initiative=pk, role=role, organisation=kept).update(organisation=gone)
    for pk, role in partners["dropped"]:
        if Partner.objects.filter(initiative=pk, role=role, organisation=kept).exists():
            Partner.objects.get_or_create(organisation=gone, initiative_id=pk, role=role)
