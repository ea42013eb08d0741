"""Every change leaves one line that nobody can change, in words that each reader understands."""

import re
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

import learnin
from learnin.journal import verbs
from learnin.journal.models import Entry, JournalIsAppendOnly
from learnin.journal.operations import entries
from learnin.journal.queries import entries as queries
from learnin.people import operations
from learnin.people.roles import Kind
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def _write(cast: Cast, **values: object) -> Entry:
    return entries.write("country.published", cast.home, by=cast.chair, now=NOW, country=cast.home, **values)


def test_a_change_of_people_leaves_exactly_one_line(cast: Cast) -> None:
    before = Entry.objects.count()
    role = operations.give_role(cast.stranger, kind=Kind.MEMBER, country=cast.home, by=cast.chair, now=NOW)
    assert Entry.objects.count() == before + 1
    line = Entry.objects.latest("pk")
    assert (line.verb, line.by, line.country, line.at) == ("role.given", cast.chair, cast.home, NOW)
    assert (line.on_app, line.on_model, line.on_id) == ("people", "role", str(role.pk))
    assert line.after["person"] == "Stranger"


def test_a_change_that_fails_leaves_no_line(cast: Cast) -> None:
    before = Entry.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        operations.give_role(cast.stranger, kind=Kind.MEMBER, country=cast.home, by=cast.chair, now=NOW)
        raise RuntimeError
    assert Entry.objects.count() == before


def test_a_line_is_never_changed_or_removed(cast: Cast) -> None:
    line = _write(cast)
    line.verb = "country.unpublished"
    with pytest.raises(JournalIsAppendOnly):
        line.save()
    with pytest.raises(JournalIsAppendOnly):
        line.delete()
    for act in (
        lambda: Entry.objects.filter(pk=line.pk).update(verb="x"),
        lambda: Entry.objects.filter(pk=line.pk).delete(),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.bulk_update([line], ["verb"]),
        lambda: Entry.objects.update_or_create(pk=line.pk, defaults={"verb": "x"}),
    ):
        with pytest.raises(JournalIsAppendOnly):
            act()
    assert Entry.objects.get(pk=line.pk).verb == "country.published"


def test_who_did_something_cannot_be_deleted_away(cast: Cast) -> None:
    _write(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        cast.chair.delete()
    assert Entry.objects.filter(by=cast.chair).exists()


def test_of_two_full_pictures_only_what_differs_is_kept(cast: Cast) -> None:
    line = _write(cast, before={"language": "en", "about": "Old"}, after={"language": "en", "about": "New"})
    assert (line.before, line.after) == ({"about": "Old"}, {"about": "New"})


def test_objects_and_days_are_kept_as_codes(cast: Cast) -> None:
    line = _write(cast, after={"country": cast.home, "until": NOW.date(), "role": Kind.CHAIR.label})
    assert line.after == {"country": "RS", "until": "2026-11-23", "role": "Task force chair"}


def test_a_line_speaks_the_language_of_its_reader(cast: Cast) -> None:
    _write(cast, after={"role": "chair", "until": "2026-11-30", "country": "GE"})
    for language, country in (("en", "Georgia"), ("ka", "საქართველო")):
        with translation.override(language):
            line = queries.told([Entry.objects.latest("pk")])[0]
            assert [change.after for change in line.changes][2] == country
    assert line.changes[0].before == "–"


def test_a_sentence_has_the_words_of_its_reader(cast: Cast) -> None:
    operations.give_role(cast.stranger, kind=Kind.MEMBER, country=cast.home, by=cast.chair, now=NOW)
    line = Entry.objects.latest("pk")
    assert queries.told([line])[0].sentence == "Chair gave Stranger a role: Task force member"
    with translation.override("ka"):
        _write(cast)
        assert "სერბეთი" in queries.told([Entry.objects.latest("pk")])[0].sentence


def test_a_line_without_a_person_was_written_by_learnin_itself(cast: Cast) -> None:
    line = entries.write("country.published", cast.home, by=None, now=NOW, country=cast.home)
    assert queries.told([line])[0].sentence == "LearnIn opened the public page of Serbia"


def test_a_verb_without_a_sentence_is_a_bug(cast: Cast) -> None:
    with pytest.raises(verbs.UnknownVerb):
        entries.write("country.danced", cast.home, by=cast.chair, now=NOW)
    assert not Entry.objects.filter(verb="country.danced").exists()


def test_a_verb_has_one_sentence_only() -> None:
    with pytest.raises(ValueError):
        verbs.register({"role.given": "something else"})
    assert "role.given" in verbs.known()


def test_each_verb_in_the_code_has_a_sentence_that_can_be_filled() -> None:
    root = Path(learnin.__file__).parent
    begins = r"verb=|entries\.write\(\s*|(?:_line|_end|_name_publicly)\(\s*\w+,\s*"
    calls = re.compile(rf'(?:{begins})"([a-z_.-]+)"')
    written = {verb for file in root.rglob("operations/*.py") for verb in calls.findall(file.read_text())}
    assert {"role.given", "document.added", "country.published", "mail.sent-again"} <= written
    assert written - set(verbs.known()) == set()
    for verb in verbs.known():
        said = verbs.say(verb, by="Ana", what="Plan", person="Marko", role="Chair")
        assert "Ana" in said or "Marko" in said  # who answers by a link has no account: the line names the person


def test_a_verb_of_a_stage_that_is_gone_is_still_told() -> None:
    assert verbs.say("stage.gone", by="Ana", what="Plan") == "Ana: stage.gone, Plan"
