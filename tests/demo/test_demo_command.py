"""The command that builds the example country."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from learnin.people.models import Country, Person


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
