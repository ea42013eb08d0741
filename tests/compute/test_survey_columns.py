"""Columns that are read as they lie, by no engine: the same numbers to the last bit as an engine's; and what cannot be
read so is not."""

import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import ibis
import numpy as np
import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq
import pytest

from learnin.compute import survey
from learnin.compute.survey import columns, looks, placing, sources
from learnin.compute.survey.refusals import CannotEstimate
from tests.compute.made_answers import answers, changed

DESIGN = survey.Design("w", strata="stratum", stages=(survey.Stage("school"),))
ITEMS = [
    survey.Mean("y"),
    survey.Total("one"),
    survey.Variance("y"),
    survey.Mean("two"),
    survey.Mean("flag"),
    survey.Proportion("flag"),
    survey.Proportion("said"),
    survey.Count("said"),
    survey.Count("other"),
    survey.Count(),
    survey.Mean("w", name="the weight itself"),
]
BY = [(), ("region",), ("said", "region"), ("one",)]


def laid(data: pa.Table, folder: Path, rows: int = 70) -> Path:
    """The answers as a Parquet file in many parts, the last of them short."""
    pq.write_table(data, folder / "answers.parquet", row_group_size=rows)
    return folder / "answers.parquet"


def needs_no_engine(source: sources.Source, design: survey.Design = DESIGN) -> survey.Table:
    """The estimates, for which no engine was started, and which are those of one that adds up itself."""
    table = sources.opened(source)
    found = same(table, source, design)
    assert "_engine" not in vars(table.get_backend())
    return found


def same(table: sources.Source, source: sources.Source, design: survey.Design = DESIGN) -> survey.Table:
    """The estimates, which must be those of an engine that adds up itself."""
    found = survey.estimate(table, design, ITEMS, BY)
    rows = pa.concat_tables([pq.read_table(one) for one in source]) if isinstance(source, list) else None
    rows = rows or (source if isinstance(source, pa.Table) else pq.read_table(source))
    theirs = survey.estimate(ibis.memtable(rows), design, ITEMS, BY)
    assert [str(row) for row in found.rows] == [str(row) for row in theirs.rows]
    assert found.provenance.data == theirs.provenance.data
    assert np.array_equal(found.vcov(item="mean(y)"), theirs.vcov(item="mean(y)"), equal_nan=True)
    return found


def test_no_engine_is_needed(tmp_path: Path) -> None:
    found = needs_no_engine(laid(answers(500), tmp_path))
    assert found.of("mean(y)").n < 500
    assert found.provenance.engine == "duckdb"


@pytest.mark.parametrize("share", [0.0, 0.1, 0.9, 1.0])
@pytest.mark.parametrize("kind", ["int8", "uint8", "bool", "int64"])
def test_few_and_many_who_say_yes(share: float, kind: str, tmp_path: Path) -> None:
    chance, data = np.random.default_rng(3), answers(500)
    yes = pa.array((chance.random(500) < share).astype(kind), mask=chance.random(500) < 0.1)
    found = needs_no_engine(laid(changed(data, "flag", yes), tmp_path))
    assert found.of("mean(flag)").estimate == found.of("proportion(flag)").estimate == pytest.approx(share, abs=0.1)


def test_ones_with_a_sign_are_no_flags(tmp_path: Path) -> None:
    signed = np.random.default_rng(3).integers(-1, 2, 500).astype("int8")
    data = changed(answers(500), "one", signed)
    assert needs_no_engine(laid(data, tmp_path)).of("total(one)").estimate == pytest.approx(
        float((signed * data["w"].to_numpy()).sum())
    )


@pytest.mark.parametrize("start", [1, 7, 8, 13])
def test_columns_that_begin_within_a_byte(start: int) -> None:
    data = answers(300)
    words = changed(data, "region", data["region"].combine_chunks().dictionary_encode())
    assert needs_no_engine(words.slice(start)).of("count").n == 300 - start


