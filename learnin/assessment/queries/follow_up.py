"""Who has answered and who has not, group by group, the worst first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import Invitation, Round
from learnin.assessment.queries import rounds
from learnin.compute import response
from learnin.compute.response import Outcomes
from learnin.kit import languages

Disposition = Invitation.Disposition
GROUPS: dict[str, tuple[str, str | Promise]] = {
    "stratum": ("unit__stratum__label", _("Stratum")),
    "area": ("unit__unit__area", _("Area")),
    "language": ("language", _("Language")),
    "enumerator": ("enumerator__name", _("Enumerator")),
}
FIRST_DRAWN = Q(unit=None) | Q(unit__reserve_for=None)
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Row:
    """How one group answers. Rates count the units that were drawn first; answers of reserves stand beside them."""

    key: str
    name: str
    asked: int
    waiting: int
    outcomes: Outcomes
    by_reserves: int

    @property
    def rr1(self) -> float | None:
        """Complete answers among all who were asked."""
        return response.rr1(self.outcomes)

    @property
    def rr2(self) -> float | None:
        """Complete and partial answers among all who were asked."""
        return response.rr2(self.outcomes)

    @property
    def answered(self) -> int:
        """Complete and partial answers, also those of reserves."""
        return self.outcomes.complete + self.outcomes.partial + self.by_reserves

    @property
    def not_known(self) -> int:
        """Those of whom somebody found out that it cannot be known."""
        return self.outcomes.unknown - self.waiting

    @property
    def width(self) -> str:
        """The rate as the width of its bar."""
        return f"{100 * (self.rr2 or 0):.2f}%"


@dataclass(frozen=True)
class Board:
    """The whole board: everybody, the groups, what is wanted and what is expected."""

    total: Row
    rows: list[Row]
    by: str
    groups: list[tuple[str, str | Promise]]
    answers: int
    expected: int | None
    days: float
    days_left: float


def _counts() -> dict[str, Count]:
    """One count for each group of AAPOR's, of the units that were drawn first."""
    found = {
        name: Count("pk", filter=FIRST_DRAWN & Q(disposition=value))
        for name, value in (
            ("complete", Disposition.COMPLETE),
            ("partial", Disposition.PARTIAL),
            ("refusal", Disposition.REFUSAL),
            ("non_contact", Disposition.NON_CONTACT),
            ("other", Disposition.OTHER),
            ("not_known", Disposition.UNKNOWN),
            ("not_eligible", Disposition.NOT_ELIGIBLE),
            ("waiting", Disposition.WAITING),
        )
    }
    answered = Q(disposition__in=rounds.ANSWERED)
    return found | {"by_reserves": Count("pk", filter=~FIRST_DRAWN & answered), "everybody": Count("pk")}


def _row(counted: dict[str, Any], key: str, name: str) -> Row:
    plain = ("complete", "partial", "refusal", "non_contact", "other", "not_eligible")
    outcomes = Outcomes(**{one: counted[one] for one in plain}, unknown=counted["not_known"] + counted["waiting"])
    return Row(key, name, counted["everybody"], counted["waiting"], outcomes, counted["by_reserves"])


def _worst_first(rows: Iterable[Row]) -> list[Row]:
    """The smallest rate first, then where most are waited for; a group without a rate stands last."""
    return sorted(rows, key=lambda row: (row.rr2 is None, row.rr2 or 0, -row.waiting, row.name))


def _named(key: str, by: str, unsaid: str) -> str:
    return languages.language_name(key) if by == "language" and key else key or unsaid


def groups(round: Round) -> list[str]:
    """The ways in which this round can be divided."""
    return [name for name in GROUPS if round.sample_id or name in ("language", "enumerator")]


def board(round: Round, *, by: str, unsaid: str, now: datetime) -> Board:
    """How the round stands now, by one way to divide it."""
    offered = groups(round)
    by = by if by in offered else offered[0]
    field = GROUPS[by][0]
    found = round.invitations.order_by()
    rows = [
        _row(counted, counted[field] or "", _named(counted[field] or "", by, unsaid))
        for counted in found.values(field).annotate(**_counts())
    ]
    total = _row(found.aggregate(**_counts()), "", "")
    is_open_link = round.kind == Round.Kind.OPEN
    answers = rounds.answers_of(round).count() if is_open_link else total.answered
    until = min(now, round.closed_at or round.closes_at)
    days = max((until - round.opens_at).total_seconds() / DAY, 0.0)
    left = 0.0 if round.closed_at else max((round.closes_at - max(now, round.opens_at)).total_seconds() / DAY, 0.0)
    most = None if is_open_link else total.asked - total.outcomes.not_eligible
    return Board(
        total=total,
        rows=_worst_first(rows),
        by=by,
        groups=[(name, GROUPS[name][1]) for name in offered],
        answers=answers,
        expected=response.forecast(answers, days=days, days_left=left, most=most),
        days=days,
        days_left=left,
    )
