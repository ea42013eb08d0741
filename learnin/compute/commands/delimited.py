"""CSV as every engine and R sees it: what parts its values, which columns are words, and what is wrong with a line."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ibis.expr.types import Table

from learnin.compute.commands.spec import Spec
from learnin.compute.commands.wrong import FILE_WRONG, SPEC_WRONG, Wrong
from learnin.compute.survey.columns import alone
from learnin.compute.survey.sources import CSV, kinds

ENDINGS = (".csv", ".tsv")
AS_WRITTEN = ("DATE", "TIME")  # kinds of columns that stay the words they are
BETWEEN = ",;\t|"  # what may part values


def options(spec: Spec) -> dict[str, Any]:
    """How DuckDB is to read the files."""
    told = spec.asked["data"]
    missing = ["", *(str(one) for one in told.get("missing", []))]
    decimal = {"decimal_separator": told["decimal"]} if "decimal" in told else {}
    between = {"delim": delimiter(spec.files[0]), "quote": '"', "escape": '"', "skip": 0, "header": True}
    return {"nullstr": missing, **CSV, **between, **decimal}


def delimiter(path: Path) -> str:
    """What parts the values of a file: of the signs that do, the one that its heading has most of outside quotes."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        heading = re.sub('"[^"]*"', "", file.readline())
    return max(BETWEEN, key=heading.count)


def headings(path: Path) -> list[str]:
    """The columns that the first line names."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return [name for name in next(csv.reader(file, delimiter=delimiter(path)), []) if name]


def table(spec: Spec, paths: Sequence[Path], reader: Any) -> Table:
    """The files as one table. Raises Wrong."""
    told = {str(name): "VARCHAR" for name in spec.asked["data"].get("text", [])}
    names, how = [alone(path) for path in paths], options(spec)
    _parted_alike(paths)
    found = kinds(reader, names, **how)
    if unknown := [column for column in told if column not in found]:
        raise Wrong("data.text", f'there is no column "{unknown[0]}"')
    words = {column: "VARCHAR" for column, kind in found.items() if kind.startswith(AS_WRITTEN)} | told
    flags = dict.fromkeys((column for column, kind in found.items() if kind == "BOOLEAN"), "VARCHAR")
    if flags:
        words |= _words(reader.read_csv(names, types=found | words | flags, **how), flags)
    return reader.read_csv(names, types=found | words, **how)


def _parted_alike(paths: Sequence[Path]) -> None:
    first, *others = [delimiter(path) for path in paths]
    for at, other in enumerate(others, 1):
        if other != first:
            words = f"{paths[at].name} parts its values by {other!r}, and {paths[0].name} by {first!r}; save them alike"
            raise Wrong(f"data.files[{at}]", words, FILE_WRONG)


def _ragged(at: int, path: Path) -> Wrong | None:
    """What is wrong with the first line that has more or fewer values than the heading."""
    wanted = 0
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.reader(file, delimiter=delimiter(path))
        for values in rows:
            wanted = wanted or len(values)
            if values and len(values) != wanted:
                return _line(at, path, rows.line_num, len(values), wanted)
    return None


def _line(at: int, path: Path, line: int | str, found: int | str, wanted: int | str) -> Wrong:
    words = f"{path.name}, line {line}: it has {found} values, and the first line has {wanted}"
    return Wrong(f"data.files[{at}]", words, FILE_WRONG)


def _words(raw: Table, flags: Iterable[str]) -> dict[str, str]:
    """Columns that DuckDB takes for true and false though they say Yes and No, which R reads as words."""
    found = {}
    for column in flags:
        words = raw.select(column).distinct().to_pyarrow()[column].to_pylist()
        if {str(word).lower() for word in words if word is not None} - {"true", "false"}:
            found[column] = "VARCHAR"
    return found


def unreadable(paths: Sequence[Path], error: Exception) -> Wrong:
    """What an engine says of a file that it cannot read, in words: which file, which line, what to do."""
    said = str(error)
    at = next((at for at, path in enumerate(paths) if str(path) in said), 0)
    path = paths[at]
    line = re.search(r"CSV Error on Line: (\d+)", said)
    values = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", said)
    if line and values:
        return _line(at, path, line[1], values[2], values[1])
    is_csv = path.suffix.lower() in ENDINGS
    if is_csv and (bad := _not_utf8(path)) is not None:
        words = f"{path.name}, line {bad}: this is not UTF-8; save the file as “CSV UTF-8”"
    elif is_csv and (wrong := _ragged(at, path)):
        return wrong
    else:
        first = " ".join(said.split("\n\n")[0].splitlines()[:3])
        words = f"{path.name} cannot be read: {first.replace(str(path), path.name)}"
    return Wrong(f"data.files[{at}]", words, FILE_WRONG)


def _not_utf8(path: Path) -> int | None:
    """The first line that is not UTF-8, from one."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return None


def refused(spec: Spec, kind: str) -> None:
    """Refuse what is told of CSV where the files are of another kind: it would be passed over in silence."""
    told: Mapping[str, Any] = spec.asked["data"]
    for key in ("text", "missing", "decimal"):
        if key in told:
            raise Wrong(f"data.{key}", f"this goes with CSV, and the files are {kind}", SPEC_WRONG)
