"""The route is worked out as docs/methods/route.md says: each line of its table, without a database."""

from datetime import date
from pathlib import Path

import pytest

from learnin.people.models import Country
from learnin.programme import reader
from learnin.taskforce import route
from learnin.taskforce.models import TaskForce
from learnin.taskforce.models.composition import PostKind
from learnin.taskforce.queries.standing import PostNow, SeatNow, Standing

METHOD = Path(__file__).parents[2] / "docs/methods/route.md"
MD = Country(code="MD")


def lines() -> list[dict[str, str]]:
    """The worked examples, by column."""
    text = METHOD.read_text(encoding="utf-8").split("## Worked examples")[1]
    heads, _rule, *rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return [dict(zip(heads, [cell.strip() for cell in row], strict=True)) for row in rows]


def day(written: str) -> date | None:
    return None if written == "-" else date.fromisoformat(written)


def standing(line: dict[str, str]) -> Standing:
    """A country as the line tells it; every constituency has a member, but for the seat that is empty."""
    since = day(line["Established"])
    if since is None:
        return Standing(country=MD)
    force = TaskForce(
        country=MD, established_on=since, established_by=line["By"].strip("-"), handed_over_on=day(line["Ended"])
    )
    seats = []
    for number, one in enumerate(reader.current().constituencies):
        empty = day(line["Empty since"]) if one.id == "parents" else None
        seats.append(
            SeatNow(
                pk=number,
                constituency=one.id,
                title=str(one.name),
                open_since=empty or since,
                appointed_on=None if empty else since,
            )
        )
    communities = [one.id for one in reader.current().components][: int(line["Communities"].replace("-", "0"))]
    posts = [PostNow(PostKind.COMMUNITY_COORDINATOR, component=id, name="Ana", starts_on=since) for id in communities]
    if line["Assessment"] == "yes":
        posts.append(PostNow(PostKind.ASSESSMENT_COORDINATOR, component="", name="Tomas", starts_on=since))
    first = day(line["First meeting"])
    return Standing(
        country=MD,
        task_force=force,
        seats=tuple(seats),
        posts=tuple(posts),
        held=1 if first else 0,
        sealed=int(line["Approved"].replace("-", "0")),
        first_held_on=first,
    )


@pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line['Step']} {line['Today']} {line['State']}")
def test_a_line_of_the_method(line: dict[str, str]) -> None:
    today = day(line["Today"])
    assert today
    assert route.steps(standing(line), today)[line["Step"]].state == line["State"]


def test_every_step_of_the_stage_has_a_rule_and_an_example() -> None:
    ids = [step.id for step in reader.current().steps_of(route.STAGE)]
    assert ids == list(route.RULES)
    assert set(ids) == {line["Step"] for line in lines()}


def test_the_limits_are_the_ones_that_are_written() -> None:
    text = METHOD.read_text(encoding="utf-8")
    for limit in (route.SEAT_DAYS, route.MEETING_DAYS, route.MINUTES_DAYS, route.POST_DAYS):
        assert f"{limit} days |" in text
