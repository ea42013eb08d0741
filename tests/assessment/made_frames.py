"""Lists of units and samples for tests, made by the operations of the pages."""

import io
from collections.abc import Sequence
from typing import Any

from learnin.assessment.models import Frame, Sample
from learnin.assessment.operations import frames, samples
from learnin.assessment.queries.samples import Design
from learnin.people.models import Country
from tests.cast import NOW, Cast

HEADING = "School,Code,Region,Rural,Status,Pupils,E-mail"


def csv(rows: int = 60) -> bytes:
    """A list of schools in three regions, some closed, some without a size."""
    lines = [HEADING]
    for at in range(rows):
        region = ("North", "South", "Lakes")[at % 3]
        status = "closed" if at % 20 == 19 else "open"
        pupils = "" if at % 15 == 7 else str(40 + 13 * (at % 17))
        lines.append(
            f"School {at + 1},S{at + 1:03},{region},{'yes' if at % 2 else 'no'},{status},{pupils},s{at}@example.org"
        )
    return "\n".join(lines).encode()


MEANINGS = {"name": "School", "code": "Code", "status": "Status", "size": "Pupils", "area": "Region", "email": "E-mail"}


def frame(
    cast: Cast, *, content: bytes | None = None, strata: Sequence[str] = ("Region", "Rural"), **more: Any
) -> Frame:
    """A list whose rows are units."""
    place: Country = more.pop("country", cast.home)
    file = io.BytesIO(csv() if content is None else content)
    found = frames.add_list(
        place, title="Register of schools", file=file, file_name="schools.csv", by=cast.regional, now=NOW
    )
    frames.say_columns(found, mapping=MEANINGS, strata=list(strata), by=cast.regional, now=NOW)
    return frames.import_units(found, closed=["closed"], groups={}, by=cast.regional, now=NOW)


def design(**more: Any) -> Design:
    """Twelve units in the strata of the region, by size."""
    plain = {"method": "pps_systematic", "size": 12, "allocation": "proportional", "strata": ("Region",), "reserves": 1}
    return Design(**(plain | more))


def sample(cast: Cast, of: Frame | None = None, *, seed: int | None = 7, **more: Any) -> Sample:
    """A sample of a list."""
    title = more.pop("title", "Schools, first draw")
    of = of or frame(cast)
    return samples.draw(of, title=title, assessment=None, design=design(**more), seed=seed, by=cast.regional, now=NOW)
