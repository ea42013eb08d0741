"""Every address of LearnIn, and how one visits it as somebody."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from learnin.assessment.access import collection
from learnin.assessment.access.collection import invited_token
from learnin.assessment.models import Medium
from learnin.initiatives.access.agreements import token as party_token
from learnin.taskforce import access as taskforce
from tests import world
from tests.cast import HOME, as_
from tests.world import World

LOGIN = "/accounts/login/"
PROGRAMS = "api"  # the namespace whose addresses stand in the matrix by operation, not by name

OF_A_COPY = (
    "activity", "answer_activity", "adapt_activity", "attend_activity", "activity_evidence", "reopen_activity",
    "publish_activity", "withdraw_activity",
)  # fmt: skip
OF_AN_ACTIVITY = ("region_activity", "correct_activity", "send_activity", "cancel_activity")
OF_A_FRAME = ("frame", "frame_columns", "frame_units", "sample_design")
OF_A_SAMPLE = ("sample", "sample_xlsx", "sample_docx", "sample_pdf")
OF_A_ROUND_ANSWERED = (
    "answers",
    "approve_answers",
    "check_answers",
    "exports",
    "webhooks",
    "weight_sets",
    "begin_weights",
)
OF_A_WEIGHT_SET = ("weight_set", "use_weights", "begin_weights_like")
OF_A_WEIGHTING = (
    "weighting_base", "weighting_response", "weighting_totals", "weighting_totals_file", "weighting_totals_xlsx",
    "weighting_limit", "weighting_finish", "give_up_weights",
)  # fmt: skip
OF_AN_ANSWER = ("answer", "correct_answer", "mark_answer")
OF_A_SAMPLED_UNIT = ("put_in_reserve", "sampled_people")
OF_A_VERSION = (
    "version", "version_problems", "repair_draft", "replace_draft", "begin_draft", "publish_version",
    "version_differences", "ask_validator", "version_workbook", "version_xform", "add_medium", "try_draft",
    "renew_code",
)  # fmt: skip
OF_A_ROUND = ("enumerators", "enumerator_cards")
OF_AN_ENUMERATOR = ("enumerator", "revoke_enumerator", "renew_enumerator", "enumerator_password")
OF_A_PLANNED_ROUND = (
    "round", "change_round", "round_letters", "close_round", "invitations", "make_invitations", "list_people",
    "send_letters", "assign_invitations", "round_sms", "printed_letters", "round_units_xlsx", "round_units_pdf",
    "follow_up", "without_answer", "calls", "round_entry", "entry_workbook",
)  # fmt: skip
OF_ONE_ASKED = ("contact", "attempt", "replace_invitation", "call")
OF_A_BUILT_VERSION = (
    "add_from_bank", "builder", "builder_add", "builder_languages", "builder_remove_language", "builder_question",
    "builder_move", "builder_place", "builder_group", "builder_open_group", "builder_remove", "builder_choices",
    "translate", "words_xlsx", "words_po", "words_import", "paper_docx", "paper_pdf",
)  # fmt: skip
OF_SENT_MINUTES = (
    *("minutes", "send_minutes", "take_back_minutes", "object_to_minutes", "approve_minutes", "shelve_minutes", "seal"),
    *(f"{paper}_{form}" for paper in ("minutes", "agenda", "attendance") for form in ("docx", "pdf")),
)
# The pages of the needs assessment by the object they show.
OF_THE_ASSESSMENT = {
    "assessment": (
        *("assessment", "correct_assessment", "protect_assessment", "close_assessment", "reopen_assessment"),
        *("add_population", "add_milestone", "write_consent"),
        *("assessment_terms", "assessment_terms_docx", "assessment_terms_pdf"),
        *("indicators", "add_indicator", "import_indicators", "indicators_xlsx", "indicators_from_bank"),
        *("add_grouping", "results", "compute_results"),
        *("report", "take_tables", "prepare_open_data"),
        *("add_grouping", "results", "compute_results", "add_finding"),
        *("add_grouping", "results", "compute_results", "explorer", "explorer_xlsx", "compare"),
    ),
    "indicator": ("indicator", "retire_indicator", "bring_back_indicator"),
    "grouping": ("remove_grouping",),
    "finding": (
        *("finding", "reword_finding", "translate_finding", "cite_in_finding", "judge_finding"),
        *("agree_finding", "publish_finding", "confirm_finding", "withdraw_finding"),
    ),
    "cited_number": ("let_go_number",),
    "report": ("report_file",),
    "open_data": ("open_data", "open_data_file", "publish_open_data", "withdraw_open_data"),
    "cited_evidence": ("let_go_evidence",),
    "population": ("population", "remove_population"),
    "milestone": ("milestone", "finish_milestone", "remove_milestone"),
    "consent": ("remove_consent",),
    "source": ("source", "correct_source", "remove_source", "add_fact"),
    "fact": ("fact", "remove_fact"),
    "conversation": (
        *("conversation", "correct_conversation", "remove_conversation", "note_participants", "add_statement"),
    ),
    "participants": ("participants", "remove_participants"),
    "statement": ("statement", "remove_statement"),
    "expert": ("expert", "withdraw_expert"),
    "resource": ("resource", "remove_resource"),
    "regional_assessment": (
        "regional",
        "correct_regional",
        "regional_core",
        "repair_core",
        "core_workbook",
        "send_regional",
    ),
}

OF_AN_INITIATIVE = (
    "initiative", "change_initiative", "finish_draft", "confirm_initiative", "publish_initiative",
    "unpublish_initiative", "withdraw_initiative", "bring_back_initiative", "add_initiative_paper",
    "remove_initiative_paper",
)  # fmt: skip
OF_A_GAP = ("gap", "concept_note_docx", "concept_note_pdf")
OF_AN_AGREEMENT = ("agreement", "rewrite_agreement", "withdraw_agreement", "agreement_docx", "agreement_pdf")
OF_AN_IMPORT = (
    "import", "import_columns", "import_conflicts", "import_problems_xlsx", "apply_import", "drop_import",
    "import_regions",
)  # fmt: skip
OF_AN_ORGANISATION = ("organisation", "change_organisation", "merge_organisation", "add_representative")


@dataclass(frozen=True)
class Address:
    """A page by its name, or an operation of the API by its path."""

    name: str
    method: str
    kwargs: tuple[str, ...] = ()

    def url(self, furnished: World) -> str:
        """Where it stands in the furnished home country."""
        given = {kwarg: argument(kwarg, self.name, furnished) for kwarg in self.kwargs}
        if self.name.startswith("/"):
            return self.name.format(**given)
        return reverse(self.name, kwargs=given)


@dataclass(frozen=True)
class Found:
    """A pattern, with everything it stands below."""

    names: tuple[str, ...]
    route: str
    kwargs: tuple[str, ...]
    pattern: URLPattern

    @property
    def name(self) -> str:
        """How `reverse` knows it; a few old addresses of the sign-in library have only a path."""
        return ":".join((*self.names, self.pattern.name)) if self.pattern.name else "/" + self.route

    @property
    def is_for_programs(self) -> bool:
        """Whether the schema of the API tells of it."""
        return self.names == (PROGRAMS,) and self.pattern.name not in ("api-root", "openapi-json")


def found(
    resolver: URLResolver | None = None, names: tuple[str, ...] = (), route: str = "", kwargs: tuple[str, ...] = ()
) -> Iterator[Found]:
    """Every address below a resolver; from the beginning without one."""
    for pattern in (resolver or get_resolver()).url_patterns:
        below = (*kwargs, *_arguments(pattern))
        here = route + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern).strip("^$"))
        if isinstance(pattern, URLResolver):
            inside = (*names, pattern.namespace) if pattern.namespace else names
            yield from found(pattern, inside, here, below)
        else:
            yield Found(names, here, below, pattern)


def _arguments(pattern: URLPattern | URLResolver) -> tuple[str, ...]:
    regex = getattr(pattern.pattern, "_regex", None)
    return tuple(pattern.pattern.regex.groupindex) if regex else tuple(pattern.pattern.converters)


def pages() -> Iterator[Address]:
    """Every page of a finished room; GET and POST each."""
    for one in found():
        if not one.is_for_programs:
            for method in ("GET", "POST"):
                yield Address(one.name, method, one.kwargs)


def operations() -> Iterator[Address]:
    """Every operation that the API's schema tells of."""
    schema = Client().get(reverse("api:openapi-json")).json()
    for path, methods in schema["paths"].items():
        for method in methods:
            yield Address(path, method.upper(), tuple(re.findall(r"{(\w+)}", path)))


