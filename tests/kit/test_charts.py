"""Charts: places from numbers, looks from trust, and never a number that is withheld."""

import re
from itertools import pairwise

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from learnin.compute.reading import Verdict
from learnin.kit import charts, show_charts
from learnin.kit.charts import AreaMap, Differences, Dots, Histogram, Mark, Rounds, Row, Stacks, Trust, Unit
from learnin.kit.charts.areas import FOLDER

ALL = [(name, picture) for name, _rule, picture in show_charts.CHARTS] + [("Map", show_charts.AREA_MAP)]
TABLES = [(name, picture) for name, picture in ALL if picture.twin()]
ANGRY = "<script>alert(1)</script>"
values = st.floats(-1e6, 1e6)


def drawn(picture: charts.Chart) -> str:
    return Template("{% chart picture %}").render(Context({"picture": picture}))


def _mark(value: float, *, half: float = 0.05, trust: Trust = Trust.SURE) -> Mark:
    return Mark(value, value - half, value + half, 100, trust)


@given(st.lists(values, min_size=1, max_size=20), st.booleans(), st.integers(3, 8))
def test_an_axis_holds_every_value_between_round_numbers(held: list[float], with_zero: bool, most: int) -> None:
    found = charts.scale(held, with_zero=with_zero, most_ticks=most)
    rounding = 1e-6 * max(1.0, *map(abs, held))
    assert found.low <= min(held) + rounding
    assert found.high >= max(held) - rounding
    assert (found.low, found.high) == (found.ticks[0], found.ticks[-1])
    assert 2 <= len(found.ticks) <= most
    assert all(before < after for before, after in pairwise(found.ticks))
    places = [found.at(value) for value in sorted(held)]
    assert all(0 <= place <= 100 for place in places)
    assert places == sorted(places)
    assert all(0 <= found.band(value) < len(found.ticks) - 1 for value in held)
    assert not with_zero or found.low <= 0 <= found.high


@pytest.mark.parametrize("trust", [Trust.WITHHELD, Trust.INEXACT, Trust.UNKNOWN])
def test_what_is_not_shown_carries_no_number(trust: Trust) -> None:
    with pytest.raises(ValueError):
        Mark(0.5, 0.4, 0.6, trust=trust)
    with pytest.raises(ValueError):
        Mark(n=3, trust=trust)
    with pytest.raises(ValueError):
        Stacks("x", ("no", "yes"), (("Group", (0.5, 0.5), Mark(trust=trust)),), "Who", against=1)
    assert not Mark(trust=trust).is_seen


@pytest.mark.parametrize(
    ("verdict", "is_withheld", "trust"),
    [
        (Verdict.SHOW, False, Trust.SURE),
        (Verdict.FLAG, False, Trust.UNSURE),
        (Verdict.WITHHOLD, False, Trust.INEXACT),
        (Verdict.SHOW, True, Trust.WITHHELD),
        (Verdict.WITHHOLD, True, Trust.WITHHELD),
    ],
)
def test_the_rules_decide_what_a_page_gets(verdict: Verdict, is_withheld: bool, trust: Trust) -> None:
    mark = Mark.read(verdict, value=0.5, low=0.4, high=0.6, n=30, is_withheld=is_withheld)
    assert mark.trust is trust
    assert (mark.value, mark.n) == ((0.5, 30) if trust in {Trust.SURE, Trust.UNSURE} else (None, None))


def test_what_is_shown_always_has_its_interval() -> None:
    with pytest.raises(ValueError):
        Mark(0.5)


def test_where_nobody_was_drawn_there_is_a_dot_and_no_interval() -> None:
    mark = Mark(0.5, n=30, has_margin=False)
    assert mark.interval(charts.Unit.SHARE) == ""
    picture = drawn(charts.Dots("Sure of it", (charts.Row("Town", mark),), of="Group"))
    assert "li-g-dot" in picture
    assert "li-g-int" not in picture
    with pytest.raises(ValueError):
        Mark(0.5, 0.4, 0.6, has_margin=False)


