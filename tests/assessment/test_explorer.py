"""Results are explored, compared and taken along; whoever adds and subtracts all of it learns no withheld number."""

import io
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from learnin.assessment.models import Estimate, FrameUnit, Grouping, Round, Run, RunRound
from learnin.assessment.operations import reading as rules
from learnin.assessment.queries import estimates, explorer, reading
from learnin.assessment.queries.explorer import View, Wanted
from learnin.compute.disclosure import EVERYBODY, Cell, Group, attack, of_groups
from learnin.kit.charts import AreaMap, Dots, Heat, Panels, Rounds, Stacks, Trust, Unit
from tests.assessment import made_findings, made_indicators, made_plan
from tests.assessment.test_estimates import computed
from tests.assessment.test_estimates_api import fetch
from tests.assessment.test_reading import LINES
from tests.cast import NOW, Cast, as_

pytestmark = pytest.mark.django_db
LEVELS = {"kind": "shares", "question": "belief_1", "values": ["1", "2", "3"]}


@pytest.fixture
def run(cast: Cast) -> Run:
    """A run of twelve schools in three regions, by place inside region; the country shows small numbers."""
    round_ = made_indicators.surveyed(cast)
    made_indicators.indicator(round_, cast)
    made_indicators.indicator(round_, cast, code="each", labels={"en": "Each answer"}, definition=LEVELS)
    region = made_indicators.grouping(
        round_, cast, code="region", kind=Grouping.Kind.FRAME, name="Region", labels={"en": "Region"}
    )
    made_indicators.grouping(round_, cast, within=region)
    rules.change(round_.country, **LINES, reason="A small country.", by=cast.chair, now=NOW)
    return computed(round_, cast)


def url(run: Run, name: str = "explorer") -> str:
    """A page of the results."""
    return reverse(f"assessment:{name}", args=[run.assessment_id])


def sure(run: Run) -> int:
    """The number of an indicator."""
    return run.assessment.indicators.get(code="sure").pk


@pytest.mark.parametrize("name", ["explorer", "explorer_xlsx", "compare"])
def test_members_read_results(cast: Cast, run: Run, name: str) -> None:
    found = [as_(who).get(url(run, name)).status_code for who in (cast.chair, cast.member, cast.partner, cast.stranger)]
    assert found == [200, 200, 403, 404]


def charts(run: Run, **wanted: Any) -> list[Any]:
    """What is drawn."""
    return [chart for told in explorer.shown(run, Wanted(**wanted)) for chart in told.charts]


def test_numbers_are_drawn_as_asked(run: Run) -> None:
    each = run.assessment.indicators.get(code="each").pk
    assert [type(one) for one in charts(run)] == [Dots]
    assert [type(one) for one in charts(run, by="region")] == [Heat]
    assert [type(one) for one in charts(run, indicator=sure(run), by="region")] == [Dots]
    assert [type(one) for one in charts(run, indicator=sure(run), by="region|place", view=View.PANELS)] == [Panels]
    assert [type(one) for one in charts(run, indicator=each, by="region", view=View.SCALE)] == [Stacks]
    assert [type(one) for one in charts(run, indicator=each, by="region")] == [Dots] * 3
    (scale,) = charts(run, indicator=each, by="region", view=View.SCALE)
    for (_name, shares, _last), marks in zip(scale.rows, scale.marks, strict=True):
        assert [mark.value for mark in marks] == list(shares or ())
    assert charts(run, indicator=sure(run), by="region", view=View.ROUNDS) == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"view": "map"}, "Choose one indicator"),
        ({"view": "panels", "indicator": "sure", "split": "region"}, "one group inside another"),
        ({"view": "panels", "indicator": "sure", "split": "region|place"}, ""),
        ({"view": "scale", "indicator": "sure"}, "Only the answers of a scale"),
        ({"view": "scale", "indicator": "each"}, ""),
        ({"view": "map", "indicator": "sure", "split": "region"}, "the areas of the country"),
        ({"view": "rounds"}, "measured in two rounds"),
        ({}, ""),
    ],
)
def test_what_cannot_be_drawn_as_asked_says_what_it_takes(
    cast: Cast, run: Run, asked: dict[str, str], said: str
) -> None:
    known = {one.code: one.pk for one in run.assessment.indicators.all()}
    asked = {name: str(known.get(value, value)) for name, value in asked.items()}
    page = as_(cast.member).get(url(run), asked)
    told = page.context["instead"]
    assert bool(told) == bool(said)
    assert said in told
    assert told in page.content.decode()


