"""Write records as IATI activities, one after the other, however many there are."""

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from lxml import etree

from learnin.initiatives.formats.iati import elements, ours
from learnin.initiatives.formats.iati.fitting import fitted
from learnin.initiatives.formats.record import Organisation, Problem, Record

VERSION = "2.03"


def write(
    records: Iterable[Record], out: BinaryIO, *, generated_at: datetime, publisher: Organisation
) -> tuple[Problem, ...]:
    """Write an IATI 2.03 file that the official schema lets through; what could not be written comes back.

    A record that says nothing where the schema demands something goes out with a marked stand-in, which `read` does
    not take for said. One without identifier, title or any day stays out, and is among the problems.

    Args:
        records: taken one at a time. A file without any is none that the schema lets through.
        out: a file open for writing bytes.
        generated_at: the moment that the file bears.
        publisher: reports what nobody is named for as reporting.
    """
    problems: list[Problem] = []
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        about = {"version": VERSION, "generated-datetime": generated_at.isoformat(timespec="seconds")}
        with file.element("iati-activities", about, nsmap={"learnin": ours.SPACE}):
            file.write("\n")
            for record in records:
                one = fitted(record)
                problems += one.problems
                if one.goes_out:
                    file.write(elements.activity(one.record, publisher), pretty_print=True)
    return tuple(problems)