def test_nor_is_it_loaded(tmp_path: Path) -> None:
    script = (
        "import sys; from learnin.compute.survey import Design, Mean, Proportion, Stage, estimate; "
        "design = Design('w', strata='stratum', stages=(Stage('school'),)); "
        "estimate(sys.argv[1], design, [Mean('y'), Proportion('flag')], [(), ('region',)]); "
        "print([one for one in ('duckdb', 'pandas', 'pyarrow.compute') if one in sys.modules])"
    )
    asked = [sys.executable, "-c", script, str(laid(answers(300), tmp_path))]
    assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_several_files(tmp_path: Path) -> None:
    data, files = answers(500), []
    for at, start in enumerate((0, 130, 131, 400)):
        (tmp_path / str(at)).mkdir()
        files.append(laid(data.slice(start, [130, 1, 269, 100][at]), tmp_path / str(at)))
    assert needs_no_engine(files).of("count").n == 500


def test_rows_in_memory_with_words_as_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    data = answers(500)
    small = pa.dictionary(pa.int8(), pa.string())
    many = pa.array([f"far {at}" for at in range(120)]).dictionary_encode().cast(small)
    words = data["region"].combine_chunks().dictionary_encode().cast(small)
    monkeypatch.setattr(columns, "PART", 170)
    pieces = pa.chunked_array([words[:100], many, many, words[340:]])
    found = needs_no_engine(changed(data, "region", pieces))
    assert 0 < found.of("mean(y)", region="far 7").n <= 2


def test_weights_of_zero_are_drawn_and_do_not_answer(tmp_path: Path) -> None:
    data = answers(300)
    w = data["w"].to_numpy().copy()
    w[::7] = 0
    assert needs_no_engine(laid(changed(data, "w", w), tmp_path)).of("the weight itself").n == 257


@pytest.mark.parametrize("nested", [False, True], ids=["a school says its stratum", "numbers start again in each"])
def test_units_in_strata(nested: bool, tmp_path: Path) -> None:
    data = answers(600)
    if nested:
        data = changed(data, "school", [school % 6 for school in data["school"].to_pylist()])
    design = survey.Design("w", strata="stratum", stages=(survey.Stage("school"),), nested=nested)
    assert needs_no_engine(laid(data, tmp_path), design).of("mean(y)").n_psu == 24


def staged(data: pa.Table) -> tuple[pa.Table, survey.Design]:
    """Answers drawn in two stages, with how many exist at each."""
    school = np.array(data["school"].to_pylist())
    schools = np.where(school // 6 == 0, 9.0, 40.0)
    data = data.append_column("schools", pa.array(schools)).append_column("classes", pa.array(3 + school % 2))
    stages = (survey.Stage("school", fpc="schools"), survey.Stage("flag", fpc="classes"))
    whole = changed(data, "flag", [one or 0 for one in data["flag"].to_pylist()])
    return whole, survey.Design("w", strata="stratum", stages=stages)


def test_how_many_exist(tmp_path: Path) -> None:
    data, design = staged(answers(600))
    assert needs_no_engine(laid(data, tmp_path), design).of("mean(y)").n_psu == 24


@pytest.mark.parametrize(
    ("last", "code"), [(None, "fpc_missing"), (np.nan, "fpc_missing"), (41.0, "fpc_varies")], ids=str
)
def test_how_many_exist_is_looked_at(last: float | None, code: str, tmp_path: Path) -> None:
    data, design = staged(answers(600))
    data = changed(data, "schools", [*data["schools"].to_pylist()[:-1], last])
    for source in (laid(data, tmp_path), ibis.memtable(data)):
        with pytest.raises(CannotEstimate) as refused:
            survey.estimate(source, design, ITEMS)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("column", "last"),
    [
        ("y", 1.23456),
        ("y", 1e7),
        ("y", 1 / 3),
        ("two", np.nan),
        ("w", 0.0),
        ("w", 12.345678),
        ("w", 9.5),
        ("two", 70.25),
    ],
)
def test_a_surprise_after_the_first_rows_changes_no_number(column: str, last: float, tmp_path: Path) -> None:
    data = answers(looks.GUESS + 200)
    file = laid(changed(data, column, [*data[column].to_pylist()[:-1], last]), tmp_path, rows=1_500)
    assert same(file, file).rows


