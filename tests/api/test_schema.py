"""Whatever a program sends, the API answers as its schema says, and never breaks."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from learnin.wsgi import application
from tests import world
from tests.cast import Cast

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)


@schema.hook
def map_path_parameters(context: schemathesis.HookContext, path_parameters: dict | None) -> dict | None:
    """Three questions of four are about something that is there."""
    if path_parameters and len(repr(path_parameters)) % 4:
        some = len(repr(path_parameters)) % 5 + 1
        path_parameters |= {"code": "RS"} if "code" in path_parameters else {"pk": some}
    return path_parameters


@pytest.fixture(autouse=True)
def _connection_stays() -> Iterator[None]:
    """The program is called as a web server calls it, but inside the transaction of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def secrets(cast: Cast) -> dict[str, str]:
    """The tokens of everybody, in a world where there is something to find."""
    return world.world(cast).secrets


@schema.parametrize()
@settings(max_examples=10, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_answers_as_the_schema_says(case: schemathesis.Case, secrets: dict[str, str]) -> None:
    """No server error, no undocumented status, no answer of another shape."""
    for who in ("member", "regional"):
        case.call_and_validate(headers={"Authorization": f"Bearer {secrets[who]}"}, checks=CHECKS)


def test_an_answer_outside_the_schema_is_found(secrets: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A planted fault: the check bites."""
    question = schema["/api/me"]["GET"].Case(headers={"Authorization": f"Bearer {secrets['member']}"})
    question.call_and_validate(checks=CHECKS)
    monkeypatch.setattr("learnin.people.api.queries.own_roles", lambda person: 1 / 0)
    with pytest.raises(FailureGroup):
        question.call_and_validate(checks=CHECKS)
