"""A home country where something of everything stands: what addresses, programs and strangers may ask for."""

import io
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile
from django.utils.timezone import now as the_clock

from learnin.assessment.formats.weight_recipe import Recipe
from learnin.assessment.models import (
    Assessment,
    Consent,
    Conversation,
    Enumerator,
    Expert,
    Export,
    Fact,
    Finding,
    FindingEstimate,
    FindingEvidence,
    Flag,
    Grouping,
    Indicator,
    Medium,
    Milestone,
    OpenData,
    Participants,
    Population,
    RegionalAssessment,
    Report,
    Resource,
    Round,
    Run,
    Sample,
    SampledUnit,
    Source,
    Statement,
    Submission,
    SubmissionFile,
    Version,
    Webhook,
    Weighting,
    WeightSet,
)
from learnin.assessment.models import Invitation as Asked
from learnin.assessment.operations import (
    conversations,
    enumerators,
    experts,
    exports,
    findings,
    flags,
    instruments,
    plan,
    regional,
    reports,
    resources,
    weights,
)
from learnin.initiatives.models import (
    Agreement,
    Gap,
    Import,
    Initiative,
    Merge,
    Organisation,
    OrganisationMerge,
    Pair,
    Representative,
)
from learnin.initiatives.operations import coverage, merging, merging_organisations, pairs
from learnin.initiatives.operations import life as initiative_life
from learnin.journal import access as journal
from learnin.journal.models import Document, Job, Mail, Notice
from learnin.journal.operations import documents, jobs, notices
from learnin.people import access as people
from learnin.people import operations
from learnin.people.models import ApiToken, Invitation, Person, Role
from learnin.people.roles import Kind
from learnin.taskforce.models import (
    ActionPoint,
    ActivityCopy,
    AgendaItem,
    Decision,
    HandOverTask,
    Invitee,
    MandateEvidence,
    Meeting,
    Objection,
    Post,
    Seat,
    Sitting,
)
from learnin.taskforce.operations import (
    activities,
    agenda,
    composition,
    decisions,
    hand_over,
    invitations,
    mandate,
    minutes,
)
from tests.assessment import (
    made_answers,
    made_data,
    made_findings,
    made_forms,
    made_frames,
    made_open_data,
    made_plan,
    made_rounds,
)
from tests.assessment.books import book
from tests.cast import NOW, Cast, person, role
from tests.initiatives import made as made_initiatives
from tests.initiatives import made_files
from tests.taskforce import made

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"  # noqa: E501


@dataclass(frozen=True)
class World:
    """Who and what there is. Everything belongs to the home country, except what `regional` holds."""

    cast: Cast
    nobody: Person
    admin: Person
    colleague: Person
    leaver: Person
    role: Role
    own_roles: dict[str, Role]
    invitation: Invitation
    document: Document
    published: Document
    notices: dict[str, Notice]
    tokens: dict[str, ApiToken]
    secrets: dict[str, str]
    job: Job
    letter: Mail
    seat: Seat
    sitting: Sitting
    post: Post
    meeting: Meeting
    invitee: Invitee
    held: Meeting
    item: AgendaItem
    decision: Decision
    action: ActionPoint
    evidence: MandateEvidence
    task: HandOverTask
    sent: Meeting
    objection: Objection
    copy: ActivityCopy
    sample: Sample
    sampled_unit: SampledUnit
    open_round: Round
    version: Version
    medium: Medium
    assessment: Assessment
    population: Population
    milestone: Milestone
    consent: Consent
    source: Source
    fact: Fact
    conversation: Conversation
    participants: Participants
    statement: Statement
    expert: Expert
    resource: Resource
    regional_assessment: RegionalAssessment
    enumerator: Enumerator
    tried: Version
    round: Round
    asked: Asked
    visitor: Enumerator
    built: Version
    answer: Submission
    answer_file: SubmissionFile
    flag: Flag
    export: Export
    webhook: Webhook
    indicator: Indicator
    grouping: Grouping
    finding: Finding
    report: Report
    open_data: OpenData
    published_data: OpenData
    cited_number: FindingEstimate
    cited_evidence: FindingEvidence
    run: Run
    weight_set: WeightSet
    weighting: Weighting
    pair: Pair
    initiative_merge: Merge
    initiative: Initiative
    published_initiative: Initiative
    organisation: Organisation
    representative: Representative
    organisation_merge: OrganisationMerge
    agreement: Agreement
    initiative_import: Import
    gap: Gap

    @property
    def players(self) -> dict[str, Person | None]:
        """The columns of the access matrix."""
        return {
            "anonymous": None,
            "nobody": self.nobody,
            "partner": self.cast.partner,
            "member": self.cast.member,
            "chair": self.cast.chair,
            "admin": self.admin,
            "stranger": self.cast.stranger,
            "colleague": self.colleague,
            "regional": self.cast.regional,
        }


