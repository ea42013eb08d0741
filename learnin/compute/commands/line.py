"""The command line: what is typed, what is printed, how it ends."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from learnin.compute.commands.data import ENGINES
from learnin.compute.commands.estimating import checked, estimated
from learnin.compute.commands.results import put, text
from learnin.compute.commands.spec import read
from learnin.compute.commands.wrong import Wrong

EPILOG = "Exit codes: 0 done, 2 the SPEC is wrong, 3 the data or the design allow no estimate, 4 a file does not open."


def main(words: Sequence[str]) -> int:
    """Do what the words ask; the exit code."""
    told = _parser().parse_args(words)
    try:
        content: str = told.command(told)
        if told.out:
            put(content, told.out)
        else:
            sys.stdout.write(content)
    except Wrong as wrong:
        sys.stderr.write(f"{wrong}\n")
        return wrong.code
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m learnin.compute", description="Estimates from files, as a SPEC asks for them.", epilog=EPILOG
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    estimate = commands.add_parser("estimate", help="compute what the SPEC asks for", epilog=EPILOG)
    estimate.set_defaults(command=_estimate)
    estimate.add_argument("--engine", choices=ENGINES, default="duckdb", help="what adds up (duckdb)")
    estimate.add_argument("--master", help="address of Spark's master, say local[2]; without, as Spark is configured")
    estimate.add_argument("--progress", action="store_true", help="say on the error stream what happens")
    rscript = commands.add_parser(
        "rscript", help="write the R script that computes it again and compares", epilog=EPILOG
    )
    rscript.set_defaults(command=lambda told: checked(read(told.spec)))
    for command in (estimate, rscript):
        command.add_argument("spec", type=Path, metavar="SPEC.yaml", help="what to compute")
        command.add_argument("--out", type=Path, help="file to write; without, to the screen")
    return parser


def _estimate(told: argparse.Namespace) -> str:
    def progress(words: str) -> None:
        if told.progress:
            sys.stderr.write(f"{words} …\n")

    return text(estimated(read(told.spec), by=told.engine, master=told.master, told=progress))
