"""The programme this installation works with."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from .formats import definition
from .formats.problems import Problem, ProgrammeUnreadable
from .formats.yaml_lines import MOST_BYTES

SHIPPED = Path(__file__).with_name("programme.yaml")


def current() -> definition.Programme:
    """The programme, read once. Names follow the reader's language. Raises ProgrammeUnreadable."""
    return _kept(settings.PROGRAMME_FILE or SHIPPED)


def chosen_file() -> Path:
    """The file that LEARNIN_PROGRAMME_FILE names, or else the one that ships with LearnIn."""
    return Path(settings.PROGRAMME_FILE or SHIPPED)


def read(path: Path) -> definition.Programme:
    """The programme in this file, read anew. Raises ProgrammeUnreadable."""
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1).decode("utf-8-sig")
    except OSError as refused:
        reason = f"The file cannot be read: {refused.strerror}."
        raise ProgrammeUnreadable([Problem(str(path), 1, "", reason)]) from refused
    except UnicodeDecodeError as refused:
        line = refused.object.count(b"\n", 0, refused.start) + 1
        raise ProgrammeUnreadable([Problem(str(path), line, "", "The file is not UTF-8 text.")]) from refused
    return definition.parse(text, file=str(path), language=get_language)


@lru_cache(maxsize=4)
def _kept(file: str | Path) -> definition.Programme:
    return read(Path(file))
