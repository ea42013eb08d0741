"""The rules for tables: each is kept, and each reports a planted fault."""

# ruff: noqa: DJ008  (planted models need no name for people)

import re
import tomllib
from collections.abc import Iterator
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connections, models
from django.test.utils import isolate_apps
from pytest_django.plugin import DjangoDbBlocker

from learnin.people.models import Country
from tests.house.rules import ROOT, tables

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
CHAIN = [set(re.findall(r"\w+", layer)) for layer in CONTRACTS[0]["layers"]]
OURS = [model for model in apps.get_models() if model.__module__.startswith("learnin.")]


@pytest.fixture
def small_database(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """SQLite, whatever the tests run on."""
    connections.settings["small"] = {
        **connections.settings["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": {},
    }
    with django_db_blocker.unblock():
        yield "small"
        connections["small"].close()
    del connections["small"]
    del connections.settings["small"]


def test_tables_keep_the_rules(small_database: str) -> None:
    assert OURS
    assert list(tables.keys_follow_the_chain(OURS, CHAIN)) == []
    assert list(tables.nothing_points_anywhere(OURS)) == []
    assert list(tables.lists_choose_their_order(OURS)) == []
    assert list(tables.constraints_are_named(OURS)) == []
    assert list(tables.both_databases_hold_it(OURS, small_database)) == []


def test_every_app_with_tables_stands_in_the_chain() -> None:
    assert {model._meta.app_label for model in OURS} <= set.union(*CHAIN)


@isolate_apps("learnin.people", "learnin.journal")
def test_a_key_that_points_up_the_chain_is_reported() -> None:
    class Meeting(models.Model):
        class Meta:
            app_label = "journal"

    class Seat(models.Model):
        meeting = models.ForeignKey(Meeting, models.CASCADE)
        person = models.ForeignKey("Seat", models.CASCADE)

        class Meta:
            app_label = "people"

    assert list(tables.keys_follow_the_chain([Meeting, Seat], CHAIN)) == [
        "people.Seat.meeting points to journal, which is not before people"
    ]


@isolate_apps("learnin.people", "django.contrib.contenttypes")
def test_a_key_that_may_point_anywhere_is_reported() -> None:
    class Remark(models.Model):
        what = models.ForeignKey(ContentType, models.CASCADE)
        pk_of_it = models.PositiveIntegerField()
        on = GenericForeignKey("what", "pk_of_it")

        class Meta:
            app_label = "people"

    assert list(tables.nothing_points_anywhere([Remark])) == ["Remark.on may point to any table"]


@isolate_apps("learnin.people")
def test_a_default_order_and_a_nameless_constraint_are_reported() -> None:
    class Seat(models.Model):
        number = models.IntegerField()
        letter = models.CharField(max_length=1)

        class Meta:
            app_label = "people"
            ordering = ["number"]
            unique_together = [("number", "letter")]
            constraints = [models.UniqueConstraint(fields=["letter"], name="letter_uniq")]

    assert list(tables.lists_choose_their_order([Seat])) == ["Seat is ordered by number everywhere"]
    assert list(tables.constraints_are_named([Seat])) == [
        "Seat: letter_uniq does not say what must be true",
        "Seat: unique_together has no name",
    ]


@isolate_apps("learnin.people")
def test_a_constraint_that_sqlite_drops_is_reported(small_database: str) -> None:
    class Seat(models.Model):
        letter = models.CharField(max_length=1, null=True)  # noqa: DJ001

        class Meta:
            app_label = "people"
            constraints = [
                models.UniqueConstraint(fields=["letter"], name="one_empty_letter", nulls_distinct=False),
            ]

    found = list(tables.both_databases_hold_it([Seat], small_database))
    assert len(found) == 1
    assert "does not support unique constraints with nulls distinct" in found[0]


def test_this_database_holds_every_table_and_migrations_are_complete(db: None) -> None:
    said = StringIO()
    call_command("check", databases=["default"], fail_level="WARNING", stdout=said, stderr=said)
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1, stdout=said)
    assert "no issues" in said.getvalue()
    assert "No changes detected" in said.getvalue()


def test_a_missing_migration_is_reported(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Country._meta.get_field("own_name"), "max_length", 81)
    with pytest.raises(SystemExit):
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_a_warning_fails_the_check(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = models.UniqueConstraint(fields=["code"], name="planted", include=["own_name"])
    monkeypatch.setattr(Country._meta, "constraints", [lost])
    monkeypatch.setattr(connections["default"].features, "supports_covering_indexes", False)
    with pytest.raises(SystemCheckError, match="non-key columns"):
        call_command("check", databases=["default"], fail_level="WARNING", stdout=StringIO(), stderr=StringIO())
