"""`python -m bench [NAME ...] [--repetitions N]`: run the benchmarks and print their tables."""

import argparse
import importlib
from contextlib import nullcontext

from bench import database
from bench.installation import example, machine

OWN = {"load": nullcontext, "submissions": nullcontext}  # they lay what they need in a database of their own
# The name of a file with run(repetitions) -> tables, and what it runs in.
BARE = {"sampling": nullcontext, "estimates": nullcontext, "relations": nullcontext}  # files and arithmetic only
IN_EXAMPLE = {"frames": example, "exports": example, "initiatives": example, "typing": example}
BENCHMARKS = {"pages": example, **BARE, **IN_EXAMPLE, **OWN}


def main() -> None:
    """Run those that were named, or all, in an installation that is gone afterwards."""
    words = argparse.ArgumentParser(prog="python -m bench", description="What LearnIn costs.")
    words.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHMARKS)}; all, without")
    words.add_argument("--repetitions", type=int, default=40, help="rounds of each measurement (40)")
    told = words.parse_args()
    if unknown := {*told.names} - {*BENCHMARKS}:
        words.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    for name in told.names or BENCHMARKS:
        with BENCHMARKS[name]():
            print(machine(database.name() if name in OWN else ""))
            benchmark = importlib.import_module(f"bench.{name}")
            print(f"\n{benchmark.__doc__.splitlines()[0]}\n")
            for table in benchmark.run(max(1, told.repetitions)):
                print(table, end="\n\n")


if __name__ == "__main__":
    main()
