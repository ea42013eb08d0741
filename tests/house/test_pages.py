"""Every address visited once: no page writes, asks for what nobody gave, or breaks a rule for pages."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import Origin, Template
from django.template.context import Context
from django.test import Client
from django.test.utils import override_settings
from django.urls import path
from pytest_django.plugin import DjangoDbBlocker

from learnin.kit.middleware import WriteOnGet
from learnin.people.models import Country
from tests.cast import cast
from tests.house.rules import ROOT, Source, pages, templates
from tests.house.rules.pages import Page
from tests.house.tour import Visit, asked_in_vain, walk
from tests.world import world

NOT_HERE = {
    "api:api-root": "it only names the API",
    "assessment:core_workbook": "no core in tests came as a workbook: tests/assessment/test_regional.py",
    "socialaccount_login_error": "it says that somebody may not come in: 401",
    "openid_connect_login": "no organisation is set up in tests",
    "openid_connect_callback": "no organisation is set up in tests",
    **{
        f"assessment:collect_password_{room}": "a password travels over HTTPS only: tests/assessment/test_openrosa.py"
        for room in ("form_list", "form", "manifest", "medium", "entities")
    },
}
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def visits(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Visit]]:
    """Every address as several people, in a world that is gone afterwards."""
    folder = {"OPTIONS": {"location": tmp_path_factory.mktemp("files")}}
    storages = {**settings.STORAGES, "default": settings.STORAGES["default"] | folder}
    with django_db_blocker.unblock(), override_settings(STORAGES=storages):
        with transaction.atomic():
            found = walk(world(cast()))
            transaction.set_rollback(True)
        yield found


def test_every_address_answers(visits: list[Visit]) -> None:
    assert [f"{visit}: {visit.status} {visit.trouble}" for visit in visits if visit.status >= 500] == []


def test_every_address_was_reached_by_somebody(visits: list[Visit]) -> None:
    reached = {visit.address for visit in visits if visit.is_inside}
    assert {visit.address for visit in visits} - reached == set(NOT_HERE)


def test_templates_get_all_they_ask_for(visits: list[Visit]) -> None:
    assert sorted({name for visit in visits for name in visit.undefined}) == []


def test_pages_keep_the_rules(visits: list[Visit]) -> None:
    seen = [visit for visit in visits if visit.html]
    assert len(seen) > len(visits) / 3
    broken = {
        f"{visit}: {finding}"
        for visit in seen
        for page in [Page(visit.html)]
        for finding in (
            *(finding for rule in pages.RULES for finding in rule(page)),
            *templates.pages_hold_no_inline_code(Source("page", visit.html)),
        )
    }
    assert sorted(broken) == []


@pytest.mark.parametrize(
    ("rule", "html"),
    [
        (
            pages.has_one_of_each,
            "<html lang='en'><title>A - LearnIn</title><h1>a</h1><h1>b</h1><link rel='stylesheet'>",
        ),
        (pages.has_one_of_each, "<html lang='en'><title> - LearnIn</title><h1>a</h1><link rel='stylesheet'>"),
        (pages.has_one_of_each, "<html><title>A - LearnIn</title><h1>a</h1><link rel='stylesheet'>"),
        (pages.has_one_of_each, "<html lang='en'><title>A - LearnIn</title><h1>a</h1>"),
        (pages.ids_are_single_and_meant, "<p id='a'></p><p id='a'></p>"),
        (pages.ids_are_single_and_meant, "<a href='#gone'>x</a>"),
        (pages.ids_are_single_and_meant, "<input aria-describedby='gone'>"),
        (pages.forms_carry_the_token, "<form method='post'></form>"),
        (pages.forms_carry_the_token, "<input name='x' id='x'>"),
        (pages.links_lead_somewhere, "<a href='/gone/'>x</a>"),
        (pages.links_lead_somewhere, "<script src='/static/gone.js'></script>"),
        (pages.links_lead_somewhere, "<script src='https://example.org/x.js'></script>"),
        (pages.scripts_keep_the_budget, "<p>no script at all</p>"),
    ],
)
def test_a_planted_fault_in_a_page_is_reported(rule: object, html: str) -> None:
    assert list(rule(Page(html)))


def test_a_page_over_the_budget_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "compressed", lambda name: pages.SCRIPT_BUDGET + 1)
    assert list(pages.scripts_keep_the_budget(Page("<script src='/static/main.js'></script>")))


def test_a_variable_that_nobody_gave_is_reported() -> None:
    written = "{% if gone %}x{% endif %}{{ also_gone }}{{ there }}"
    template = Template(written, origin=Origin(f"{ROOT}/learnin/kit/templates/kit/planted.html"))
    with asked_in_vain() as found:
        template.render(Context({"there": 1}))
    assert found == {"kit/planted.html:1 gone", "kit/planted.html:1 also_gone"}


def _writing(request: HttpRequest) -> HttpResponse:
    Country.objects.filter(code="RS").update(own_name="Planted")
    return HttpResponse("done")


_writing.login_required = False
urlpatterns = [path("planted/", _writing, name="planted")]


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_that_writes_is_refused(db: None, client: Client) -> None:
    for read in (client.get, client.head):
        with pytest.raises(WriteOnGet), transaction.atomic():
            read("/planted/")
    assert Country.objects.get(code="RS").own_name == ""
    assert client.post("/planted/").status_code == 200
