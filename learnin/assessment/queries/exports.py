"""Answers on their way out: which ones, with what beside them, and who may not be told from them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from learnin.assessment import weight_words
from learnin.assessment.formats import corrections, tables
from learnin.assessment.formats.definition import Choice
from learnin.assessment.formats.tables import Column, Layout, Record
from learnin.assessment.models import Correction, Delivery, Export, Flag, Round, Submission, Webhook, WeightSet
from learnin.assessment.queries import answers, questionnaire, weight_sets
from learnin.kit import jobs

PIECE = 500  # answers whose corrections are fetched together
LOG_COLUMNS = ("KEY", "question", "before", "after", "reason", "by", "at")
_FIELDS = (
    "pk", "instance_id", "data", "worked_out_at", "state", "channel", "language", "version__version",
)  # fmt: skip
_TIED = (
    "received_at", "started_at", "ended_at", "enumerator_id", "invitation__number", "invitation__unit__stratum__label",
    "invitation__unit__order", "invitation__unit__reserve_for__order", "invitation__unit__reserve_rank",
    "invitation__unit__probability", "invitation__unit__weight", "invitation__person__probability",
    "invitation__person__weight",
)  # fmt: skip


def exports(round: Round) -> QuerySet[Export]:
    """Who took what, the latest first."""
    return round.exports.select_related("made_by", "attachment", "job").order_by("-made_at", "-pk")


def webhooks(round: Round) -> QuerySet[Webhook]:
    """The programs that are told of new answers, with what became of their messages."""
    sums = {
        "taken": Count("deliveries", filter=Q(deliveries__taken_at__isnull=False)),
        "waiting": Count("deliveries", filter=Q(deliveries__taken_at=None, deliveries__given_up_at=None)),
        "given_up": Count("deliveries", filter=Q(deliveries__given_up_at__isnull=False)),
    }
    return round.webhooks.annotate(**sums).select_related("added_by").order_by("stopped_at", "-added_at", "-pk")


def given_up(round: Round) -> QuerySet[Delivery]:
    """The last messages that no program took."""
    lost = Delivery.objects.filter(webhook__round=round, given_up_at__isnull=False)
    return lost.select_related("webhook").order_by("-given_up_at", "-pk")[:20]


def kind_of_round(round: Round) -> str:
    """What kind of round the answers come from. Stands wherever one of its numbers stands."""
    return str(round.get_kind_display())


def is_unlinked(round: Round) -> bool:
    """Whether nothing may lead from an answer to who was asked."""
    return round.naming == Round.Naming.UNLINKED


def counted(round: Round) -> QuerySet[Submission]:
    """The answers of a round that count: no tries, the newest edition of each."""
    return Submission.objects.filter(round=round, is_test=False, is_current=True)


def wanted(round: Round, scope: str, *, until: datetime) -> QuerySet[Submission]:
    """The answers that go along: those that can be read, as far as they had come by then."""
    found = counted(round).filter(is_encrypted=False, received_at__lte=until)
    if scope == Export.Scope.APPROVED:
        return found.filter(state=Submission.State.APPROVED)
    return found.exclude(state=Submission.State.REJECTED)


def layout(round: Round, *, with_personal: bool) -> Layout:
    """The tables of a round's answers."""
    return tables.layout(
        questionnaire.of_instrument(round.instrument),
        facts=facts(round),
        personal=round.instrument.personal_names,
        with_personal=with_personal,
        is_unlinked=is_unlinked(round),
        note=kind_of_round(round),
    )


def facts(round: Round) -> list[Column]:
    """What we say about each answer, and of its sample. Nothing of who and when, where answers are not tied."""
    found = [
        _fact("li_round", _("Kind of round"), choices=Round.Kind.choices),
        _fact("li_state", _("State of the review"), choices=Submission.State.choices),
        _fact("li_channel", _("How it came in"), choices=Submission.Channel.choices),
        _fact("li_language", _("Language it was answered in")),
        _fact("li_version", _("Version of the questionnaire")),
    ]
    if not is_unlinked(round):
        found += _tied_facts(round)
    if weights := weight_sets.in_use(round):
        found.append(_fact("li_weight", _weight_label(weights), "decimal"))
    return found


def _weight_label(of: WeightSet) -> str:
    """Which set a weight comes from, and whether it is one of a probability sample."""
    words = _("Weight, from set %(number)s: %(name)s") % {"number": of.number, "name": of.name}
    return words if of.is_probability else f"{words} ({weight_words.NOT_PROBABILITY})"


def _tied_facts(round: Round) -> list[Column]:
    """What leads from an answer to who was asked, and the design of the sample."""
    found = [
        _fact("li_received", _("Received (UTC)"), "moment"),
        _fact("li_seconds", _("Seconds from beginning to end"), "integer"),
        _fact("li_enumerator", _("Number of the enumerator"), "integer"),
        _fact("li_invitation", _("Number of the invitation"), "integer"),
    ]
    if round.sample_id:
        found += [
            _fact("li_stratum", _("Stratum")),
            _fact("li_psu", _("Sampled unit (PSU), by its number in the draw")),
            _fact("li_probability", _("Probability of being drawn"), "decimal"),
            _fact("li_base_weight", _("Base weight"), "decimal"),
        ]
    return found