def token(holder: Person, *, days: int = 3650) -> tuple[ApiToken, str]:
    """A key for a program of this person, and its secret."""
    return operations.make_token(
        name="A program", expires_on=(the_clock() + timedelta(days=days)).date(), by=holder, now=NOW
    )


def told(reader: Person) -> Notice:
    """A notice about a role of the reader's own."""
    held = reader.roles.first()
    params = {"role": held.kind if held else "observer", "country": (held and held.country_id) or ""}
    return notices.tell(reader, kind="role.given", params=params, now=NOW)


def document(cast: Cast, title: str) -> Document:
    """A document that the chair brings in."""
    return documents.add(
        cast.home, title=title, language="sr", theme="", file=io.BytesIO(PDF), name="plan.pdf", by=cast.chair, now=NOW
    )


def invitation_link(invitation: Invitation) -> str:
    """What stands in the letter."""
    return signing.dumps({"id": invitation.pk, "nonce": invitation.nonce}, salt=people.INVITATION_SALT)


def stop_link(reader: Person) -> str:
    """What stands at the foot of a letter with news."""
    return journal.stop_token(reader)


def at_the_task_force(cast: Cast) -> dict[str, Any]:
    """A task force with three meetings: invited to, held, and its minutes sent; the member has an action."""
    force = made.full(cast)
    sent = made.held_meeting(force, cast)
    minutes.send(sent, by=cast.chair, now=NOW)
    meeting, held = made.meeting(force, cast), made.held_meeting(force, cast)
    invitations.invite(meeting, by=cast.chair, now=NOW)
    item = agenda.add_item(held, title="What to publish", kind="decision", by=cast.chair, now=NOW)
    decision = decisions.record_decision(
        held, text="Publish", method="consent", item=item, components=["policy"], by=cast.chair, now=NOW
    )
    answer_by = (the_clock() + timedelta(days=14)).date()
    asked = activities.write(
        title="Exchange", kind="webinar", text="Bring yours", answer_by=answer_by, by=cast.regional, now=the_clock()
    )
    (copy,) = activities.send(asked, countries=[cast.home], by=cast.regional, now=the_clock())
    return {
        "seat": composition.add_seat(force, constituency="parents", title="A second voice", by=cast.chair, now=NOW),
        "sitting": Sitting.objects.get(person=cast.member),
        "post": force.posts.get(kind="community_coordinator", component="policy"),
        "copy": copy,
        "sent": sent,
        "objection": minutes.object_to(sent, text="It was nine", by=cast.member, now=NOW),
        "meeting": meeting,
        "invitee": Invitee.objects.get(sitting__person=cast.member),
        "held": held,
        "item": item,
        "decision": decision,
        "action": made.action(force, cast, components=["pedagogy"]),
        "evidence": mandate.add_evidence(
            force, mandate_point="linked-components", decision=decision, by=cast.chair, now=NOW
        ),
        "task": hand_over.add_task(
            force, text="The register", goes_to="The institute", condition="It has staff", by=cast.chair, now=NOW
        ),
    }