def unsaid() -> list[str]:
    """Addresses of the API that its schema is silent about."""
    told = {address.name for address in operations()}
    return [f"/{one.route}" for one in found() if one.is_for_programs and f"/{one.route}" not in told]


def every() -> list[Address]:
    """Everything one can ask for."""
    return [*dict.fromkeys([*pages(), *operations()])]


# Which object an address is about: one small function for each name of an argument.


class NoArgument(LookupError):
    """An address takes an argument that nobody has an object for."""


def code(name: str, furnished: World) -> str:
    """The home country."""
    return HOME


def pk(name: str, furnished: World) -> int | UUID:
    """An object of the home country. What belongs to one person is the member's."""
    things: dict[str, int | UUID] = {
        "people:person": furnished.cast.member.pk,
        "people:erase": furnished.leaver.pk,
        "people:end_role": furnished.role.pk,
        "/api/roles/{pk}/end": furnished.role.pk,
        "people:send_again": furnished.invitation.pk,
        "people:revoke": furnished.invitation.pk,
        "/api/invitations/{pk}/revoke": furnished.invitation.pk,
        "people:leave": furnished.own_roles["member"].pk,
        "people:be_named": furnished.own_roles["member"].pk,
        "people:revoke_token": furnished.tokens["member"].pk,
        "journal:document_publish": furnished.document.pk,
        "journal:document_withdraw": furnished.document.pk,
        "/api/rounds/{pk}/submissions": furnished.answer.round_id,
        "/api/assessments/{pk}/runs": furnished.assessment.pk,
        "/api/runs/{pk}/estimates": furnished.run.pk,
        "/api/documents/{pk}/publish": furnished.document.pk,
        "/api/documents/{pk}/withdraw": furnished.published.pk,
        "journal:public_file": furnished.published.pk,
        "journal:file": furnished.document.attachment_id,
        "journal:entries_on": furnished.document.pk,
        "journal:notice_seen": furnished.notices["member"].pk,
        "journal:job": furnished.job.pk,
        "journal:job-again": furnished.job.pk,
        "journal:mail-again": furnished.letter.pk,
        "taskforce:seat": furnished.seat.pk,
        "taskforce:close_seat": furnished.seat.pk,
        "taskforce:nominate": furnished.seat.pk,
        "taskforce:appoint": furnished.sitting.pk,
        "taskforce:end_sitting": furnished.sitting.pk,
        "taskforce:letter": furnished.sitting.pk,
        "taskforce:end_post": furnished.post.pk,
        "taskforce:meeting": furnished.meeting.pk,
        "taskforce:change_meeting": furnished.meeting.pk,
        "taskforce:cancel_meeting": furnished.meeting.pk,
        "taskforce:invite_to_meeting": furnished.meeting.pk,
        "taskforce:answer_meeting": furnished.meeting.pk,
        "taskforce:hold_meeting": furnished.meeting.pk,
        "taskforce:publish_meeting": furnished.meeting.pk,
        "taskforce:withdraw_meeting": furnished.meeting.pk,
        **{f"taskforce:{name}": furnished.sent.pk for name in OF_SENT_MINUTES},
        "taskforce:answer_objection": furnished.objection.pk,
        "taskforce:attendance": furnished.held.pk,
        "taskforce:add_item": furnished.held.pk,
        "taskforce:take_over": furnished.held.pk,
        "taskforce:record_decision": furnished.held.pk,
        "taskforce:add_meeting_action": furnished.held.pk,
        "taskforce:item": furnished.item.pk,
        "taskforce:move_item": furnished.item.pk,
        "taskforce:remove_item": furnished.item.pk,
        "taskforce:add_paper": furnished.item.pk,
        "taskforce:remove_paper": furnished.item.pk,
        "taskforce:notes": furnished.item.pk,
        "taskforce:remove_evidence": furnished.evidence.pk,
        "taskforce:hand_over_task": furnished.task.pk,
        "taskforce:hand_over_met": furnished.task.pk,
        "taskforce:hand_over_back": furnished.task.pk,
        "taskforce:hand_over_remove": furnished.task.pk,
        "taskforce:decision": furnished.decision.pk,
        "taskforce:correct_decision": furnished.decision.pk,
        "taskforce:action": furnished.action.pk,
        "taskforce:begin_action": furnished.action.pk,
        "taskforce:complete_action": furnished.action.pk,
        "taskforce:drop_action": furnished.action.pk,
        "taskforce:change_action": furnished.action.pk,
        **{f"taskforce:{name}": furnished.copy.pk for name in OF_A_COPY},
        **{f"taskforce:{name}": furnished.copy.activity_id for name in OF_AN_ACTIVITY},
        **{f"assessment:{name}": furnished.sample.frame_id for name in OF_A_FRAME},
        **{f"assessment:{name}": furnished.sample.pk for name in OF_A_SAMPLE},
        **{f"assessment:{name}": furnished.sampled_unit.pk for name in OF_A_SAMPLED_UNIT},
        "assessment:instrument_dimensions": furnished.version.instrument_id,
        "assessment:instrument": furnished.version.instrument_id,
        **{f"assessment:{name}": furnished.version.pk for name in OF_A_VERSION},
        "assessment:remove_medium": furnished.medium.pk,
        **{
            f"assessment:{page}": getattr(furnished, thing).pk
            for thing, names in OF_THE_ASSESSMENT.items()
            for page in names
        },
        **{f"assessment:{name}": furnished.enumerator.round_id for name in OF_A_ROUND},
        **{f"assessment:{name}": furnished.enumerator.pk for name in OF_AN_ENUMERATOR},
        **{f"assessment:{name}": furnished.round.pk for name in OF_A_PLANNED_ROUND},
        **{f"assessment:{name}": furnished.asked.pk for name in OF_ONE_ASKED},
        **{f"assessment:enumerator_units_{form}": furnished.visitor.pk for form in ("xlsx", "pdf")},
        **{f"assessment:{name}": furnished.built.pk for name in OF_A_BUILT_VERSION},
        **{f"assessment:{name}": furnished.answer.round_id for name in OF_A_ROUND_ANSWERED},
        **{f"assessment:{name}": furnished.answer.pk for name in OF_AN_ANSWER},
        **{f"assessment:{name}": furnished.weight_set.pk for name in OF_A_WEIGHT_SET},
        **{f"assessment:{name}": furnished.weighting.pk for name in OF_A_WEIGHTING},
        "assessment:settle_flag": furnished.flag.pk,
        "assessment:answer_file": furnished.answer_file.pk,
        "assessment:export_file": furnished.export.pk,
        "home:public_data": furnished.published_data.pk,
        "assessment:stop_webhook": furnished.webhook.pk,
        **{f"initiatives:{name}": furnished.pair.pk for name in ("pair", "take_back_verdict", "merge_pair")},
        "initiatives:undo_merge": furnished.initiative_merge.pk,
        **{f"initiatives:{name}": furnished.initiative.pk for name in OF_AN_INITIATIVE},
        **{f"initiatives:{name}": furnished.organisation.pk for name in OF_AN_ORGANISATION},
        **{f"initiatives:{name}": furnished.gap.pk for name in OF_A_GAP},
        **{f"initiatives:{name}": furnished.agreement.pk for name in OF_AN_AGREEMENT},
        "initiatives:answer_agreement": furnished.agreement.parties.order_by("pk")[0].pk,
        **{f"initiatives:{name}": furnished.initiative_import.pk for name in OF_AN_IMPORT},
        "initiatives:end_representative": furnished.representative.pk,
        "initiatives:undo_organisation_merge": furnished.organisation_merge.pk,
        "initiatives:published_initiative": furnished.published_initiative.pk,
        "/api/initiatives/{pk}": furnished.initiative.pk,
        "mfa_remove_webauthn": 1,
        "mfa_edit_webauthn": 1,
    }
    if name not in things:
        raise NoArgument(f"Which object does {name} show? Add it to pk() in tests/house/addresses.py.")
    return things[name]


