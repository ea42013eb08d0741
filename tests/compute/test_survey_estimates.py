"""Small samples by hand: what the engine finds is what the definitions say."""

from math import sqrt

import pyarrow as pa
import pytest

from learnin.compute import survey
from learnin.compute.survey import Design, Mean, Stage, Total


def test_schools_of_different_size_by_hand() -> None:
    answers = pa.table({"school": [1, 1, 2, 3], "w": [2, 2, 2, 2], "y": [1, 3, 5, 3]})
    design = Design("w", stages=(Stage("school"),))
    mean, total = survey.estimate(answers, design, [Mean("y"), Total("y")]).rows
    assert mean.estimate == 3
    assert mean.se == pytest.approx(sqrt(3 / 2 * (1 / 4 + 1 / 4)))  # scores -4/8, 4/8, 0
    assert total.estimate == 24
    assert total.se == pytest.approx(sqrt(3 / 2 * (0 + 4 + 4)))  # totals 8, 10, 6 around 8
    assert mean.df == total.df == 2
