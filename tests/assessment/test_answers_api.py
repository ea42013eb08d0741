"""Programs fetch answers since they last asked: corrected, without personal fields, each once."""

from typing import Any

from learnin.assessment.models import Correction, Round
from tests import world
from tests.assessment import made_data as made
from tests.cast import NOW, Cast, as_


def fetch(of: Round, by: Any, **asked: Any) -> Any:
    _token, secret = world.token(by)
    return as_(None).get(f"/api/rounds/{of.pk}/submissions", asked, headers={"authorization": f"Bearer {secret}"})


def test_answers_come_once_and_in_order(cast: Cast) -> None:
    of = made.round_(cast)
    for number in range(5):
        made.answer(of, f"uuid:{number}", size=str(number + 1))
    seen, cursor = [], {}
    for _turn in range(4):
        told = fetch(of, cast.chair, limit=2, **cursor).json()
        seen += [one["id"] for one in told["items"]]
        cursor = {"cursor": told["next"]}
    assert seen == [f"uuid:{number}" for number in range(5)]
    made.answer(of, "uuid:late", size="77")
    told = fetch(of, cast.chair, **cursor).json()
    assert [one["id"] for one in told["items"]] == ["uuid:late"]
    assert fetch(of, cast.chair, cursor="abc").status_code == 422


def test_data_are_corrected_and_without_personal_fields(cast: Cast) -> None:
    of = made.round_(cast)
    answer = made.answer(of)
    for path, after in (("school/size", "130"), ("lesson[2]/subject", "Maths")):
        Correction.objects.create(
            submission=answer, path=path, before="x", after=after, reason="Asked", by=cast.chair, at=NOW
        )
    (one,) = fetch(of, cast.chair).json()["items"]
    assert one["data"]["school"] == {"size": "130", "kind": "village"}
    assert one["data"]["lesson"] == [{"subject": "Art"}, {"subject": "Maths"}]
    assert not {"name", "meta"} & set(one["data"])
    assert one["received_at"] == "2026-11-23T09:00:00Z"


def test_what_is_tied_to_nobody_has_no_moment(cast: Cast) -> None:
    of = made.round_(cast, naming=Round.Naming.UNLINKED)
    made.answer(of)
    (one,) = fetch(of, cast.chair).json()["items"]
    assert one["received_at"] is None
    assert not {"start", "end"} & set(one["data"])


def test_the_gate_is_that_of_the_pages(cast: Cast) -> None:
    of = made.round_(cast)
    assert [fetch(of, one).status_code for one in (cast.chair, cast.member, cast.stranger)] == [200, 403, 404]
    _token, secret = world.token(cast.member)
    listed = as_(None).get("/api/countries/RS/rounds", headers={"authorization": f"Bearer {secret}"}).json()
    assert [(one["id"], one["kind_in_words"]) for one in listed["items"]] == [(of.pk, "Open link: not a sample")]
