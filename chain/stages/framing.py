"""The real register of schools becomes a frame; schools that are not at work are left out by their status."""

from chain.stages.taskforce import ANALYST
from chain.walk import Made, Walk, work
from learnin.assessment.operations import frames

REGION, RURAL, PLACES = "Регіон", "Сільський", "Ліцензовані обсяги"
MEANINGS = {
    "name": "Повна назва",
    "code": "Код в ЄДЕБО",
    "status": "Статус",
    "size": PLACES,
    "seconds": PLACES,
    "area": REGION,
    "address": "Фактична адреса",
}
CLOSED = ("призупинено",)


def frame(walk: Walk) -> Made:
    """Bring the list in, say its columns, make its units: as jobs, for it is long."""
    by, path = walk.people[ANALYST], walk.data / "frames" / "ua_schools.csv"
    with path.open("rb") as file:
        made = frames.add_list(
            walk.country, title="Register of schools", file=file, file_name=path.name, by=by, now=walk.ago(18)
        )
    work(made.job)
    made = frames.say_columns(made, mapping=MEANINGS, strata=(REGION, RURAL), by=by, now=walk.ago(18))
    made = frames.import_units(made, closed=CLOSED, groups={}, by=by, now=walk.ago(18))
    work(made.job)
    made.refresh_from_db()
    walk.frame = made
    aside = sum(made.report["set_aside"].values())
    return {"units": made.unit_count, "set aside": aside, "strata": len(made.report["cells"])}
