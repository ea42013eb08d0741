"""Invented numbers of an invented country, for the charts on the page of all components."""

from datetime import date

from learnin.kit.charts import (
    AreaMap,
    Chart,
    Counted,
    CountMap,
    Differences,
    Dots,
    Dumbbells,
    Heat,
    Histogram,
    Mark,
    Panels,
    Rounds,
    Row,
    Span,
    Spans,
    Stacks,
    Trust,
    shapes,
)

WITHHELD, INEXACT = Mark(trust=Trust.WITHHELD), Mark(trust=Trust.INEXACT)


def _mark(value: float, low: float, high: float, n: int | None = None, *, unsure: bool = False) -> Mark:
    return Mark(value / 100, low / 100, high / 100, n, Trust.UNSURE if unsure else Trust.SURE)


AREAS = (
    Row("Sorin Valley", _mark(52, 45, 59, 250)),
    Row("Velna", _mark(47, 41, 53, 340)),
    Row("All of Arvenia", _mark(38, 34, 42, 2210), is_whole=True),
    Row("Torin", _mark(33, 16, 55, 40, unsure=True)),
    Row("Karst Uplands", _mark(24, 18, 31, 230)),
    Row("Isle of Bren", WITHHELD),
)
DOTS = Dots(
    caption="Teachers who have planned a blended lesson this term, by area",
    rows=AREAS,
    of="Area",
    note="Dot: estimate. Line: 95% interval. Dashed: all of Arvenia, 38%.",
)
DIFFERENCES = Differences(
    caption="The same, as the difference from all of Arvenia",
    rows=(
        Row("Sorin Valley", _mark(14, 7, 21)),
        Row("Velna", _mark(9, 2, 16)),
        Row("Torin", _mark(-5, -23, 13, unsure=True)),
        Row("Karst Uplands", _mark(-14, -21, -6)),
        Row("Isle of Bren", WITHHELD),
    ),
    of="Area",
    note="Dashed: no difference. All of Arvenia: 38%.",
)
DUMBBELLS = Dumbbells(
    caption="Teachers who feel sure when they teach online",
    names=("Town", "Village"),
    rows=(
        ("Primary school", _mark(52, 46, 58), _mark(39, 33, 45)),
        ("Lower secondary", _mark(58, 53, 63), _mark(41, 36, 46)),
        ("Upper secondary", _mark(61, 54, 68), _mark(48, 29, 67, unsure=True)),
        ("Vocational school", _mark(44, 36, 52), INEXACT),
    ),
    of="School",
)
STACKS = Stacks(
    caption="“My school helps me when the technology fails”",
    levels=("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"),
    rows=(
        ("Teachers in towns", (0.06, 0.14, 0.18, 0.40, 0.22), _mark(62, 57, 67, 1430)),
        ("Teachers in villages", (0.15, 0.27, 0.17, 0.29, 0.12), _mark(41, 36, 46, 740)),
        ("Principals", (0.03, 0.08, 0.11, 0.50, 0.28), _mark(78, 61, 89, 44, unsure=True)),
        ("Psychologists", None, WITHHELD),
    ),
    of="Who",
    against=2,
    neutral=True,
    note="Beside the bars: the share that agrees, and its 95% interval.",
)
PANELS = Panels(
    caption="What teachers miss most, by area",
    panels=tuple(
        (
            area,
            (
                Row("Time", _mark(*time)),
                Row("Devices", _mark(*devices)),
                Row("Support", _mark(*support, unsure=area == "Torin")),
            ),
        )
        for area, time, devices, support in (
            ("Velna", (61, 55, 67), (22, 17, 27), (35, 30, 41)),
            ("Sorin Valley", (54, 47, 61), (31, 25, 38), (41, 34, 48)),
            ("Karst Uplands", (38, 31, 45), (57, 49, 64), (44, 37, 51)),
            ("Torin", (49, 38, 60), (46, 36, 57), (52, 31, 73)),
        )
    ),
    of="What",
    by="Area",
)
HEAT = Heat(
    caption="What teachers do, by area",
    columns=("Velna", "Sorin Valley", "Karst Uplands", "Torin", "Isle of Bren"),
    rows=(
        (
            "Planned a blended lesson",
            (_mark(47, 41, 53), _mark(52, 45, 59), _mark(24, 18, 31), _mark(33, 16, 55, unsure=True), WITHHELD),
        ),
        (
            "Got feedback from a colleague",
            (_mark(31, 26, 36), _mark(36, 29, 43), _mark(18, 12, 24), INEXACT, WITHHELD),
        ),
        (
            "Adapted somebody’s lesson",
            (_mark(27, 22, 32), _mark(22, 16, 28), _mark(9, 5, 15), _mark(14, 4, 36, unsure=True), WITHHELD),
        ),
        (
            "Let students choose",
            (_mark(74, 69, 79), _mark(66, 59, 72), _mark(58, 50, 65), INEXACT, Mark(trust=Trust.UNKNOWN)),
        ),
    ),
    of="Indicator",
)
ROUNDS = Rounds(
    caption="Teachers who feel sure when they teach online, from round to round",
    rounds=("March 2024", "October 2025", "October 2026"),
    series=(
        ("Town", (_mark(44, 39, 49, 900), _mark(51, 46, 56, 1100), _mark(58, 53, 63, 1430))),
        ("Village", (_mark(30, 18, 42, 46, unsure=True), _mark(33, 28, 38, 610), _mark(41, 36, 46, 740))),
    ),
    times=(2024.2, 2025.8, 2026.8),
    of="Who",
    note="A longer wait between rounds is a longer way.",
)
HISTOGRAM = Histogram(
    caption="Weights before and after fitting to the census",
    edges=(0, 10, 20, 30, 40, 50, 60, 70, 80),
    after=(0.06, 0.19, 0.27, 0.21, 0.13, 0.08, 0.04, 0.02),
    before=(0.02, 0.12, 0.38, 0.30, 0.14, 0.04, 0.0, 0.0),
    names=("After", "Before"),
    of="People one answer stands for",
)
COUNT_MAP = CountMap(
    caption="Projects by area",
    shapes=shapes("XA"),
    rows=(
        Counted("Velna", 14, "14", "#map"),
        Counted("Sorin Valley", 3, "3", "#map"),
        Counted("Torin", 8, "8", "#map"),
        Counted("Isle of Bren", None, ""),
    ),
    of="Area",
    what="Projects",
    nothing="Nobody told us",
    key="show-counts",
)
SPANS = Spans(
    caption="When projects run",
    rows=(
        Span("Courses for teachers", date(2025, 3, 1), date(2027, 6, 30)),
        Span("Tablets", date(2026, 9, 1), None),
        Span("Radio lessons", None, date(2025, 12, 31)),
    ),
    of="Project",
    today=date(2026, 11, 23),
)
CHARTS: tuple[tuple[str, str, Chart], ...] = (
    ("Dot and interval", "The usual chart. Sorted by value, the whole country in its place.", DOTS),
    (
        "Difference",
        "Tested through the covariance, never by overlapping lines. The shape says the verdict.",
        DIFFERENCES,
    ),
    ("Dumbbell", "Two groups in each row, by shape and colour.", DUMBBELLS),
    ("Diverging bars", "Answers on a scale: against to the left, for it to the right of the middle.", STACKS),
    ("Small multiples", "More than five series, or one look for each area. One axis for all.", PANELS),
    ("Heat table", "Many by many. The number stands in its shade, hatched where it is unreliable.", HEAT),
    ("From round to round", "Intervals upright. A round without a number leaves a gap in the dots.", ROUNDS),
    ("Before and after", "How weights are spread: bars for after, the outline for before.", HISTOGRAM),
    ("Map of counts", "Plain counts, a link for each area, hatched where nobody told us.", COUNT_MAP),
    ("Spans", "From when to when, one strip each. An end that is not told is pale and dashed.", SPANS),
)


AREA_MAP = AreaMap(
    caption=DOTS.caption,
    shapes=shapes("XA"),
    rows=tuple(row for row in AREAS if not row.is_whole),
    of="Area",
    key="show-map",
)
