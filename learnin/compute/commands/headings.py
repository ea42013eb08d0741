"""The columns of the files: none stands twice, and all files have the same."""

from collections.abc import Sequence
from pathlib import Path

from learnin.compute.commands.wrong import DATA_WRONG, Wrong


def looked_at(paths: Sequence[Path], columns: Sequence[Sequence[str]]) -> None:
    """Raise Wrong at the first file with a column twice, or with other columns than the first file."""
    for at, (path, names) in enumerate(zip(paths, columns, strict=True)):
        key = f"data.files[{at}]"
        lower = [name.lower() for name in names]
        if twice := [name for name in names if lower.count(name.lower()) > 1]:
            words = f'the column "{twice[0]}" stands twice in {path.name} (capitals do not tell columns apart)'
            raise Wrong(key, words, DATA_WRONG)
        for one, other, mine, theirs in (
            (path, paths[0], names, columns[0]),
            (paths[0], path, columns[0], names),
        ):
            if lacking := [name for name in theirs if name not in mine]:
                words = f'{one.name} has no column "{lacking[0]}", which {other.name} has; all files need the same'
                raise Wrong(key, words, DATA_WRONG)
