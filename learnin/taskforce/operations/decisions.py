"""Write down what was decided, in its exact words."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Person
from learnin.taskforce.models import AgendaItem, Decision, DecisionComponent, Meeting
from learnin.taskforce.operations import life
from learnin.taskforce.queries import meetings as queries

Method = Decision.Method
TALLIES = ("votes_for", "votes_against", "abstentions")


class WrongTally(Refusal):
    """The votes do not fit who came, or a consent has votes."""


class NotOnAgenda(Refusal):
    """The item belongs to another meeting."""


def _checked(meeting: Meeting, method: str, tallies: dict[str, int | None]) -> dict[str, int | None]:
    """The tallies as they are kept: none for a consent, all three for a vote, no more votes than seats that came."""
    if method == Method.CONSENT:
        if any(tallies.values()):
            raise WrongTally(_("A decision by consent has no votes. Choose a vote, or leave the numbers empty."))
        return dict.fromkeys(TALLIES)
    counted = {key: value or 0 for key, value in tallies.items()}
    quorum = queries.quorum(meeting)
    if not quorum.is_noted:
        raise WrongTally(_("Note first who came: a vote is counted by seats."))
    votes = sum(counted.values())
    if not votes:
        raise WrongTally(_("Count the votes: for, against and abstained."))
    if votes > quorum.present:
        raise WrongTally(
            _("%(votes)d votes are more than the %(present)d seats that came.")
            % {"votes": votes, "present": quorum.present}
        )
    if counted["votes_for"] <= counted["votes_against"]:
        raise WrongTally(_("With %(for)d for and %(against)d against, this was not decided. Write it in the notes.")
                         % {"for": counted["votes_for"], "against": counted["votes_against"]})  # fmt: skip
    return {**counted}


def _set_components(decision: Decision, components: Collection[str]) -> None:
    decision.components.exclude(component__in=components).delete()
    there = set(decision.components.values_list("component", flat=True))
    DecisionComponent.objects.bulk_create(
        DecisionComponent(decision=decision, component=one) for one in dict.fromkeys(components) if one not in there
    )


def _picture(decision: Decision) -> dict[str, Any]:
    fields = ("text", "method", *TALLIES, "dissent", "evidence")
    return {key: getattr(decision, key) for key in fields} | {
        "components": sorted(decision.components.values_list("component", flat=True))
    }


@transaction.atomic
def record_decision(
    meeting: Meeting,
    *,
    text: str,
    method: str,
    by: Person,
    now: datetime,
    item: AgendaItem | None = None,
    votes_for: int | None = None,
    votes_against: int | None = None,
    abstentions: int | None = None,
    dissent: str = "",
    evidence: str = "",
    components: Collection[str] = (),
) -> Decision:
    """Add a decision to a meeting that was held; it gets the year's next number.

    Raises MeetingClosed, NotYet, WrongTally, NotOnAgenda, TaskForceEnded.
    """
    task_force = life.working(meeting.task_force)
    meeting = life.held(meeting)
    if item and item.meeting_id != meeting.pk:
        raise NotOnAgenda(_("This item is not on the agenda of this meeting."))
    tallies = _checked(
        meeting, method, {"votes_for": votes_for, "votes_against": votes_against, "abstentions": abstentions}
    )
    year = meeting.day.year
    last = task_force.decisions.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    decision = Decision.objects.create(
        meeting=meeting,
        item=item,
        task_force=meeting.task_force,
        year=year,
        number=last + 1,
        text=text,
        method=method,
        **tallies,
        dissent=dissent,
        evidence=evidence,
        made_at=now,
    )
    _set_components(decision, components)
    country = meeting.task_force.country
    after = {"number": decision.full_number, **_picture(decision)}
    entries.write("decision.recorded", decision, by=by, now=now, country=country, after=after)
    return decision


@transaction.atomic
def correct_decision(
    decision: Decision,
    *,
    text: str,
    method: str,
    by: Person,
    now: datetime,
    item: AgendaItem | None = None,
    votes_for: int | None = None,
    votes_against: int | None = None,
    abstentions: int | None = None,
    dissent: str = "",
    evidence: str = "",
    components: Collection[str] = (),
) -> bool:
    """Correct a decision before the minutes go out; its number stays. Returns whether anything changed.

    Raises MeetingClosed, WrongTally, NotOnAgenda.
    """
    meeting = life.held(decision.meeting)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if item and item.meeting_id != meeting.pk:
        raise NotOnAgenda(_("This item is not on the agenda of this meeting."))
    tallies = _checked(
        meeting, method, {"votes_for": votes_for, "votes_against": votes_against, "abstentions": abstentions}
    )
    before = _picture(decision) | {"item": decision.item_id}
    decision.text, decision.method, decision.dissent, decision.evidence = text, method, dissent, evidence
    decision.item = item
    for key, value in tallies.items():
        setattr(decision, key, value)
    decision.save(update_fields=["text", "method", "item", "dissent", "evidence", *TALLIES])
    _set_components(decision, components)
    after = _picture(decision) | {"item": decision.item_id}
    if before == after:
        return False
    country = meeting.task_force.country
    entries.write("decision.corrected", decision, by=by, now=now, country=country, before=before, after=after)
    return True
