"""The PostgreSQL of a test run is real, and nothing of it stays."""

import psycopg
import pytest

from make import postgres, system

pytestmark = pytest.mark.skipif(system.postgres_folder() is None, reason="PostgreSQL is not installed here")


def test_it_answers_knows_cyrillic_letters_and_is_gone_afterwards() -> None:
    with postgres.server() as address, psycopg.connect(address) as connection:
        answer = connection.execute("SELECT 'Ж' ILIKE 'ж', current_setting('fsync')").fetchone()
    assert answer == (True, "off")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)


def test_it_is_stopped_when_the_tests_fail() -> None:
    seen = []
    with pytest.raises(ZeroDivisionError), postgres.server() as address:
        seen.append(address)
        raise ZeroDivisionError
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(seen[0])
