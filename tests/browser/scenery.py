"""What stands on the stage before a browser comes: database, example country, static files.

A program (`python -m tests.browser.scenery`), run with the settings of production. It writes what the tests must know.
"""

import io
import json
import sys
from datetime import timedelta
from hashlib import sha256
from typing import Any

import django
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils.timezone import now as the_clock
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of an authenticator app
REFUSED = "refused@arvenia.example"  # the tests' mail server knows nobody of this name


def build() -> dict[str, Any]:
    """Everything, in the order a person who installs LearnIn would do it. Returns keys of things by name."""
    letters_leave_by = settings.EMAIL_BACKEND
    call_command("migrate", verbosity=0)
    call_command("demo", anyway=True, stdout=io.StringIO())
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["ninja", "django_htmx", "*.map"])
    settings.EMAIL_BACKEND = letters_leave_by  # the demo sends its letters to nobody
    return {"keys": _dress(), "broken": _broken()}


def _dress() -> dict[str, str]:
    """Moments that the story has no room for: a second step, a wish to be forgotten, a letter nobody can deliver."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    from learnin.journal.models import Job
    from learnin.people import operations
    from learnin.people.models import Country, Person
    from learnin.people.operations.roles import begin_role
    from learnin.people.roles import Kind

    now = the_clock()
    person = {one.email.partition("@")[0]: one for one in Person.objects.order_by("pk")}
    country = Country.objects.get(code="XA")
    begin_role(person["olena"], kind=Kind.OBSERVER, country=Country.objects.get(code="GE"), by=None, now=now)
    person["sara"].set_unusable_password()
    person["sara"].save(update_fields=["password"])
    operations.ask_for_erasure(person["elif"], now=now)
    TOTP.activate(person["tomas"], SECRET)
    RecoveryCodes.activate(person["tomas"])
    passkey = Authenticator.objects.create(
        user=person["tomas"], type=Authenticator.Type.WEBAUTHN, data={"name": "Phone", "credential": _passkey()}
    )
    operations.invite(
        email=REFUSED, name="Nemo", language="en", kind=Kind.MEMBER, country=country, by=person["ana"], now=now
    )
    operations.make_token(name="R script", expires_on=(now + timedelta(days=90)).date(), by=person["ana"], now=now)
    failed = Job.objects.create(
        name="learnin.journal.operations.mail.tidy",
        state=Job.State.FAILED,
        tries=5,
        error="Traceback (most recent call last):\n  File “mail.py”, line 1\nOSError: No space left on device",
        created_at=now,
        queued_at=now,
        finished_at=now,
    )
    return _keys(person, country) | {"passkey": str(passkey.pk), "job": str(failed.pk)}


def _passkey() -> dict[str, Any]:
    """What a phone answers when it makes a passkey."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    made = AttestedCredentialData.create(bytes(16), b"phone", key)
    told = AttestationObject.create("none", AuthenticatorData.create(sha256(b"127.0.0.1").digest(), flags, 1, made), {})
    about = CollectedClientData.create(CollectedClientData.TYPE.CREATE, b"challenge", "http://127.0.0.1")
    response = {"clientDataJSON": websafe_encode(about), "attestationObject": websafe_encode(told)}
    name = websafe_encode(made.credential_id)
    return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}


def _keys(person: dict[str, Any], country: Any) -> dict[str, str]:
    from learnin.journal import access
    from learnin.journal.models import Entry
    from learnin.people.models import Invitation
    from learnin.people.operations.invitations import link

    line = Entry.objects.filter(country=country).order_by("-pk").first()
    return {
        "country": country.code,
        "elsewhere": "GE",
        "colleague": str(person["petra"].pk),
        "colleagues_role": str(person["petra"].roles.order_by("pk")[0].pk),
        "own_role": str(person["ana"].roles.order_by("pk")[0].pk),
        "invitation": _token(link(Invitation.objects.get(email__startswith="sofia"))),
        "old_invitation": _token(link(Invitation.objects.get(email__startswith="anton"))),
        "stop": access.stop_token(person["ana"]),
        "app": line.on_app,
        "model": line.on_model,
        "thing": str(line.on_id),
        **_task_force(country, person),
        **_assessment(country),
        **_collection(country),
        **_weights(country),
        **_initiatives(country),
    }


def _initiatives(country: Any) -> dict[str, str]:
    """What the chapters on initiatives left: initiatives published, unconfirmed and drafted, an organisation, a gap."""
    from learnin.initiatives.access.agreements import token as party_token

    here = country.initiatives.order_by("pk")
    things = {
        "published_initiative": here.exclude(published_at=None)[0],
        "imported_initiative": here.filter(confirmed_at=None, is_draft=False)[0],
        "draft_initiative": here.filter(is_draft=True)[0],
        "organisation": country.organisations.get(acronyms__en="FFS"),
        "gap": country.gaps.order_by("pk")[0],
        "pair": country.initiative_pairs.filter(verdict="").order_by("-score", "pk")[0],
        "judged_pair": country.initiative_pairs.exclude(verdict="").order_by("pk")[0],
        "initiative_import": country.initiative_imports.order_by("pk")[0],
    }
    agreements = country.agreements.order_by("pk")
    things |= {"agreement": agreements.get(agreed_at=None), "signed_agreement": agreements.exclude(agreed_at=None)[0]}
    waiting = things["agreement"].parties.order_by("-pk")[0]
    return {name: str(thing.pk) for name, thing in things.items()} | {"party_answer": party_token(waiting)}


