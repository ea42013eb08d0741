"""The worked numbers of docs/methods/quality-flags.md."""

import re

from learnin.assessment.operations import flags
from tests.house.rules import ROOT

LINE = re.compile(r"^\| (\d+) \| (none|\d+) \| (\d+) \| (\d+) \| (yes|no) \|$", re.MULTILINE)


def test_the_worked_examples_of_the_method_are_right() -> None:
    lines = LINE.findall((ROOT / "docs/methods/quality-flags.md").read_text(encoding="utf-8"))
    assert len(lines) == 5
    for given, middle, limit, seconds, flag in lines:
        found = flags.quick_limit(int(given), None if middle == "none" else float(middle))
        assert found == float(limit)
        assert (float(seconds) < found) == (flag == "yes")