def test_the_address_says_what_is_shown(cast: Cast, run: Run) -> None:
    asked = {"indicator": sure(run), "split": "region", "dimension": "expertise", "view": "dots"}
    page = as_(cast.member).get(url(run), asked)
    assert [one.caption for one in page.context["shown"][0].charts] == ["Sure of it"]
    assert page.context["form"].wanted == Wanted(dimension="expertise", indicator=sure(run), by="region")
    only = as_(cast.member).get(url(run), {"split": "region|place", "group": "region=North"}).context["shown"][0]
    assert {one.of.domain["region"] for one in only.lines} == {"North"}
    alone = as_(cast.member).get(url(run), {"group": "region=North"}).context["shown"][0]
    assert {one.of.key for one in alone.lines} == {"region=North"}
    split = as_(cast.member).get(url(run), {"split": "place", "group": "region=North"}).context["shown"][0]
    assert {one.of.by for one in split.lines} == {"region|place"}
    assert as_(cast.member).get(url(run), {"indicator": "none", "view": "cake"}).status_code == 200


def test_htmx_gets_the_charts_alone(cast: Cast, run: Run) -> None:
    part = as_(cast.member).get(url(run), {"split": "region"}, headers={"hx-request": "true"}).content.decode()
    assert "li-heat" in part
    assert "<form" not in part


def sheet(cast: Cast, run: Run, **asked: Any) -> list[dict[str, Any]]:
    """The rows of the workbook."""
    answer = as_(cast.member).get(url(run, "explorer_xlsx"), asked)
    rows = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    heads = next(rows)
    return [{head: None if value == "" else value for head, value in zip(heads, row, strict=True)} for row in rows]


def test_the_sheet_holds_what_the_page_shows(cast: Cast, run: Run) -> None:
    rows = sheet(cast, run, split="region", indicator=sure(run))
    told = {explorer.name_of(one): one for one in explorer.lines(run, Wanted(by="region", indicator=sure(run)))}
    assert {row["Group"] for row in rows} == told.keys()
    for row in rows:
        one = told[row["Group"]]
        assert row["Answers"] == one.of.n
        assert (row["Estimate"] is None) == (not one.is_seen)
        assert (row["From"] is None) == (not one.is_seen)
        assert row["How to read it"].startswith(one.sign)


def test_two_groups_are_compared_in_a_sentence(cast: Cast, run: Run) -> None:
    rules.change(
        run.assessment.country,
        **(LINES | {"least_answers": 2, "hidden_psus": 1}),
        reason="Less.",
        by=cast.chair,
        now=NOW,
    )
    (part,) = run.rounds.all()
    asked = {
        "number": f"{sure(run)}/",
        "first": f"{part.round_id}/place=town",
        "second": f"{part.round_id}/place=village",
    }
    compared = as_(cast.member).get(url(run, "compare"), asked).context["compared"]
    assert compared.found is not None
    assert "Town" in compared.sentence
    assert compared.found.low <= compared.found.difference <= compared.found.high
    same = as_(cast.member).get(url(run, "compare"), asked | {"second": asked["first"]})
    assert "second" in same.context["form"].errors


def test_numbers_that_are_no_shares_are_compared_with_their_values(cast: Cast, run: Run) -> None:
    of = Estimate.objects.filter(run=run, indicator=sure(run))
    of.update(n=60, n_psu=20, df=18, withheld="")
    run.assessment.indicators.filter(pk=sure(run)).update(unit="points")
    (part,) = run.rounds.all()
    asked = {"number": f"{sure(run)}/", "first": f"{part.round_id}/place=town", "second": f"{part.round_id}/"}
    page = as_(cast.member).get(url(run, "compare"), asked)
    compared = page.context["compared"]
    for part_of_it in ("Town", "Everybody", "The difference is"):
        assert part_of_it in compared.sentence
    for one in (compared.first, compared.second):
        assert Unit.NUMBER.says(one.of.estimate) in compared.sentence
    of.filter(key="place=town").update(n=8)
    doubtful = as_(cast.member).get(url(run, "compare"), asked).context["compared"]
    (row,) = doubtful.difference.rows
    assert row.mark.trust is Trust.UNSURE


