"""Initiatives leave as files: as much of the register as the person may see, and the journal keeps who took them."""

import json

import pytest
from django.urls import reverse

from learnin.initiatives.models import Initiative
from learnin.initiatives.operations import leaving, life
from learnin.journal.models import Attachment, Entry, Job
from learnin.journal.operations import jobs
from tests.cast import NOW, Cast, as_
from tests.initiatives import iati_files, made, made_files

pytestmark = pytest.mark.django_db
URL = "initiatives:take_initiatives"


def taken(cast: Cast, player: str, **says: str) -> bytes:
    """The file that somebody is given."""
    answer = as_(getattr(cast, player)).post(reverse(URL, args=["RS"]), says)
    assert answer.status_code == 200, answer.status_code
    return answer.content


def test_each_kind_of_file_holds_the_register(cast: Cast) -> None:
    made_files.applied(cast)
    assert taken(cast, "chair", format="5w")[:2] == b"PK"
    table = taken(cast, "chair", format="csv").decode()
    assert "#activity+name" in table
    assert "Tablets for schools" in table
    places = json.loads(taken(cast, "chair", format="geojson"))
    assert {one["properties"]["title"] for one in places["features"]} == {"Tablets for schools", "Books for libraries"}
    content = taken(cast, "chair", format="iati")
    iati_files.assert_valid(content)
    assert b"RS-1" in content
    lines = Entry.objects.filter(verb="initiatives.exported").order_by("pk")
    assert [line.after["taken_as"] for line in lines] == ["5w", "csv", "geojson", "iati"]
    assert lines[0].by == cast.chair


def test_filters_hold_for_files_too(cast: Cast) -> None:
    made_files.applied(cast)
    table = taken(cast, "member", format="csv", words="books").decode()
    assert "Books for libraries" in table
    assert "Tablets" not in table


def test_the_page_takes_the_filters_of_the_list_along(cast: Cast) -> None:
    page = as_(cast.chair).get(reverse(URL, args=["RS"]), {"words": "books", "theme": "digital-skills"})
    assert page.context["form"]["words"].value() == "books"
    assert page.context["form"]["theme"].value() == "digital-skills"


def test_a_partner_takes_its_own_and_what_is_published(cast: Cast) -> None:
    made_files.applied(cast)
    published = Initiative.objects.get(identifier="RS-2")
    life.confirm(published, by=cast.chair, now=NOW)
    life.publish(published, by=cast.chair, now=NOW)
    made.initiative(cast, "My own", by=cast.partner, identifier="RS-7")
    table = taken(cast, "partner", format="csv").decode()
    assert "Books for libraries" in table
    assert "My own" in table
    assert "Tablets" not in table


def test_a_stranger_takes_nothing(cast: Cast) -> None:
    assert as_(cast.stranger).post(reverse(URL, args=["RS"]), {"format": "csv"}).status_code == 404


def test_nothing_to_take_is_said(cast: Cast) -> None:
    answer = as_(cast.chair).post(reverse(URL, args=["RS"]), {"format": "csv"})
    assert answer.status_code == 422
    assert "There is no such initiative." in answer.content.decode()


def test_what_iati_cannot_hold_is_said(cast: Cast) -> None:
    made.initiative(cast, "Without a number", identifier="")
    browser = as_(cast.chair)
    assert b"Without a number" not in browser.post(reverse(URL, args=["RS"]), {"format": "iati"}).content
    assert "1 initiative is not in it" in browser.get(reverse(URL, args=["RS"])).content.decode()


def test_many_are_written_by_a_job(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made_files.applied(cast)
    monkeypatch.setattr(leaving, "AT_ONCE", 1)
    answer = as_(cast.chair).post(reverse(URL, args=["RS"]), {"format": "csv"})
    job = Job.objects.get(name__endswith="make_initiatives_file")
    assert answer.headers["Location"] == reverse("journal:job", args=[job.pk])
    assert jobs.run(job.pk)
    job.refresh_from_db()
    kept = Attachment.objects.get(name__endswith=".csv", pk=int(job.result["url"].strip("/").split("/")[-1]))
    with kept.file.open("rb") as file:
        assert "Tablets for schools" in file.read().decode()


def test_the_template_is_empty_and_in_the_readers_language(cast: Cast) -> None:
    from learnin.initiatives.formats import fivew
    from learnin.initiatives.formats.record import NotReadable

    answer = as_(cast.chair).get(reverse("initiatives:import_template", args=["RS"]))
    assert answer.content[:2] == b"PK"
    with pytest.raises(NotReadable):
        fivew.look(answer.content, "template.xlsx", sheet="Initiatives")
