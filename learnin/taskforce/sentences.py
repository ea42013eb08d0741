"""How the journal and the notices tell what happened in a task force. One block for each room, by the alphabet."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from learnin.kit import languages
from learnin.taskforce.models import ActionPoint, ActivityCopy, AgendaItem, Decision, Invitee, RegionalActivity

VERBS = {
    # actions
    "action.added": _("%(by)s wrote down the action “%(what)s”"),
    "action.begun": _("%(by)s began the action “%(what)s”"),
    "action.changed": _("%(by)s gave the action “%(what)s” to another owner or day"),
    "action.done": _("%(by)s finished the action “%(what)s”"),
    "action.dropped": _("%(by)s dropped the action “%(what)s”"),
    # activities
    "activity.adapted": _("%(by)s adapted “%(what)s” for the country"),
    "activity.answered": _("%(person)s answered for “%(what)s”: %(activity_state)s"),
    "activity.cancelled": _("%(by)s cancelled the regional activity “%(what)s”"),
    "activity.corrected": _("%(by)s changed the regional activity “%(what)s”"),
    "activity.file-added": _("%(by)s added a file to “%(what)s”: %(files)s"),
    "activity.invited": _("%(by)s invited the country to “%(what)s”"),
    "activity.published": _("%(by)s put “%(what)s” on the public page"),
    "activity.reopened": _("%(by)s let the country answer again until %(reopened_until)s: “%(what)s”"),
    "activity.sent": _("%(by)s sent the regional activity “%(what)s” to countries"),
    "activity.withdrawn": _("%(by)s took “%(what)s” off the public page"),
    "activity.written": _("%(by)s wrote the regional activity “%(what)s”"),
    # composition
    "post.appointed": _("%(by)s appointed the %(what)s"),
    "post.ended": _("%(by)s ended the post: %(what)s"),
    "seat.added": _("%(by)s added the seat “%(what)s”"),
    "seat.closed": _("%(by)s closed the seat “%(what)s”"),
    "seat.corrected": _("%(by)s corrected the seat “%(what)s”"),
    "sitting.appointed": _("%(by)s appointed %(what)s"),
    "sitting.corrected": _("%(by)s corrected the seat of %(what)s"),
    "sitting.ended": _("%(by)s ended the term of %(what)s"),
    "sitting.nominated": _("%(by)s nominated %(what)s"),
    "taskforce.described": _("%(by)s corrected what the task force rests on: %(what)s"),
    "taskforce.established": _("%(by)s established the task force: %(what)s"),
    # mandate
    "evidence.added": _("%(by)s added evidence for “%(mandate_point)s”: %(proof)s"),
    "evidence.removed": _("%(by)s took evidence for “%(mandate_point)s” away: %(proof)s"),
    "hand_over.added": _("%(by)s wrote down a task to hand over: %(what)s"),
    "hand_over.corrected": _("%(by)s corrected a task to hand over: %(what)s"),
    "hand_over.met": _("%(by)s noted that “%(what)s” was handed over"),
    "hand_over.removed": _("%(by)s took a task to hand over off the list: %(what)s"),
    "hand_over.reopened": _("%(by)s opened the task “%(what)s” again"),
    "mandate.assigned": _("%(by)s said who looks after “%(mandate_point)s”: %(seat)s"),
    "taskforce.ended": _("%(by)s ended the task force: %(what)s"),
    # meetings
    "attendance.noted": _("%(by)s noted who came: %(what)s"),
    "calendar.renewed": _("%(by)s made new calendar addresses"),
    "decision.corrected": _("%(by)s corrected the decision %(what)s"),
    "decision.recorded": _("%(by)s recorded the decision %(what)s"),
    "item.added": _("%(by)s put “%(what)s” on the agenda"),
    "item.changed": _("%(by)s changed the agenda item “%(what)s”"),
    "item.moved": _("%(by)s moved the agenda item “%(what)s”"),
    "item.notes-written": _("%(by)s wrote notes on “%(what)s”"),
    "item.paper-added": _("%(by)s added a paper to “%(what)s”"),
    "item.paper-removed": _("%(by)s took a paper away from “%(what)s”"),
    "item.removed": _("%(by)s took “%(what)s” off the agenda"),
    "meeting.answered": _("%(by)s noted the answer of %(person)s to the invitation “%(what)s”"),
    "meeting.cancelled": _("%(by)s cancelled the meeting “%(what)s”"),
    "meeting.changed": _("%(by)s changed the meeting “%(what)s”"),
    "meeting.held": _("%(by)s began the meeting “%(what)s”"),
    "meeting.invited": _("%(by)s sent invitations to “%(what)s”"),
    "meeting.planned": _("%(by)s planned the meeting “%(what)s”"),
    "meeting.published": _("%(by)s put the meeting “%(what)s” on the public page"),
    "meeting.withdrawn": _("%(by)s took the meeting “%(what)s” off the public page"),
    # minutes
    "minutes.answered": _("%(by)s answered an objection to the minutes of “%(what)s”"),
    "minutes.objected": _("%(by)s objected to the minutes of “%(what)s”"),
    "minutes.sealed": _("%(by)s approved and sealed the minutes of “%(what)s”"),
    "minutes.sent": _("%(by)s sent the draft minutes of “%(what)s” to members"),
    "minutes.taken-back": _("%(by)s took the draft minutes of “%(what)s” back"),
}

KINDS = {
    # actions
    "action.dropped": _("Your action was dropped: %(number)s, %(text)s"),
    "action.given": _("You have an action until %(day)s: %(number)s, %(text)s"),
    "action.moved": _("Your action has a new day, %(day)s: %(number)s, %(text)s"),
    # activities
    "activity.answered": _("%(country)s answered for “%(activity)s”: %(activity_state)s"),
    "activity.assigned": _("“%(activity)s” is yours to prepare for %(country)s."),
    "activity.cancelled": _("The regional activity “%(activity)s” is cancelled."),
    "activity.changed": _("The regional activity “%(activity)s” has changed."),
    "activity.new": _("The region invites %(country)s to “%(activity)s”. Answer until %(day)s."),
    "activity.reopened": _("%(country)s can answer again for “%(activity)s”, until %(day)s."),
    # minutes
    "minutes.answered": _("Your objection to the minutes of “%(meeting)s” has an answer."),
    "minutes.objected": _("%(person)s objected to the draft minutes of “%(meeting)s”."),
    "minutes.sealed": _("The minutes of “%(meeting)s” are sealed: %(register)s."),
    "minutes.sent": _("Read the draft minutes of “%(meeting)s”. You can object until %(until)s."),
}

PLACES = {
    # activities
    "activity": _("Regional activity"),
    "activity_kind": _("Kind of activity"),
    "activity_state": _("Answer of the country"),
    "answer_by": _("Answer by"),
    "countries": _("Countries"),
    "note": _("Plan"),
    "place": _("Place"),
    "reason": _("Reason"),
    "reopened_until": _("Open again until"),
    "title": _("Title"),
    # composition
    "documents_language": _("Language of its papers"),
    "post": _("Post"),
    "seat": _("Seat"),
    # mandate
    "mandate_point": _("Mandate point"),
    "proof": _("What shows it"),
    # meetings and actions
    "abstentions": _("Abstentions"),
    "answer": _("Answer"),
    "components": _("Components"),
    "dissent": _("Dissent"),
    "due_on": _("Due"),
    "ends_at": _("Ends"),
    "evidence": _("What it rests on"),
    "files": _("Files"),
    "filled": _("Filled seats"),
    "guests": _("Guests"),
    "item": _("Item of the agenda"),
    "item_kind": _("Kind of item"),
    "method": _("How it was decided"),
    "notes": _("Notes"),
    "number": _("Number"),
    "online_url": _("Link to join"),
    "outcome": _("What was done"),
    "people": _("People"),
    "position": _("Place on the agenda"),
    "present": _("Seats that came"),
    "priority": _("Priority"),
    "starts_at": _("Begins"),
    "text": _("Text"),
    "votes_against": _("Votes against"),
    "votes_for": _("Votes for"),
    "why": _("Why"),
    # minutes
    "objection": _("Objection"),
    "register": _("Register number"),
    "seal": _("Seal (SHA-256)"),
}

# Codes that a line keeps, and the choices that say them in the reader's language.
CODES: dict[str, type[TextChoices]] = {
    "activity_kind": RegionalActivity.Kind,
    "activity_state": ActivityCopy.State,
    "answer": Invitee.Answer,
    "item_kind": AgendaItem.Kind,
    "method": Decision.Method,
    "priority": ActionPoint.Priority,
}


def spoken(codes: Collection[Any]) -> Mapping[Any, Any]:
    """The languages of papers, as their own readers call them."""
    return {code: languages.KNOWN[code].endonym for code in codes if code in languages.KNOWN}
