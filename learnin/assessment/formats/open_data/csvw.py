"""Metadata that programs read: CSV on the Web (W3C, Metadata Vocabulary for Tabular Data, 17 December 2015)."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from .columns import Column, Table

CONTEXT = "http://www.w3.org/ns/csvw"
LICENCES: Mapping[str, str] = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
}


def metadata(
    tables: Sequence[Table],
    *,
    title: str,
    description: str,
    publisher: str,
    language: str,
    licence: str,
    day: date,
    made_from: Mapping[str, str],
) -> bytes:
    """The metadata of a group of tables as JSON.

    licence: its SPDX code. made_from: what the tables come from, each with a name and what it is.
    """
    told: dict[str, Any] = {
        "@context": [CONTEXT, {"@language": language}],
        "@type": "TableGroup",
        "dc:title": title,
        "dc:description": description,
        "dc:publisher": publisher,
        "dc:language": language,
        "dc:issued": {"@value": day.isoformat(), "@type": "xsd:date"},
        "dc:license": {"@id": LICENCES[licence]},
        "dc:provenance": [f"{name}: {said}" for name, said in made_from.items()],
        "dialect": {"encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "header": True, "headerRowCount": 1},
        "tables": [_table(one) for one in tables],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _table(of: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(one) for one in of.columns]}
    if of.key:
        schema["primaryKey"] = list(of.key)
    return {"@type": "Table", "url": of.name, "dc:title": of.title, "tableSchema": schema}


def _column(of: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"@type": "Column", "name": of.name, "titles": [of.name], "dc:title": of.title}
    if of.question:
        told["dc:description"] = of.question
    if of.values and of.datatype == "string":
        told["datatype"] = {"base": "string", "format": "|".join(_literal(value) for value, _label in of.values)}
    else:
        told["datatype"] = of.datatype
    if of.is_required:
        told["required"] = True
    return told


def _literal(value: str) -> str:
    """A value as a regular expression that matches nothing else.

    >>> _literal("a.b")
    'a\\\\.b'
    """
    return "".join(f"\\{letter}" if letter in r"\.^$*+?()[]{}|/-" else letter for letter in value)
