"""A record becomes an initiative and comes out of the register the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from learnin.initiatives.formats.record import Money, Organisation, Record, Share, Text
from learnin.initiatives.models import Initiative
from learnin.initiatives.models import Organisation as Kept
from learnin.initiatives.operations import registering
from learnin.initiatives.queries.records import record_of, with_parts
from learnin.journal.models import Entry
from tests.cast import NOW, Cast
from tests.initiatives import made
from tests.initiatives.test_kept import FULL

pytestmark = pytest.mark.django_db


def _read(initiative: Initiative) -> Record:
    return record_of(with_parts(Initiative.objects.filter(pk=initiative.pk)).get())


def test_comes_out_as_it_went_in(cast: Cast) -> None:
    kept = registering.register(cast.home, record=FULL, by=cast.chair, now=NOW, origin=Initiative.Origin.IATI)
    assert _read(kept) == replace(FULL, sectors=(Share("11130", Decimal("62.5")), Share("11220")))
    assert not kept.is_confirmed
    assert Entry.objects.filter(verb="initiative.registered", on_id=str(kept.pk)).count() == 1


def test_one_organisation_under_two_spellings(cast: Cast) -> None:
    made.initiative(cast, "One", reporter=made.organisation("Ministarstvo prosvete"))
    made.initiative(cast, "Two", reporter=Organisation((Text("Министарство просвете", "sr"),)))
    assert Kept.objects.filter(search_keys__contains="ministarstvo").count() == 1


def test_change_tells_both_and_says_when_nothing_changed(cast: Cast) -> None:
    kept = made.initiative(cast)
    same = _read(kept)
    assert not registering.change(kept, record=same, by=cast.chair, now=NOW)
    new = replace(same, money=(Money(Decimal("10.5"), "EUR", valued_on=date(2026, 1, 1), is_whole=True),))
    assert registering.change(kept, record=new, by=cast.chair, now=NOW)
    assert _read(kept) == new
    line = Entry.objects.get(verb="initiative.changed")
    assert "money" in line.after
    assert "titles" not in line.after


@pytest.mark.parametrize(
    "says",
    [
        {"titles": ()},
        {"reporter": Organisation()},
        {"actual_start": date(2027, 1, 1), "planned_end": date(2026, 1, 1)},
    ],
)
def test_nonsense_is_refused(cast: Cast, says: dict[str, object]) -> None:
    with pytest.raises(registering.Unregistrable):
        made.initiative(cast, **says)
    assert not Initiative.objects.exists()


def test_an_identifier_comes_once_a_country(cast: Cast) -> None:
    made.initiative(cast, identifier="XM-1")
    with pytest.raises(registering.AlreadyRegistered, match="XM-1"):
        made.initiative(cast, identifier="XM-1")
    made.initiative(cast, identifier="XM-1", country=cast.elsewhere)
