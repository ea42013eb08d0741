"""`python -m chain DATA [--answers N] [--initiatives N] [--folder F] [--report R.json]`: walk the chain, print it."""

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from chain import installation


def main() -> int:
    """Walk every stage, print its time and what it made, end with the route of the country."""
    words = argparse.ArgumentParser(prog="python -m chain", description="The whole chain on real input.")
    words.add_argument("data", type=Path, metavar="DATA", help="the folder of the real data")
    words.add_argument("--answers", type=int, default=1500, help="answers to come in (1500)")
    words.add_argument(
        "--initiatives", type=int, default=0, help="about so many rows of the table of initiatives (all)"
    )
    words.add_argument("--folder", type=Path, help="keep the report and the exported files here")
    words.add_argument("--report", type=Path, help="also write what was made as JSON")
    told = words.parse_args()
    if not (told.data / "frames" / "ua_schools.csv").exists():
        print(f"There is no real data in {told.data}. Say where it is: make chain DATA=folder", file=sys.stderr)
        return 2
    kept = nullcontext(told.folder) if told.folder else tempfile.TemporaryDirectory(prefix="learnin-chain-files-")
    with kept as folder, installation.own():
        made = _walked(told, Path(folder))
    if told.report:
        told.report.write_text(json.dumps(made, ensure_ascii=False, indent=2, default=str), "utf-8")
    return 0


def _walked(told: argparse.Namespace, folder: Path) -> dict[str, Any]:
    from chain.walk import Size, Walk, steps

    folder.mkdir(parents=True, exist_ok=True)
    walk = Walk(told.data, folder, Size(told.answers, told.initiatives))
    report: dict[str, Any] = {}
    total = 0.0
    for number, step in enumerate(steps(walk), start=1):
        shown = {key: value for key, value in step.made.items() if key != "route"}
        print(f"{number:>2}. {step.name:<34} {step.seconds:>6.1f} s   {_said(shown)}", flush=True)
        report[step.name] = {"seconds": round(step.seconds, 2), **step.made}
        total += step.seconds
        for line in step.made.get("route", ()):
            print(f"      {line['state']:<12} {line['step']}: {line['evidence']}")
    print(f"    {'Together':<34} {total:>6.1f} s")
    return report


def _said(made: Mapping[str, Any]) -> str:
    return ", ".join(f"{value:,} {key}" if isinstance(value, int) else f"{key}: {value}" for key, value in made.items())


if __name__ == "__main__":
    sys.exit(main())
