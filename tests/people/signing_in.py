"""Steps of signing in that several tests take."""

import re

from django.core import mail
from django.http import HttpResponse
from django.test import Client

SIGN_IN = "/accounts/login/"
CONFIRM = "/accounts/login/code/confirm/"
PASSWORD = "correct horse battery staple"


def ask_for_code(client: Client, address: str, **more: str) -> HttpResponse:
    """Type an address on the first page."""
    return client.post(SIGN_IN, {"login": address, **more})


def last_code() -> str:
    """The code in the last letter."""
    found = re.search(r"^\d{4}-\d{4}$", mail.outbox[-1].body, re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[0]


def type_code(client: Client, code: str, **more: str) -> HttpResponse:
    """Type a code on the second page."""
    return client.post(CONFIRM, {"code": code, **more})


def signed_in(client: Client) -> bool:
    """Whether a page for members opens."""
    return client.get("/me/").status_code == 200


def sign_in(client: Client, address: str) -> Client:
    """Sign in by code."""
    ask_for_code(client, address)
    type_code(client, last_code())
    assert signed_in(client)
    return client
