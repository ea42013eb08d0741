"""A country's documents: who adds, who publishes, who opens; nothing is served without the gate."""

import hashlib
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from learnin.journal import access
from learnin.journal.models import Attachment, Document, Entry, Notice
from learnin.journal.operations import documents as operations
from learnin.journal.operations import files
from learnin.journal.queries import files as queries
from learnin.people import operations as people
from learnin.people.models import Country, Person
from tests.cast import HOME, NOW, Cast, as_

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
LIST, ADD = f"/c/{HOME}/documents/", f"/c/{HOME}/documents/add/"


def upload(name: str = "plan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def sent(**changes: object) -> dict:
    return {"title": "Plan", "language": "sr", "theme": "", "file": upload(), **changes}


def document(country: Country, by: Person, name: str = "plan.pdf") -> Document:
    return operations.add(
        country, title="Plan", language="sr", theme="", file=upload(name).file, name=name, by=by, now=NOW
    )


def statuses(cast: Cast, url: str, method: str = "get") -> dict:
    people = {"chair": cast.chair, "member": cast.member, "partner": cast.partner, "stranger": cast.stranger,
              "regional": cast.regional, "nobody": None}  # fmt: skip
    return {name: status(person, url, method) for name, person in people.items()}


def status(person: Person | None, url: str, method: str = "get") -> int:
    response = getattr(as_(person), method)(url)
    if response.streaming:
        body(response)  # read to its end, the file is let go
    return response.status_code


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)


def test_who_may_see_add_and_publish(cast: Cast) -> None:
    found = document(cast.home, cast.member)
    publish, withdraw = (reverse(f"journal:document_{act}", args=[found.pk]) for act in ("publish", "withdraw"))
    seen = {"chair": 200, "member": 200, "partner": 200, "stranger": 404, "regional": 200, "nobody": 302}
    assert statuses(cast, LIST) == seen
    assert statuses(cast, reverse("journal:file", args=[found.attachment_id])) == seen
    assert statuses(cast, ADD) == seen | {"partner": 403}
    for url in (publish, withdraw):
        done = {"chair": 302, "member": 403, "partner": 403, "stranger": 404, "regional": 302, "nobody": 302}
        assert statuses(cast, url, "post") == done
        assert set(statuses(cast, url).values()) <= {405, 302}
    assert Document.objects.get().published_by == cast.chair