def row(name: str, furnished: World) -> int:
    """A question with choices in the draft that is built; its group, to be opened."""
    return 2 if name == "assessment:builder_open_group" else 3


def token(name: str, furnished: World) -> str:
    """A signed link out of a letter."""
    links = {
        "people:invitation": world.invitation_link(furnished.invitation),
        "taskforce:activity_answer": taskforce.copy_token(furnished.copy, f"person-{furnished.cast.chair.pk}"),
        **{
            f"assessment:{name}": invited_token(furnished.asked) for name in ("invited", "stop_letters", "answer_draft")
        },
        "taskforce:answer": taskforce.answer_token(furnished.invitee),
        "initiatives:agreement_answer": party_token(furnished.agreement.parties.order_by("pk")[0]),
        "taskforce:calendar": taskforce.calendar_token(furnished.cast.member, 0, furnished.cast.home),
    }
    return links.get(name) or world.stop_link(furnished.cast.member)


def door(name: str, furnished: World) -> str:
    """What lets somebody in: the key of an open link, the code of a draft, an enumerator's key."""
    collector = furnished.enumerator
    if name == "assessment:plain_form_later":
        return invited_token(furnished.asked)
    if "collect" not in name:
        return furnished.open_round.key
    keys = {"open": collector.round.key, "draft": collection.draft_token(furnished.tried), "key": collector.key}
    return keys[name.split("_")[1]]