@pytest.mark.parametrize(("name", "picture"), ALL, ids=[name for name, _picture in ALL])
@pytest.mark.parametrize("language", ["en", "ru", "tr"])
def test_every_chart_is_well_formed_in_every_language(name: str, picture: charts.Chart, language: str) -> None:
    with translation.override(language):
        html = drawn(picture)
    tree = etree.fromstring(f"<div>{html.replace('&nbsp;', ' ')}</div>", parser=etree.XMLParser(recover=False))
    places = tree.xpath("//svg//@x | //svg//@x1 | //svg//@x2 | //svg//@y | //svg//@width")
    assert places or name == "Heat table"
    assert all(re.fullmatch(r"-?\d+(\.\d+)?%?", place) for place in places)
    assert "style=" not in html
    for svg in tree.xpath("//svg[not(ancestor::svg)]"):
        is_named = svg.get("role") == "img" and len(svg.xpath("title | desc")) == 2
        has_links = svg.get("role") == "group" and svg.get("aria-label") and svg.xpath(".//a[@aria-label]")
        assert svg.get("aria-hidden") == "true" or is_named or has_links


@pytest.mark.parametrize(("name", "picture"), TABLES, ids=[name for name, _picture in TABLES])
def test_the_table_says_every_number_of_the_picture(name: str, picture: charts.Chart) -> None:
    html = drawn(picture)
    figure, table = html.split("</figure>")
    twin = picture.twin()
    assert twin
    for row in twin.rows:
        for cell in filter(None, row):
            assert str(cell) in table
    numbers = re.findall(r"<strong><bdi>([^<]*%)</bdi></strong>", figure)
    told = " ".join(cell for row in twin.rows for cell in row)
    assert all(number in told for number in numbers)


def test_dots_are_sorted_and_the_whole_stands_in_its_place() -> None:
    rows = (Row("Low", _mark(0.2)), Row("Gone", Mark(trust=Trust.WITHHELD)), Row("All", _mark(0.4), is_whole=True))
    html = drawn(Dots("x", (*rows, Row("High", _mark(0.6))), "Group"))
    order = re.findall(r"<span>(High|All|Low|Gone)</span>", html)
    assert order == ["High", "All", "Low", "Gone"]
    assert html.count("li-g-ref") == 4
    assert html.count("li-dots__all") == 1


def test_each_trust_has_its_own_look_and_the_legend_shows_those_that_occur() -> None:
    marks = {trust: Mark(trust=trust) for trust in (Trust.WITHHELD, Trust.INEXACT, Trust.UNKNOWN)}
    marks[Trust.UNSURE] = _mark(0.3, trust=Trust.UNSURE)
    looks = {}
    for trust, mark in marks.items():
        html = drawn(Dots("x", (Row("A", _mark(0.5)), Row("B", mark)), "Group"))
        looks[trust] = re.findall(r"<li><span>B</span>.*?</li>", html, re.DOTALL)[0]
        legend = html.split("li-legend")[1].split("</ul>")[0]
        assert legend.count("<li>") == 2
    assert len({*looks.values()}) == 4
    assert "⊘" in looks[Trust.WITHHELD]
    assert "⊘" not in looks[Trust.INEXACT]
    assert "li-g-dot--unsure" in looks[Trust.UNSURE]
    assert all("li-g-dot" not in looks[trust] for trust in marks if trust is not Trust.UNSURE)
    assert "li-legend" not in drawn(Dots("x", (Row("A", _mark(0.5)),), "Group"))


def test_the_shape_says_whether_a_group_is_above_below_or_neither() -> None:
    rows = (Row("Up", _mark(0.2)), Row("Down", _mark(-0.2)), Row("Same", _mark(0.01)))
    picture = Differences("x", rows, "Group")
    twin = picture.twin()
    assert [row[0] + ": " + row[-1] for row in twin.rows] == [
        "Up: Clearly above",
        "Same: Cannot tell",
        "Down: Clearly below",
    ]
    outlines = re.findall(r' d="([^"]*)"', drawn(picture).split("li-legend")[0])
    assert len({*outlines}) == 3


