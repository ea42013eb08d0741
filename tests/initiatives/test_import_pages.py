"""A file comes in through the pages: its columns, what it would do, and what it did."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from learnin.initiatives.formats.record import Text
from learnin.initiatives.models import HeadingMemory, Import, ImportedRecord, Initiative, Organisation
from learnin.initiatives.operations import registering
from learnin.initiatives.queries import imports
from learnin.initiatives.queries.records import record_of
from learnin.journal.models import Entry
from tests.cast import NOW, Cast, as_
from tests.initiatives import made, made_files

pytestmark = pytest.mark.django_db


def address(name: str, source: Import) -> str:
    """A page of an import."""
    return reverse(f"initiatives:{name}", args=[source.pk])


def sent(cast: Cast, content: bytes, name: str, player: str = "chair") -> tuple[int, str, str]:
    """A file is sent: the answer, where it leads, and the page."""
    url = reverse("initiatives:add_import", args=[cast.home.pk])
    answer = as_(getattr(cast, player)).post(url, {"file": SimpleUploadedFile(name, content)})
    return answer.status_code, answer.headers.get("Location", ""), answer.content.decode()


def test_a_table_comes_in_once_its_columns_have_a_meaning(cast: Cast) -> None:
    browser = as_(cast.chair)
    status, where, _page = sent(cast, made_files.csv(), "plan.csv")
    source = Import.objects.get()
    assert (status, where) == (302, address("import_columns", source))
    page = browser.get(where).content.decode()
    assert "Tablets for schools" in page
    assert "Save the Children" in page
    form = browser.get(where).context["form"]
    said = {name: field.initial or "" for name, field in form.fields.items()} | {"day_first": ""}
    assert said["column-0"] == "identifier"
    answer = browser.post(where, {name: value for name, value in said.items() if name.startswith("column")})
    assert answer.headers["Location"] == address("import", source)
    assert not Initiative.objects.exists()
    page = browser.get(address("import", source)).content.decode()
    assert "What it would do" in page
    assert "Tablets for schools" in page
    source.refresh_from_db()
    assert imports.counts(source) == {
        "new": 2,
        "changed": 0,
        "same": 0,
        "conflict": 0,
        "bad": 0,
        "elsewhere": 1,
        "region": 0,
    }
    assert browser.post(address("apply_import", source)).status_code == 302
    found = Initiative.objects.get(identifier="RS-1")
    assert found.title() == "Tablets for schools"
    assert found.places.get().area.code == "RS-00"
    assert [row.theme for row in found.themes.all()] == ["digital-skills"]
    assert not found.is_confirmed
    page = browser.get(address("import", source)).content.decode()
    assert reverse("initiatives:initiative", args=[found.pk]) in page
    assert HeadingMemory.objects.get().country == cast.home


def test_the_next_table_with_the_same_heading_remembers(cast: Cast) -> None:
    source = made_files.brought_in(cast)
    mapping = dict(source.mapping["columns"]) | {"Theme": "description"}
    HeadingMemory.objects.update(mapping=source.mapping | {"columns": mapping})
    _status, where, _page = sent(cast, made_files.csv(), "again.csv")
    answer = as_(cast.chair).get(where)
    assert "came in before" in answer.content.decode()
    assert answer.context["form"].fields["column-7"].initial == "description"


def test_iati_is_read_at_once(cast: Cast) -> None:
    status, where, _page = sent(cast, made_files.iati(made_files.activity()), "plan.xml")
    source = Import.objects.get()
    assert (status, where) == (302, address("import", source))
    assert imports.counts(source)["new"] == 1


def test_the_same_file_again_changes_nothing(cast: Cast) -> None:
    made_files.applied(cast)
    again = made_files.brought_in(cast)
    assert imports.counts(again) == {
        "new": 0,
        "changed": 0,
        "same": 2,
        "conflict": 0,
        "bad": 0,
        "elsewhere": 1,
        "region": 0,
    }
    assert Organisation.objects.count() == 2


def test_records_without_identifiers_are_found_by_title_reporter_and_first_day(cast: Cast) -> None:
    rows = ["Tablets,UNICEF,RS,2026-01-01", "Tablets,UNICEF,RS,2027-01-01"]
    heading = "Title,Organisation,Country,Start"
    made_files.applied(cast, made_files.csv(rows[:1], heading))
    again = made_files.brought_in(cast, made_files.csv(rows[1:], heading))
    assert imports.counts(again)["new"] == 1
    again = made_files.brought_in(cast, made_files.csv([rows[0].replace("Tablets", "TABLETS")], heading))
    assert imports.counts(again)["changed"] == 1


def changed_here(cast: Cast, **says: object) -> Initiative:
    """The first initiative of the file, changed by the chair."""
    found = Initiative.objects.get(identifier="RS-1")
    told = record_of(found)
    registering.change(found, record=type(told)(**{**told.__dict__, **says}), by=cast.chair, now=NOW)
    return found


def test_what_only_the_file_changed_changes_and_is_not_confirmed_any_longer(cast: Cast) -> None:
    made_files.applied(cast)
    Initiative.objects.update(confirmed_at=NOW, confirmed_by=cast.chair)
    changed_here(cast, scope="4")
    rows = [made_files.ROWS[0].replace("1000", "2000"), *made_files.ROWS[1:]]
    made_files.applied(cast, made_files.csv(rows))
    first, second = Initiative.objects.order_by("identifier")
    assert [row.amount for row in first.money.all()] == [2000]
    assert first.scope == "4"
    assert (first.is_confirmed, second.is_confirmed) == (False, True)
    changed = Entry.objects.filter(verb__startswith="initiative.changed")
    assert list(changed.filter(on_id=str(first.pk)).order_by("pk").values_list("verb", flat=True)) == [
        "initiative.changed",
        "initiative.changed-by-file",
    ]
    assert not changed.filter(on_id=str(second.pk)).exists()


@pytest.mark.parametrize(("choice", "title"), [("file", "Laptops for schools"), ("here", "Tablets for all")])
def test_where_both_changed_somebody_says_who_wins(cast: Cast, choice: str, title: str) -> None:
    made_files.applied(cast)
    changed_here(cast, titles=(Text("Tablets for all"),))
    content = made_files.csv([made_files.ROWS[0].replace("Tablets", "Laptops")])
    source, browser = made_files.brought_in(cast, content), as_(cast.chair)
    assert imports.counts(source)["conflict"] == 1
    page = browser.get(address("import_conflicts", source)).content.decode()
    assert "Tablets for all" in page
    assert "Laptops for schools" in page
    page = browser.post(address("apply_import", source), follow=True).content.decode()
    assert "Say first who wins for 1 record." in page
    one = source.records.get(state="conflict")
    answer = browser.post(address("import_conflicts", source), {f"record-{one.pk}": choice, "all": ""})
    assert answer.headers["Location"] == address("import", source)
    browser.post(address("apply_import", source))
    assert Initiative.objects.get(identifier="RS-1").title() == title
    again = made_files.brought_in(cast, content)
    assert imports.counts(again)["same"] == 1


def test_a_file_in_one_language_takes_no_other_away(cast: Cast) -> None:
    heading = "Identifier,Title (en),Organisation,Country"
    made_files.applied(cast, made_files.csv(["RS-1,Tablets,UNICEF,RS"], heading))
    found = changed_here(cast, titles=(Text("Tablets", "en"), Text("Таблети", "sr")))
    source = made_files.brought_in(cast, made_files.csv(["RS-1,Tablets,UNICEF,RS"], heading))
    assert imports.counts(source)["same"] == 1
    source = made_files.applied(cast, made_files.csv(["RS-1,Laptops,UNICEF,RS"], heading))
    assert imports.counts(source)["changed"] == 1
    found.refresh_from_db()
    assert found.titles == {"en": "Laptops", "sr": "Таблети"}


def test_a_title_without_its_language_is_the_same_title(cast: Cast) -> None:
    made.initiative(cast, "Tablets for schools", identifier="RS-1", reporter=made.organisation("UNICEF Serbia"))
    heading = "Identifier,Title,Organisation,Country"
    source = made_files.brought_in(cast, made_files.csv(["RS-1,Tablets for schools,UNICEF Serbia,RS"], heading))
    assert "titles" not in source.records.get().differences


def test_all_that_differ_are_decided_at_once(cast: Cast) -> None:
    made_files.applied(cast)
    changed_here(cast, scope="4", titles=(Text("Other"),))
    source = made_files.brought_in(cast, made_files.csv([made_files.ROWS[0].replace("Tablets", "Laptops")]))
    as_(cast.chair).post(address("import_conflicts", source), {"all": "here"})
    assert source.records.get(state="conflict").choice == ImportedRecord.Choice.HERE


def test_a_bad_record_is_told_and_stops_none(cast: Cast) -> None:
    rows = [
        "RS-1,,UNICEF,RS,,2026-01-01,,,,",
        "RS-2,Books,,RS,,2026-01-01,,,,",
        f"{'X' * 201},Long,UNICEF,RS,,2026-01-01,,,,",
        "RS-4,Ramps,UNICEF,RS,,2026-13-01,,,9" + "9" * 20 + ",EUR",
        "RS-5,Chairs,UNICEF,RS,,2026-01-01,,,,",
    ]
    source, browser = made_files.brought_in(cast, made_files.csv(rows)), as_(cast.chair)
    assert imports.counts(source)["bad"] == 3
    page = browser.get(address("import", source)).content.decode()
    for words in ("has no title", "which organisation tells", "longer than there is room", "is not a day"):
        assert words in page
    assert browser.get(address("import", source), {"level": "warning"}).context["page"].paginator.count == 1
    assert browser.get(address("import", source), {"level": "error"}).context["page"].paginator.count == 3
    workbook = browser.get(address("import_problems_xlsx", source))
    assert workbook.content[:2] == b"PK"
    browser.post(address("apply_import", source))
    assert [str(one) for one in Initiative.objects.order_by("pk")] == ["Ramps", "Chairs"]


def test_a_partner_brings_in_only_what_it_looks_after(cast: Cast) -> None:
    made.represent(cast, "UNICEF Serbia", cast.partner)
    made.initiative(cast, "Of another", identifier="RS-9", reporter=made.organisation("Somebody else"))
    rows = [*made_files.ROWS, "RS-9,Taken over,UNICEF Serbia,RS,,2026-01-01,,,,"]
    source = made_files.brought_in(cast, made_files.csv(rows), by=cast.partner)
    bad = [(one.identifier, one.problems[-1]["code"]) for one in source.records.filter(state="bad")]
    assert bad == [("RS-2", "register.not_yours"), ("RS-9", "register.not_yours")]
    browser = as_(cast.partner)
    assert (
        "do not look after initiatives of “Save the Children”"
        in browser.get(address("import", source)).content.decode()
    )
    browser.post(address("apply_import", source))
    assert Initiative.objects.get(identifier="RS-1").registered_by == cast.partner
    assert not Initiative.objects.filter(identifier="RS-2").exists()


def test_others_files_are_nobodys_business(cast: Cast) -> None:
    source = made_files.brought_in(cast)
    for name in ("import", "import_columns", "import_conflicts", "import_problems_xlsx"):
        assert as_(cast.stranger).get(address(name, source)).status_code == 404
        assert as_(cast.partner).get(address(name, source)).status_code == 404
        assert as_(cast.member).get(address(name, source)).status_code == 403
        assert as_(cast.chair).get(address(name, source)).status_code == 200
    assert as_(cast.member).post(address("apply_import", source)).status_code == 403
    assert not as_(cast.partner).get(reverse("initiatives:imports", args=["RS"])).context["page"].object_list


def test_nothing_of_a_file_that_was_given_up_came_in(cast: Cast) -> None:
    source, browser = made_files.brought_in(cast), as_(cast.chair)
    assert browser.post(address("drop_import", source)).status_code == 302
    page = browser.post(address("apply_import", source), follow=True).content.decode()
    assert "was applied or given up" in page
    assert "Nothing of it came" in page
    assert not Initiative.objects.exists()


def test_a_register_that_changed_since_is_shown_anew(cast: Cast) -> None:
    source, browser = made_files.brought_in(cast), as_(cast.chair)
    made.initiative(cast, "Tablets", identifier="RS-1")
    page = browser.post(address("apply_import", source), follow=True).content.decode()
    assert "The register changed since the file was read" in page
    assert imports.counts(source)["conflict"] == 1
    assert Initiative.objects.count() == 1


def test_what_was_merged_does_not_come_back(cast: Cast) -> None:
    made_files.applied(cast)
    first, second = Initiative.objects.order_by("identifier")
    Initiative.objects.filter(pk=first.pk).update(merged_into=second)
    source = made_files.brought_in(cast)
    assert source.records.get(state="bad").problems[-1]["code"] == "register.merged"


def test_a_large_file_is_read_and_brought_in_by_jobs(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    from learnin.initiatives.operations import importing
    from learnin.journal.operations import jobs

    monkeypatch.setattr(importing, "READ_AT_ONCE", 10)
    monkeypatch.setattr(importing, "APPLY_AT_ONCE", 1)
    source = importing.bring_in(
        cast.home, file=made_file(made_files.iati(made_files.activity(), made_files.activity("XM-2", "Books"))),
        file_name="a.xml", by=cast.chair, now=NOW,
    )  # fmt: skip
    assert source.is_busy
    assert not source.records.exists()
    page = as_(cast.chair).get(address("import", source)).content.decode()
    assert "being worked on" in page
    assert jobs.run(source.job_id)
    source.refresh_from_db()
    applied = importing.apply(source, by=cast.chair, now=NOW)
    assert applied.is_busy
    assert not Initiative.objects.exists()
    assert jobs.run(applied.job_id)
    assert Initiative.objects.count() == 2


def made_file(content: bytes) -> object:
    """Bytes as a file."""
    import io

    return io.BytesIO(content)


HOSTILE = {
    "bomb.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><iati-activities>&b;'
    b"</iati-activities>",
    "outside.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><iati-activities>&a;</iati-activities>',
    "other.xml": b"<html><body>hello</body></html>",
    "script.csv": b"<script>alert(1)</script>",
    "zeros.csv": b"Title,Organisation\n\x00\x00,\x00",
    "notes.exe": b"Title,Organisation\nA,B\n",
    "broken.xlsx": b"PK\x03\x04 but no workbook",
    "empty.csv": b"",
    "page.xml": b"Title,Organisation\nA,B\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_nothing_is_kept(cast: Cast, name: str) -> None:
    status, _where, page = sent(cast, HOSTILE[name], name)
    assert status == 422
    assert "govuk-error-message" in page
    assert not Import.objects.exists()
    assert not Entry.objects.filter(verb="import.added").exists()
