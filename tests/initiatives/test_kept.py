"""A record that was kept as JSON comes back the same."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from learnin.initiatives.formats.kept import as_json, from_json
from learnin.initiatives.formats.record import (
    Contact,
    Description,
    Identifier,
    Link,
    Money,
    Organisation,
    Party,
    People,
    Place,
    Purpose,
    Reach,
    Record,
    Region,
    Related,
    RelatedAs,
    Role,
    Share,
    Status,
    Text,
)

FULL = Record(
    identifier="XM-DAC-41122-7",
    titles=(Text("Digital skills", "en"), Text("Дигиталне вештине", "sr")),
    descriptions=(Description("For teachers", "en", Purpose.TARGET_GROUPS),),
    reporter=Organisation((Text("UNICEF"),), "XM-DAC-41122", "40", "UNICEF"),
    is_secondary=True,
    parties=(Party(Organisation((Text("Ministry"),)), Role.ACCOUNTABLE),),
    identifiers=(Identifier("P-1", "A1", "XM-DAC-41122"),),
    status=Status.IMPLEMENTATION,
    planned_start=date(2024, 1, 1),
    actual_end=date(2025, 1, 1),
    scope="4",
    countries=(Share("RS", Decimal("60")),),
    regions=(Region("89", Decimal("40"), name="Europe"),),
    places=(Place("RS", "RS-00", "Beograd", "RS00", "792680", 0.0, -0.5, Reach.BENEFICIARIES),),
    sectors=(Share("11130", Decimal("62.50")), Share("11220")),
    themes=("digital-skills",),
    audiences=("teachers",),
    components=("technology",),
    isced=("1",),
    sdg=("4.c",),
    people=(People("teachers", planned=0, reached=12),),
    money=(Money(Decimal("0.10"), "EUR", valued_on=date(2024, 1, 1)),),
    links=(Link("https://example.org", "Page", "text/html"),),
    contact=Contact(person="A. Primer", email="a@example.org"),
    related=(Related("X-2", RelatedAs.SIBLING),),
    language="en",
    updated_at=datetime(2026, 1, 1, 12, tzinfo=UTC),
)


def test_comes_back_the_same() -> None:
    assert from_json(json.loads(json.dumps(as_json(FULL)))) == FULL


def test_nothing_said_keeps_nothing() -> None:
    assert as_json(Record()) == {}
    assert from_json({}) == Record()


@given(st.builds(Record))
def test_any_record_comes_back(record: Record) -> None:
    assert from_json(json.loads(json.dumps(as_json(record)))) == record
