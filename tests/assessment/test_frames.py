"""A list of schools comes in from any office, in any language, and is judged before anybody draws from it."""

import io
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from learnin.assessment.formats import unit_list
from learnin.assessment.models import Frame, FrameUnit
from learnin.assessment.operations import frames as operations
from learnin.journal.models import Entry
from learnin.journal.operations import jobs
from tests.assessment import made_frames as made
from tests.cast import NOW

REGISTER = Path(__file__).parents[3] / "shared" / "data" / "frames" / "ua_schools.csv"


def bring_in(client, content=None, name="schools.csv", code="RS"):
    file = SimpleUploadedFile(name, made.csv() if content is None else content)
    return client.post(reverse("assessment:add_frame", args=[code]), {"title": "Register", "file": file})


def work_done(client, address):
    """The job that an answer led to is done; gives where its result is."""
    found = Frame.objects.latest("pk")
    assert address == reverse("journal:job", args=[found.job_id])
    assert "You can leave this page" in client.get(reverse("assessment:frame", args=[found.pk])).content.decode()
    assert jobs.run(found.job_id)
    return client.get(address).context["result"]["url"]


def columns(**more):
    return dict.fromkeys(unit_list.Meaning, "") | made.MEANINGS | {"strata": ["Region", "Rural"]} | more


@pytest.mark.parametrize(
    ("player", "see", "change"),
    [("chair", 200, 200), ("member", 200, 403), ("partner", 403, 403), ("stranger", 404, 404), ("regional", 200, 200)],
)
def test_who_may_see_and_bring_in(cast, as_, player, see, change):
    client = as_(getattr(cast, player))
    assert client.get(reverse("assessment:frames", args=["RS"])).status_code == see
    assert client.get(reverse("assessment:add_frame", args=["RS"])).status_code == change
    frame = made.frame(cast)
    assert client.get(reverse("assessment:frame", args=[frame.pk])).status_code == see
    assert client.get(reverse("assessment:frame_columns", args=[frame.pk])).status_code == change
    file = client.get(reverse("journal:file", args=[frame.source_id]))
    assert file.status_code == (200 if change == 200 else 404)
    if file.streaming:
        assert b"".join(file.streaming_content).startswith(b"School")


def test_from_the_file_to_units(cast, as_):
    client = as_(cast.chair)
    answer = bring_in(client)
    frame = Frame.objects.get()
    assert answer.url == reverse("assessment:frame_columns", args=[frame.pk])
    page = client.get(answer.url).content.decode()
    assert "School 1 · School 2 · School 3" in page
    answer = client.post(answer.url, columns())
    assert answer.url == reverse("assessment:frame_units", args=[frame.pk])
    page = client.get(answer.url).content.decode()
    assert "Make 60 units" in page
    assert 'value="closed"' in page
    form = {"closed": ["closed"], "group-0-0": "North", "group-0-1": "South and lakes", "group-0-2": "South and lakes"}
    answer = client.post(answer.url, form | {"group-1-0": "no", "group-1-1": "yes"})
    assert answer.url == reverse("assessment:frame", args=[frame.pk])
    page = client.get(answer.url).content.decode()
    assert "57</strong> units can be drawn" in page
    assert "South and lakes / yes" in page
    assert frame.units.filter(set_aside="closed").count() == 3
    assert frame.units.filter(size=None).count() == 4
    assert frame.units.order_by("row").first().row == 2
    assert {entry.verb for entry in Entry.objects.filter(on_app="assessment")} == {
        "frame.added", "frame.columns-said", "frame.imported",
    }  # fmt: skip


def test_the_columns_are_remembered_for_the_next_list(cast, as_):
    made.frame(cast)
    client = as_(cast.chair)
    page = client.get(bring_in(client, made.csv(12)).url).content.decode()
    assert "A list with the same columns came in before" in page
    assert '<option value="Pupils" selected>' in page


def test_headings_in_other_languages_are_guessed():
    headings = ("Повна назва", "Код в ЄДЕБО", "Статус", "Регіон", "Ліцензовані обсяги", "Фактична адреса")
    found = unit_list.guess(headings)
    assert found == {
        "name": "Повна назва", "code": "Код в ЄДЕБО", "status": "Статус", "area": "Регіон",
        "size": "Ліцензовані обсяги", "address": "Фактична адреса",
    }  # fmt: skip
    assert unit_list.guess(["Denumirea", "Județ", "Elevi"]) == {"name": "Denumirea", "area": "Județ", "size": "Elevi"}


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"only one column\n1\n2\n", "a.csv", "cannot be read as a table"),
        (b"Name,Code\n", "a.csv", "a heading, but no rows"),
        (b"Name,Name\nA,B\n", "a.csv", "Two columns have the same heading"),
        (b"Name,Code\nA,B\n", "a.exe", "cannot"),
    ],
)
def test_what_is_no_list_is_refused_in_words(cast, as_, content, name, words):
    answer = bring_in(as_(cast.chair), content, name)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Frame.objects.exists()