def _fact(name: str, label: str, kind: str = "text", *, choices: Iterable[tuple[Any, Any]] = ()) -> Column:
    listed = tuple(Choice(str(value), {"": str(words)}) for value, words in choices)
    return Column(name, "choice" if listed else kind, {"": label}, listed)


def records(round: Round, rows: QuerySet[Submission], *, total: int = 0) -> Iterator[Record]:
    """The answers one by one, corrected, with what we say about them. Memory stays the same for any number."""
    is_tied = not is_unlinked(round)
    # Where answers are not tied, not even their order may tell when they came.
    rows = rows.order_by("received_at", "pk") if is_tied else rows.order_by("instance_id", "pk")
    fields = (*_FIELDS, *_TIED) if is_tied else _FIELDS
    found = rows.values_list(*fields).iterator(chunk_size=PIECE)
    done, has_sample = 0, bool(round.sample_id)
    weights = weight_sets.in_use(round)
    weight = weight_sets.weights_of(weights) if weights else None
    has_corrections = Correction.objects.filter(submission__round=round).exists()
    while piece := list(islice(found, PIECE)):
        changes = corrections_of([row[0] for row in piece]) if has_corrections else {}
        for row in piece:
            data = row[2] if row[3] is not None and row[2] is not None else not_worked_out(row[0])
            if row[0] in changes:
                data = corrections.corrected(data, changes[row[0]])
            said = (round.kind, *row[4:8])
            if is_tied:
                said += _tied(row[8:], has_sample=has_sample)
            if weight is not None:
                said += (_number(weight.get(row[1])),)
            yield Record(row[1], said, data)
        done += len(piece)
        if total:
            jobs.progress(done, total)


def corrections_of(pks: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """The corrections of these answers, in the order they were made."""
    found: dict[int, list[tuple[str, str]]] = {}
    made = Correction.objects.filter(submission__in=list(pks)).order_by("at", "pk")
    for pk, path, after in made.values_list("submission_id", "path", "after"):
        found.setdefault(pk, []).append((path, after))
    return found


def not_worked_out(pk: int) -> dict[str, Any]:
    """What an answer says, in the minute before it is worked out."""
    return answers.data_of(Submission.objects.select_related("version").get(pk=pk))


def _tied(row: tuple[Any, ...], *, has_sample: bool) -> tuple[str, ...]:
    """When it came, who brought it, which invitation it answers, and the design of its sample."""
    received, started, ended, enumerator, number, *design = row
    seconds = str(int((ended - started).total_seconds())) if started and ended else ""
    said = (received.isoformat(), seconds, str(enumerator or ""), str(number or ""))
    return said + _designed(*design) if has_sample else said


def _designed(
    stratum: str | None,
    order: int | None,
    instead_of: int | None,
    rank: int | None,
    probability: float | None,
    weight: float | None,
    within: float | None,
    person_weight: float | None,
) -> tuple[str, ...]:
    """Stratum, unit, chance and weight; of a person drawn inside a unit, the person's."""
    unit = "" if order is None else f"{instead_of}.{rank}" if instead_of else str(order)
    if within is not None:
        probability, weight = probability * within if probability else None, person_weight
    return (stratum or "", unit, _number(probability), _number(weight))


def _number(value: float | None) -> str:
    return "" if value is None else repr(value)


def cleaning_log(round: Round, scope: str, *, with_personal: bool, until: datetime) -> list[tuple[str, ...]]:
    """Each value that a person set right, as far as its question goes along."""
    asked = {column.question for table in layout(round, with_personal=with_personal).tables for column in table.columns}
    made = Correction.objects.filter(submission__in=wanted(round, scope, until=until), at__lte=until)
    made = made.select_related("submission", "by").defer("submission__xml", "submission__data").order_by("at", "pk")
    return [
        (one.submission.instance_id, one.path, one.before, one.after, one.reason, one.by.name, one.at.isoformat())
        for one in made
        if corrections.without_turns(one.path) in asked
    ]


def languages(round: Round) -> list[str]:
    """The languages in which a round's questionnaire speaks."""
    found = (one for each in questionnaire.of_instrument(round.instrument) for one in each.languages)
    return list(dict.fromkeys(found))


def open_flags(round: Round) -> int:
    """How many flags nobody has looked at yet."""
    return Flag.objects.filter(submission__in=counted(round), verdict="").count()


def is_fresh(export: Export, now: datetime, seconds: int) -> bool:
    """Whether an export was made a moment ago, so that its file may still be made."""
    return (now - export.made_at).total_seconds() <= seconds
