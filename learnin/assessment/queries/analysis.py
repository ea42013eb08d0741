"""What can be analysed of an assessment: its rounds, and what their questions measure or tell apart."""

from collections.abc import Sequence

from django.db.models import Count, Max, Q, QuerySet

from learnin.assessment.formats import indicator
from learnin.assessment.formats.indicator import Asked
from learnin.assessment.models import Assessment, Correction, Grouping, Instrument, Review, Round, Submission
from learnin.assessment.queries import exports, questionnaire

DOMAIN = "group_"  # before the code of a grouping, so that it is never the name of a question
FROM_UNIT = ("area", "language")  # what a list of units says beside its strata


def rounds(assessment: Assessment) -> QuerySet[Round]:
    """The rounds of an assessment, the first first: planned for it, or asking one of its questionnaires."""
    found = Round.objects.filter(Q(assessment=assessment) | Q(assessment=None, instrument__assessment=assessment))
    return found.select_related("instrument", "sample__frame", "country").order_by("opens_at", "pk")


def instruments(assessment: Assessment) -> QuerySet[Instrument]:
    """The questionnaires of an assessment: its own, and those its rounds ask."""
    asks = Q(assessment=assessment) | Q(rounds__assessment=assessment)
    return Instrument.objects.filter(asks, country=assessment.country_id).distinct().order_by("title", "pk")


def measured(instrument: Instrument) -> dict[str, Asked]:
    """What can be measured of a questionnaire, in any version, by the name of its question."""
    return indicator.asked(questionnaire.of_instrument(instrument), personal=instrument.personal_names)


def splitting(instrument: Instrument) -> dict[str, Asked]:
    """What can split the people of a questionnaire into groups: one choice from given answers."""
    found = indicator.asked(questionnaire.of_instrument(instrument))
    return {name: one for name, one in found.items() if one.type == "select_one" and one.choices}


def mark(round: Round, scope: str) -> str:
    """Says where the answers of a round stand; another mark means that something about them has changed."""
    rows = exports.counted(round)
    if scope == exports.Export.Scope.APPROVED:
        rows = rows.filter(state=Submission.State.APPROVED)
    found = rows.aggregate(n=Count("pk"), last=Max("pk"))
    corrections = Correction.objects.filter(submission__round=round).aggregate(n=Count("pk"), last=Max("pk"))
    reviews = Review.objects.filter(submission__round=round).aggregate(last=Max("pk"))
    said = (found["n"], found["last"], corrections["n"], corrections["last"], reviews["last"])
    return ":".join(str(one or 0) for one in said)


def groupings_of(round: Round, groupings: Sequence[Grouping]) -> list[Grouping]:
    """The groupings that tell the people of this round apart."""
    has_units = bool(round.sample_id) and not exports.is_unlinked(round)
    known = {True: splitting(round.instrument), False: frame_columns(round) if has_units else ()}
    return [one for one in groupings if one.name in known[is_asked(one)]]


def frame_columns(round: Round) -> tuple[str, ...]:
    """What the list of units says of each, by which people can be split."""
    return (*round.sample.frame.strata, *FROM_UNIT) if round.sample is not None else ()


def column_of(grouping: Grouping) -> str:
    """The column of a grouping in the table."""
    return f"{DOMAIN}{grouping.code}"


def is_asked(grouping: Grouping) -> bool:
    """Whether a question tells the group, and not the list of units."""
    return grouping.kind == Grouping.Kind.QUESTION
