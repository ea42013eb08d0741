"""Indicators of the form, groups of the register, and one run of estimates."""

from django.utils import timezone

from chain.stages.framing import REGION, RURAL
from chain.stages.planning import AUDIENCE
from chain.stages.taskforce import ANALYST
from chain.walk import Made, Walk, work
from learnin.assessment.models import Grouping, Indicator, Run
from learnin.assessment.operations import estimates, indicators
from learnin.programme import reader

# code, name, definition: shares of two questions that everybody is asked, and of some that the form asks by role
INDICATORS = (
    ("first_time", "Apply for the first time",
     {"kind": "share", "question": "past_applications", "values": ["first_application"]}),
    ("succeeded", "Have been part of a project",
     {"kind": "share", "question": "past_applications", "values": ["successful"]}),
    ("gender", "Gender", {"kind": "shares", "question": "gender", "values": ["female", "male", "non_binary"]}),
    ("python", "Advanced in Python",
     {"kind": "share", "question": "python", "values": ["advanced", "expert"]}),
    ("cleaning", "Advanced in cleaning data",
     {"kind": "share", "question": "data_cleaning", "values": ["advanced", "expert"]}),
)  # fmt: skip
GROUPS = (("region", "Region", REGION), ("rural", "Village", RURAL))


def measure(walk: Walk) -> Made:
    """Add them, and have them worked out."""
    by = walk.people[ANALYST]
    dimensions = [one.id for one in reader.current().dimensions]
    for (code, label, definition), dimension in zip(INDICATORS, dimensions, strict=True):
        indicators.add(
            walk.assessment,
            instrument=walk.instrument,
            code=code,
            labels={"en": label},
            definition=definition,
            dimension=dimension,
            population=AUDIENCE,
            unit=Indicator.Unit.SHARE,
            by=by,
            now=timezone.now(),
        )
    for code, label, column in GROUPS:
        indicators.add_grouping(
            walk.assessment, code=code, labels={"en": label}, kind=Grouping.Kind.FRAME, name=column, by=by,
            now=timezone.now(),
        )  # fmt: skip
    run = estimates.begin(walk.assessment, by=by, now=timezone.now())
    work(run.job)
    run.refresh_from_db()
    if run.state != Run.State.DONE:
        raise RuntimeError(f"the run ended as {run.state}: {run.reason}")
    told = run.estimates.order_by("pk")
    withheld = told.exclude(withheld="").count()
    return {"indicators": len(INDICATORS), "groupings": len(GROUPS), "numbers": told.count(), "withheld": withheld}
