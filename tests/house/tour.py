"""A walk to every address, as four people, with an eye on what templates ask for and do not get."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.template import Node, Variable, VariableDoesNotExist
from django.test import Client

from learnin.people.models import Person
from tests.cast import as_
from tests.house import addresses, passkey
from tests.house.rules import ROOT
from tests.world import World

WALKERS = ("chair", "member", "regional", "anonymous")


@dataclass(frozen=True)
class Visit:
    """One address as one person, and what came back."""

    address: str
    by: str
    status: int
    to: str
    html: str
    undefined: frozenset[str]
    trouble: str

    @property
    def is_inside(self) -> bool:
        """Somebody got there, or on from there; a page that only takes posts says so."""
        return self.status in {200, 405} or (
            self.status in {301, 302, 303} and not self.to.startswith("/accounts/login/?")
        )

    def __str__(self) -> str:
        return f"{self.address} as {self.by}"


@contextmanager
def asked_in_vain() -> Iterator[set[str]]:
    """What our templates ask for and nobody gave: "template:line name"."""
    found: set[str] = set()
    at: list[Node] = []
    look_up, render = Variable._resolve_lookup, Node.render_annotated

    def watched_look_up(variable: Variable, context: Any) -> Any:
        try:
            return look_up(variable, context)
        except VariableDoesNotExist as missing:
            origin, inside = str(at[-1].origin) if at else "", missing.params[1]
            is_data = inside is None or type(inside) is dict  # nobody there, or an entry that need not be
            if origin.startswith(f"{ROOT}/learnin/") and not is_data:
                found.add(f"{origin.split('/templates/')[-1]}:{at[-1].token.lineno} {variable.var}")
            raise

    def watched_render(node: Node, context: Any) -> str:
        at.append(node)
        try:
            return render(node, context)
        finally:
            at.pop()

    Variable._resolve_lookup, Node.render_annotated = watched_look_up, watched_render
    try:
        yield found
    finally:
        Variable._resolve_lookup, Node.render_annotated = look_up, render


def browser(person: Person | None) -> Client:
    """Somebody who has just proved who they are."""
    client = as_(person)
    if person is not None:
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session.save()
    return client


def prove_oneself(person: Person) -> None:
    """Give somebody every way to prove who they are: password, app, recovery codes, passkey."""
    person.set_password("planted")
    person.save(update_fields=["password"])
    phone = {"name": "Phone", "credential": passkey.made_by_a_phone()}
    made = Authenticator.objects.create(user=person, type="webauthn", data=phone)
    Authenticator.objects.filter(pk=made.pk).update(id=1)  # the number that addresses.py visits
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(person)


def walk(furnished: World) -> list[Visit]:
    """Read every address as everybody."""
    prove_oneself(furnished.cast.member)
    read = [address for address in addresses.every() if address.method == "GET"]
    return [
        visit(browser(furnished.players[by]), address.name, by, partial(address.url, furnished))
        for by in WALKERS
        for address in read
    ]


def visit(client: Client, name: str, by: str, url: Callable[[], str]) -> Visit:
    """Read one page."""
    with asked_in_vain() as undefined:
        try:
            with transaction.atomic():  # a refused write spoils only itself
                answer = client.get(url())
        except Exception as trouble:
            return Visit(name, by, 500, "", "", frozenset(undefined), f"{type(trouble).__name__}: {trouble}"[:300])
    is_page = answer.get("Content-Type", "").startswith("text/html") and not answer.streaming
    html = answer.content.decode() if is_page else ""
    if answer.streaming:
        b"".join(answer.streaming_content)  # a file is closed when it was read to its end
    return Visit(name, by, answer.status_code, answer.get("Location", ""), html, frozenset(undefined), "")
