"""`python -m make.relations RECORDS.csv PAIRS.csv [--write]`: fit, measure, and with --write keep the weights."""

import argparse
from pathlib import Path

import numpy as np

from learnin.compute.relations.weights import FILE
from make.relations import natural, real, task
from make.relations.fitting import chances, fit, laid
from make.steps import say

HEADER = """\
# Weights of the relations of initiatives. Written by `python -m make.relations RECORDS.csv PAIRS.csv --write`.
# Learned from made copies and parts of real records: three fifths of 35 % of the families of records, in three
# draws; calibrated on the other two fifths; the remaining 65 % are only measured on. No family is in two of these.
# The score of being related is then calibrated on 80 real pairs that a person labelled.
# What a feature adds is a line through 0 with bends at 0, .1, .25, .5, .75, .9 and 1; a number is a climb between two.
"""
SIZE = 10_000


def main() -> None:
    """Fit the weights and say how well they find made copies of records that they never saw."""
    words = argparse.ArgumentParser(prog="python -m make.relations")
    words.add_argument("file", type=Path, help="real records, with the columns of eca_initiatives.csv")
    words.add_argument("pairs", type=Path, help="labelled pairs, with the columns of natural_pairs_labelled.csv")
    words.add_argument("--write", action="store_true", help=f"write {FILE.name}")
    told = words.parse_args()
    learn, check, others = task.families(real.records(told.file))
    draws = [laid(one) for one in task.draws(learn, parts=True)]
    weights = fit(draws, laid(task.task(check, len(check) * 3 // 2, seed=10, parts=True)))
    made = task.task(others, SIZE, seed=20)
    pairs = laid(made)
    likely = chances(weights, pairs)
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        found = task.measured({pairs.keys[at] for at in np.flatnonzero(likely >= least).tolist()}, made.same)
        say(f"{least:.1f}  precision {found.precision:.3f}  recall {found.recall:.3f}  F1 {found.f1:.3f}")
    known = natural.labelled(told.pairs, real.once(real.records(told.file)), weights)
    say("real pairs, each calibrated on others; of them D, F, O, U")
    for band, counts in natural.bands(natural.unseen(known)):
        say(f"{band:12}{''.join(f'{count:5}' for count in counts)}")
    weights = natural.settled(weights, known)
    if told.write:
        FILE.write_text(weights.text(HEADER), encoding="utf-8")


if __name__ == "__main__":
    main()
