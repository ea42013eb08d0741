"""A sample is drawn from a list by its design and seed; the same seed draws the same units, whoever asks."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from learnin.assessment.models import Sample, SampledUnit
from learnin.assessment.operations import samples as operations
from learnin.assessment.queries import samples as queries
from learnin.journal.models import Entry
from tests.assessment import made_frames as made
from tests.cast import NOW


def asked(**more):
    plain = {
        "title": "Schools", "method": "pps_systematic", "size": "12", "strata": ["Region"], "seed": "7", "take": "",
        "allocation": "proportional",
        "least": "2", "reserves": "1", "missing_size": "median", "is_sorted": "on",
        "assessment": "",
    }  # fmt: skip
    return plain | more


def test_the_plan_is_shown_before_anything_is_drawn(cast, as_):
    frame = made.frame(cast)
    client, address = as_(cast.chair), reverse("assessment:sample_design", args=[frame.pk])
    page = client.get(address, asked()).content.decode()
    assert "12 units in all" in page
    assert "4 units have no size and get the middle one of their stratum" in page
    assert not Sample.objects.exists()
    answer = client.post(address, asked())
    sample = Sample.objects.get()
    assert answer.url == reverse("assessment:sample", args=[sample.pk])
    assert (sample.size, sample.seed, sample.design["imputed"]) == (12, 7, 4)
    assert Entry.objects.get(verb="sample.drawn").after["seed"] == 7
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    ("player", "see", "change"),
    [("chair", 200, 200), ("member", 200, 403), ("partner", 403, 403), ("stranger", 404, 404), ("regional", 200, 200)],
)
def test_who_may_see_and_draw(cast, as_, player, see, change):
    sample = made.sample(cast, take=2)
    unit = SampledUnit.objects.filter(sample=sample, reserve_for=None).order_by("pk").first()
    client = as_(getattr(cast, player))
    assert client.get(reverse("assessment:sample", args=[sample.pk])).status_code == see
    assert client.get(reverse("assessment:sample_size", args=["RS"])).status_code == see
    assert client.get(reverse("assessment:sample_design", args=[sample.frame_id])).status_code == change
    for page in ("put_in_reserve", "sampled_people"):
        assert client.get(reverse(f"assessment:{page}", args=[unit.pk])).status_code == change
    for page in ("sample_xlsx", "sample_pdf", "sample_docx"):
        assert client.get(reverse(f"assessment:{page}", args=[sample.pk])).status_code == change


@pytest.mark.parametrize("method", ["simple", "systematic", "pps_systematic", "pps", "census"])
def test_every_method_draws_and_draws_the_same_again(cast, method):
    sample = made.sample(cast, method=method, reserves=0)
    units = SampledUnit.objects.filter(sample=sample)
    assert units.count() == sample.size == (57 if method == "census" else 12)
    assert queries.is_reproduced(sample)
    assert sum(unit.weight for unit in units) == pytest.approx(57, rel=0.35 if method.startswith("pps") else 1e-9)
    for stratum in sample.drawn_strata.all():
        assert stratum.drawn == stratum.drawn_units.count()
    sample.seed += 1
    assert queries.is_reproduced(sample) is (method == "census")


@pytest.mark.parametrize("allocation", ["equal", "proportional", "neyman", "power"])
def test_every_allocation_shares_the_whole_sample(cast, allocation):
    sample = made.sample(cast, method="simple", allocation=allocation, size=13)
    drawn = list(sample.drawn_strata.order_by("number").values_list("drawn", flat=True))
    assert sum(drawn) == 13
    assert min(drawn) >= 2


def test_two_stages_multiply_their_chances(cast, as_):
    sample = made.sample(cast, take=3)
    unit = SampledUnit.objects.filter(sample=sample, reserve_for=None).order_by("order", "pk").first()
    client, address = as_(cast.chair), reverse("assessment:sampled_people", args=[unit.pk])
    lines = "\n".join(f"Teacher {n}; t{n}@example.org" for n in range(1, 13))
    assert client.post(address, {"people": lines}).status_code == 302
    people = list(unit.people.order_by("number"))
    assert len(people) == 3
    assert {round(one.probability * one.weight / unit.weight, 12) for one in people} == {1.0}
    assert people[0].weight == pytest.approx(unit.weight * 4)
    assert people[0].email == f"t{people[0].number}@example.org"
    again = client.post(address, {"people": lines})
    assert again.status_code == 422
    assert "People of" in again.content.decode()
    assert people[0].name in client.get(address).content.decode()


def test_a_reserve_stands_in_with_the_weight(cast, as_):
    sample = made.sample(cast, reserves=2)
    unit = SampledUnit.objects.filter(sample=sample, reserve_for=None).order_by("order", "pk").first()
    client, address = as_(cast.chair), reverse("assessment:put_in_reserve", args=[unit.pk])
    assert client.post(address, {"because": ""}).status_code == 422
    assert client.post(address, {"because": "Closed in May"}).status_code == 302
    reserve = unit.reserves.get(stands_in_since__isnull=False)
    assert (reserve.weight, reserve.reserve_rank, reserve.stratum) == (unit.weight, 1, unit.stratum)
    assert "Closed in May" in client.get(reverse("assessment:sample", args=[sample.pk])).content.decode()
    operations.put_in_reserve(unit, because="Closed", by=cast.chair, now=NOW)
    with pytest.raises(operations.NoReserve):
        operations.put_in_reserve(unit, because="Closed", by=cast.chair, now=NOW)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"size": "500"}, "there are only"),
        ({"size": ""}, "Write how many units to draw"),
        ({"size": "4", "least": "2"}, "each stratum needs 2, so 6 in all"),
        ({"strata": []}, "Choose the strata among which the sample is shared"),
        ({"allocation": ""}, "Choose how the sample is shared"),
        ({"method": "magic"}, "magic"),
    ],
)
def test_a_design_that_does_not_fit_is_refused_in_words(cast, as_, wrong, words):
    frame = made.frame(cast)
    answer = as_(cast.chair).post(reverse("assessment:sample_design", args=[frame.pk]), asked(**wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Sample.objects.exists()


def test_units_without_a_size_may_be_left_out(cast):
    sample = made.sample(cast, missing_size="leave_out")
    assert sample.design["left_out"] == 4
    assert not SampledUnit.objects.filter(sample=sample, unit__size=None).exists()
    assert sum(sample.drawn_strata.values_list("units", flat=True)) == 53


def test_the_workbook_carries_every_digit(cast, as_):
    sample = made.sample(cast)
    content = as_(cast.chair).get(reverse("assessment:sample_xlsx", args=[sample.pk])).content
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    kept = list(queries.units_of(sample))
    assert len(rows) == len(kept) + 1
    assert [row[2] for row in rows[1:]] == [one.unit.name for one in kept]
    assert [float(row[8]) if row[8] else None for row in rows[1:]] == [one.probability for one in kept]


def test_how_many_to_ask_is_worked_out_step_by_step(cast, as_):
    sent = {"margin": "5", "confidence": "0.95", "proportion": "50", "response": "80", "take": "10", "icc": "0.1",
            "population": "3000", "groups": "North; 1000\nSouth; 2000"}  # fmt: skip
    answer = as_(cast.member).get(reverse("assessment:sample_size", args=["RS"]), sent)
    page, needed = answer.content.decode(), answer.context["needed"]
    assert needed.size.simple == 385
    assert f"<strong>{needed.size.completed}</strong> answers" in page
    assert set(needed.plan.groups) == {"North", "South"}
    assert needed.size.clusters == -(-needed.size.invite // 10)
    ours = sent | {"proportion": "50 %", "icc": "0,1", "population": "3.000", "groups": "North; 1.000\nSouth; 2 000"}
    typed = as_(cast.member).get(reverse("assessment:sample_size", args=["RS"]), ours)
    assert typed.context["needed"] == needed
    wrong = as_(cast.member).get(reverse("assessment:sample_size", args=["RS"]), sent | {"groups": "North; many"})
    assert "Write a whole number behind “North”" in wrong.content.decode()
