"""The weight of the set in use goes along with the answers, and the codebook names the set."""

import io

import openpyxl
from django.urls import reverse

from learnin.assessment.models import Round
from tests.assessment import made_data
from tests.assessment import made_weights as made
from tests.assessment.test_exports import content, table, take
from tests.cast import Cast, as_


def test_the_weight_of_the_set_in_use_goes_along(cast: Cast) -> None:
    of, invitation = made_data.sampled_round(cast)
    made_data.answer(of, invitation=invitation)
    made.made(of, cast, name="Kept")
    assert "li_weight" not in table(take(of, cast.chair))[0]
    found = made.made(of, cast, name="By region", is_in_use=True)
    made_data.answer(of, "uuid:later")  # came after the weights: none yet
    rows = {row["KEY"]: row["li_weight"] for row in table(take(of, cast.chair))}
    (weight,) = [one["weight"] for one in made.rows(found).values()]
    assert rows == {"uuid:1": repr(weight), "uuid:later": ""}
    page = as_(cast.chair).get(reverse("assessment:exports", args=[of.pk])).content.decode()
    assert "The weights of set 2, “By region”, go along" in page


def test_the_codebook_names_the_set_and_that_it_is_no_probability_sample(cast: Cast) -> None:
    of = made_data.round_(cast)
    made_data.answer(of)
    made.made(of, cast, name="Raked", is_in_use=True)
    book = openpyxl.load_workbook(io.BytesIO(content(take(of, cast.chair, format="codebook"))))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "Weight, from set 1: Raked (Not a probability sample)" in cells


def test_answers_tied_to_nobody_take_their_weight_along_and_nothing_else(cast: Cast) -> None:
    of, invitation = made_data.sampled_round(cast, naming=Round.Naming.UNLINKED)
    made_data.answer(of, invitation=invitation)
    made.made(of, cast, is_in_use=True)
    (row,) = table(take(of, cast.chair))
    assert float(row["li_weight"]) > 1
    assert "li_psu" not in row
