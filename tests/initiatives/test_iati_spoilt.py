"""Whatever is spoilt in a file, the rest comes in, and every problem says where it is."""

import copy
import io
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from learnin.initiatives.formats.iati import read
from learnin.initiatives.formats.record import NotReadable, Read
from tests.initiatives.iati_files import assert_valid, written
from tests.initiatives.test_iati_reading import FIRST_EDITION
from tests.initiatives.test_kept import FULL

WHOLE = (written([FULL])[0], FIRST_EDITION.encode())
ODD = (
    "| |-1|0|1e999|NaN|Infinity|٣|2024-02-30|0000-00-00|9999-12-31T25:00:00|---------|ж|%s|<&>|\n|1.2.3|--|1 2 3"
    "|http://[|http://a:b/|urn:x|../..|\u200b|2024-01-01T00:00:00+23:59|0001-01-01T00:00:00+14:00|1900-01-02T00:00:00Z"
)
JUNK = st.sampled_from([*ODD.split("|"), "x" * 500, "9" * 400]) | st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=10
)
WAYS = ("text", "attribute", "no attribute", "gone", "twice", "empty", "other name")


def spoil(element: Any, way: str, junk: str, at: int) -> None:
    """Make one thing wrong with an element."""
    names = sorted(element.attrib)
    name = names[at % len(names)] if names else "code"
    parent = element.getparent()
    if way == "text":
        element.text = junk
    elif way == "attribute":
        element.set(name, junk)
    elif way == "no attribute":
        element.attrib.pop(name, None)
    elif way == "empty":
        element.clear()
    elif way == "other name":
        element.tag = "other"
    elif parent.tag == "iati-activities":
        return
    elif way == "gone":
        parent.remove(element)
    else:
        element.addnext(copy.deepcopy(element))


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A file in which a few things are wrong."""
    root = etree.fromstring(draw(st.sampled_from(WHOLE)))
    for _ in range(draw(st.integers(1, 6))):
        elements = list(root.iterdescendants("*"))
        if not elements:
            break
        element = elements[draw(st.integers(0, len(elements) - 1))]
        spoil(element, draw(st.sampled_from(WAYS)), draw(JUNK), draw(st.integers(0, 9)))
    return bytes(etree.tostring(root, encoding="utf-8"))


def misplaced(content: bytes, reads: list[Read]) -> Iterator[str]:
    """Problems whose place or line is not that of an element."""
    root = etree.fromstring(content)
    for problem in (problem for one in reads for problem in one.problems):
        found = root.xpath(problem.place.rpartition("/@")[0] or problem.place) if problem.place else [root]
        if problem.place and (len(found) != 1 or found[0].sourceline != problem.row):
            yield f"{problem.code} {problem.place} {problem.row}"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoilt())
def test_spoilt_files_are_read_and_every_problem_is_located(content: bytes) -> None:
    reads = list(read(io.BytesIO(content)))
    assert list(misplaced(content, reads)) == []
    for one in reads:
        assert one.record or one.problems


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoilt())
def test_what_came_in_from_a_spoilt_file_goes_out_valid_and_whole(content: bytes) -> None:
    kept = [one.record for one in read(io.BytesIO(content)) if one.record]
    out, problems = written(kept)
    again = [one.record for one in read(io.BytesIO(out)) if one.record]
    assert again == [record for record in kept if record.begins or record.ends]
    assert {problem.code for problem in problems} <= {"iati.write.date"}
    if again:
        assert_valid(out)


@settings(deadline=None)
@given(st.binary(max_size=60), st.integers(0, 3000))
def test_bytes_that_are_damaged_never_stop_a_reader(junk: bytes, at: int) -> None:
    content = WHOLE[0][:at] + junk + WHOLE[0][at + len(junk) :]
    with suppress(NotReadable):
        assert all(one.record or one.problems for one in read(io.BytesIO(content)))