def test_two_meanings_for_one_column_are_refused(cast, as_):
    client = as_(cast.chair)
    address = bring_in(client).url
    answer = client.post(address, columns(code="School"))
    assert answer.status_code == 422
    assert "“School” already means: Name" in answer.content.decode()
    assert client.post(address, columns(name="")).status_code == 422


def test_excel_and_old_encodings_read_the_same():
    rows = [["Назва", "Учні"], ["Школа №1", 120], ["Школа №2", None], ["Ліцей", 80.5]]
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    text = "Назва;Учні\nШкола №1;120\nШкола №2;\nЛіцей;80,5\n"
    excel = unit_list.read(file.getvalue(), "list.xlsx")
    windows = unit_list.read(text.encode("cp1251"), "list.csv")
    assert excel.headings == windows.headings == ("Назва", "Учні")
    assert [row[0] for row in excel.rows] == [row[0] for row in windows.rows] == ["Школа №1", "Школа №2", "Ліцей"]
    assert [unit_list.number_in(row[1]) for row in windows.rows] == [120, None, 80.5]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Назва;Учні\nШкола №1;120"),
        ("cp1251", "Назив;Ученици\nОШ „Вук Караџић“;12"),
        ("cp1250", "Naziv;Broj učenika\nOŠ Vuk Karadžić;12"),
        ("cp1250", "Denumire;Elevi\nŞcoala Ion Creangă;3\nLiceul Braşov;12"),
        ("cp1254", "Okul adı;Öğrenci\nAtatürk İlkokulu;12"),
        ("cp1253", "Όνομα;Μαθητές\nΔημοτικό Σχολείο Αθήνας;12"),
    ],
)
def test_old_encodings_are_told_apart_by_their_letters(encoding, text):
    found = unit_list.read(text.encode(encoding), "list.csv")
    assert ";".join(found.headings) == text.partition("\n")[0]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1 200", 1200),
        ("1.200,5", 1200.5),
        ("1,200.5", 1200.5),
        ("1.200", 1200),
        ("1,200", 1200),
        ("1'200", 1200),
        ("1,25", 1.25),
        ("1_0", None),
        ("12", 12),
        ("-3", None),
        ("about 5", None),
        ("", None),
    ],
)
def test_numbers_as_people_write_them(written, number):
    assert unit_list.number_in(written) == number


@pytest.mark.parametrize(
    ("column", "sizes"),
    [
        (["1.200", "850", "12"], [1200, 850, 12]),
        (["1.200", "850", "12.5"], [1.2, 850, 12.5]),
        (["1.200", "850", "12,5"], [1200, 850, 12.5]),
        (["1,200", "1.250.000", "12"], [1200, 1_250_000, 12]),
    ],
    ids=["counted", "a point before decimals", "a comma before decimals", "thousands"],
)
def test_other_cells_of_a_column_say_what_a_point_parts(column, sizes):
    lines = "".join(f"{at};{text}\n" for at, text in enumerate(column))
    found = unit_list.read(f"code;pupils\n{lines}".encode(), "list.csv")
    units = unit_list.units(found, {"code": "code", "size": "pupils"}, strata=[])
    assert [one.size for one in units] == sizes


def test_what_cannot_be_drawn_says_why():
    content = b"Heading of the office\nName,Code,Status\nA,1,open\nA,1,open\n,,open\nB,2,closed\n"
    found = unit_list.read(content, "list.csv")
    units = list(
        unit_list.units(found, {"name": "Name", "code": "Code", "status": "Status"}, strata=[], closed=["closed"])
    )
    assert [unit.set_aside for unit in units] == ["", "same_code", "no_name", "closed"]
    assert [unit.row for unit in units] == [3, 4, 5, 6]


def test_a_list_with_samples_stays_as_it_is(cast, as_):
    frame = made.frame(cast)
    made.sample(cast, frame)
    answer = as_(cast.chair).post(reverse("assessment:frame_columns", args=[frame.pk]), columns())
    assert answer.status_code == 422
    assert "A sample was drawn from this list" in answer.content.decode()


@pytest.mark.skipif(not REGISTER.exists(), reason=f"the real register is not here: {REGISTER}")
def test_the_real_register_comes_in_whole(cast, as_):
    client = as_(cast.chair)
    address = work_done(client, bring_in(client, REGISTER.read_bytes(), "ua_schools.csv").url)
    page = client.get(address).content.decode()
    guessed = unit_list.guess(unit_list.read(REGISTER.read_bytes(), "a.csv").headings)
    assert '<option value="Ліцензовані обсяги" selected>' in page
    sent = dict.fromkeys(unit_list.Meaning, "") | guessed | {"strata": ["Регіон", "Сільський"]}
    address = client.post(address, sent).url
    form = client.get(address).context["form"]
    answer = client.post(address, {name: form[name].initial for name in form.fields})
    address = work_done(client, answer.url)
    page = client.get(address).content.decode()
    assert FrameUnit.objects.count() == 16_434
    assert FrameUnit.objects.filter(set_aside="closed").count() == 311
    about = client.get(address).context["about"]
    assert (about.drawable, about.suspicious_ones) == (16_123, about.sizes.ones)
    assert about.sizes.missing > 5_000
    assert len(about.cells) == 49
    assert "Without a size" in page