def test_what_people_write_stays_text() -> None:
    pictures = (
        Dots(ANGRY, (Row(ANGRY, _mark(0.5)),), ANGRY, note=ANGRY),
        Rounds(ANGRY, (ANGRY, "b"), ((ANGRY, (_mark(0.1), _mark(0.2))),), ANGRY),
        Histogram(ANGRY, (0, 1, 2), (0.5, 0.5), ANGRY, before=(0.4, 0.6), names=(ANGRY, ANGRY)),
        AreaMap(ANGRY, charts.shapes("XA"), (Row("Velna", _mark(0.5)), Row(ANGRY, _mark(0.4))), ANGRY),
    )
    for picture in pictures:
        assert ANGRY not in drawn(picture)
        assert "&lt;script&gt;" in drawn(picture)


def test_answers_on_a_scale_meet_in_the_middle() -> None:
    rows = (("A", (0.1, 0.2, 0.4, 0.2, 0.1), _mark(0.3)),)
    picture = Stacks("x", tuple("abcde"), rows, "Who", against=2, neutral=True)
    assert picture.scale.low == pytest.approx(-0.5)
    assert picture.scale.high == pytest.approx(0.5)
    each = tuple(_mark(share) for share in rows[0][1])
    told = Stacks("x", tuple("abcde"), rows, "Who", against=2, neutral=True, marks=(each,)).twin()
    plain = picture.twin()
    assert "10%" in str(plain.rows)
    assert f"10% ({each[0].interval(Unit.SHARE)})" in str(told.rows)
    assert picture.looks == ("div-1", "div-2", "div-3", "div-4", "div-5")
    with pytest.raises(ValueError):
        Stacks("x", tuple("abcdef"), (), "Who", against=3)


def test_a_round_without_a_number_has_no_dot() -> None:
    gap = Mark(trust=Trust.INEXACT)
    picture = Rounds("x", ("1", "2", "3"), (("A", (_mark(0.1), gap, _mark(0.3))),), "Who", times=(0, 1, 3))
    html = str(picture.body())
    assert html.count("li-g-dot ") == 2
    assert html.count("li-g-path") == 1
    first, second, third = picture.places
    assert third - second == pytest.approx(2 * (second - first))


@pytest.mark.parametrize(
    "series", [(), tuple(("A", (Mark(trust=Trust.UNKNOWN),)) for _one in range(6)), (("A", ()),)], ids=len
)
def test_rounds_that_cannot_be_drawn_are_refused(series: tuple) -> None:
    with pytest.raises(ValueError):
        Rounds("x", ("1",), series, "Who")


def test_bars_that_do_not_fit_their_edges_are_refused() -> None:
    with pytest.raises(ValueError):
        Histogram("x", (0, 1, 2), (0.5,), "What")


@pytest.mark.parametrize("country", sorted(charts.COUNTRIES))
def test_every_country_has_a_small_map(country: str) -> None:
    found = charts.shapes(country)
    assert found.areas
    assert len({shape.path for shape in found.areas}) == len(found.areas)
    for shape in found.areas:
        numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", shape.path)]
        assert shape.path.startswith("M")
        assert max(numbers[::2]) <= found.width
        assert max(numbers[1::2]) <= found.height


def test_maps_are_small_and_there_are_those_of_the_programme() -> None:
    assert sum(file.stat().st_size for file in FOLDER.glob("*.json")) < 400_000
    assert len(charts.COUNTRIES) == 23
    with pytest.raises(LookupError):
        charts.shapes("../XA")


def test_an_area_is_found_in_any_script_and_not_guessed() -> None:
    serbia = charts.shapes("RS")
    assert serbia.named("Нишавски") == serbia.named("Nišavski")
    assert serbia.named("Нишавски") is not None
    assert serbia.named("Pomoravski") is None  # two areas have this name
    assert serbia.named("Nowhere") is None