def drawn(cast: Cast) -> dict[str, Any]:
    """A list of schools and a sample of it, with people to draw in each, and a round that asks it."""
    sample = made_frames.sample(cast, take=2)
    unit = sample.units.filter(reserve_for=None).order_by("pk")[0]
    return {"sample": sample, "sampled_unit": unit} | on_a_round(cast, sample)


def open_to_all(cast: Cast) -> dict[str, Any]:
    """A questionnaire that anyone with its link may answer now."""
    return {"open_round": made_forms.open_round(cast, made_forms.simple(), now=the_clock())}


def at_the_assessment(cast: Cast) -> dict[str, Any]:
    """A questionnaire with a draft that shows a file."""
    asked = instruments.add_instrument(cast.home, book=book("text|school|Which school?"), by=cast.chair, now=NOW)
    version = asked.versions.get()
    file = io.BytesIO(b"code,name\n1,One\n")
    return {
        "version": version,
        "medium": instruments.add_medium(version, file=file, name="schools.csv", by=cast.chair, now=NOW),
    }


def in_the_assessment(cast: Cast) -> dict[str, Any]:
    """An assessment with every part of a plan, one of each evidence, and one of the region that was sent."""
    led = {"by": cast.chair, "now": NOW}
    found = made_plan.assessment(cast)
    source, talk = made_plan.source(found, cast), made_plan.conversation(found, cast)
    days = {"starts_on": made_plan.BEGINS, "ends_on": made_plan.ENDS}
    asked = regional.write(title="The region", purpose="To compare", **days, by=cast.regional, now=NOW)
    regional.send(asked, countries=[cast.home], by=cast.regional, now=NOW)
    resources.write_culture(cast.home, norms="Teachers stand", **led)
    number = made_findings.number(
        made_findings.indicator(found, cast, code="time"), made_findings.run(found, cast, number=9), cast
    )
    open_data, published_data = (made_open_data.kept(number.of, cast, state=state) for state in ("ready", "published"))
    finding = made_findings.one(cast, assessment=found, numbers=[number], by=cast.chair)
    findings.cite(finding, facts=[made_plan.fact(source, cast, "Half of the schools are small")], **led)
    return {
        "finding": finding,
        "report": reports.take(found, format="docx", language="en", by=cast.chair, now=the_clock()),
        "open_data": open_data,
        "published_data": published_data,
        "cited_number": finding.estimates.get(),
        "cited_evidence": finding.evidence.get(),
        "assessment": found,
        "population": plan.add_population(found, audience="teachers", method="sample", target=9, **led),
        "milestone": plan.add_milestone(found, text="Questions agreed", due_on=made_plan.ENDS, **led),
        "consent": plan.write_consent(found, language="en", age="adult", text="Do you agree?", **led),
        "source": source,
        "fact": made_plan.fact(source, cast),
        "conversation": talk,
        "participants": conversations.note_participants(talk, audience="teachers", number=8, **led),
        "statement": made_plan.statement(talk, cast),
        "expert": experts.add(cast.home, name="Nina", skills="Designs", agreed_on=made_plan.BEGINS, **led),
        "resource": resources.add(
            cast.home, kind="devices", name="Laptops", as_of=made_plan.BEGINS, source="Register", **led
        ),
        "regional_assessment": asked,
        "indicator": Indicator.objects.create(
            country=cast.home,
            assessment=found,
            instrument=made_answers.instrument(cast.home, by=cast.chair, form_id="measured"),
            code="sure",
            labels={"en": "Sure of it"},
            definition={"kind": "share", "question": "belief_1", "values": ["3"]},
            added_by=cast.chair,
            added_at=NOW,
        ),
        "run": Run.objects.create(
            assessment=found,
            number=1,
            scope="kept",
            state=Run.State.DONE,
            made_by=cast.chair,
            made_at=NOW,
            finished_at=NOW,
        ),
        "grouping": Grouping.objects.create(
            assessment=found, code="place", kind="question", name="kind", added_by=cast.chair, added_at=NOW
        ),
    }


