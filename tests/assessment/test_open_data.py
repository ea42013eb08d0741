"""Answers leave for everybody only where nobody stands out, and the file tells the numbers that are published."""

import io
import json
import shutil
import subprocess
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest
from django.urls import reverse

from learnin.assessment.models import Estimate, Grouping, OpenData, Round, Run
from learnin.assessment.operations import open_data as operations
from learnin.assessment.operations import reading as rules
from learnin.assessment.queries import open_data as queries
from learnin.compute import disclosure
from learnin.compute.disclosure import OTHER
from learnin.journal.models import Entry, Job
from learnin.people.models import Country
from learnin.people.roles import Kind
from tests.assessment import csvw_rules, made_indicators
from tests.assessment.made_open_data import opened, prepared, rows, surveyed, unzipped
from tests.assessment.test_estimates import computed
from tests.assessment.test_reading import LINES
from tests.cast import NOW, Cast, as_, person, role

pytestmark = pytest.mark.django_db
K, SCHOOLS = disclosure.DEFAULT.least_answers, disclosure.DEFAULT.least_psus


@pytest.fixture
def run(cast: Cast) -> Run:
    """Computed results of 120 teachers."""
    return computed(surveyed(cast), cast)


def test_a_row_shares_its_groups_and_its_weight_with_enough_people(cast: Cast, run: Run) -> None:
    made = prepared(run, cast)
    assert made.state == OpenData.State.READY
    assert made.groupings == ["region", "place"]
    frame = pl.read_csv(io.BytesIO(opened(made)["answers.csv"]), infer_schema_length=0)
    assert frame.height == 120
    known = ["group_region", "group_place", "weight"]
    for several in (some for size in (1, 2, 3) for some in combinations(known, size)):
        sizes = frame.group_by(several).len()["len"]
        assert sizes.min() >= K, several
    assert frame["row"].cast(pl.Int64).to_list() == list(range(1, 121))


def test_a_weight_is_shared_by_several_schools(cast: Cast, run: Run) -> None:
    """Before, each school had a weight of its own; the independent count goes through who answered where."""
    made = prepared(run, cast)
    own = {}
    for one in made.round.submissions.select_related("invitation__unit__unit", "invitation__person"):
        asked = one.invitation
        where = (asked.unit.unit.strata["Region"], one.data["school"]["kind"])
        own[one.pk] = (asked.unit_id, asked.person.weight, *where)
    by_weight = defaultdict(set)
    for unit, weight, region, kind in own.values():
        by_weight[region, kind, weight].add(unit)
    assert min(len(units) for units in by_weight.values()) == 1
    # Rows of a class in the order of their weights: averages of at least three schools keep that order.
    for (region, kind), given in _given(made).items():
        before = sorted((weight, unit) for unit, weight, *where in own.values() if where == [region, kind])
        at = 0
        for weight, count in sorted(Counter(given).items()):
            here = before[at : at + count]
            assert len({unit for _weight, unit in here}) >= SCHOOLS
            assert sum(one for one, _unit in here) / count == pytest.approx(weight)
            at += count


def _given(made: OpenData) -> dict[tuple[str, str], list[float]]:
    found = defaultdict(list)
    for row in rows(opened(made)["answers.csv"]):
        found[row["group_region"], row["group_place"]].append(float(row["weight"]))
    return found


def test_nobody_is_in_the_file_by_name_place_or_time(cast: Cast, run: Run) -> None:
    made = prepared(run, cast)
    everything = b"\n".join(opened(made).values()).decode()
    for one in made.round.submissions.select_related("invitation__unit__unit"):
        assert one.instance_id not in everything
        assert one.data["name"] not in everything
        assert one.invitation.unit.unit.name not in everything
    assert "44.8" not in everything
    assert "Math" not in everything
    assert "Математика" not in everything
    heading = opened(made)["answers.csv"].decode().splitlines()[0]
    assert heading.startswith("row,weight,group_region,group_place,sure,shares,tools__book,tools__tablet,all__belief_1")
    assert "pupils" not in heading  # exact numbers that few share
    questions = made.outcome["questions"]
    assert questions["name"] == "personal"
    assert questions["where"] == "place"
    assert questions["start"] == "moment"
    assert questions["lesson/subject"] == "repeated"


def test_the_order_of_rows_is_of_the_seed(cast: Cast, run: Run) -> None:
    made = prepared(run, cast)
    first = opened(made)
    OpenData.objects.filter(pk=made.pk).update(state="waiting", attachment=None)
    operations.make(made.pk, by=cast.chair, now=NOW)
    made.refresh_from_db()
    assert opened(made) == first
    OpenData.objects.filter(pk=made.pk).update(state="waiting", attachment=None, seed=made.seed + 1)
    operations.make(made.pk, by=cast.chair, now=NOW)
    made.refresh_from_db()
    again = [list(one.values())[1:] for one in rows(opened(made)["answers.csv"])]
    before = [list(one.values())[1:] for one in rows(first["answers.csv"])]
    assert again != before
    assert sorted(again) == sorted(before)


