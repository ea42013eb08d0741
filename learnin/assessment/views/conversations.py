"""Interviews and focus groups: the guide, who came, what was said."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment.access import countries
from learnin.assessment.access import evidence as access
from learnin.assessment.forms import evidence as forms
from learnin.assessment.operations import conversations as operations
from learnin.assessment.queries import evidence as queries
from learnin.assessment.queries import plan
from learnin.assessment.views.rooms import ask, at, room
from learnin.kit import asking, languages, pages
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn


@require_safe
def conversations(request: SignedIn, code: str) -> HttpResponse:
    """Whom we talked with, and what was said."""
    country = countries.country(request.user, code)
    at(request, country)
    form = forms.WantedForm(request.GET or None, country=country)
    wanted = form.wanted
    page = Paginator(queries.statements(country, wanted), queries.A_PAGE).get_page(request.GET.get("page"))
    context = {
        "country": country,
        "wanted": form,
        "is_narrowed": wanted != queries.Wanted(),
        "conversations": list(queries.conversations(country, wanted)),
        "page": page,
        "statements": [(one, queries.address(one)) for one in page],
        "may_add": may(request.user, Can.ADD_EVIDENCE, country),
        "has_open": plan.open_assessments(country).exists(),
    }
    return pages.page(request, "assessment/conversations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_conversation(request: SignedIn, code: str) -> HttpResponse:
    """Write down an interview or a focus group."""
    country = countries.country(request.user, code, can=Can.ADD_EVIDENCE)
    there = plan.open_assessments(country)
    form = forms.NewConversationForm(pages.sent(request), country=country, assessments=there)
    chosen = form.chosen if form.is_valid() else None
    back, heading, label = room("conversations", country), _("Add a conversation"), _("Interviews and groups")
    return ask(request, country, form, operations.add, chosen, heading, back=back, back_label=label)


@require_safe
def conversation(request: SignedIn, pk: int) -> HttpResponse:
    """One conversation with its statements; each statement has its own address on this page."""
    found = access.conversation(request.user, pk)
    country = found.assessment.country
    at(request, country)
    may_add = may(request.user, Can.ADD_EVIDENCE, country) and not found.assessment.closed_at
    context = {
        "country": country,
        "conversation": found,
        "language": languages.language_name(found.language) if found.language else "",
        "participants": [
            (one, reverse("assessment:participants", args=[one.pk]) if may_add else "")
            for one in queries.participants_of(found)
        ],
        "statements": list(queries.statements_of(found)),
        "may_add": may_add,
    }
    return pages.page(request, "assessment/conversation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_conversation(request: SignedIn, pk: int) -> HttpResponse:
    """Change the guide, the day, the notes."""
    found = access.conversation(request.user, pk, can=Can.ADD_EVIDENCE)
    country = found.assessment.country
    initial = forms.as_kept(found, "kind", "title", "held_on", "place", "language", "guide", "notes")
    form = forms.ConversationForm(pages.sent(request), country=country, initial=initial)
    removal = asking.Removal(
        _("A conversation without statements can leave the list. The journal keeps what it was."),
        _("Take it off the list"),
        reverse("assessment:remove_conversation", args=[found.pk]),
    )
    back, label, heading = queries.address(found), found.title, _("Change the conversation")
    return ask(request, country, form, operations.correct, found, heading, back=back, back_label=label, removal=removal)


@require_POST
def remove_conversation(request: SignedIn, pk: int) -> HttpResponse:
    """Take a conversation off the list."""
    found = access.conversation(request.user, pk, can=Can.ADD_EVIDENCE)
    back = queries.address(found) if found.statements.exists() else room("conversations", found.assessment.country)
    return asking.do(request, operations.remove, found, back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def note_participants(request: SignedIn, pk: int) -> HttpResponse:
    """Note how many people of a group took part."""
    found = access.conversation(request.user, pk, can=Can.ADD_EVIDENCE)
    form = forms.ParticipantsForm(pages.sent(request))
    back, label, country = f"{queries.address(found)}#participants", found.title, found.assessment.country
    lede = _("Only groups and numbers: no names are kept.")
    operation, heading = operations.note_participants, _("Who took part?")
    return ask(request, country, form, operation, found, heading, back=back, back_label=label, lede=lede)


@require_http_methods(["GET", "HEAD", "POST"])
def participants(request: SignedIn, pk: int) -> HttpResponse:
    """Change how many of a group took part."""
    found = access.participants(request.user, pk)
    talk = found.conversation
    form = forms.NumberForm(pages.sent(request), initial=forms.as_kept(found, "number", "note"))
    removal = asking.Removal(
        _("A group that was not there after all can go."),
        _("Take it away"),
        reverse("assessment:remove_participants", args=[found.pk]),
    )
    country, operation = talk.assessment.country, operations.correct_participants
    back, label, heading = f"{queries.address(talk)}#participants", talk.title, found.get_audience_display()
    return ask(request, country, form, operation, found, heading, back=back, back_label=label, removal=removal)


@require_POST
def remove_participants(request: SignedIn, pk: int) -> HttpResponse:
    """This group did not take part after all."""
    found = access.participants(request.user, pk)
    back = f"{queries.address(found.conversation)}#participants"
    return asking.do(request, operations.remove_participants, found, back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def add_statement(request: SignedIn, pk: int) -> HttpResponse:
    """Write down something that was said."""
    found = access.conversation(request.user, pk, can=Can.ADD_EVIDENCE)
    form = forms.StatementForm(pages.sent(request))
    country, back, label = found.assessment.country, queries.address(found), found.title
    heading = _("Write down a statement")
    return ask(request, country, form, operations.add_statement, found, heading, back=back, back_label=label)


@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: SignedIn, pk: int) -> HttpResponse:
    """Change a statement."""
    found = access.statement(request.user, pk)
    initial = forms.as_kept(found, "text", "audience", "dimension", "theme", "component")
    form = forms.StatementForm(pages.sent(request), initial=initial)
    removal = asking.Removal(
        _("A statement that was not made can go. The journal keeps what stood here."),
        _("Take the statement away"),
        reverse("assessment:remove_statement", args=[found.pk]),
    )
    country, label = found.conversation.assessment.country, found.conversation.title
    operation, heading, back = operations.correct_statement, _("Change the statement"), queries.address(found)
    return ask(request, country, form, operation, found, heading, back=back, back_label=label, removal=removal)


@require_POST
def remove_statement(request: SignedIn, pk: int) -> HttpResponse:
    """Take a statement away."""
    found = access.statement(request.user, pk)
    return asking.do(request, operations.remove_statement, found, back=queries.address(found.conversation))