def in_the_field(cast: Cast) -> dict[str, Any]:
    """An open round with an enumerator, and a draft of its questionnaire to try; both versions show a file."""
    asked = made_answers.instrument(cast.home, by=cast.chair, form_id="in-the-field")
    tried = made_answers.version(asked, 2, by=cast.chair, is_draft=True)
    for version in asked.versions.all():
        made_answers.medium(version, by=cast.chair)
    round_ = made_answers.round_of(asked, by=cast.chair, now=the_clock())
    return {"enumerator": made_answers.enumerator(round_, by=cast.chair), "tried": tried}


def on_a_round(cast: Cast, sample: Sample) -> dict[str, Any]:
    """A round on a sample, somebody with a phone who is asked, and an enumerator who visits them."""
    now = the_clock()
    instrument = made_answers.instrument(cast.home, by=cast.chair, form_id="sampled")
    found = made_rounds.planned(cast, now=now, instrument=instrument, sample=sample, kind=Round.Kind.SAMPLE)
    unit = sample.units.filter(reserve_for=None).order_by("pk")[0]
    asked = Asked.objects.create(
        round=found, unit=unit, number=1, name="School 1", phone="+381 11 1", nonce="a-school", pin="abc234"
    )
    visitor = enumerators.add_enumerator(found, name="Mira", by=cast.chair, now=now)
    return {"round": found, "asked": asked, "visitor": visitor}


def built(cast: Cast) -> dict[str, Any]:
    """A draft that is built and translated: a group with a choice, in two languages."""
    draft = book(
        "begin_group|school|School|Școala", "select_one yn|net|Internet?|Internet?", "end_group",
        columns="type|name|label::English (en)|label::Română (ro)", choices=("yn|yes|Yes|Da", "yn|no|No|Nu"),
        choice_columns="list_name|name|label::English (en)|label::Română (ro)",
        settings={"form_title": "Built", "form_id": "built", "default_language": "English (en)"},
    )  # fmt: skip
    made = instruments.add_instrument(cast.home, book=draft, by=cast.chair, now=NOW)
    return {"built": made.versions.get()}


def answered(cast: Cast) -> dict[str, Any]:
    """A round with an answer, a flag on it, a file that came with it; who took it along, who is told; its weights."""
    round_ = made_data.round_(cast)
    answer = made_data.answer(round_)
    file = SubmissionFile(
        submission=answer, name="a.jpg", size=3, media_type="image/jpeg", sha256="0" * 64, received_at=NOW
    )
    file.file.save("a.jpg", ContentFile(b"abc"))
    now = the_clock()
    return {
        "weight_set": weights.make_set(round_, recipe=Recipe(), name="First", is_in_use=True, by=cast.chair, now=now),
        "weighting": weights.begin(round_, by=cast.chair, now=now),
        "answer": answer,
        "answer_file": file,
        "flag": flags.mark(answer, comment="Look", by=cast.chair, now=NOW),
        "export": exports.export(round_, format="csv", by=cast.chair, now=now),
        "webhook": Webhook.objects.create(
            round=round_, url="https://program.example/", secret="s", added_by=cast.chair, added_at=NOW
        ),
    }


def compared(cast: Cast) -> dict[str, Any]:
    """Two initiatives that wait for a verdict, and two that were merged."""
    pair = made_initiatives.pair(cast)
    same = [made_initiatives.initiative(cast, f"Reading clubs {place}") for place in ("in Niš", "of Niš")]
    told = pairs.judge(
        pairs.put_together(same[0], second=same[1], by=cast.chair, now=NOW), verdict="same", by=cast.chair, now=NOW
    )
    return {
        "pair": pair,
        "initiative_merge": merging.merge(told, kept=same[0], take={}, by=cast.chair, now=NOW),
    }


