"""Pairs of initiatives: found by the machine, judged by people."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learnin.initiatives.models import Initiative, Merge, Pair, Relation
from learnin.initiatives.queries import found_pairs
from learnin.initiatives.queries.found_pairs import Found, Key
from learnin.journal.models import Entry, Job
from learnin.journal.operations import entries
from learnin.journal.operations import jobs as queue
from learnin.kit import jobs
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person

AT_ONCE = 500
_MACHINE = ["score", "proposed", "reasons", "contributions", "method", "found_at"]


class NotOnePair(Refusal):
    """Two initiatives of one country make a pair."""


class StillMerged(Refusal):
    """What was merged is the same until it is undone."""


@transaction.atomic
def ask(country: Country, *, by: Person | None, now: datetime) -> Job:
    """Have the pairs of a country looked for; once for all who ask while it waits."""
    return queue.start_once(find, by=by, now=now, country=country, country_code=country.pk)


@jobs.job(label=gettext_lazy("Look for related initiatives"), atomic=False)
def find(country_code: str, *, by: Person | None, now: datetime) -> dict[str, str]:
    """Compare all initiatives of a country. What people judged stays; the rest is as the machine sees it now."""
    country = Country.objects.get(pk=country_code)
    method = found_pairs.method()
    seen = found_pairs.found(country)
    with jobs.finishing(), transaction.atomic():
        new = _keep(country, seen, method=method, now=now)
        told = {"pairs": len(seen), "new": new}
        entries.write("pairs.found", country, by=by, now=now, country=country, after=told)
    text = ngettext("%(n)s pair found, %(new)s of them new.", "%(n)s pairs found, %(new)s of them new.", len(seen))
    return {"text": text % {"n": len(seen), "new": new}}


@jobs.job(label=gettext_lazy("Look for related initiatives where the register changed"), schedule="every 10 minutes")
def find_where_changed(*, by: Person | None, now: datetime) -> dict[str, str]:
    """Ask for the pairs of each country in which an initiative changed since they were last looked for."""
    changed = Initiative.objects.filter(is_draft=False).values("country").annotate(at=Max("changed_at"))
    looked = Entry.objects.filter(verb="pairs.found").values("country").annotate(at=Max("at"))
    last = dict(looked.order_by().values_list("country", "at"))
    moved = dict(changed.order_by().values_list("country", "at"))
    due = [code for code, at in moved.items() if code not in last or last[code] < at]
    for country in Country.objects.filter(pk__in=due).order_by("pk"):
        ask(country, by=by, now=now)
    return {"text": ngettext("%(n)s country to look at.", "%(n)s countries to look at.", len(due)) % {"n": len(due)}}


def _keep(country: Country, seen: Mapping[Key, Found], *, method: str, now: datetime) -> int:
    """Write down what was seen. Returns how many pairs are new."""
    held = {(one.first_id, one.second_id): one for one in Pair.objects.select_for_update().filter(country=country)}
    stale = [one.pk for key, one in held.items() if key not in seen and not one.is_judged and one.method]
    for part in _parts(stale):
        Pair.objects.filter(pk__in=part, agreements=None).delete()  # one that people agree about stays
    moved = [_as_seen(one, seen[key], method, now) for key, one in held.items() if key in seen and not one.is_judged]
    Pair.objects.bulk_update(moved, _MACHINE, batch_size=AT_ONCE)
    new = [_as_seen(Pair(country=country), one, method, now) for key, one in seen.items() if key not in held]
    Pair.objects.bulk_create(new, batch_size=AT_ONCE)
    return len(new)


def _as_seen(pair: Pair, found: Found, method: str, now: datetime) -> Pair:
    pair.first_id, pair.second_id = found.key
    pair.score, pair.proposed = found.score, found.proposed
    pair.reasons, pair.contributions = found.reasons, found.contributions
    pair.method, pair.found_at = method, now
    return pair


def _parts(numbers: list[int]) -> Iterator[list[int]]:
    return (numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE))


@transaction.atomic
def put_together(first: Initiative, *, second: Initiative, by: Person, now: datetime) -> Pair:
    """Put two initiatives side by side that the machine did not. Raises NotOnePair."""
    if first.pk == second.pk or first.country_id != second.country_id:
        raise NotOnePair(_("Choose two initiatives of one country."))
    one, other = sorted((first, second), key=lambda each: each.pk)
    pair, is_new = Pair.objects.get_or_create(
        first=one, second=other, defaults={"country": one.country, "found_at": now, "method": ""}
    )
    if is_new:
        entries.write("pair.put_together", pair, by=by, now=now, country=pair.country)
    return pair


@transaction.atomic
def judge(pair: Pair, *, verdict: str, note: str = "", by: Person, now: datetime) -> Pair:
    """Say what two initiatives are to each other; said again, it is corrected. Raises StillMerged."""
    pair = Pair.objects.select_for_update(of=("self",)).select_related("country", "first", "second").get(pk=pair.pk)
    if verdict != Relation.SAME and _merge_of(pair):
        raise StillMerged(_("These two are merged. Undo that first."))
    if (pair.verdict, pair.note) == (verdict, note):
        return pair
    verb = "pair.corrected" if pair.is_judged else "pair.judged"
    before = {"relation": pair.verdict, "remark": pair.note}
    pair.verdict, pair.note, pair.judged_by, pair.judged_at = verdict, note, by, now
    pair.save(update_fields=["verdict", "note", "judged_by", "judged_at"])
    after = {"relation": verdict, "remark": note}
    entries.write(verb, pair, by=by, now=now, country=pair.country, before=before, after=after)
    return pair


@transaction.atomic
def take_back(pair: Pair, *, by: Person, now: datetime) -> Pair:
    """Leave a pair unjudged again. Raises StillMerged."""
    pair = Pair.objects.select_for_update(of=("self",)).select_related("country", "first", "second").get(pk=pair.pk)
    if _merge_of(pair):
        raise StillMerged(_("These two are merged. Undo that first."))
    if pair.is_judged:
        before = {"relation": pair.verdict, "remark": pair.note}
        pair.verdict, pair.note, pair.judged_by, pair.judged_at = "", "", None, None
        pair.save(update_fields=["verdict", "note", "judged_by", "judged_at"])
        entries.write(
            "pair.reopened", pair, by=by, now=now, country=pair.country, before=before, after={"relation": ""}
        )
    return pair


def _merge_of(pair: Pair) -> bool:
    both = Q(kept=pair.first_id, gone=pair.second_id) | Q(kept=pair.second_id, gone=pair.first_id)
    return Merge.objects.filter(both, undone_at=None).exists()