@pytest.mark.parametrize(
    ("column", "last", "code"),
    [
        ("other", 2, "not_a_flag"),
        ("y", np.inf, "item_nonfinite"),
        ("w", None, "weight_null_or_nan"),
        ("w", -1.0, "weight_negative"),
        ("school", None, "psu_null"),
    ],
)
def test_what_is_wrong_after_the_first_rows_is_refused(column: str, last: float, code: str, tmp_path: Path) -> None:
    data = answers(looks.GUESS + 200)
    values = [*data[column].to_pylist()[:-1], last]
    with pytest.raises(CannotEstimate) as refused:
        survey.estimate(laid(changed(data, column, values), tmp_path, rows=1_500), DESIGN, ITEMS, BY)
    assert (refused.value.code, refused.value.count) == (code, 1)


def of(folder: Path, data: pa.Table, **how: object) -> sources.Source:
    """The answers as a file that was written in some way."""
    pq.write_table(data, folder / "answers.parquet", **how)
    return folder / "answers.parquet"


@pytest.mark.parametrize(
    "why", ["decimals", "dates", "far numbers", "no list", "large parts", "tiny parts", "many rows", "wide"]
)
def test_what_cannot_be_read_as_it_lies_an_engine_reads(
    why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = answers(400)
    far = [None if one is None else one * 10**9 for one in data["one"].to_pylist()]
    days = pa.array(data["one"].to_pylist(), pa.int32()).cast(pa.date32())
    fine = np.random.default_rng(3).uniform(1, 9, 400)
    if why == "large parts":
        monkeypatch.setattr(columns, "LARGEST", 399)
    if why == "tiny parts":
        monkeypatch.setattr(columns, "MANY", 0)
    if why == "many rows":
        monkeypatch.setattr(placing, "REMEMBERED", 399)
    data = {
        "decimals": lambda: changed(data, "two", pa.array(data["one"].to_pylist()).cast(pa.decimal128(22, 1))),
        "dates": lambda: changed(data, "region", days),
        "far numbers": lambda: changed(data, "one", far),
        "wide": lambda: changed(data, "w", fine),
    }.get(why, lambda: data)()
    table = sources.opened(data if why == "no list" else of(tmp_path, data))
    found = survey.estimate(table, DESIGN, ITEMS, BY).rows
    assert why in ("large parts", "tiny parts") or "_engine" in vars(table.get_backend())
    assert (sources.lying(table) is None) == (why in ("large parts", "tiny parts"))
    theirs = survey.estimate(ibis.memtable(data), DESIGN, ITEMS, BY).rows
    assert [(row.item, row.domain, row.n) for row in found] == [(row.item, row.domain, row.n) for row in theirs]
    ours, other = ([row.estimate or 0.0 for row in rows] for rows in (found, theirs))
    assert ours == pytest.approx(other, rel=1e-13)


def test_kinds_that_ibis_has_no_word_for_are_no_hindrance(tmp_path: Path) -> None:
    data = answers(300)
    ids = pa.ExtensionArray.from_storage(pa.uuid(), pa.array([bytes(16)] * 300, pa.binary(16)))
    with_ids = data.append_column("id", ids)
    found = [survey.estimate(one, DESIGN, ITEMS, BY).rows for one in (data, with_ids, laid(with_ids, tmp_path))]
    assert found[0] == found[1] == found[2]


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(CannotEstimate) as refused:
        survey.estimate(answers(10).slice(0, 0), DESIGN, ITEMS)
    assert refused.value.code == "no_rows"


def test_a_first_file_without_rows(tmp_path: Path) -> None:
    data = answers(300)
    pq.write_table(data.slice(0, 0), tmp_path / "1.parquet")
    pq.write_table(data, tmp_path / "2.parquet")
    assert needs_no_engine([tmp_path / "1.parquet", tmp_path / "2.parquet"]).of("count").n == 300


def test_words_that_no_row_has_are_no_values(tmp_path: Path) -> None:
    data = answers(300)
    words = changed(data, "region", data["region"].combine_chunks().dictionary_encode())
    here = words.filter(pa.array([one != "south" for one in data["region"].to_pylist()]))
    for source in (here, laid(here, tmp_path)):
        assert needs_no_engine(source).study.cells.keys["region"].values == ("north",)


def with_and_without_an_engine(file: Path) -> list[tuple[survey.Row, ...]]:
    """The estimates by region; and again in a call that an engine is needed for."""
    found = [
        survey.estimate(file, DESIGN, [*ITEMS, *more], [("region",)]).rows for more in ([], [survey.Ratio("y", "x")])
    ]
    return [tuple(row for row in rows if row.item != "ratio(y, x)") for rows in found]


@pytest.mark.parametrize("name", ["g[1].parquet", "g?.parquet", "g*.parquet"])
def test_a_name_with_marks_is_that_of_one_file(name: str, tmp_path: Path) -> None:
    pq.write_table(answers(300), tmp_path / name)
    pq.write_table(answers(100), tmp_path / "g1.parquet")
    needs_no_engine(tmp_path / name)
    found = with_and_without_an_engine(tmp_path / name)
    assert found[0] == found[1]


@pytest.mark.parametrize("kind", [pa.int32(), pa.bool_(), pa.string(), pa.dictionary(pa.int32(), pa.string())], ids=str)
@pytest.mark.parametrize("rows", [1, 4])
def test_units_that_nobody_has_are_refused(kind: pa.DataType, rows: int, tmp_path: Path) -> None:
    data = pa.table({"school": pa.nulls(rows, kind), "w": [1.0] * rows, "y": [1.0] * rows})
    for source in (data, laid(data, tmp_path)):
        with pytest.raises(CannotEstimate) as refused:
            survey.estimate(source, survey.Design("w", stages=(survey.Stage("school"),)), [survey.Mean("y")])
        assert refused.value.code == "psu_null"


def test_a_name_in_a_folder_with_marks_is_that_of_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for at, folder in enumerate(("wave[1]", "wave1", "y=7", "~"), 1):
        (tmp_path / folder).mkdir()
        data = pa.table({"w": [1.0, 1.0], "y": [at, at]})
        pq.write_table(data, tmp_path / folder / "f.parquet")
        csv.write_csv(data, tmp_path / folder / "f.csv")
    items = [survey.Mean("y"), survey.Quantile("y")]
    for at, folder in ((1, "wave[1]"), (2, "wave1"), (4, "~")):
        for place, name in ((folder, "f"), (".", f"{folder}/f")):
            monkeypatch.chdir(tmp_path / place)
            for kind in ("parquet", "csv"):
                found = survey.estimate(f"{name}.{kind}", survey.Design("w"), items).rows
                assert [row.estimate for row in found] == [at, at], (place, name, kind)
    monkeypatch.chdir(tmp_path / "y=7")
    assert [row.estimate for row in survey.estimate("f.csv", survey.Design("w"), items).rows] == [3, 3]


def test_a_pattern_is_all_files_that_it_fits(tmp_path: Path) -> None:
    for at in (1, 2):
        pq.write_table(answers(300, seed=at), tmp_path / f"g{at}.parquet")
    assert survey.estimate(tmp_path / "g*.parquet", DESIGN, ITEMS).of("count").n == 600


def test_a_folder_that_is_a_column_to_an_engine_is_left_to_it(tmp_path: Path) -> None:
    (tmp_path / "region=zz").mkdir()
    pq.write_table(answers(300), tmp_path / "region=zz" / "g.parquet")
    found = with_and_without_an_engine(tmp_path / "region=zz" / "g.parquet")
    assert found[0] == found[1]
    assert {row.domain for row in found[0]} == {(("region", "zz"),)}


def test_a_file_that_is_replaced_meanwhile_is_refused(tmp_path: Path) -> None:
    table = sources.opened(laid(answers(300), tmp_path))
    laid(changed(answers(300), "y", [0.5] * 300), tmp_path)
    for items in ([survey.Ratio("y", "x")], ITEMS):
        with pytest.raises(CannotEstimate) as refused:
            survey.estimate(table, DESIGN, items, BY)
        assert refused.value.code == "unreadable_source"


def test_a_file_that_is_replaced_between_two_estimates_is_refused(tmp_path: Path) -> None:
    table = sources.opened(laid(answers(300), tmp_path))
    assert survey.estimate(table, DESIGN, ITEMS, BY).rows
    laid(answers(200), tmp_path)
    with pytest.raises(CannotEstimate) as refused:
        survey.estimate(table, DESIGN, ITEMS, BY)
    assert refused.value.code == "unreadable_source"


@pytest.mark.parametrize("kind", [pa.duration("s"), pa.decimal256(40, 1)], ids=str)
def test_kinds_that_an_engine_takes_for_others_are_left_to_it(kind: pa.DataType, tmp_path: Path) -> None:
    data = answers(300)
    with_more = data.append_column("more", pa.array(data["one"].to_pylist(), pa.int64()).cast(kind))
    assert sources.lying(sources.opened(laid(with_more, tmp_path))) is None


def test_no_file_stays_open(tmp_path: Path) -> None:
    file, before = laid(answers(300), tmp_path), threading.active_count()
    kept = [survey.estimate(file, DESIGN, ITEMS, BY) for _time in range(3)]
    assert threading.active_count() == before
    assert kept[0].rows == kept[2].rows
    assert not [one for one in Path("/proc/self/fd").glob("*") if one.exists() and one.resolve() == file.resolve()]


def test_halves_are_rounded_as_an_engine_rounds_them() -> None:
    chance = np.random.default_rng(0)
    data = pa.table({"school": np.arange(400), "w": chance.uniform(1, 9, 400), "y": chance.uniform(0, 1e7, 400)})
    design = survey.Design("w", stages=(survey.Stage("school"),))
    ours, theirs = (survey.estimate(one, design, [survey.Count()]) for one in (data, ibis.memtable(data)))
    assert ours.provenance.data == theirs.provenance.data


def test_what_is_no_number_is_none_in_a_parquet_file_too(tmp_path: Path) -> None:
    data = answers(300)
    items = [survey.Quantile("y"), survey.Ratio("y", "x"), survey.Index(("y", "x"), least=1), survey.Mean("y")]
    found = [survey.estimate(one, DESIGN, items, BY).rows for one in (data, laid(data, tmp_path))]
    assert found[0] == found[1]


def test_a_name_with_a_dot_is_a_name(tmp_path: Path) -> None:
    data = answers(300).append_column("y.again", pa.array(range(300)))
    assert needs_no_engine(laid(data.select(["y.again", *answers(1).column_names]), tmp_path)).of("mean(y)").n < 300


@pytest.mark.parametrize("column", ["y", "school"])
def test_a_broken_file_is_left_to_an_engine_to_tell(column: str, tmp_path: Path) -> None:
    file = laid(answers(5_000), tmp_path, rows=2_500)
    part = pq.ParquetFile(file).metadata.row_group(1)
    [place] = [part.column(at) for at in range(part.num_columns) if part.column(at).path_in_schema == column]
    content = bytearray(file.read_bytes())
    start = place.dictionary_page_offset or place.data_page_offset
    content[start : start + 40] = bytes(40)
    file.write_bytes(content)
    with pytest.raises(duckdb.Error):
        survey.estimate(file, DESIGN, ITEMS, BY)


def test_files_without_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotEstimate) as refused:
        survey.estimate(of(tmp_path, answers(10).slice(0, 0)), DESIGN, ITEMS)
    assert refused.value.code == "no_rows"