def test_the_file_tells_the_published_numbers(cast: Cast, run: Run) -> None:
    made = prepared(run, cast)
    files = opened(made)
    answers = pl.read_csv(io.BytesIO(files["answers.csv"]), schema_overrides={"shares": pl.String})
    published = rows(files["published.csv"])
    shown = {(one.indicator.code, one.level, one.key): one for one in run.estimates.select_related("indicator")}
    for row in published:
        assert float(row["estimate"]) == shown[row["indicator"], row["level"], row["group"]].estimate
    there = {(row["indicator"], row["level"], row["group"]): row for row in published if row["in_file"]}
    assert {one for one, _level, _group in there} == {"sure", "shares", "tools", "all"}
    for (code, level, group), row in there.items():
        here = answers
        for part in filter(None, group.split("|")):
            name, _is, value = part.partition("=")
            here = here.filter(pl.col(f"group_{name}") == value)
        values = {
            "sure": lambda one: one["sure"],
            "shares": lambda one, level=level: (one["shares"] == level).cast(pl.Float64),
            "tools": lambda one, level=level: one[f"tools__{level}"],
            "all": lambda one: pl.select(
                pl.mean_horizontal(*(one[f"all__belief_{n}"] for n in range(1, 7)))
            ).to_series(),
        }[code](here)
        mean = float((values * here["weight"]).sum() / here["weight"].sum())
        assert mean == pytest.approx(float(row["in_file"]), rel=1e-12)
        assert abs(mean - float(row["estimate"])) <= made.outcome["numbers"]["farthest"] * max(1, mean) + 1e-12
    assert made.outcome["numbers"]["there"] == len(there)
    assert made.outcome["numbers"]["farthest"] < 0.1


