"""What answers say: as it was worked out, or worked out on the fly where nobody has done so yet."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from learnin.assessment.formats import submission_xml
from learnin.assessment.formats.submission_xml import Shape, Unreadable, Worked
from learnin.assessment.models import Submission, SubmissionFile, Version

WORKED_OUT = (
    "data", "worked_out_at", "started_at", "ended_at", "latitude", "longitude", "has_all_files",
)  # fmt: skip


@lru_cache(maxsize=64)
def shape_of(xform: str) -> Shape:
    """The shape of the answers to a form; an unreadable form has none, and its answers keep every value."""
    try:
        return submission_xml.shape(xform)
    except Unreadable:
        return Shape()


def shapes(submissions: Iterable[Submission]) -> dict[int, Shape]:
    """The shape of each version that these answer."""
    wanted = {one.version_id for one in submissions}
    return {pk: shape_of(xform) for pk, xform in Version.objects.filter(pk__in=wanted).values_list("pk", "xform")}


def file_names(submissions: Iterable[Submission]) -> dict[int, set[str]]:
    """The files that came with each of these."""
    found: dict[int, set[str]] = {}
    rows = SubmissionFile.objects.filter(submission__in=[one.pk for one in submissions])
    for pk, name in rows.values_list("submission_id", "name"):
        found.setdefault(pk, set()).add(name)
    return found


def unfolded(submission: Submission, shape: Shape) -> Worked:
    """What the answer says. It was read before it was kept, so it can be read."""
    return submission_xml.work_out(bytes(submission.xml), shape)


def data_of(submission: Submission) -> dict[str, Any]:
    """The values of an answer, also in the minute before they are worked out."""
    if submission.worked_out_at and submission.data is not None:
        return submission.data
    return unfolded(submission, shape_of(submission.version.xform)).data
