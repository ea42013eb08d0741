"""5W tables (who does what, where, when, for whom): read from Excel and CSV, and written. Pure: bytes in, bytes out.

`look` shows what a table is and proposes a mapping; `read` gives its records; `write_workbook`, `write_csv`,
`write_template` and `write_geojson` write.
"""

from learnin.initiatives.formats.fivew.geojson import write_geojson
from learnin.initiatives.formats.fivew.known import Codes, Places
from learnin.initiatives.formats.fivew.layout import Words
from learnin.initiatives.formats.fivew.list_words import Kind
from learnin.initiatives.formats.fivew.mapping import Column, ColumnMapping, Look, look
from learnin.initiatives.formats.fivew.meanings import Meaning, Use
from learnin.initiatives.formats.fivew.reading import read
from learnin.initiatives.formats.fivew.writing import write_csv, write_template, write_workbook

__all__ = [
    "Codes",
    "Column",
    "ColumnMapping",
    "Kind",
    "Look",
    "Meaning",
    "Places",
    "Use",
    "Words",
    "look",
    "read",
    "write_csv",
    "write_geojson",
    "write_template",
    "write_workbook",
]
