"""The route of the needs assessment is worked out as docs/methods/route.md says: each line of its table."""

from datetime import date
from pathlib import Path

import pytest

from learnin.assessment import route
from learnin.assessment.queries.standing import Asked, One, Said, Standing
from learnin.people.models import Country
from learnin.programme import reader

METHOD = Path(__file__).parents[2] / "docs/methods/route.md"
MD = Country(code="MD")


def lines() -> list[dict[str, str]]:
    """The worked examples, by column."""
    text = METHOD.read_text(encoding="utf-8").split("## Worked examples of the needs assessment")[1]
    text = text.split("\n## ")[0]
    heads, _rule, *rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return [dict(zip(heads, [cell.strip() for cell in row], strict=True)) for row in rows]


def number(written: str) -> int:
    return int(written.replace("-", "0"))


def standing(line: dict[str, str]) -> Standing:
    """A country as the line tells it."""
    if line["Planned"] == "-":
        return Standing(country=MD, has_task_force=line["Task force"] == "yes")
    dimensions = [one.id for one in reader.current().dimensions][: int(line["Planned"])]
    asked = Asked(
        method=line["Group"],
        target=number(line["Target"]),
        has_questionnaire=line["Published"] == "yes",
        answers=number(line["Answers"]),
    )
    one = One(
        pk=1,
        title="Needs",
        coordinator=None,
        starts_on=date(2026, 1, 1),
        is_closed=line["Ends"] == "closed",
        has_consents=True,
        has_milestones=True,
        dimensions=frozenset(dimensions),
        asked=(asked,),
        samples=("Autumn",) * number(line["Samples"]),
        rounds=number(line["Rounds"]),
        ends_on=date.max if line["Ends"] == "closed" else date.fromisoformat(line["Ends"]),
    )
    return Standing(country=MD, assessments=(one,), said=said(line))


def said(line: dict[str, str]) -> Said:
    """What the country found, as the line tells it."""
    drafts, published, moved = (int(one) for one in line["Found"].replace("-", "0/0/0").split("/"))
    return Said(
        findings=drafts + published,
        published=published,
        dimensions=frozenset([one.id for one in reader.current().dimensions][: number(line["Dimensions"])]),
        moved=moved,
        is_discussed=line["Talked"] == "yes",
    )


@pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line['Step']} {line['Today']} {line['State']}")
def test_a_line_of_the_method(line: dict[str, str]) -> None:
    today = date.fromisoformat(line["Today"])
    assert route.steps(standing(line), today)[line["Step"]].state == line["State"]


def test_every_step_of_the_stage_has_a_rule_and_an_example() -> None:
    ids = [step.id for step in reader.current().steps_of(route.STAGE)]
    assert ids == list(route.RULES)
    assert set(ids) == {line["Step"] for line in lines()}
