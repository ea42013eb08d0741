"""Organisations: known, corrected, merged and parted again, and who looks after their initiatives."""

from typing import Any

import pytest
from django.urls import reverse

from learnin.initiatives.formats.record import Organisation, Party, Role, Text
from learnin.initiatives.models import Initiative, OrganisationMerge, Representative
from learnin.initiatives.models import Organisation as Kept
from learnin.initiatives.operations import merging_organisations, organisations
from learnin.initiatives.queries.records import record_of, whole
from learnin.journal.models import Entry
from tests.cast import NOW, Cast, as_
from tests.initiatives import made

pytestmark = pytest.mark.django_db

ROOM = reverse("initiatives:organisations", args=["RS"])


def _url(name: str, one: Kept) -> str:
    return reverse(f"initiatives:{name}", args=["RS", one.pk])


@pytest.mark.parametrize(
    ("who", "status"), [("chair", 200), ("member", 200), ("partner", 200), ("stranger", 404), ("regional", 200)]
)
def test_who_may_enter(cast: Cast, who: str, status: int) -> None:
    made.kept_organisation(cast, "Fund")
    assert as_(getattr(cast, who)).get(ROOM).status_code == status


def test_a_partner_knows_organisations_of_what_it_sees(cast: Cast) -> None:
    hidden = made.initiative(cast, reporter=made.organisation("Secret donor"))
    made.initiative(cast, "Mine", by=cast.partner, reporter=made.organisation("Own fund"))
    assert [str(one) for one, _n in as_(cast.partner).get(ROOM).context["rows"]] == [
        "Ministry of Education",
        "Own fund",
    ]
    assert as_(cast.partner).get(_url("organisation", hidden.reporter)).status_code == 404
    assert as_(cast.stranger).get(_url("organisation", hidden.reporter)).status_code == 404
    assert as_(cast.member).get(_url("organisation", hidden.reporter)).status_code == 200


def test_found_in_any_script_and_counted(cast: Cast) -> None:
    names = {"sr": "Фонд за школе", "en": "Fund for Schools"}
    organisations.add(cast.home, names=names, acronyms={"en": "FFS"}, by=cast.chair, now=NOW)
    made.initiative(cast, reporter=made.organisation("Fund for Schools"),
                    parties=(Party(made.organisation("Fund for Schools"), Role.FUNDING),))  # fmt: skip
    for words in ("fond skole", "фонд", "ffs"):
        rows = as_(cast.member).get(f"{ROOM}?words={words}").context["rows"]
        assert [(str(one), number) for one, number in rows] == [("Fund for Schools", 1)]
    assert not as_(cast.member).get(f"{ROOM}?words=nobody").context["rows"]


def test_added_and_changed(cast: Cast) -> None:
    add = reverse("initiatives:add_organisation", args=["RS"])
    sent = {
        "language_0": "en",
        "name_0": "Fund",
        "language_1": "sr",
        "name_1": "Фонд",
        "acronym_1": "ФЗШ",
        "type": "60",
    }
    assert as_(cast.member).post(add, sent).status_code == 403
    assert as_(cast.chair).post(add, sent | {"language_1": "en"}).status_code == 422
    assert as_(cast.chair).post(add, {"type": "60"}).status_code == 422
    assert as_(cast.chair).post(add, sent).status_code == 302
    found = Kept.objects.get()
    assert (found.names, found.acronyms, found.type) == ({"en": "Fund", "sr": "Фонд"}, {"sr": "ФЗШ"}, "60")
    above = made.kept_organisation(cast, "Ministry")
    changed = sent | {"identifier": "RS-APR-1", "parent": str(above.pk)}
    assert as_(cast.chair).post(_url("change_organisation", found), changed).status_code == 302
    found.refresh_from_db()
    assert (found.identifier, found.parent) == ("RS-APR-1", above)
    assert set(Entry.objects.get(verb="organisation.changed").after) == {"identifier", "parent"}
    round_about = {"language_0": "en", "name_0": "Ministry", "parent": str(found.pk)}
    page = as_(cast.chair).post(_url("change_organisation", above), round_about)
    assert "cannot be a part of itself" in page.content.decode()


def _twice(cast: Cast) -> tuple[Kept, Kept, Initiative, Initiative]:
    """One fund under two names; it reports one initiative under each, and takes part under both in one of them."""
    one, two = (made.organisation(name) for name in ("Fund for Schools", "School Fund"))
    first = made.initiative(cast, "First", reporter=one, parties=(Party(one, Role.FUNDING), Party(two, Role.FUNDING)))
    second = made.initiative(cast, "Second", reporter=two, parties=(Party(two, Role.IMPLEMENTING),))
    return first.reporter, second.reporter, first, second


