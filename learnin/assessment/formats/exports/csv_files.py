"""CSV, as UTF-8: one file, or a ZIP with one file for each table. The first bytes leave before the last row is read."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO

from learnin.assessment.formats.tables import Layout, Record

BOM = "\ufeff".encode()  # by which Excel knows that a file is UTF-8
PIECE = 64 * 1024
IN_MEMORY = 4 * 1024 * 1024  # of each repeat's file; the rest waits on the disk


class _Pipe(io.RawIOBase):
    """Keeps what is written until somebody takes it."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def taken(self) -> bytes:
        whole = b"".join(self.parts)
        self.parts, self.size = [], 0
        return whole


class _Lines:
    """Rows as lines of CSV, in UTF-8."""

    def __init__(self, out: IO[bytes]) -> None:
        self._text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
        self._writer = csv.writer(self._text)

    def rows(self, rows: Iterable[Sequence[str]]) -> None:
        self._writer.writerows(rows)

    def close(self) -> None:
        self._text.detach()


def one_file(layout: Layout, records: Iterable[Record], *, bom: bool = True) -> Iterator[bytes]:
    """The main table as CSV, piece by piece."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.name for column in layout.main.columns])
    yield (BOM if bom else b"") + text.getvalue().encode()
    text = io.StringIO(newline="")
    writer, row = csv.writer(text), layout.main_row
    for record in records:
        writer.writerow(row(record))
        if text.tell() > PIECE:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    if text.tell():
        yield text.getvalue().encode()


def zip_file(
    layout: Layout, records: Iterable[Record], *, bom: bool = True, more: Sequence[tuple[str, bytes]] = ()
) -> Iterator[bytes]:
    """All tables as a ZIP of CSV files, piece by piece; `more` files stand at its end."""
    pipe = _Pipe()
    with ExitStack() as held:
        kept = [held.enter_context(SpooledTemporaryFile(IN_MEMORY)) for _table in layout.repeats]
        lines = [_Lines(file) for file in kept]
        with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
            with out.open(f"{layout.main.name}.csv", "w", force_zip64=True) as main:
                for piece in one_file(layout, _and_repeats(layout, records, lines), bom=bom):
                    main.write(piece)
                    yield pipe.taken()
            for table, file, line in zip(layout.repeats, kept, lines, strict=True):
                line.close()
                file.seek(0)
                with out.open(f"{table.name}.csv", "w", force_zip64=True) as part:
                    part.write(_heading([column.name for column in table.columns], bom=bom))
                    while piece := file.read(PIECE):
                        part.write(piece)
                        yield pipe.taken()
            for name, content in more:
                out.writestr(name, content)
        yield pipe.taken()


def plain(heading: Sequence[str], rows: Iterable[Sequence[str]], *, bom: bool = True) -> bytes:
    """A small table as CSV, at once."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return _heading(heading, bom=bom) + text.getvalue().encode()


def _and_repeats(layout: Layout, records: Iterable[Record], lines: Sequence[_Lines]) -> Iterator[Record]:
    """The answers; on the way their repeats go into files of their own."""
    for record in records:
        for at, row in layout.repeat_rows(record):
            lines[at].rows([row])
        yield record


def _heading(names: Sequence[str], *, bom: bool) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(names)
    return (BOM if bom else b"") + text.getvalue().encode()
