"""What everyone may read of a task force, and nothing else."""

import pytest
from django.urls import reverse

from learnin.people.models import PublicText
from learnin.taskforce.models import Seat
from learnin.taskforce.operations import composition
from tests.cast import NOW
from tests.taskforce import made


@pytest.fixture
def opened(cast, as_):
    client = as_(cast.chair)
    client.post(reverse("people:public_text", args=["RS"]), {"language": "en", "about": "We lead.\n\n<b>Here</b>."})
    client.post(reverse("people:publish", args=["RS"]))
    return cast


PAGE = "/public/RS/"


def test_there_is_none_before_it_is_opened(cast, as_):
    assert as_(None).get(PAGE).status_code == 404


def test_it_needs_a_text(cast, as_):
    as_(cast.chair).post(reverse("people:publish", args=["RS"]))
    assert as_(None).get(PAGE).status_code == 404


def test_everyone_reads_it_and_marks_are_only_text(opened, as_):
    page = as_(None).get(PAGE)
    assert page.status_code == 200
    assert "&lt;b&gt;Here&lt;/b&gt;" in page.content.decode()


def test_only_those_who_agreed_are_named(opened, as_):
    assert "Chair" not in as_(None).get(PAGE).content.decode().replace("chair", "")
    as_(opened.chair).post(reverse("people:be_named", args=[opened.chair.roles.get().pk]))
    assert "Chair" in as_(None).get(PAGE).content.decode()
    as_(opened.chair).post(reverse("people:be_named", args=[opened.chair.roles.get().pk]))
    assert ">Chair<" not in as_(None).get(PAGE).content.decode()


def test_it_can_be_closed_again(opened, as_):
    as_(opened.chair).post(reverse("people:publish", args=["RS"]))
    assert as_(None).get(PAGE).status_code == 404


@pytest.mark.parametrize(("player", "status"), [("member", 403), ("partner", 403), ("stranger", 404)])
def test_only_leads_write_it(cast, as_, player, status):
    answer = as_(getattr(cast, player)).post(
        reverse("people:public_text", args=["RS"]), {"language": "en", "about": "Mine"}
    )
    assert answer.status_code == status
    assert not PublicText.objects.exists()


def test_the_front_page_lists_it(opened, as_):
    assert PAGE in as_(None).get("/").content.decode()


def test_it_tells_since_when_and_who_has_a_voice_without_names(opened, as_):
    made.full(opened)
    composition.end_sitting(Seat.objects.get(constituency="parents").sittings.get(), by=opened.regional, now=NOW)
    page = as_(None).get(PAGE).content.decode()
    assert "Ministerial order 114" in page
    assert "Technology lead" in page
    assert "Parents’ organisations" not in page
    assert "Sitter" not in page


def test_an_example_says_so_to_everybody(opened, as_):
    assert "Everything on it is invented" not in as_(None).get(PAGE).content.decode()
    opened.home.is_example = True
    opened.home.save(update_fields=["is_example"])
    for reader in (None, opened.chair, opened.stranger):
        page = as_(reader).get(PAGE).content.decode()
        assert "Everything on it is invented" in page


def test_the_bar_leads_to_where_the_reader_may_go(opened, as_):
    home = reverse("home:country", args=["RS"])
    assert f'href="{home}"' in as_(opened.chair).get(PAGE).content.decode()
    for reader in (None, opened.stranger):
        assert f'href="{home}"' not in as_(reader).get(PAGE).content.decode()