def test_merged_and_undone(cast: Cast) -> None:
    kept, gone, first, second = _twice(cast)
    made.represent(cast, "School Fund", cast.partner)
    before = [record_of(whole(one.pk)) for one in (first, second)]
    url = _url("merge_organisation", gone)
    assert as_(cast.member).post(url, {"kept": kept.pk}).status_code == 403
    assert as_(cast.chair).post(url, {"kept": gone.pk}).status_code == 422
    assert as_(cast.chair).post(url, {"kept": kept.pk}).status_code == 302
    first, second = whole(first.pk), whole(second.pk)
    assert (first.reporter, second.reporter) == (kept, kept)
    assert [(one.organisation, one.role) for one in first.partners.all()] == [(kept, "1")]
    assert as_(cast.partner).get(first.url).status_code == 200
    shown = as_(cast.chair).get(_url("organisation", gone)).content.decode()
    assert "was merged into it" in shown
    assert "They are two after all" in shown
    assert "They are two after all" not in as_(cast.member).get(_url("organisation", gone)).content.decode()
    assert Entry.objects.filter(verb="organisation.merged").count() == 2
    again = made.initiative(cast, "Third", reporter=made.organisation("School Fund"))
    assert again.reporter == kept, "a file that names it by the old name means the kept one"
    undo = reverse("initiatives:undo_organisation_merge", args=[OrganisationMerge.objects.get().pk])
    assert as_(cast.member).post(undo).status_code == 403
    assert as_(cast.stranger).post(undo).status_code == 404
    assert as_(cast.chair).post(undo).status_code == 302
    after = [record_of(whole(one.pk)) for one in (first, second)]
    assert [_plain(one) for one in after] == [_plain(one) for one in before]
    assert Representative.objects.get().organisation == gone
    assert again.reporter == kept
    assert Entry.objects.filter(verb="organisation.merge-undone").count() == 2


def _plain(record: Any) -> Any:
    return record.reporter, {(party.organisation, party.role) for party in record.parties}


def test_a_merge_below_a_later_one_waits(cast: Cast) -> None:
    kept, gone, *_initiatives = _twice(cast)
    third = made.kept_organisation(cast, "The Fund")
    early = merging_organisations.merge(gone, kept=kept, by=cast.chair, now=NOW)
    late = merging_organisations.merge(kept, kept=third, by=cast.chair, now=NOW)
    gone.refresh_from_db()
    assert gone.merged_into == third
    with pytest.raises(merging_organisations.NotUndoable):
        merging_organisations.undo(early, by=cast.chair, now=NOW)
    merging_organisations.undo(late, by=cast.chair, now=NOW)
    merging_organisations.undo(early, by=cast.chair, now=NOW)
    gone.refresh_from_db()
    assert gone.merged_into is None


def test_nothing_is_merged_into_another_country(cast: Cast) -> None:
    here = made.kept_organisation(cast, "Fund")
    there = made.kept_organisation(cast, "Fund of elsewhere", country=cast.elsewhere)
    with pytest.raises(merging_organisations.NotMergeable):
        merging_organisations.merge(here, kept=there, by=cast.chair, now=NOW)
    with pytest.raises(merging_organisations.SameOrganisation):
        merging_organisations.merge(here, kept=here, by=cast.chair, now=NOW)


def test_of_the_region_only_the_region_changes(cast: Cast) -> None:
    shared = organisations.add(None, names={"en": "World Fund"}, by=cast.regional, now=NOW)
    assert as_(cast.chair).get(_url("organisation", shared)).status_code == 200
    assert as_(cast.chair).get(_url("change_organisation", shared)).status_code == 403
    assert as_(cast.regional).get(_url("change_organisation", shared)).status_code == 200


def test_who_looks_after_its_initiatives(cast: Cast) -> None:
    one = made.initiative(cast, reporter=Organisation((Text("Fund", "en"),)))
    add = _url("add_representative", one.reporter)
    assert as_(cast.partner).get(one.url).status_code == 404
    assert as_(cast.member).post(add, {"person": cast.partner.pk}).status_code == 403
    assert as_(cast.chair).post(add, {"person": cast.stranger.pk}).status_code == 422
    assert as_(cast.chair).post(add, {"person": cast.partner.pk}).status_code == 302
    assert as_(cast.chair).post(add, {"person": cast.partner.pk}).status_code == 422
    assert as_(cast.partner).get(one.url).status_code == 200
    end = reverse("initiatives:end_representative", args=["RS", Representative.objects.get().pk])
    assert as_(cast.member).post(end).status_code == 403
    assert as_(cast.chair).post(end).status_code == 302
    assert as_(cast.partner).get(one.url).status_code == 404
    assert "no longer looks after" in as_(cast.chair).get(_url("organisation", one.reporter)).content.decode()
