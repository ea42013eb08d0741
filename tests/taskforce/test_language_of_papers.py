"""A task force chooses the language of its official papers; until then it is worked out from the country."""

import pytest
from django.core import mail
from django.urls import reverse

from learnin.journal.models import Entry
from learnin.people.models import Invitation, Person
from learnin.taskforce.models import MinutesDocument, TaskForce
from learnin.taskforce.operations import composition, invitations, minutes, seal
from learnin.taskforce.queries import meetings as queries
from learnin.taskforce.queries import papers
from tests import cast as players
from tests.cast import NOW
from tests.taskforce import made, made_minutes

URL = reverse("taskforce:describe", args=["RS"])


def sent(language):
    return {
        "established_by": "Ministerial order 114", "objection_days": "3", "interpreter_plan": "",
        "documents_language": language,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "language"), [("RS", "sr"), ("GE", "ka"), ("BA", "sr"), ("XK", "sr"), ("AM", "en"), ("MD", "ro")]
)
def test_without_a_choice_it_is_the_first_official_language_that_we_speak(db, code, language):
    assert queries.country_language(players.country(code)) == language


def test_who_edits_the_task_force_chooses_and_the_journal_tells_it(cast, as_):
    made.task_force(cast)
    page = as_(cast.chair).get(URL).content.decode()
    assert "From the country: Српски" in page
    for endonym in ("English", "Türkçe", "Srpski", "ქართული"):
        assert endonym in page
    assert as_(cast.chair).post(URL, sent("sr-latn")).status_code == 302
    assert TaskForce.objects.get().documents_language == "sr-latn"
    line = Entry.objects.get(verb="taskforce.described")
    assert (line.before, line.after) == ({"documents_language": ""}, {"documents_language": "sr-latn"})
    told = as_(cast.chair).get(reverse("journal:entries", args=["RS"])).content.decode()
    assert "Language of its papers" in told
    assert "Srpski" in told


@pytest.mark.parametrize(("player", "status"), [("member", 403), ("partner", 403), ("stranger", 404)])
def test_nobody_else_does(cast, as_, player, status):
    made.task_force(cast)
    assert as_(getattr(cast, player)).post(URL, sent("tr")).status_code == status
    assert TaskForce.objects.get().documents_language == ""


def test_a_language_that_we_do_not_write_is_refused(cast, as_):
    force = made.task_force(cast)
    assert as_(cast.chair).post(URL, sent("sq")).status_code == 422
    with pytest.raises(composition.UnknownLanguage):
        chosen(force, cast, "sq")


def chosen(force, cast, language):
    composition.describe(
        force, established_by=force.established_by, mandate_ends_on=None, objection_days=3, interpreter_plan="",
        documents_language=language, by=cast.chair, now=NOW,
    )  # fmt: skip


def test_sealed_minutes_are_in_it_and_in_english(cast):
    meeting = made_minutes.held(cast)
    chosen(meeting.task_force, cast, "tr")
    minutes.send(meeting, by=cast.chair, now=made_minutes.SENT)
    seal.approve(meeting, by=cast.chair, now=made_minutes.OVER)
    assert set(MinutesDocument.objects.values_list("language", flat=True)) == {"tr", "en"}


def test_a_choice_that_is_no_longer_spoken_here_does_not_count(cast, settings):
    force = made.task_force(cast)
    chosen(force, cast, "tr")
    assert papers.languages_of(players.country()) == ["tr", "en"]
    settings.LANGUAGES = [("en", "English"), ("sr", "Serbian")]
    assert papers.languages_of(players.country()) == ["sr", "en"]


def test_letters_to_those_without_an_account_are_in_it(cast):
    force = made.full(cast)
    chosen(force, cast, "tr")
    seat = composition.add_seat(force, constituency="partners", title="Guest", by=cast.chair, now=NOW)
    guest = composition.nominate(seat, name="Ayşe", email="ayse@example.org", by=cast.chair, now=NOW)
    composition.appoint(guest, by=cast.chair, now=NOW)
    assert Invitation.objects.get(email="ayse@example.org").language == "tr"
    assert not Person.objects.filter(email="ayse@example.org").exists()
    mail.outbox.clear()
    invitations.invite(made.meeting(force, cast), by=cast.chair, now=NOW)
    (letter,) = [one for one in mail.outbox if one.to == ["ayse@example.org"]]
    assert letter.extra_headers["Content-Language"] == "tr"
