"""The route of the initiatives is worked out as docs/methods/route.md says, and from what is on record."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from learnin.initiatives import route
from learnin.initiatives.models import Initiative
from learnin.initiatives.queries.standing import Standing
from learnin.kit import route as registry
from learnin.kit.route import State
from learnin.people.models import Country
from tests.cast import NOW, Cast, as_
from tests.initiatives import made
from tests.taskforce import made as task_forces

TODAY = NOW.date()
METHOD = Path(__file__).parents[2] / "docs/methods/route.md"


def lines() -> list[list[str]]:
    """The table at the end of the page."""
    text = METHOD.read_text(encoding="utf-8").split("## Worked examples of the initiatives")[1]
    cells = [[cell.strip() for cell in line.strip("| ").split("|")] for line in text.splitlines() if line[:1] == "|"]
    return cells[2:]


@pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line[0]} {line[-1]}")
def test_worked_examples(line: list[str]) -> None:
    step, force, registered, confirmed, since, today, state = line
    here = Standing(
        country=Country(code="RS"),
        has_task_force=force == "yes",
        registered=int(registered),
        confirmed=int(confirmed),
        waits_since=None if since == "-" else date.fromisoformat(since),
    )
    assert route.steps(here, date.fromisoformat(today))[step].state == State(state)


@pytest.mark.django_db
def test_it_follows_from_the_register(cast: Cast) -> None:
    task_forces.full(cast)

    def step(today: date = TODAY) -> State:
        country = Country.objects.get(code="RS")  # as a page does, anew each time
        return route.progress([country], today)["RS"]["register-initiatives"].state

    assert route.STAGE in registry.built()
    assert step() == State.NEXT
    made.initiative(cast, "Half", is_draft=True)
    assert step() == State.NEXT
    made.initiative(cast, "Written")
    assert step() == State.DONE
    made.initiative(cast, "Imported", origin=Initiative.Origin.IATI)
    assert step() == State.DOING
    assert step(TODAY + timedelta(days=61)) == State.LATE
    shown = as_(cast.member).get(cast.home.url).content.decode()
    assert "2 initiatives in the register, 1 confirmed" in shown
    assert "2 initiatives in the register" not in as_(cast.partner).get(cast.home.url).content.decode()
