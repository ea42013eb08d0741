"""What countries publish of their initiatives, by component: for the region only, and nothing that is not published."""

import pytest
from django.urls import reverse

from learnin.home import regional_initiatives
from learnin.initiatives.models import Pair
from learnin.initiatives.operations import life
from learnin.people.models import Country
from tests.cast import NOW, as_
from tests.initiatives import made

pytestmark = pytest.mark.django_db
PAGE = reverse("home:region_initiatives")


def published(cast, title, **says):
    found = made.initiative(cast, title, **says)
    life.publish(found, by=cast.regional, now=NOW)
    return found


def is_public(*places):
    Country.objects.filter(pk__in=[one.pk for one in places]).update(public_since=NOW)


def line(name):
    return next(one for one in regional_initiatives.regional().lines if one.name == name)


@pytest.mark.parametrize(
    ("who", "status"), [("chair", 404), ("member", 404), ("partner", 404), ("stranger", 404), ("regional", 200)]
)
def test_only_the_region_opens_it(cast, who, status):
    assert as_(getattr(cast, who)).get(PAGE).status_code == status


def test_it_counts_what_is_published_where_everybody_may_read(cast):
    is_public(cast.home)
    published(cast, "Here")
    published(cast, "Of two components", components=("technology", "policy"))
    published(cast, "Of none", components=())
    published(cast, "Elsewhere, without a public page", country=cast.elsewhere)
    made.initiative(cast, "Not published")
    found = regional_initiatives.regional()
    assert (found.told, found.countries) == (3, 1)
    assert "Georgia" in found.without
    assert "Serbia" not in found.without
    shown = dict(zip(found.columns, [one.said for one in line("Serbia").cells], strict=False))
    assert shown == {
        "Pedagogy": "None published",
        "Policy and Administration": "1",
        "Technology": "2",
        "Component not told": "1",
        "All together": "3",
    }


def test_its_numbers_lead_to_the_public_pages_that_list_as_many(cast):
    is_public(cast.home)
    published(cast, "Here")
    published(cast, "Of two components", components=("technology", "policy"))
    page = as_(cast.regional).get(PAGE)
    cells = [cell for one in page.context["regional"].lines for cell in one.cells if cell.url]
    assert len(cells) == 3
    for cell in cells:
        listed = as_(None).get(cell.url)
        assert listed.context["page"].paginator.count == int(cell.said)


def test_one_activity_told_by_two_counts_once(cast):
    is_public(cast.home)
    one, other = published(cast, "A"), published(cast, "B")
    Pair.objects.create(
        country=cast.home, first=one, second=other, found_at=NOW, verdict="joint", judged_by=cast.chair, judged_at=NOW
    )
    assert regional_initiatives.regional().told == 1
    assert line("Serbia").cells[-1].said == "1"


def test_countries_stand_by_name_and_nothing_is_said_plainly(cast):
    is_public(cast.home, cast.elsewhere)
    assert "No country publishes an initiative yet" in as_(cast.regional).get(PAGE).content.decode()
    published(cast, "Here")
    published(cast, "There", country=cast.elsewhere)
    published(cast, "Another there", country=cast.elsewhere)
    names = [one.name for one in regional_initiatives.regional().lines]
    assert names.index("Georgia") < names.index("Serbia")
    shown = as_(cast.regional).get(PAGE).content.decode()
    assert "None published" in shown
    assert "Countries that publish none yet" in shown


def test_more_initiatives_ask_no_more_questions(cast, django_assert_num_queries):
    is_public(cast.home)
    published(cast, "One")
    with django_assert_num_queries(5):
        regional_initiatives.regional()
    for number in range(4):
        published(cast, f"More {number}")
    with django_assert_num_queries(5):
        regional_initiatives.regional()
