"""Open data as files: answers as CSV, codebook, metadata (CSV on the Web), a script for R, in a ZIP."""

from .columns import Column, Table, codebook, readable
from .csvw import LICENCES, metadata
from .files import Files, zipped
from .published import Number, compared, numbers, results, script

__all__ = [
    "LICENCES",
    "Column",
    "Files",
    "Number",
    "Table",
    "codebook",
    "compared",
    "metadata",
    "numbers",
    "readable",
    "results",
    "script",
    "zipped",
]
