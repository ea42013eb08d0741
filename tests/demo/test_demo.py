"""The example country is a story told by the same operations as the pages."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from learnin.demo import story
from learnin.journal.models import Document, Entry
from learnin.people.models import Country, Invitation, Person, Role


@pytest.fixture
def told(db):
    return story.tell(now=timezone.now())


def test_it_is_marked_as_an_example(told):
    country = Country.objects.get(code="XA")
    assert country.is_example
    assert str(country) == "Arvenia (example)"


def test_everyone_came_by_invitation_and_the_journal_tells_it(told):
    assert Role.objects.filter(country="XA", ended_at=None).count() == 11
    assert Invitation.objects.exclude(accepted_at=None).count() == 13
    assert Entry.objects.filter(verb="invitation.accepted").count() == 13
    assert Document.objects.filter(country="XA").count() == 3


def test_the_same_seed_tells_the_same_story(told):
    first = list(Person.objects.order_by("email").values_list("email", "phone"))
    Entry.objects.all()  # the second telling starts from nothing
    assert first[0][1].startswith("+000 55")
    assert len({phone for _email, phone in first if phone}) == 11


def test_known_passwords_stay_on_ones_own_machine(db, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="known passwords"):
        call_command("demo", stdout=StringIO())
    assert not Country.objects.filter(code="XA").exists()


def test_telling_it_twice_changes_nothing(db, settings):
    settings.DEBUG = True
    for _time in range(2):
        call_command("demo", stdout=StringIO())
    assert Country.objects.filter(code="XA").count() == 1
    assert Person.objects.get(email="ana@arvenia.example").check_password("arvenia-is-invented")
