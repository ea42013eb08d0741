"""The rules of CSV on the Web (W3C Recommendations of 17 December 2015) that our metadata and files must keep to.

Written from the Recommendations, not from the writer: what is wrong is told by the section that says so.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlparse

GROUP = {"@context", "@type", "@id", "dialect", "tables", "notes", "tableDirection", "tableSchema", "transformations"}
TABLE = {
    "@type",
    "@id",
    "url",
    "dialect",
    "notes",
    "suppressOutput",
    "tableDirection",
    "tableSchema",
    "transformations",
}
COLUMN = {
    "@type", "@id", "name", "titles", "suppressOutput", "virtual", "datatype", "default", "lang", "null", "ordered",
    "propertyUrl", "required", "separator", "textDirection", "valueUrl", "aboutUrl",
}  # fmt: skip
DIALECT = {
    "@type", "@id", "commentPrefix", "delimiter", "doubleQuote", "encoding", "header", "headerRowCount",
    "lineTerminators", "quoteChar", "skipBlankRows", "skipColumns", "skipInitialSpace", "skipRows", "trim",
}  # fmt: skip
DATATYPES = {
    "string": r"[\s\S]*",
    "integer": r"[-+]?\d+",
    "number": r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?|NaN|-?INF",
}
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.%]*")  # 5.6.1: a URI template variable that does not begin with "_"


def problems(metadata: bytes, files: Mapping[str, bytes]) -> list[str]:
    """What is wrong with the metadata, or with the files it describes."""
    return list(_problems(json.loads(metadata), files))


def _problems(told: Any, files: Mapping[str, bytes]) -> Iterator[str]:
    context = told["@context"]
    if context != "http://www.w3.org/ns/csvw" and context[0] != "http://www.w3.org/ns/csvw":
        yield "5.2 @context"
    if told.get("@type") != "TableGroup" or not told.get("tables"):
        yield "5.3.1 TableGroup has tables"
    yield from _unknown(told, GROUP, "5.3")
    yield from _unknown(told.get("dialect", {}), DIALECT, "5.9")
    licence = told.get("dc:license", {}).get("@id", "")
    if urlparse(licence).scheme != "https":
        yield "dc:license is a link"
    for table in told["tables"]:
        yield from _unknown(table, TABLE, "5.4")
        if table["url"] not in files:
            yield f"5.4.1 there is no {table['url']}"
        else:
            yield from _table(table, files[table["url"]])


def _unknown(told: Mapping[str, Any], known: set[str], section: str) -> Iterator[str]:
    yield from (f"{section} {key}" for key in told if key not in known and ":" not in key)


def _table(told: Mapping[str, Any], content: bytes) -> Iterator[str]:
    columns = told["tableSchema"]["columns"]
    names = [one["name"] for one in columns]
    if len(names) != len({*names}):
        yield "5.6 names of columns are unique"
    heading, *rows = list(csv.reader(io.StringIO(content.decode("utf-8"))))
    if heading != [one["titles"][0] for one in columns]:
        yield f"8 the heading of {told['url']} is not that of the metadata"
    for at, one in enumerate(columns):
        yield from _unknown(one, COLUMN, "5.6")
        if not NAME.fullmatch(one["name"]):
            yield f"5.6 name {one['name']}"
        for row in rows:
            yield from _cell(one, row[at])
    key = [names.index(one) for one in told["tableSchema"].get("primaryKey", [])]
    keys = [tuple(row[at] for at in key) for row in rows]
    if key and len(keys) != len({*keys}):
        yield f"5.5 the key of {told['url']} stands twice"


def _cell(told: Mapping[str, Any], text: str) -> Iterator[str]:
    datatype = told["datatype"]
    base = datatype["base"] if isinstance(datatype, dict) else datatype
    pattern = datatype.get("format") if isinstance(datatype, dict) else None
    if text == "":
        if told.get("required"):
            yield f"6.4 {told['name']} is required"
        return
    if not re.fullmatch(DATATYPES[base], text):
        yield f"6.4 {told['name']}: {text} is no {base}"
    if pattern is not None and not re.fullmatch(pattern, text):
        yield f"6.4.5 {told['name']}: {text} does not keep to {pattern}"
