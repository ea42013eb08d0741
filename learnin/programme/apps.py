"""The programme at start-up: a file with problems, or without an id in use, is told before anything runs."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks


class ProgrammeConfig(AppConfig):
    """The programme as data."""

    name = "learnin.programme"
    label = "programme"

    def ready(self) -> None:
        """Add our checks to `manage.py check`."""
        checks.register(file_is_sound)
        checks.register(ids_in_use_are_there, checks.Tags.database)


def file_is_sound(app_configs: object, **kwargs: Any) -> list[checks.CheckMessage]:
    """Tell each problem of the programme file, and each interface language it has no names in."""
    from . import reader
    from .formats.problems import ProgrammeUnreadable

    try:
        programme = reader.current()
    except ProgrammeUnreadable as unreadable:
        return [checks.Error(str(problem), id="programme.E001") for problem in unreadable.problems]
    named = programme.names.words
    return [
        checks.Warning(
            f"{reader.chosen_file()}: languages: no names in {code}, a language of the interface.",
            hint="Readers of this language see English names. Add the language, or take it out of LEARNIN_LANGUAGES.",
            id="programme.W001",
        )
        for code, _ in settings.LANGUAGES
        if code not in named
    ]


def ids_in_use_are_there(
    app_configs: object, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Refuse a programme file that lacks an id which the database keeps, with a list of the uses."""
    from . import queries, reader
    from .formats.problems import ProgrammeUnreadable

    try:
        programme = reader.current()
    except ProgrammeUnreadable:
        return []  # file_is_sound tells it
    return [
        checks.Error(
            f"{reader.chosen_file()}: {use}",
            hint="Ids stay for ever. Put the id back into the file; its name may change.",
            id="programme.E002",
        )
        for using in databases or []
        for use in queries.uses_missing_from(programme, using=using)
    ]