def test_the_metadata_keep_to_csv_on_the_web(cast: Cast, run: Run) -> None:
    files = opened(prepared(run, cast))
    assert csvw_rules.problems(files["csv-metadata.json"], files) == []
    told = json.loads(files["csv-metadata.json"])
    assert told["dc:license"]["@id"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [one["url"] for one in told["tables"]] == ["answers.csv", "published.csv", "codebook.csv"]
    broken = files["answers.csv"].replace(b"North", b"Nowhere", 1)
    assert csvw_rules.problems(files["csv-metadata.json"], {**files, "answers.csv": broken}) != []


def test_the_codebook_names_every_column_and_value(cast: Cast, run: Run) -> None:
    files = opened(prepared(run, cast))
    book = rows(files["codebook.csv"])
    named = {row["column"] for row in book if row["file"] == "answers.csv"}
    assert named == {*rows(files["answers.csv"])[0]}
    values = {(row["column"], row["value"]): row["label"] for row in book if row["value"]}
    assert values["group_place", "town"] == "Town"
    assert values["shares", "2"] == "Partly"
    for row in rows(files["answers.csv"]):
        assert ("shares", row["shares"]) in values
    readme = files["README.md"].decode()
    assert "https://creativecommons.org/licenses/by/4.0/" in readme
    assert "Town" in files["codebook.md"].decode()


def test_the_script_is_of_these_files(cast: Cast, run: Run, tmp_path: Path) -> None:
    files = opened(prepared(run, cast))
    script = files["reproduce.R"].decode()
    assert script.count("check_share(") >= 12
    assert script.index("published.csv") < script.index("\nfinish(")
    if not shutil.which("Rscript"):
        pytest.skip("Rscript is not installed: the script was written, and not run")
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    done = subprocess.run(["Rscript", "reproduce.R"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_small_groups_are_told_together(cast: Cast) -> None:
    round_ = surveyed(cast)
    for one in round_.submissions.order_by("instance_id")[:2]:
        one.data["school"]["kind"] = "island"
        one.save(update_fields=["data"])
    made = prepared(computed(round_, cast), cast)
    told = rows(opened(made)["answers.csv"])
    assert "island" not in {row["group_place"] for row in told}
    assert made.outcome["together"]["place"] == ["island", "village"]
    assert Counter(row["group_place"] for row in told)[OTHER] >= K


def test_people_who_would_stand_out_are_not_given_away(cast: Cast) -> None:
    """In one region a single teacher works in a village: with both groups she would be known."""
    round_ = surveyed(cast)
    north = round_.submissions.filter(invitation__unit__unit__strata__Region="North").order_by("instance_id")
    for at, one in enumerate(north):
        one.data["school"]["kind"] = "town" if at else "village"
        one.save(update_fields=["data"])
    Grouping.objects.update(within=None)  # no table crosses them, the file would
    run = computed(round_, cast)
    refused = prepared(run, cast, groupings=["region", "place"])
    assert refused.state == OpenData.State.REFUSED
    assert refused.attachment is None
    page = as_(cast.chair).get(reverse("assessment:open_data", args=[refused.pk])).content.decode()
    assert "People would stand out in this file" in page
    assert "Without “Place” 0 rows stand out." in page
    with pytest.raises(operations.NotPublishable):
        operations.publish(refused, by=cast.chair, now=NOW)
    safe = prepared(run, cast)
    assert safe.state == OpenData.State.READY
    assert len(safe.groupings) == 1


def test_tables_that_withhold_everything_leave_nothing_to_give(cast: Cast) -> None:
    """The same, and a table crosses both groups: whatever the file told would give its withheld cell away."""
    round_ = surveyed(cast)
    north = round_.submissions.filter(invitation__unit__unit__strata__Region="North").order_by("instance_id")
    for at, one in enumerate(north):
        one.data["school"]["kind"] = "town" if at else "village"
        one.save(update_fields=["data"])
    refused = prepared(computed(round_, cast), cast, groupings=["region", "place"])
    assert (refused.state, refused.indicators) == (OpenData.State.REFUSED, [])
    page = as_(cast.chair).get(reverse("assessment:open_data", args=[refused.pk])).content.decode()
    assert "No indicator is left" in page


def test_an_indicator_with_a_withheld_number_stays(cast: Cast) -> None:
    """Only four people of a region answered one question: nobody may see their share, in no way."""
    round_ = surveyed(cast)
    north = round_.submissions.filter(invitation__unit__unit__strata__Region="North").order_by("instance_id")
    for one in north[4:]:
        one.data["belief_1"] = ""
        one.save(update_fields=["data"])
    run = computed(round_, cast)
    assert Estimate.objects.get(run=run, indicator__code="sure", key="region=North").withheld
    made = prepared(run, cast, groupings=["region"])
    assert "sure" not in made.indicators
    assert "shares" in made.indicators
    assert "sure" not in rows(opened(made)["answers.csv"])[0]
    without = prepared(run, cast, groupings=["place"])
    assert "sure" in without.indicators


def test_no_withheld_number_can_be_worked_out_of_the_file(cast: Cast) -> None:
    """The attack: every group of up to two columns is counted in the file, and none that tables withhold is there."""
    round_ = surveyed(cast)
    for at, one in enumerate(round_.submissions.order_by("instance_id")):
        if at % 6:
            one.data["belief_1"] = ""
        if at in (3, 4, 5):
            one.data["school"]["kind"] = "island"
        one.save(update_fields=["data"])
    run = computed(round_, cast)
    withheld = {(one.indicator.code, one.key) for one in run.estimates.select_related("indicator") if one.withheld}
    assert withheld
    made = prepared(run, cast)
    answers = rows(opened(made)["answers.csv"])
    columns = [name for name in answers[0] if name.startswith("group_")]
    groups = [some for size in (0, 1, 2) for some in combinations(columns, size)]
    told = {
        (code, "|".join(f"{name.removeprefix('group_')}={row[name]}" for name in some))
        for row in answers
        for some in groups
        for code in made.indicators
    }
    assert not told & withheld


def test_an_indicator_that_tells_a_group_stays_with_it(cast: Cast) -> None:
    round_ = surveyed(cast)
    made_indicators.indicator(
        round_, cast, code="towns", definition={"kind": "share", "question": "kind", "values": ["town"]}
    )
    run = computed(round_, cast)
    assert "towns" in prepared(run, cast, groupings=["place"]).indicators
    assert "towns" not in prepared(run, cast, groupings=["region"]).indicators


def test_answers_that_changed_since_are_not_given(cast: Cast, run: Run) -> None:
    one = run.rounds.get().round.submissions.order_by("pk")[0]
    one.data["belief_1"] = str(4 - int(one.data["belief_1"])) if one.data["belief_1"] != "2" else "1"
    one.save(update_fields=["data"])
    made = prepared(run, cast)
    assert made.state == OpenData.State.REFUSED
    assert "Compute again" in str(queries.check(made))


def test_it_is_published_withdrawn_and_never_told_in_more_detail(cast: Cast, run: Run) -> None:
    public = reverse("home:public_data", args=[cast.home.pk, 1])
    nobody = as_(None)
    assert nobody.get(public).status_code == 404
    Country.objects.filter(pk=cast.home.pk).update(public_since=NOW)
    made = prepared(run, cast, groupings=["region"])
    public = reverse("home:public_data", args=[cast.home.pk, made.pk])
    assert nobody.get(public).status_code == 404
    as_(cast.chair).post(reverse("assessment:publish_open_data", args=[made.pk]))
    answer = nobody.get(public)
    assert unzipped(b"".join(answer.streaming_content)) == opened(made)
    page = nobody.get(reverse("home:public_findings", args=[cast.home.pk])).content.decode()
    assert public in page
    told = nobody.get(reverse("home:public_findings_json", args=[cast.home.pk])).json()["open_data"]
    assert told[0]["url"] == public
    assert told[0]["rows"] == 120
    with pytest.raises(operations.NotPublishable, match="Withdraw it first"):
        operations.publish(prepared(run, cast, groupings=["region"]), by=cast.chair, now=NOW)
    as_(cast.chair).post(reverse("assessment:withdraw_open_data", args=[made.pk]))
    assert nobody.get(public).status_code == 404
    with pytest.raises(operations.NotPublishable, match="side by side"):
        operations.publish(prepared(run, cast, groupings=["place"]), by=cast.chair, now=NOW)
    operations.publish(prepared(run, cast, groupings=[]), by=cast.chair, now=NOW)
    verbs = Entry.objects.filter(verb__startswith="open_data.").order_by("pk").values_list("verb", flat=True)
    assert [*verbs][:4] == ["open_data.prepared", "open_data.checked", "open_data.published", "open_data.prepared"]


def test_a_file_of_old_numbers_or_milder_rules_is_not_published(cast: Cast, run: Run) -> None:
    made = prepared(run, cast)
    rules.change(cast.home, **LINES | {"hidden_answers": 8}, reason="A small country.", by=cast.chair, now=NOW)
    with pytest.raises(operations.NotPublishable, match="changed since"):
        operations.publish(made, by=cast.chair, now=NOW)
    stricter = prepared(run, cast)
    assert stricter.outcome["least_answers"] == 8
    computed(run.rounds.get().round, cast)
    with pytest.raises(operations.NotPublishable, match="changed since"):
        operations.publish(stricter, by=cast.chair, now=NOW)
    assert Run.objects.filter(pk=run.pk).exists()


def test_an_open_link_stays_marked(cast: Cast) -> None:
    round_ = surveyed(cast)
    Round.objects.filter(pk=round_.pk).update(kind=Round.Kind.OPEN, sample=None)
    round_.refresh_from_db()
    made = prepared(computed(round_, cast), cast)
    files = opened(made)
    assert "Not a probability sample" in files["README.md"].decode()
    assert "Not a probability sample" in json.loads(files["csv-metadata.json"])["dc:description"]
    assert {row["se"] for row in rows(files["published.csv"])} == {""}


def test_who_may_make_see_and_publish_it(cast: Cast, run: Run) -> None:
    start = reverse("assessment:prepare_open_data", args=[run.assessment_id])
    asked = {"part": run.rounds.get().pk, "how": "safe", "licence": "CC0-1.0", "language": "en"}
    for who, code in ((cast.member, 403), (cast.partner, 403), (cast.stranger, 404)):
        assert as_(who).get(start).status_code == code
        assert as_(who).post(start, asked).status_code == code
    analyst = person("Analyst")
    role(analyst, Kind.ANALYST, cast.home)
    answer = as_(analyst).post(start, asked)
    made = OpenData.objects.get()
    assert answer.url == reverse("assessment:open_data", args=[made.pk])
    assert "is being made" in as_(analyst).get(answer.url).content.decode()
    assert made.job == Job.objects.get(name__endswith="open_data.make")
    operations.make(made.pk, by=analyst, now=NOW)
    made.refresh_from_db()
    for name, method in (("open_data", "get"), ("open_data_file", "get"), ("publish_open_data", "post")):
        url = reverse(f"assessment:{name}", args=[made.pk])
        assert getattr(as_(cast.stranger), method)(url).status_code == 404
        assert getattr(as_(cast.member), method)(url).status_code == 403
    assert as_(analyst).post(reverse("assessment:publish_open_data", args=[made.pk])).status_code == 403
    page = as_(analyst).get(answer.url).content.decode()
    assert "Publish for everybody" not in page
    assert "Publish for everybody" in as_(cast.chair).get(answer.url).content.decode()
    file = as_(cast.chair).get(reverse("assessment:open_data_file", args=[made.pk]))
    assert unzipped(b"".join(file.streaming_content)) == opened(made)


def test_chosen_groups_and_indicators_go_along(cast: Cast, run: Run) -> None:
    made = prepared(run, cast, groupings=["place"], indicators=["sure"])
    assert [*rows(opened(made)["answers.csv"])[0]] == ["row", "weight", "group_place", "sure"]
    page = as_(cast.chair).get(reverse("assessment:open_data", args=[made.pk])).content.decode()
    assert "it was not chosen" in page
