"""A session is read anew for every page, as Django keeps it, and never after its end."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from learnin.kit.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept(**told: object) -> str:
    session = SessionStore()
    session.update(told)
    session.create()
    return session.session_key


def test_it_reads_what_django_keeps_and_django_what_it_keeps():
    assert SessionStore(kept(first=1))["first"] == db.SessionStore(kept(first=1))["first"] == 1
    key = kept(first=1)
    other = db.SessionStore(key)
    other["first"] = 2
    other.save()
    assert SessionStore(key)["first"] == 2


def test_one_that_is_over_or_unknown_holds_nothing():
    key = kept(first=1)
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    for asked in (key, "unknown-key-of-nobody"):
        session = SessionStore(asked)
        assert session.get("first") is None
        assert session.session_key is None


def test_who_signs_out_is_out(cast, as_):
    client = as_(cast.chair)
    assert client.get("/c/RS/").status_code == 200
    Session.objects.filter(pk=client.cookies[settings.SESSION_COOKIE_NAME].value).delete()
    assert client.get("/c/RS/").status_code == 302
