"""Rounds and their answers for programs, behind the same gate as the pages."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema
from pydantic import Field

from learnin.assessment.access import countries, plan
from learnin.assessment.access import indicators as results
from learnin.assessment.access import rounds as access
from learnin.assessment.models import Round, Run
from learnin.assessment.queries import estimates, reading
from learnin.assessment.queries import programs as queries
from learnin.assessment.queries.reading import Read
from learnin.kit import api
from learnin.people.api import FORBIDDEN, NOT_FOUND, CountryCode
from learnin.people.roles import Can
from learnin.people.sign_in.programs import ApiRequest

router = Router()
SETTLED = timedelta(seconds=10)  # an answer is in the database within much less


class RoundOut(Schema):
    """A round, and what kind it is: only a probability sample or a census speaks for more than those who answered."""

    id: int
    country: str
    title: str
    form_id: str
    kind: str
    kind_in_words: str
    is_tied: bool = Field(description="Whether an answer can be tied to the one who was asked")
    opens_at: datetime
    closes_at: datetime


class SubmissionOut(Schema):
    """An answer as it stands now: corrected, without personal fields. Without ties there is no moment."""

    id: str
    version: str
    state: str
    received_at: datetime | None
    replaces: str | None = Field(description="The id of the first edition, when this is a later one")
    data: dict[str, Any]


class Submissions(Schema):
    """A piece of the answers, in the order they came, and where the next piece begins."""

    items: list[SubmissionOut]
    next: str | None = Field(description="The cursor to ask with next time, also when nothing is left now")


class SubmissionsAsked(api.Asked):
    """From where on, and how many."""

    cursor: str | None = Field(None, max_length=60, pattern=r"^[A-Za-z0-9_=-]+$")
    limit: int = Field(50, ge=1, le=api.MOST)


class RunOut(Schema):
    """A run of estimates. The one with the highest number that is `done` holds now."""

    id: int
    assessment: int
    number: int
    state: str
    method: str
    fingerprint: str = Field(description="Changes when anything changes that went into the run")
    made_at: datetime


class EstimateOut(Schema):
    """One number in one group of people. Without a probability sample it speaks for those who answered alone."""

    indicator: str
    labels: dict[str, str] = Field(description="The name of the indicator, by language")
    definition: dict[str, Any]
    unit: str
    level: str = Field(description="The value it is about, of an indicator with several; empty otherwise")
    domain: dict[str, str] = Field(description="Groupings with their values; empty for everybody")
    round: int
    is_probability: bool
    trust: str = Field(description="sure, unsure (read with care), inexact or withheld (both without any number)")
    reasons: list[str] = Field(description="Why it is not sure, in sentences")
    estimate: float | None
    se: float | None
    ci_low: float | None = Field(description="Lower end of the interval that holds the truth in 95 of 100 surveys")
    ci_high: float | None
    ci_method: str
    df: float | None
    n: int | None
    n_psu: int | None
    n_eff: float | None
    n_hat: float | None
    deff: float | None
    warnings: list[dict[str, Any]]


class Estimates(Schema):
    """A piece of the numbers of a run, in their order, and where the next piece begins."""

    items: list[EstimateOut]
    next: str | None = Field(description="The cursor to ask with next time; nothing after the last piece")


def _round(found: Round) -> RoundOut:
    return RoundOut(
        id=found.pk,
        country=found.country_id,
        title=found.title,
        form_id=found.instrument.form_id,
        kind=found.kind,
        kind_in_words=str(found.get_kind_display()),
        is_tied=found.naming == Round.Naming.LINKED,
        opens_at=found.opens_at.astimezone(UTC),
        closes_at=found.closes_at.astimezone(UTC),
    )


def _cursor(pk: int) -> str:
    """Says nothing of time: of rounds without ties no moment goes out."""
    return urlsafe_b64encode(f"a{pk}".encode()).decode()


def _after(cursor: str | None) -> int:
    """The number of the answer after which the piece begins. Raises Unreadable."""
    if not cursor:
        return 0
    try:
        said = urlsafe_b64decode(cursor).decode()
        number = int(said.removeprefix("a"))
        if said != f"a{number}" or not 0 < number <= api.BIGGEST:
            raise ValueError
    except ValueError:
        raise api.Unreadable([api.Wrong(where="query.cursor", why=_("This is no cursor of ours."))]) from None
    return number


@router.get(
    "/countries/{code}/rounds", response=api.answers(api.Listed[RoundOut], FORBIDDEN, NOT_FOUND), tags=["Answers"]
)
def rounds(request: ApiRequest, code: Path[CountryCode], asked: Query[api.Piece]) -> dict:
    """The rounds of a country, the latest first."""
    country = countries.country(request.auth, code, can=Can.SEE_ASSESSMENT)
    return api.piece(queries.rounds(country), asked, _round)


@router.get("/rounds/{pk}/submissions", response=api.answers(Submissions, FORBIDDEN, NOT_FOUND), tags=["Answers"])
def submissions(request: ApiRequest, pk: Path[api.Id], asked: Query[SubmissionsAsked]) -> Submissions:
    """The answers of a round since the cursor, in the order they came. A later edition comes as a new answer."""
    found = access.round(request.auth, pk, can=Can.EXPORT_ANSWERS)
    here = queries.since(found, _after(asked.cursor), limit=asked.limit, until=timezone.now() - SETTLED)
    is_tied = found.naming == Round.Naming.LINKED
    items = [
        SubmissionOut(
            id=one.row.instance_id,
            version=one.row.version.version,
            state=one.row.state,
            received_at=one.row.received_at.astimezone(UTC) if is_tied else None,
            replaces=one.row.root_id if one.row.root_id != one.row.instance_id else None,
            data=one.data,
        )
        for one in here
    ]
    return Submissions(items=items, next=_cursor(here[-1].row.pk) if here else asked.cursor)


_PLAIN = (
    "level", "domain", "estimate", "se", "ci_low", "ci_high", "ci_method", "df", "n", "n_psu", "n_eff", "n_hat", "deff",
    "warnings",
)  # fmt: skip


def _run(found: Run) -> RunOut:
    return RunOut(
        id=found.pk,
        assessment=found.assessment_id,
        number=found.number,
        state=found.state,
        method=found.method,
        fingerprint=found.fingerprint,
        made_at=found.made_at.astimezone(UTC),
    )


def _estimate(read: Read) -> EstimateOut:
    """A number as the country's rules let it be read; what is not shown is null here too."""
    of = read.of
    return EstimateOut(
        indicator=of.indicator.code,
        labels=of.indicator.labels,
        definition=of.indicator.definition,
        unit=of.indicator.unit,
        round=of.round,
        is_probability=of.is_probability,
        trust=read.trust,
        reasons=list(read.reasons),
        **{name: getattr(of, name) for name in _PLAIN},
    )


@router.get("/assessments/{pk}/runs", response=api.answers(api.Listed[RunOut], FORBIDDEN, NOT_FOUND), tags=["Results"])
def runs(request: ApiRequest, pk: Path[api.Id], asked: Query[api.Piece]) -> dict:
    """The runs of estimates of an assessment, the latest first."""
    found = plan.assessment(request.auth, pk)
    return api.piece(estimates.runs(found), asked, _run)


@router.get("/runs/{pk}/estimates", response=api.answers(Estimates, FORBIDDEN, NOT_FOUND), tags=["Results"])
def numbers(request: ApiRequest, pk: Path[api.Id], asked: Query[SubmissionsAsked]) -> Estimates:
    """The numbers of a run since the cursor, in their order."""
    run = results.run(request.auth, pk)
    here = reading.since(run, _after(asked.cursor), limit=asked.limit)
    following = _cursor(here[-1].of.order) if len(here) == asked.limit else None
    return Estimates(items=[_estimate(row) for row in here], next=following)