def in_the_register(cast: Cast) -> dict[str, Any]:
    """An initiative in the register and a published one, and two organisations that turned out to be one."""
    found = made_initiatives.initiative(cast, "Tablets for schools", reporter=made_initiatives.organisation("Fund"))
    published = made_initiatives.initiative(cast, "Courses for teachers")
    initiative_life.publish(published, by=cast.chair, now=NOW)
    twin = made_initiatives.kept_organisation(cast, "The Fund")
    made_initiatives.represent(cast, "Fund", cast.chair)
    merge = merging_organisations.merge(twin, kept=found.reporter, by=cast.chair, now=NOW)
    made_initiatives.represent(cast, "UNICEF Serbia", cast.chair)
    return {
        "initiative": found,
        "published_initiative": published,
        "organisation": found.reporter,
        "representative": found.reporter.representatives.get(),
        "organisation_merge": merge,
        "agreement": made_initiatives.agreement(cast),
        "initiative_import": made_files.brought_in(cast),
        "gap": _taken_up(cast, found.reporter),
    }


def _taken_up(cast: Cast, asked: Organisation) -> Gap:
    """A gap that the task force took up, an organisation that was asked about it, and a rate."""
    coverage.enter_rate(
        cast.home, currency="RSD", into="EUR", rate=Decimal("0.0085"), on=NOW.date(), source="National Bank",
        by=cast.chair, now=NOW,
    )  # fmt: skip
    gap = coverage.introduce(
        cast.home, title="Money for devices", objective="Each school has a plan.", theme="financing", by=cast.chair,
        now=NOW,
    )  # fmt: skip
    coverage.note_asked(gap, organisation=asked.pk, asked_on=NOW.date(), answer="Not this year", by=cast.chair, now=NOW)
    return gap


def world(cast: Cast, *, is_public: bool = True) -> World:
    """Furnish the home country."""
    extra = {name: person(name.capitalize()) for name in ("nobody", "admin", "colleague", "leaver")}
    role(extra["admin"], Kind.COUNTRY_ADMIN, cast.home)
    role(extra["colleague"], Kind.REGIONAL_MEMBER, None)
    role(extra["leaver"], Kind.MEMBER, cast.home)
    operations.ask_for_erasure(extra["leaver"], now=NOW)
    operations.write_public_text(cast.home, language="en", about="Who we are", by=cast.chair, now=NOW)
    papers = [document(cast, "The plan"), document(cast, "The order")]
    if is_public:
        operations.publish_country(cast.home, by=cast.chair, now=NOW)
        cast.home.refresh_from_db()
        documents.publish(papers[1], by=cast.chair, now=NOW)
    asked = operations.invite(
        email="ana@example.org", name="Ana", language="sr", kind=Kind.MEMBER, country=cast.home, by=cast.chair,
        now=the_clock(),
    )  # fmt: skip
    players = [cast.partner, cast.member, cast.chair, cast.stranger, cast.regional, *extra.values()]
    keys = {one.name.lower(): token(one) for one in players}
    return World(
        cast=cast,
        **extra,
        role=Role.objects.get(person=extra["leaver"]),
        own_roles={one.name.lower(): one.roles.first() for one in players if one.roles.exists()},
        invitation=asked,
        document=papers[0],
        published=papers[-1],
        notices={one.name.lower(): told(one) for one in players},
        tokens={name: made for name, (made, _secret) in keys.items()},
        secrets={name: secret for name, (_made, secret) in keys.items()},
        job=jobs.start(notices.send_digests, by=cast.member, now=NOW, country=cast.home),
        letter=Mail.objects.create(
            to="ana@example.org", subject="A letter", content={}, state=Mail.State.FAILED, created_at=NOW
        ),
        **at_the_task_force(cast),
        **drawn(cast),
        **open_to_all(cast),
        **at_the_assessment(cast),
        **in_the_assessment(cast),
        **in_the_field(cast),
        **built(cast),
        **answered(cast),
        **compared(cast),
        **in_the_register(cast),
    )
