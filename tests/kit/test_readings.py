"""A reading answers as the query it is written from, always with what stands in the database now."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Count, QuerySet
from hypothesis import given
from hypothesis import strategies as st

from learnin.kit.readings import reading
from learnin.people.models import Area, Country, Person, Role
from learnin.people.roles import Kind
from tests import cast as players
from tests.cast import NOW

CODES = ["AL", "GE", "RS", "UZ", "nowhere", "%s", "'"]


def areas(country: str) -> QuerySet[Area]:
    return Area.objects.filter(country=country).select_related("country").order_by("code")


def named(countries: list[str]) -> QuerySet[Country, tuple[str, int]]:
    found = Country.objects.filter(pk__in=countries).order_by("code")
    return found.annotate(n=Count("areas")).values_list("code", "n")


def first_codes(country: str, kind: str) -> QuerySet[Area, str]:
    return Area.objects.filter(country=country).exclude(kind=kind).order_by("code").values_list("code", flat=True)[:3]


def given_until(person: int, day: date, moment: datetime) -> QuerySet[Role]:
    return Role.objects.filter(person=person, starts_on__lte=day, given_at__lt=moment).order_by("pk")


read_areas, read_named, read_first, read_given = map(reading, (areas, named, first_codes, given_until))


@pytest.mark.django_db
@given(st.sampled_from(CODES), st.sampled_from(["region", "", "no such kind"]), st.lists(st.sampled_from(CODES)))
def test_it_answers_as_the_query_it_is_written_from(country, kind, several):
    assert read_areas(country) == list(areas(country))
    assert read_first(country, kind) == list(first_codes(country, kind))
    assert read_named(several) == list(named(several))


def test_days_and_moments_fill_its_blanks(cast):
    held = cast.chair.roles.get()
    day, second = timedelta(days=1), timedelta(seconds=1)
    assert read_given(cast.chair.pk, held.starts_on, held.given_at + second) == [held]
    assert read_given(cast.chair.pk, held.starts_on - day, held.given_at + second) == []
    assert read_given(cast.chair.pk, held.starts_on, held.given_at) == []
    assert read_given(cast.stranger.pk, held.starts_on, held.given_at + second) == [cast.stranger.roles.get()]


def test_it_keeps_nothing_of_an_answer(cast):
    code = Area.objects.filter(country="GE").order_by("code")[0].code
    Area.objects.filter(code=code).update(name="Before")
    assert read_areas("GE")[0].name == "Before"
    Area.objects.filter(code=code).update(name="After")
    assert read_areas("GE")[0].name == "After"
    Area.objects.filter(code=code).delete()
    assert code not in [area.code for area in read_areas("GE")]


@pytest.mark.django_db
def test_its_related_records_come_along(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert {area.country.time_zone for area in read_areas("GE")} == {"Asia/Tbilisi"}


@pytest.mark.django_db
def test_its_sql_is_written_once_for_each_length_of_a_list():
    written = []

    @reading
    def countries(codes: list[str]) -> QuerySet[Country]:
        written.append(len(codes))
        return Country.objects.filter(pk__in=codes).order_by("code")

    for codes in (["GE"], ["AL"], ["AL", "GE"], ["RS", "UZ"], [], []):
        assert [country.pk for country in countries(codes)] == codes
    assert written == [1, 2, 0]


@pytest.mark.django_db
def test_the_first_row_or_nothing():
    assert read_first.first("GE", "") == read_first("GE", "")[0]
    assert read_first.first("nowhere", "") is None


@pytest.mark.django_db
def test_it_is_not_asked_about_nothing():
    with pytest.raises(ValueError, match="nothing"):
        read_areas(None)


@pytest.mark.django_db(transaction=True)
def test_threads_read_at_once_and_do_not_mix():
    people = [Person.objects.create_person(f"p{n}@example.org", f"P {n}") for n in range(4)]
    for one in people:
        players.role(one, Kind.REGIONAL_MEMBER, None)
    day, until = date(2999, 1, 1), NOW + timedelta(days=365_000)

    def read(person: Person) -> list[int]:
        try:
            return [role.person_id for _turn in range(20) for role in read_given(person.pk, day, until)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(read, people))
    assert found == [[one.pk] * 20 for one in people]
