"""Eighth chapter: what the teachers' questions bring is measured, teachers are split into groups, results computed."""

from typing import TYPE_CHECKING

from learnin.assessment.models import Assessment, Grouping
from learnin.assessment.operations import estimates, indicators

if TYPE_CHECKING:
    from learnin.demo.story import Story

AREA = {"en": "Area", "ru": "Область", "ro": "Zona", "sr": "Област", "tr": "Bölge", "ka": "მხარე"}
PLACE = {"en": "Where the school is", "ru": "Где находится школа", "ro": "Unde se află școala", "sr": "Где је школа",
         "tr": "Okulun yeri", "ka": "სად არის სკოლა"}  # fmt: skip


def tell(story: "Story") -> None:
    """Indicators from the question bank, groups by area and by place, and one run."""
    found = story.country.assessments.filter(rounds__isnull=False).distinct().order_by("pk")[0]
    by = story.people["tomas"]
    indicators.add_from_bank(found, by=by, now=story.ago(7))
    _split(found, story)
    run = estimates.begin(found, by=by, now=story.ago(6))
    estimates.compute(run.pk, by=by, now=story.ago(6))


def _split(assessment: Assessment, story: "Story") -> None:
    """By the area of the list of schools, and by what teachers say of the place."""
    ways = (("area", AREA, Grouping.Kind.FRAME, "Area"), ("place", PLACE, Grouping.Kind.QUESTION, "back_place"))
    for code, labels, kind, name in ways:
        indicators.add_grouping(
            assessment, code=code, labels=labels, kind=kind, name=name, by=story.people["tomas"], now=story.ago(7)
        )