def test_two_rounds_are_told_apart_by_their_names(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    run = made_findings.run(assessment, cast)
    of = made_findings.indicator(assessment, cast)
    first = made_findings.number(of, run, cast, n=100, df=30.0)
    town = {"domain": {"place": "town"}, "by": "place", "key": "place=town"}
    made_findings.number(of, run, cast, n=100, df=30.0, **town)
    later = NOW.replace(year=NOW.year + 2)
    again = made_plan.round_(of.instrument, cast, kind="census", opens_at=later)
    Round.objects.filter(pk=again.pk).update(title="Spring")
    part = RunRound.objects.create(run=run, round=again, is_probability=True, words={})
    for row in (first, run.estimates.get(key="place=town")):
        row.pk, row.of = None, part
        row.save()
    titles = [one.round.title for one in estimates.rounds_of(run)]
    assert "Spring" in titles
    earlier, later = (one.round_id for one in estimates.rounds_of(run))
    asked = {"number": f"{of.pk}/", "first": f"{earlier}/", "second": f"{later}/"}
    whole = as_(cast.member).get(url(run, "compare"), asked).context["compared"]
    assert [row.label for row in whole.both.rows] == titles
    (drawn,) = charts(run, indicator=of.pk, view=View.ROUNDS)
    assert isinstance(drawn, Rounds)
    asked["first"] = f"{earlier}/place=town"
    mixed = as_(cast.member).get(url(run, "compare"), asked).context["compared"]
    assert mixed.names == (f"{titles[0]}: town", f"{titles[1]}: Everybody")
    assert titles[0] in mixed.sentence


def test_two_that_differ_are_offered_first(cast: Cast, run: Run) -> None:
    form = as_(cast.member).get(url(run, "compare")).context["form"]
    assert form["second"].initial == form.fields["second"].choices[1][0]


def test_what_comes_of_an_open_link_is_marked_where_it_is_compared(cast: Cast, run: Run) -> None:
    (part,) = run.rounds.all()
    asked = {"number": f"{sure(run)}/", "first": f"{part.round_id}/place=town", "second": f"{part.round_id}/"}
    mark = "Not a probability sample"
    before = as_(cast.member).get(url(run, "compare"), asked).content.decode()
    run.rounds.update(is_probability=False)
    after = as_(cast.member).get(url(run, "compare"), asked)
    assert mark not in before.split("</form>")[0]
    assert mark in after.content.decode().split("<form")[-2]
    assert after.context["compared"].found is None


def test_a_sheet_of_an_open_link_calls_no_number_reliable(cast: Cast, run: Run) -> None:
    assert {row["How to read it"] for row in sheet(cast, run, indicator=sure(run))} & {"Reliable"}
    run.rounds.update(is_probability=False)
    rows = sheet(cast, run, indicator=sure(run))
    assert {row["How to read it"] for row in rows} & {"Reliable"} == set()
    assert all(row["Sample"].startswith("Not a probability sample") for row in rows)


def test_areas_of_the_country_are_drawn_on_its_map(cast: Cast) -> None:
    """The list of schools names two areas as the drawing does; the third is no area of the country."""
    round_ = made_indicators.surveyed(cast)
    made_indicators.indicator(round_, cast)
    named = {"North": "Severno-Bački", "South": "Топлички", "Lakes": "Lakes"}
    for unit in FrameUnit.objects.order_by("pk"):
        unit.strata["Region"] = named[unit.strata["Region"]]
        unit.save(update_fields=["strata"])
    made_indicators.grouping(
        round_, cast, code="region", kind=Grouping.Kind.FRAME, name="Region", labels={"en": "Region"}
    )
    rules.change(round_.country, **LINES, reason="A small country.", by=cast.chair, now=NOW)
    run = computed(round_, cast)
    (drawn,) = charts(run, indicator=sure(run), by="region", view=View.MAP)
    assert isinstance(drawn, AreaMap)
    told = {explorer.name_of(one): one.mark for one in reading.numbers(run, by=["region"])}
    assert {row.label: row.mark for row in drawn.rows} == {name: told[name] for name in list(named.values())[:2]}
    page = as_(cast.member).get(url(run), {"indicator": sure(run), "split": "region", "view": "map"}).content.decode()
    shapes = page.count("<path")
    assert shapes >= len(drawn.shapes.areas)
    for name in list(named.values())[:2]:
        assert name in page
    (dots,) = charts(run, indicator=sure(run), view=View.MAP)  # nobody's area: nothing to draw on the map
    assert isinstance(dots, Dots)


def test_what_is_withheld_is_not_compared(cast: Cast, run: Run) -> None:
    Estimate.objects.filter(run=run, key="place=town").update(withheld="complement")
    (part,) = run.rounds.all()
    asked = {"number": f"{sure(run)}/", "first": f"{part.round_id}/place=town", "second": f"{part.round_id}/"}
    compared = as_(cast.member).get(url(run, "compare"), asked).context["compared"]
    assert (compared.found, compared.first.of.estimate, compared.difference) == (None, None, None)


SIZES = (30, 2, 28, 21, 9, 35)


def _sized(run: Run) -> None:
    """Give the groups of a run sizes as a country has them: one group of two people, all else large."""
    inner = run.estimates.filter(by="region|place", level="").values_list("key", flat=True).order_by("order")
    sizes = dict(zip(inner, SIZES, strict=False))
    for row in run.estimates.all():
        wanted = {f"{code}={value}" for code, value in row.domain.items()}
        row.n = row.n_psu = sum(size for key, size in sizes.items() if wanted <= {*key.split("|")})
        row.n_hat, row.df, row.se = 10.0 * row.n, 30.0, 0.02
        row.estimate, row.ci_low, row.ci_high = 0.4, 0.36, 0.44
        row.save()
    rules.protect(run)


def _everything(cast: Cast, run: Run) -> dict[Cell, int]:
    """How many answered in every group of which a page, a sheet or a program tells it: all of them together."""
    told: dict[Cell, int] = {}
    for split in ("", "place", "region", "region|place"):
        page = as_(cast.member).get(url(run), {"split": split, "indicator": sure(run)})
        for one in page.context["shown"][0].lines:
            if one.of.n is not None:
                told[frozenset(one.of.domain.items())] = one.of.n
        names = {explorer.name_of(one): one for one in page.context["shown"][0].lines}
        for row in sheet(cast, run, split=split, indicator=sure(run)):
            if row["Answers"] is not None:
                told[frozenset(names[row["Group"]].of.domain.items())] = row["Answers"]
    for row in fetch(f"runs/{run.pk}/estimates", cast.member, limit=100).json()["items"]:
        if row["n"] is not None:
            told[frozenset(row["domain"].items())] = row["n"]
    return told


def test_pages_sheets_and_programs_together_tell_no_withheld_number(cast: Cast, run: Run) -> None:
    _sized(run)
    rows = run.estimates.filter(indicator__code="sure")
    truth = {
        frozenset(row.domain.items()): Group(frozenset(row.domain.items()), row.n, row.n_psu, row.n_hat) for row in rows
    }
    told = _everything(cast, run)
    withheld = truth.keys() - told.keys()
    (small,) = [cell for cell, group in truth.items() if group.n == SIZES[1]]
    assert small in withheld
    assert EVERYBODY in told
    rows = fetch(f"runs/{run.pk}/estimates", cast.member, limit=100).json()["items"]
    assert withheld == {frozenset(row["domain"].items()) for row in rows if row["trust"] == "withheld"}
    assert len(withheld) > 1
    tables = of_groups([truth[cell] for cell in truth])
    for cell in withheld:
        known = attack(tables, withheld, cell)
        assert known.n[1] - known.n[0] >= 1
        assert known.n[1] > truth[cell].n
    assert attack(tables, {small}, small).n == pytest.approx((2, 2))


def test_a_withheld_number_stands_nowhere(cast: Cast, run: Run) -> None:
    _sized(run)
    Estimate.objects.exclude(withheld="").filter(run=run).update(
        estimate=0.777123, ci_low=0.771, ci_high=0.779, n_hat=77712
    )
    for name in ("explorer", "results"):
        page = as_(cast.member).get(url(run, name), {"split": "region|place"}).content.decode()
        assert "⊘" in page
        assert "78" not in page.split("<main")[1].replace("#", "")
    assert "0.777" not in str(sheet(cast, run, split="region|place"))
    assert "0.777" not in fetch(f"runs/{run.pk}/estimates", cast.member, limit=100).content.decode()
    assert {one.trust for one in reading.numbers(run) if one.of.withheld} == {Trust.WITHHELD}