@pytest.fixture
def long_lists(monkeypatch):
    """Lists of sixty rows are long ones."""
    monkeypatch.setattr(operations, "READ_AT_ONCE", 100)
    monkeypatch.setattr(operations, "AT_ONCE", 50)


def test_a_long_list_is_read_and_made_units_of_by_jobs(cast, as_, request):
    short = made.frame(cast, country=cast.elsewhere)
    request.getfixturevalue("long_lists")
    client = as_(cast.chair)
    address = bring_in(client).url
    frame = Frame.objects.get(country=cast.home)
    page = reverse("assessment:frame", args=[frame.pk])
    for name in ("assessment:frame_columns", "assessment:frame_units"):
        assert client.get(reverse(name, args=[frame.pk])).url == page, "its columns are not known yet"
    assert "Being worked on" in client.get(reverse("assessment:frames", args=["RS"])).content.decode()
    address = work_done(client, address)
    assert address == reverse("assessment:frame_columns", args=[frame.pk])
    address = client.post(address, columns()).url
    form = client.get(address).context["form"]
    answer = client.post(address, {name: form[name].initial for name in form.fields})
    assert not frame.units.exists()
    assert client.post(reverse("assessment:frame_columns", args=[frame.pk]), columns()).url == page
    assert work_done(client, answer.url) == page
    assert frame.units.count() == 60
    kept = [
        [(unit.row, unit.name, unit.strata, unit.size, unit.set_aside) for unit in one.units.order_by("row")]
        for one in (frame, short)
    ]
    assert kept[0] == kept[1], "the same units, whichever way"


def test_a_long_file_that_is_no_list_says_so_on_its_page(cast, as_, long_lists):
    client = as_(cast.chair)
    address = bring_in(client, b"only one column\n" * 50).url
    frame = Frame.objects.get()
    assert not jobs.run(frame.job_id)
    assert "cannot be read as a table" in client.get(address).content.decode()
    page = reverse("assessment:frame", args=[frame.pk])
    assert "The file could not be read" in client.get(page).content.decode()
    assert client.get(reverse("assessment:frame_columns", args=[frame.pk])).url == page


def test_a_list_that_a_job_works_on_is_left_alone(cast, long_lists):
    frame = operations.add_list(
        cast.home, title="Register", file=io.BytesIO(made.csv()), file_name="a.csv", by=cast.chair, now=NOW
    )
    with pytest.raises(operations.FrameBusy):
        operations.say_columns(frame, mapping=made.MEANINGS, strata=[], by=cast.chair, now=NOW)
    with pytest.raises(operations.FrameBusy):
        operations.import_units(frame, closed=[], groups={}, by=cast.chair, now=NOW)


def test_units_that_cannot_be_made_again_stay_as_they_were(cast, as_, request):
    frame = made.frame(cast)
    before = [*frame.units.order_by("pk").values_list("pk", "set_aside")]
    request.getfixturevalue("long_lists")
    frame = operations.import_units(frame, closed=[], groups={}, by=cast.chair, now=NOW)
    made.sample(cast, frame)
    assert not jobs.run(frame.job_id), "a sample was drawn meanwhile"
    assert [*frame.units.order_by("pk").values_list("pk", "set_aside")] == before
    page = as_(cast.chair).get(reverse("assessment:frame", args=[frame.pk])).content.decode()
    assert "Units of the list could not be made: A sample was drawn from this list" in page


def test_what_does_not_fit_is_told_by_column_and_line(cast, as_):
    content = b"School,Code,Region,Rural,Status,Pupils,E-mail\n" + b"\n".join(
        [b"A,1,N,yes,open,12,", b",2,N,no,open,many,", b"C,1,S,yes,open,about 5,", b"D,3,S,no,open,,"]
    )
    client = as_(cast.chair)
    address = client.post(bring_in(client, content).url, columns()).url
    answer = client.get(address)
    found = {(one.heading, line, text) for one in answer.context["preview"].troubles for line, text in one.spots.first}
    assert found == {("School", 3, ""), ("Code", 4, "1"), ("Pupils", 3, "many"), ("Pupils", 4, "about 5")}
    page = answer.content.decode()
    assert "The same code stands above" in page
    assert "4: “about 5”" in page


def test_contents_are_kept_without_loss_and_name_the_first_lines():
    rows = "".join(f"{at},x{at % 2}\n" for at in range(40))
    kept = unit_list.Contents.of(unit_list.read(f"Number,Word\n{rows}".encode(), "a.csv"))
    assert unit_list.Contents.from_json(json.loads(json.dumps(kept.as_json()))) == kept
    number, word = kept.columns
    assert (number.again.count, number.no_number.count, kept.rows) == (0, 0, 40)
    assert (word.again.count, word.no_number.count) == (38, 40)
    assert word.again.first[:2] == ((4, "x0"), (5, "x1"))
    assert len(word.again.first) == unit_list.SPOTS
