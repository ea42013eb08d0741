"""People choose themes, steps and seats by name in their language; the database keeps the id."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations.writer import MigrationWriter
from django.utils import translation

from learnin.programme.fields import ProgrammeIdField


def test_a_form_offers_the_names_in_the_readers_language() -> None:
    offered = ProgrammeIdField(kind="theme", blank=True).formfield()

    with translation.override("ro"):
        choices = dict(offered.choices)
    assert choices["devices"] == "Dispozitive și echipamente"
    assert "" in choices


def test_a_form_refuses_an_id_that_is_not_offered() -> None:
    offered = ProgrammeIdField(kind="theme").formfield()

    assert offered.clean("devices") == "devices"
    with pytest.raises(ValidationError):
        offered.clean("pedagogy")


def test_a_row_refuses_an_id_that_is_not_in_the_programme() -> None:
    with pytest.raises(ValidationError, match="Choose one of the list: “typewriters” is not in the programme"):
        ProgrammeIdField(kind="theme").clean("typewriters", None)


def test_a_migration_knows_the_kind_and_not_the_choices() -> None:
    written, _ = MigrationWriter.serialize(ProgrammeIdField(kind="audience", blank=True))

    assert written == "learnin.programme.fields.ProgrammeIdField(blank=True, kind='audience')"


def test_a_copy_of_the_field_is_the_same_column() -> None:
    field = ProgrammeIdField(kind="step", null=False).clone()

    assert isinstance(field, models.CharField)
    assert (field.kind, field.max_length) == ("step", 64)


def test_a_kind_that_does_not_exist_is_a_mistake_of_the_writer() -> None:
    with pytest.raises(ValueError, match="flavour"):
        ProgrammeIdField(kind="flavour")
