"""How R reads the data of a SPEC: the same kinds of columns as here."""

from collections.abc import Iterator

from ibis.expr.types import Table

from learnin.compute.commands.delimited import delimiter
from learnin.compute.commands.rwords import text
from learnin.compute.commands.spec import Spec

BETWEEN = "\t"
"""What stands between the words of a group that several columns make."""


def read(spec: Spec, table: Table) -> Iterator[str]:
    """The lines that read the data into `answers`."""
    kind = spec.files[0].suffix.lower()
    read = {".csv": _csv, ".tsv": _csv, ".parquet": _parquet}.get(kind, _sav)(spec, table)
    files = ", ".join(text(name) for name in spec.asked["data"]["files"])
    yield f"answers <- do.call(rbind, lapply(c({files}), function(file) {read}))"
    yield "answers$row_ <- seq_len(nrow(answers))"


def _csv(spec: Spec, table: Table) -> str:
    kinds = ", ".join(f"{text(name)} = {text(_kind(kind))}" for name, kind in table.schema().items())
    told = spec.asked["data"]
    missing = ", ".join(text(str(word)) for word in ["", *told.get("missing", [])])
    decimal = f", dec = {text(told['decimal'])}" if "decimal" in told else ""
    return (
        f'read.csv(file, check.names = FALSE, fileEncoding = "UTF-8-BOM", na.strings = c({missing}), '
        f"sep = {text(delimiter(spec.files[0]))}{decimal}, colClasses = c({kinds}))"
    )


def _kind(kind: object) -> str:
    is_number = getattr(kind, "is_numeric", lambda: False)()
    is_flag = getattr(kind, "is_boolean", lambda: False)()
    return "logical" if is_flag else "numeric" if is_number else "character"


def _parquet(_spec: Spec, _table: Table) -> str:
    return "as.data.frame(arrow::read_parquet(file))"


def _sav(_spec: Spec, _table: Table) -> str:
    return (
        "as.data.frame(lapply(haven::zap_labels(haven::read_sav(file)), "
        "function(one) if (is.character(one)) haven::zap_empty(one) else one), check.names = FALSE)"
    )
