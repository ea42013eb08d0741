"""A page: the whole, or the part htmx asks for; 422 for a refused form; the frame around it."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from learnin.kit import navigation, pages

WRONG = {"email": "nobody"}
RIGHT = {"email": "ana@example.org", "begins_on": "2026-12-01"}
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def _own_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ("_stages", "_mine", "_foot"):
        monkeypatch.setattr(navigation, room, {})


def test_the_page_of_all_components_is_public(client: Client) -> None:
    answer = client.get("/kit/")
    assert answer.status_code == 200
    assert "HX-Request" in answer.headers["Vary"]
    assert "<script>" not in answer.content.decode()
    assert " style=" not in answer.content.decode()


def test_a_refused_form_is_422_and_says_so_in_the_title(client: Client) -> None:
    answer = client.post("/kit/", WRONG)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Components - LearnIn</title>" in html
    assert '<a href="#id_email">' in html


def test_a_good_form_leads_on_and_the_notice_comes_once(client: Client) -> None:
    answer = client.post("/kit/", RIGHT, follow=True)
    assert answer.redirect_chain == [("/kit/", 302)]
    assert "The form is complete." in answer.content.decode()
    assert "The form is complete." not in client.get("/kit/").content.decode()


def test_htmx_gets_the_part_with_the_summary_beside_it(client: Client) -> None:
    answer = client.post("/kit/", WRONG, headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.lstrip().startswith('<form id="try"')
    assert "<html" not in html
    assert 'id="errors" hx-swap-oob="innerHTML"' in html
    assert '<a href="#id_email">' in html


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true", "HX-Request-Type": "full"},
        {**HTMX, "HX-Boosted": "true"},
        {**HTMX, "HX-History-Restore-Request": "true"},
        {},
    ],
)
def test_whoever_asks_for_the_page_gets_the_page(client: Client, headers: dict[str, str]) -> None:
    assert "<html" in client.get("/kit/", headers=headers).content.decode()


def test_a_status_can_be_given() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert pages.page(request, "404.html", status=404).status_code == 404


@pytest.mark.parametrize(
    ("language", "tag"), [("en", "en"), ("sr", "sr-Cyrl"), ("sr-latn", "sr-Latn"), ("ka", "ka"), ("tr", "tr")]
)
def test_the_page_says_its_language(client: Client, language: str, tag: str) -> None:
    html = client.get("/kit/", headers={"Accept-Language": language}).content.decode()
    assert f'<html lang="{tag}"' in html
    assert f'lang="{tag}" aria-current="true"' in html
    assert 'method="post" action="/language/"' in html


@pytest.mark.usefixtures("_own_bar")
def test_only_the_stages_a_person_may_see_stand_in_the_bar() -> None:
    for key, may in (("second", True), ("first", True), ("hidden", False)):
        navigation.register(
            navigation.Stage(
                key=key,
                label=key.title(),
                order=1 if key == "first" else 2,
                url=lambda place, key=key: f"/{place.name}/{key}/",
                may=lambda person, place, may=may: may,
            )
        )
    request = RequestFactory().get("/arvenia/second/people/")
    request.user = AnonymousUser()
    pages.at(request, SimpleNamespace(name="arvenia", url="/arvenia/", is_example=True))
    frame = pages.frame(request)
    assert [(stage.label, stage.url, stage.current) for stage in frame.stages] == [
        ("First", "/arvenia/first/", False),
        ("Second", "/arvenia/second/", True),
    ]
    assert frame.is_example
    pages.at(request, request.place, stage="first")
    assert pages.frame(request).stage.label == "First"


@pytest.mark.usefixtures("_own_bar")
def test_a_stage_has_one_address() -> None:
    with pytest.raises(ValueError, match="either"):
        navigation.register(navigation.Stage(key="x", label="X", order=1))


def test_nothing_here_and_nothing_for_you_look_the_same(client: Client) -> None:
    answer = client.get("/kit/nowhere/")
    assert answer.status_code == 404
    assert "There is no page at this address, or none for you." in answer.content.decode()


def test_a_form_from_elsewhere_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/kit/", RIGHT)
    assert answer.status_code == 403
    assert "Open the page again" in answer.content.decode()


def test_the_page_for_our_own_faults_asks_nothing_of_the_database() -> None:
    from learnin.kit import views

    answer = views.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "It is our fault" in answer.content.decode()