def version(name: str, furnished: World) -> int:
    """A version that a phone may fetch: the draft where one tries it, else the published one."""
    tried = furnished.tried
    return tried.pk if "_draft_" in name else tried.instrument.versions.exclude(pk=tried.pk).get().pk


def medium(name: str, furnished: World) -> int:
    """A file that this version shows."""
    return Medium.objects.get(version=version(name, furnished)).pk


def start(name: str, furnished: World) -> int:
    """The first letter of a file."""
    return 1


def app(name: str, furnished: World) -> str:
    """The stage of a document."""
    return "journal"


def model(name: str, furnished: World) -> str:
    """A document."""
    return "document"


def key(name: str, furnished: World) -> str:
    """A key that was never ours."""
    return "1-abc"


def uidb36(name: str, furnished: World) -> str:
    """Somebody's number as the sign-in library writes it."""
    return "1"


def provider_id(name: str, furnished: World) -> str:
    """An organisation whose sign-in is not set up here."""
    return "unknown"


def question(name: str, furnished: World) -> str:
    """A place in an answer."""
    return "school/size"


ARGUMENTS: dict[str, Callable[[str, World], Any]] = {
    one.__name__: one
    for one in (code, pk, token, door, version, medium, start, row, question, app, model, key, uidb36, provider_id)
}


