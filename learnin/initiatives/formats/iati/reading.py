"""Read IATI activities one after the other, however many there are."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from lxml import etree

from learnin.initiatives.formats.iati import activity
from learnin.initiatives.formats.iati.doubts import Doubt, shown
from learnin.initiatives.formats.iati.guard import check
from learnin.initiatives.formats.record import Level, Problem, Read

NEW = frozenset({"2.01", "2.02", "2.03"})
OLD = frozenset({"", "1.00", "1.01", "1.02", "1.03", "1.04", "1.05", "1.0", "1"})
"""Versions of the standard; none is named in drafts that are older than it."""


def read(source: BinaryIO | str | PathLike[str], *, only: frozenset[str] | None = None) -> Iterator[Read]:
    """Every activity of a file in its order, and what is wrong with the file itself as reads without a record.

    The file is looked at whole before the first is given: one that is no IATI file, or hostile, gives nothing and
    raises NotReadable. One that breaks off gives what stands before.

    Args:
        source: a file, from where it is, or its path.
        only: countries (ISO 3166-1). An activity that names other countries only is passed over, with its problems.
    """
    with ExitStack() as stack:
        file = _seekable(source, stack)
        begin = file.tell()
        check(file)
        file.seek(begin)
        yield from _activities(file, only)


def _seekable(source: BinaryIO | str | PathLike[str], stack: ExitStack) -> BinaryIO:
    if isinstance(source, (str, PathLike)):
        return stack.enter_context(Path(source).open("rb"))
    if source.seekable():
        return source
    copy = stack.enter_context(TemporaryFile())  # noqa: SIM115 - the stack closes it
    shutil.copyfileobj(source, copy)
    copy.seek(0)
    return copy


def _activities(file: BinaryIO, only: frozenset[str] | None) -> Iterator[Read]:
    root, number = None, 0
    seen: set[str] = set()
    parser = etree.iterparse(
        file,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth, is_old = 0, False
    try:
        for event, element in parser:
            depth += 1 if event == "start" else -1
            if root is None:
                root, is_old = element, _is_old(element)
                yield from _version(element)
            elif event == "end" and depth == 1:
                if element.tag == "iati-activity":
                    number += 1
                    found = activity.read(element, number, seen, is_old=is_old)
                    if only is None or not found.countries or found.countries & only:
                        yield found.read
                elif not element.tag.startswith("{"):
                    yield _about(Doubt.ELEMENT_UNKNOWN, element.sourceline, element.tag, element.tag)
                _forget(root, element)
    except etree.XMLSyntaxError as error:
        yield _about(Doubt.BROKEN, error.lineno or 1, "", str(error.msg), Level.ERROR)
    if not number and root is not None:
        yield _about(Doubt.NO_ACTIVITY, root.sourceline)


def _forget(root: Any, element: Any) -> None:
    """Let go of what was read: memory stays the same however long the file is."""
    element.clear()
    while root[0] is not element:
        del root[0]


def _is_old(root: Any) -> bool:
    return (root.get("version") or "").strip() in OLD


def _version(root: Any) -> Iterator[Read]:
    said = (root.get("version") or "").strip()
    if said not in NEW | OLD:
        yield _about(Doubt.VERSION_UNKNOWN, root.sourceline, "@version", said)


def _about(doubt: Doubt, row: int | None, place: str = "", said: str = "", level: Level = Level.WARNING) -> Read:
    return Read(row or 1, None, (Problem(doubt.value, row or 1, place, shown(said), level),))