def test_an_area_that_is_withheld_has_dots_and_no_shade() -> None:
    rows = (Row("Velna", _mark(0.5)), Row("Bren", Mark(trust=Trust.WITHHELD)))
    html = drawn(AreaMap("x", charts.shapes("XA"), rows, "Area", outlines={}, key="m"))
    bren = next(part for part in html.split("<g>") if "<title>Bren" in part)
    assert "li-areas__blank" in bren
    assert "url(#m-dots)" in bren
    assert "li-f-seq" not in bren.split("</g>")[0]


@pytest.mark.parametrize(
    ("unit", "value", "said", "bare"),
    [
        (Unit.SHARE, 0.383, "38%", "38"),
        (Unit.POINTS, 0.14, "+14 points", "+14"),
        (Unit.POINTS, -0.01, "−1 point", "−1"),
        (Unit.POINTS, 0.0, "0 points", "0"),
        (Unit.NUMBER, 3.14159, "3.14", "3.14"),
        (Unit.NUMBER, 41234.4, "41,234", "41,234"),
    ],
)
def test_numbers_are_written_with_their_unit(unit: Unit, value: float, said: str, bare: str) -> None:
    with translation.override("en"):
        assert unit.says(value) == said
        assert unit.bare(value) == bare


def test_few_counts_have_a_shade_each_and_many_share_them() -> None:
    few = charts.counts.shade_scale([1, 2, 2, 4])
    assert [charts.counts.shade(few, value) for value in (1, 2, 4)] == [1, 2, 4]
    assert [key.means for key in charts.counts.shade_keys(few, [1, 2, 4])] == ["1", "2", "4"]
    many = charts.counts.shade_scale([0, 3, 10])
    assert [key.means for key in charts.counts.shade_keys(many, [0, 3, 9])] == ["0 to 1", "2 to 3", "8 to 9"]
    assert [key.means for key in charts.counts.shade_keys(many, [10])] == ["8 to 10"]
    assert charts.counts.shade_keys(charts.counts.shade_scale([]), []) == []


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20))
def test_more_is_never_paler_and_every_shade_is_in_the_legend(held: list[int]) -> None:
    found = charts.counts.shade_scale(held)
    shades = [charts.counts.shade(found, value) for value in sorted(held)]
    assert shades == sorted(shades)
    assert set(shades) <= {1, 2, 3, 4, 5}
    assert len(charts.counts.shade_keys(found, held)) == len(set(shades))


def test_a_map_of_counts_links_hatches_and_says_the_same_in_its_table() -> None:
    page = drawn(show_charts.COUNT_MAP)
    drawing = page.split("</figure>")[0]
    assert drawing.count('<a href="?"') == 3
    assert "Isle of Bren: Nobody told us" in drawing
    assert "show-counts-stripes" in drawing
    table = page.split("<table")[1]
    assert "Nobody told us" in table
    assert all(name in table for name in ("Velna", "Sorin Valley", "Torin", "Isle of Bren"))


def test_a_span_with_an_open_end_looks_and_reads_so() -> None:
    page = drawn(show_charts.SPANS)
    assert page.count('class="li-g-bar li-g-bar--open"') == 3  # two strips and the legend
    assert "end not told" in page
    assert "beginning not told" in page
    whole = charts.Spans(caption="x", rows=show_charts.SPANS.rows[:1], of="y", today=show_charts.SPANS.today)
    assert "not told" not in drawn(whole)


def test_what_people_wrote_is_only_text_in_maps_and_spans() -> None:
    shapes = show_charts.COUNT_MAP.shapes
    angry = charts.CountMap(ANGRY, shapes, (charts.Counted("Velna", 1, ANGRY, ""),), ANGRY, ANGRY, ANGRY)
    assert "<script>" not in drawn(angry)
    span = charts.Span(ANGRY, show_charts.SPANS.today, None)
    assert "<script>" not in drawn(charts.Spans(ANGRY, (span,), ANGRY, show_charts.SPANS.today, note=ANGRY))


@pytest.mark.parametrize("values", [[], [0.0], [0.0, 0.0]])
def test_an_axis_of_shares_never_goes_below_nobody(values: list[float]) -> None:
    found = charts.scale(values, with_zero=True)
    assert (found.low, found.high) == (0, 1)
