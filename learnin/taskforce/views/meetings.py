"""Meetings of a country, and one meeting."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.kit import asking, pages
from learnin.people.models import Country
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn
from learnin.taskforce import access
from learnin.taskforce.forms import actions as action_forms
from learnin.taskforce.forms import meetings as forms
from learnin.taskforce.models import Meeting
from learnin.taskforce.operations import actions as action_operations
from learnin.taskforce.operations import events, invitations
from learnin.taskforce.operations import meetings as operations
from learnin.taskforce.queries import actions as action_queries
from learnin.taskforce.queries import composition
from learnin.taskforce.queries import meetings as queries

A_PAGE = 20


def at(request: SignedIn, country: Country) -> None:
    """We are in the task force's stage of this country."""
    pages.at(request, country, stage="taskforce")


def url_of(meeting: Meeting) -> str:
    """The page of a meeting."""
    return reverse("taskforce:meeting", args=[meeting.pk])


def about(meeting: Meeting, heading: str, **more: Any) -> dict[str, Any]:
    """What a page of one form about a meeting says."""
    return {"country": meeting.task_force.country, "heading": heading, "back_label": meeting.title, **more}


@require_safe
def meetings(request: SignedIn, code: str) -> HttpResponse:
    """All meetings, the next on top."""
    country = access.country(request.user, code)
    at(request, country)
    task_force = composition.task_force_of(country.pk)
    if task_force is None:
        may_edit = may(request.user, Can.EDIT_TASK_FORCE, country)
        return pages.page(request, "taskforce/none_yet.html", {"country": country, "may_edit": may_edit})
    page = Paginator(queries.meetings(task_force), A_PAGE).get_page(request.GET.get("page"))
    may_plan = may(request.user, Can.HOLD_MEETINGS, country) and not task_force.is_over
    context = {"country": country, "page": page, "may_plan": may_plan, "now": timezone.now()}
    return pages.page(request, "taskforce/meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: SignedIn, code: str) -> HttpResponse:
    """Set a day for the next meeting."""
    task_force = access.task_force(request.user, code, can=Can.HOLD_MEETINGS)
    country = task_force.country
    at(request, country)
    form = forms.MeetingForm(pages.sent(request), zone=country.zone)
    back = reverse("taskforce:meetings", args=[country.pk])
    context = {"country": country, "heading": _("Plan a meeting"), "back_label": _("Meetings"), "verb": _("Plan it")}
    return asking.ask(request, form, operations.plan, task_force, back=back, context=context)


@require_safe
def meeting(request: SignedIn, pk: int) -> HttpResponse:
    """One meeting with everything on it."""
    return show(request, access.meeting(request.user, pk))


def show(request: SignedIn, found: Meeting, *, action_form: action_forms.ActionForm | None = None) -> HttpResponse:
    """The page of a meeting, with the form of its next action."""
    country, now = found.task_force.country, timezone.now()
    at(request, country)
    may_hold = may(request.user, Can.HOLD_MEETINGS, country)
    may_begin = may_hold and not found.task_force.is_over  # after its end, only what was held goes on
    quorum, items = queries.quorum(found), queries.items(found)
    is_writing = bool(found.held_at and found.is_open and may_hold)
    if is_writing and may_begin and action_form is None:
        seats = queries.seats_with_sitters(found.task_force)
        action_form = action_forms.ActionForm(seats=seats, items=items)
    own = queries.own_invitations(request.user, found)
    is_asking = may_begin and found.invited_at and not found.held_at
    uninvited = queries.not_invited(found) if is_asking else []
    context = {
        "country": country,
        "meeting": found,
        "life": queries.life(found),
        "quorum": quorum,
        "act": queries.waiting_act(found, quorum, now, may_hold=may_hold if found.held_at else may_begin),
        "items": items,
        "loose_decisions": queries.loose_decisions(found),
        "actions": action_queries.with_names(queries.actions_of(found), timezone.localdate()),
        "unfinished": _unfinished(found),
        "attendances": queries.attendances(found),
        "invitees": queries.invitees(found),
        "uninvited": uninvited,
        "can_invite": any(queries.address_of(one) for one in uninvited),
        "own": own[0] if own and found.is_open and not found.held_at and now < found.starts_at else None,
        "may_hold": may_hold,
        "may_write": found.is_open and (may_hold if found.held_at else may_begin),
        "may_cancel": may_hold and found.is_open and not found.held_at,
        "is_writing": is_writing,
        "may_begin": may_begin,
        "may_publish": may_begin and found.is_ahead(now),
        "action_form": action_form,
    }
    form = action_form if action_form is not None and action_form.is_bound else None
    return pages.page(request, "taskforce/meeting.html", context, form=form)


def _unfinished(found: Meeting) -> list[Any]:
    if not found.is_open:
        return []
    return action_queries.with_names(queries.unfinished_for(found), timezone.localdate())


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Change where and when; who was invited hears of it."""
    found = access.meeting(request.user, pk, can=Can.HOLD_MEETINGS)
    at(request, found.task_force.country)
    form = forms.MeetingForm(pages.sent(request), zone=found.zone, meeting=found)
    hint = _("We tell everybody who was invited, and their calendars.") if found.invited_at else ""
    context = about(found, _("Change the meeting"), lede=hint)
    return asking.ask(request, form, operations.change, found, back=url_of(found), context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: SignedIn, pk: int) -> HttpResponse:
    """Call the meeting off."""
    found = access.meeting(request.user, pk, can=Can.HOLD_MEETINGS)
    at(request, found.task_force.country)
    form = forms.CancelForm(pages.sent(request))
    context = about(found, _("Cancel the meeting"), verb=_("Cancel the meeting"), verb_kind="warning")
    return asking.ask(request, form, operations.cancel, found, back=url_of(found), context=context)


@require_POST
def invite(request: SignedIn, pk: int) -> HttpResponse:
    """Send the invitations to who has none yet."""
    found = access.meeting(request.user, pk, can=Can.HOLD_MEETINGS)
    return asking.do(request, invitations.invite, found, back=url_of(found))


@require_POST
def hold(request: SignedIn, pk: int) -> HttpResponse:
    """Begin the meeting."""
    found = access.meeting(request.user, pk, can=Can.HOLD_MEETINGS)
    return asking.do(request, operations.hold, found, back=url_of(found))


@require_POST
def publish(request: SignedIn, pk: int) -> HttpResponse:
    """Put the meeting on the public page."""
    found = access.meeting(request.user, pk, can=Can.HOLD_MEETINGS)
    return asking.do(request, events.publish_meeting, found, back=url_of(found))


@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take the meeting off the public page."""
    found = access.meeting(request.user, pk, can=Can.HOLD_MEETINGS)
    return asking.do(request, events.withdraw_meeting, found, back=url_of(found))


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """Answer one's own invitation, signed in."""
    found = access.meeting(request.user, pk)
    own = queries.own_invitations(request.user, found)
    if not own:
        raise PermissionDenied
    at(request, found.task_force.country)
    form = forms.AnswerForm(pages.sent(request), initial={"answer": own[0].answer})
    context = about(found, _("Do you come?"), verb=_("Send my answer"))
    return asking.ask(request, form, invitations.answer, own[0], back=url_of(found), context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: SignedIn, pk: int) -> HttpResponse:
    """Note who came, seat by seat."""
    found = access.meeting(request.user, pk, can=Can.HOLD_MEETINGS)
    at(request, found.task_force.country)
    noted = {one.seat_id: one.presence for one in queries.attendances(found)}
    sitters = queries.members_on(found)
    form = forms.AttendanceForm(pages.sent(request), sitters=sitters, noted=noted, initial={"guests": found.guests})
    rows = [(one, form[f"seat_{one.seat_id}"]) for one in sitters]
    context = about(found, _("Note who came"), rows=rows, quorum=queries.quorum(found))
    template = "taskforce/attendance.html"
    return asking.ask(
        request, form, operations.note_attendance, found, back=url_of(found), context=context, template=template
    )


@require_POST
def add_action(request: SignedIn, pk: int) -> HttpResponse:
    """Write down an action of this meeting."""
    found = access.meeting(request.user, pk, can=Can.HOLD_MEETINGS)
    at(request, found.task_force.country)
    items = queries.items(found)
    form = action_forms.ActionForm(request.POST, seats=queries.seats_with_sitters(found.task_force), items=items)
    answered = asking.tried(
        request,
        form,
        action_operations.add,
        found.task_force,
        back=f"{url_of(found)}#actions",
        fields={action_operations.DueTooEarly: "due_on"},
        meeting=found,
    )
    return answered or show(request, found, action_form=form)