def _collection(country: Any) -> dict[str, str]:
    """What the fifth and sixth chapters left: a questionnaire with its draft, and a round with its sample."""
    from learnin.assessment.access.collection import invited_token
    from learnin.assessment.formats.definition import definition
    from learnin.assessment.formats.workbook import Book

    round_ = country.rounds.order_by("pk")[0]
    instrument = country.instruments.get(audience="teachers")
    draft = instrument.versions.get(published_at=None)
    asked = round_.invitations.filter(answered_at=None).order_by("pk")[0]
    question = next(one for one in definition(Book.from_json(draft.book)).questions if one.type == "select_one")
    things = {
        "round": round_,
        "sample": round_.sample,
        "frame": round_.sample.frame,
        "sampled_unit": round_.sample.units.filter(reserve_for=None).order_by("pk")[0],
        "instrument": instrument,
        "version": instrument.versions.exclude(published_at=None).order_by("pk")[0],
        "draft": draft,
        "asked": asked,
        "submission": round_.submissions.order_by("pk")[0],
    }
    keys = {name: str(thing.pk) for name, thing in things.items()}
    return keys | {"row": str(question.row), "asked_link": invited_token(asked)}


def _weights(country: Any) -> dict[str, str]:
    """What the seventh chapter left: a set of weights; and the next one, begun with its steps."""
    from learnin.assessment.models import WeightSet
    from learnin.assessment.operations import weights

    found = WeightSet.objects.get(round__country=country)
    making = weights.begin(found.round, like=found, by=found.made_by, now=the_clock())
    return {"weighed_round": str(found.round_id), "weight_set": str(found.pk), "weighting": str(making.pk)}


def _assessment(country: Any) -> dict[str, str]:
    """What the fourth chapter left: one thing of each kind."""
    from learnin.assessment.models import RegionalAssessment
    from learnin.assessment.queries import findings as queries

    found = country.assessments.order_by("pk")[0]
    source, talk = found.sources.order_by("pk")[0], found.conversations.order_by("pk")[0]
    things = {
        "assessment": found,
        "population": found.populations.order_by("pk")[0],
        "indicator": found.indicators.order_by("pk")[0],
        "finding": country.findings.filter(state="published").order_by("pk")[0],
        "draft_finding": country.findings.filter(state="draft").order_by("pk")[0],
        "moved_finding": queries.moved(country)[0],
        "milestone": found.milestones.order_by("pk")[0],
        "source": source,
        "fact": source.facts.order_by("pk")[0],
        "conversation": talk,
        "participants": talk.participants.order_by("pk")[0],
        "statement": talk.statements.order_by("pk")[0],
        "expert": country.experts.order_by("pk")[0],
        "resource": country.resources.order_by("pk")[0],
        "regional_assessment": RegionalAssessment.objects.order_by("pk")[0],
    }
    return {key: str(one.pk) for key, one in things.items()}


def _task_force(country: Any, person: dict[str, Any]) -> dict[str, str]:
    """What the third chapter left: meetings by where they stand, and one thing of each kind."""
    from learnin.taskforce import access
    from learnin.taskforce.models import ActivityCopy, Invitee, MandateEvidence, Sitting, TaskForce

    force = TaskForce.objects.get(country=country)
    sealed, _second, open_minutes, held, planned = force.meetings.order_by("number")
    copy = ActivityCopy.objects.filter(country=country).order_by("-pk")[0]
    things = {
        "sealed": sealed,
        "open_minutes": open_minutes,
        "held": held,
        "planned": planned,
        "objection": open_minutes.objections.get(),
        "item": held.items.order_by("position")[0],
        "decision": force.decisions.order_by("pk")[0],
        "action": force.actions.filter(done_at=None).order_by("pk")[0],
        "done_action": force.actions.exclude(done_at=None).order_by("pk")[0],
        "empty_seat": force.seats.get(constituency="parents"),
        "sitting": Sitting.objects.get(person=person["petra"]),
        "evidence": MandateEvidence.objects.filter(task_force=force).order_by("pk")[0],
        "task": force.hand_over_tasks.order_by("pk")[0],
        "copy": copy,
        "activity": copy.activity,
    }
    invitee = Invitee.objects.get(meeting=planned, sitting__person=person["petra"])
    tokens = {
        "answer": access.answer_token(invitee),
        "copy_answer": access.copy_token(copy, f"person-{person['ana'].pk}"),
    }
    return {name: str(one.pk) for name, one in things.items()} | tokens


def _token(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def _broken() -> dict[str, str]:
    """Pages that one meets only where something is broken, written as production writes them."""
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    from learnin.kit import views

    request = RequestFactory().get("/", headers={"host": "127.0.0.1"})
    request.user = AnonymousUser()
    answers = {"400": views.bad_request(request, ValueError()), "500": views.server_error(request)}
    pages = {name: answer.content.decode() for name, answer in answers.items()}
    return pages | {"429": render_to_string("429.html", request=request)}


if __name__ == "__main__":
    django.setup()
    json.dump(build(), sys.stdout)
