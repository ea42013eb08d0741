"""Who asked to be forgotten leaves the journal's texts and other people's notices; the lines stay."""

import json

import pytest

from learnin.journal.models import Entry, Notice, NoticePreference
from learnin.journal.operations import entries
from learnin.journal.operations import notices as telling
from learnin.people import operations
from learnin.people.roles import Kind
from tests import cast as players
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def _all_texts() -> str:
    lines = [[line.on_label, line.before, line.after] for line in Entry.objects.order_by("pk")]
    notices = [notice.params for notice in Notice.objects.order_by("pk")]
    return json.dumps([lines, notices], ensure_ascii=False)


def _erase(cast: Cast, person: object) -> None:
    operations.ask_for_erasure(person, now=NOW)
    person.refresh_from_db()
    operations.erase(person, by=cast.regional, now=NOW)


@pytest.mark.parametrize("name", ["Ana Popović", "ნინო ბერიძე", 'Ana "Anka" O\'Neil_%', "Ирена Образац"])
def test_names_addresses_and_earlier_names_leave_every_line(cast: Cast, name: str) -> None:
    ana = players.person(name, email="ana@example.org")
    operations.correct_details(ana, by=ana, now=NOW, spoken={}, name="Earlier Name", phone="+381 555 123")
    ana.refresh_from_db()
    operations.correct_details(ana, by=ana, now=NOW, spoken={}, name=name, phone="")
    ana.refresh_from_db()
    players.role(ana, Kind.MEMBER, cast.home)
    operations.invite(
        email="ana@example.org", name=name, language="en", kind=Kind.OBSERVER, country=cast.home, by=cast.chair, now=NOW
    )
    params = {"name": name, "role": "member", "country": "RS"}
    telling.tell(cast.chair, kind="invitation.accepted", params=params, now=NOW)
    how_many = Entry.objects.count()
    texts = _all_texts()
    assert "ana@example.org" in texts
    assert "Earlier Name" in texts

    _erase(cast, ana)

    texts = _all_texts()
    for gone in (json.dumps(name, ensure_ascii=False)[1:-1], "ana@example.org", "Earlier Name", "555 123"):
        assert gone not in texts
    assert entries.ERASED in texts
    assert Entry.objects.count() >= how_many
    assert Entry.objects.filter(by=ana).exists()


def test_other_people_keep_their_names(cast: Cast) -> None:
    ana, anastasia = players.person("Ana"), players.person("Ana-Maria Anasta")
    players.role(ana, Kind.MEMBER, cast.home)
    players.role(anastasia, Kind.MEMBER, cast.home)
    players.role(players.person("Banana Anas"), Kind.MEMBER, cast.home)
    _erase(cast, ana)
    told = [line.after["person"] for line in Entry.objects.filter(verb="role.given").order_by("pk")]
    assert "Banana Anas" in told
    assert "Chair" in told
    assert "Ana" not in told


def test_own_notices_and_wishes_go(cast: Cast) -> None:
    ana = players.person("Ana")
    telling.tell(ana, kind="role.given", params={"role": "member", "country": "RS"}, now=NOW)
    telling.choose_digest(ana, digest="weekly", by=ana, now=NOW)
    _erase(cast, ana)
    assert not Notice.objects.filter(person=ana).exists()
    assert not NoticePreference.objects.filter(person=ana).exists()