def argument(kwarg: str, name: str, furnished: World) -> Any:
    """The object for one argument of an address. Raises NoArgument."""
    if kwarg not in ARGUMENTS:
        raise NoArgument(f"{name} takes “{kwarg}”: write a function of that name in tests/house/addresses.py.")
    return ARGUMENTS[kwarg](name, furnished)


def visit(asked: Iterable[Address], player: str, furnished: World) -> dict[Address, str]:
    """What this player is told at each address, in one word; nothing of a visit stays for the next."""
    client = as_(furnished.players[player])
    client.raise_request_exception = False
    cookies, told = client.cookies.copy(), {}
    for address in asked:
        cache.clear()
        client.cookies = cookies.copy()
        with transaction.atomic():
            response = ask(client, address.method, address.url(furnished))
            content(response)
            transaction.set_rollback(True)
        told[address] = word(response)
    return told


def ask(client: Client, method: str, url: str) -> HttpResponse:
    """One visit; what is sent is empty, and JSON where a program asks."""
    if method == "GET":
        return client.get(url)
    if url.startswith("/api/"):
        return client.generic(method, url, b"{}", content_type="application/json")
    return client.generic(method, url, b"", content_type="application/x-www-form-urlencoded")


def content(response: HttpResponse) -> bytes:
    """What came, read to its end: a file is closed then, and the connection to the database stays."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def word(response: HttpResponse) -> str:
    """The answer as the matrix writes it: the status, or `login` for the way to the sign-in page."""
    if response.status_code == 302 and response["Location"].startswith(LOGIN):
        return "login"
    return str(response.status_code)