def test_add_a_document(cast: Cast) -> None:
    response = as_(cast.member).post(ADD, sent(file=upload("../План рада.pdf")))
    assert response.status_code == 302
    found = Document.objects.get()
    kept = found.attachment
    assert (found.country, found.added_by, found.published_at) == (cast.home, cast.member, None)
    assert (kept.name, kept.media_type, kept.size) == ("План рада.pdf", "application/pdf", len(PDF))
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    assert "План" not in kept.file.name
    line = Entry.objects.latest("pk")
    assert (line.verb, line.on_label, line.country) == ("document.added", "Plan", cast.home)
    html = as_(cast.partner).get(LIST).content.decode()
    assert "Plan" in html
    assert "Add a document" not in html
    assert "/publish/" not in html


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"file": upload("page.html", b"<html>")}, "“page.html” is a .html file"),
        ({"file": upload("plan.pdf", b"<html>")}, "“plan.pdf” is not what its ending .pdf says"),
        ({"file": upload("plan.pdf", b"")}, "empty"),
        ({"file": ""}, "Choose a file: File"),
        ({"title": ""}, "Fill in: Title"),
        ({"language": "xx"}, "xx"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(cast: Cast, changes: dict, sentence: str, tmp_path: Path) -> None:
    response = as_(cast.member).post(ADD, sent(**changes))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Attachment.objects.exists()
    assert not list(tmp_path.rglob("*.pdf"))


def test_the_limit_is_a_setting(cast: Cast, settings: object) -> None:
    settings.FILE_LIMIT_MB = 1
    response = as_(cast.member).post(ADD, sent(file=upload("plan.pdf", PDF + b"\n" * 1_100_000)))
    assert response.status_code == 422
    assert "at most 1 MB" in response.content.decode()


def test_a_file_is_kept_never_run(cast: Cast) -> None:
    found = document(cast.home, cast.member, 'План "рада".pdf')
    response = as_(cast.partner).get(reverse("journal:file", args=[found.attachment_id]))
    assert body(response) == PDF
    name = quote("План -рада-.pdf")
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in response["Cache-Control"]


def test_files_have_no_address_of_their_own(cast: Cast) -> None:
    kept = document(cast.home, cast.member).attachment
    for url in (f"/media/{kept.file.name}", f"/{kept.file.name}", f"/static/{kept.file.name}"):
        assert as_(cast.regional).get(url).status_code == 404
    assert kept.file.storage.exists(kept.file.name)


def test_published_documents_are_for_everybody_while_the_country_is_public(cast: Cast) -> None:
    found = document(cast.home, cast.member)
    url = reverse("journal:public_file", args=[found.pk])
    assert as_(None).get(url).status_code == 404
    operations.publish(found, by=cast.chair, now=NOW)
    assert as_(None).get(url).status_code == 404
    people.write_public_text(cast.home, language="en", about="We lead.", by=cast.chair, now=NOW)
    people.publish_country(cast.home, by=cast.chair, now=NOW)
    response = as_(None).get(url)
    assert body(response) == PDF
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert list(queries.published_documents(cast.home)) == [found]
    assert list(queries.published_documents(cast.elsewhere)) == []
    operations.withdraw(found, by=cast.chair, now=NOW)
    assert as_(None).get(url).status_code == 404
    assert list(queries.published_documents(cast.home)) == []
    assert as_(None).get(reverse("journal:public_file", args=[10**9])).status_code == 404


def test_publish_twice_or_withdraw_what_is_not_public_is_refused_in_words(cast: Cast) -> None:
    found = document(cast.home, cast.chair)
    client = as_(cast.chair)
    withdraw, publish = (reverse(f"journal:document_{act}", args=[found.pk]) for act in ("withdraw", "publish"))
    assert "is not on the public page" in client.post(withdraw, follow=True).content.decode()
    assert "now open to everybody" in client.post(publish, follow=True).content.decode()
    assert "is on the public page since" in client.post(publish, follow=True).content.decode()
    assert "no longer open" in client.post(withdraw, follow=True).content.decode()
    client.post(publish)
    found.refresh_from_db()
    assert found.is_public
    verbs = list(Entry.objects.filter(on_model="document").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["document.added", "document.published", "document.withdrawn", "document.published"]


def test_whoever_added_it_hears_that_it_is_public(cast: Cast) -> None:
    operations.publish(document(cast.home, cast.member), by=cast.chair, now=NOW)
    operations.publish(document(cast.home, cast.chair), by=cast.chair, now=NOW)
    notice = Notice.objects.get(kind="document.published")
    assert notice.person == cast.member
    html = as_(cast.member).get("/me/notices/").content.decode()
    assert "Your document “Plan” is on the public page: Serbia." in html


def test_the_database_holds_who_published_together_with_when(cast: Cast) -> None:
    found = document(cast.home, cast.chair)
    withdrawn = {"withdrawn_at": NOW, "withdrawn_by": cast.chair}
    for wrong in ({"published_at": NOW}, {"published_by": cast.chair}, withdrawn):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(pk=found.pk).update(**wrong)
    found.refresh_from_db()
    assert found.published_at is None


def test_a_file_of_nothing_is_seen_by_who_added_it_and_who_a_holder_lets_in(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = files.attach(upload().file, name="a.pdf", country=None, by=cast.partner, now=NOW)
    url = reverse("journal:file", args=[kept.pk])
    assert status(cast.partner, url) == 200
    assert {status(person, url) for person in (cast.chair, cast.regional, cast.stranger)} == {404}
    monkeypatch.setattr(access, "_holders", [*access._holders])
    access.holder(lambda person, attachment: person == cast.stranger and attachment == kept)
    assert status(cast.stranger, url) == 200
    assert status(cast.chair, url) == 404


def test_a_file_whose_row_could_not_be_kept_is_not_kept_either(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        files.attach(upload().file, name="a.pdf", country=None, by=Person(), now=NOW)
    assert not list(tmp_path.rglob("*.pdf"))
