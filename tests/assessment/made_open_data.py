"""Open data for tests: a round with enough answers, the file made of it, and what stands in it."""

import csv
import io
import zipfile
from typing import Any

from learnin.assessment.models import Grouping, OpenData, Round, Run, RunRound
from learnin.assessment.operations import open_data as operations
from learnin.journal.operations import files
from tests.assessment import made_indicators, made_plan, made_weights
from tests.cast import NOW, Cast

DEFINITIONS: dict[str, dict[str, Any]] = {
    "sure": made_indicators.SURE,
    "shares": {"kind": "shares", "question": "belief_2", "values": ["1", "2", "3"]},
    "tools": {"kind": "multi", "question": "tools", "values": ["book", "tablet"]},
    "pupils": {"kind": "mean", "question": "size"},
    "all": {
        "kind": "index", "questions": [f"belief_{n}" for n in range(1, 7)], "least": 1, "most": 3, "needed": 4,
    },
}  # fmt: skip

OUTCOME: dict[str, Any] = {
    "rows": 120, "least_answers": 5, "least_psus": 3, "uniques": 1, "at_risk": 3, "smallest": 16, "stand_out": 0,
    "advice": [], "together": {"place": ["island", ""]},
    "groups": [["place", "Place", True], ["region", "Region", False]],
    "besides": {"region": 4}, "averaged": 20, "indicators": [["sure", "Sure", ""], ["pupils", "Pupils", "exact"]],
    "questions": {"name": "personal", "where": "place", "start": "moment"},
    "numbers": {"published": 12, "there": 9, "farthest": 0.004}, "files": {"answers.csv": 4818},
}  # fmt: skip


def surveyed(cast: Cast, **details: Any) -> Round:
    """Ten teachers of each of twelve schools in three regions answered; towns and villages are in every region."""
    round_ = made_weights.asked(cast, take=10, **details)
    round_.assessment = made_plan.assessment(cast)
    round_.save(update_fields=["assessment"])
    for at, one in enumerate(round_.invitations.order_by("number")):
        beliefs = "".join(f"<belief_{n}>{1 + (at * n + at // 7) % 3}</belief_{n}>" for n in range(1, 7))
        kind, tools = ("town", "book") if at % 5 < 3 else ("village", "tablet book" if at % 3 else "tablet")
        made_weights.answer(one, size=str(100 + at), kind=kind, tools=tools, beliefs=beliefs, name=f"Teacher {at}")
    for code, definition in DEFINITIONS.items():
        made_indicators.indicator(round_, cast, code=code, labels={"en": code.title()}, definition=definition)
    region = made_indicators.grouping(
        round_, cast, code="region", labels={"en": "Region"}, kind=Grouping.Kind.FRAME, name="Region"
    )
    made_indicators.grouping(round_, cast, within=region)
    return round_


def prepared(run: Run, cast: Cast, **more: Any) -> OpenData:
    """A file that was made and checked."""
    plain: dict[str, Any] = {"licence": "CC-BY-4.0", "language": "en", "by": cast.chair, "now": NOW}
    made = operations.prepare(run.rounds.get(), **plain | more)
    operations.make(made.pk, by=cast.chair, now=NOW)
    made.refresh_from_db()
    return made


def kept(part: RunRound, cast: Cast, *, state: str) -> OpenData:
    """A row with a file, as if it had been made: for pages that show one."""
    file = files.keep(
        b"PK", name="data.zip", media_type="application/zip", country=part.round.country, by=cast.chair, now=NOW
    )
    is_out = state == OpenData.State.PUBLISHED
    return OpenData.objects.create(
        round=part.round, part=part, language="en", seed=1, state=state, attachment=file, outcome=OUTCOME,
        made_by=cast.chair, made_at=NOW, published_by=cast.chair if is_out else None,
        published_at=NOW if is_out else None,
    )  # fmt: skip


def opened(of: OpenData) -> dict[str, bytes]:
    """Its files."""
    assert of.attachment is not None
    with of.attachment.file.open("rb") as file:
        return unzipped(file.read())


def unzipped(content: bytes) -> dict[str, bytes]:
    """The files of a ZIP."""
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        return {name: found.read(name) for name in found.namelist()}


def rows(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(content.decode())))
