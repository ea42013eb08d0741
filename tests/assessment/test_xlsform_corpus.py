"""The real questionnaires: each is read whole, what converts stays as it is, and repairs make the others usable."""

import contextlib
import io
import re
import time

import pytest
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert as to_xform

from learnin.assessment.formats import definition as definitions
from learnin.assessment.formats import doctor, words, xlsform
from learnin.assessment.formats.convert import NotConvertible, convert, validate
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Version
from learnin.assessment.operations import instruments as operations
from tests.assessment.books import CORPUS, corpus
from tests.cast import NOW

FORMS = sorted(path.name for path in CORPUS.glob("*.xls*")) if CORPUS.is_dir() else []
REFUSED = {"ipa-case-management-en-es.xlsx", "nigeria-school-facility.xls", "unhcr-demo-4lang.xlsx"}
NEVER_VALID = {"ipa-case-management-en-es.xlsx"}  # functions of one vendor that nothing else has
WITHOUT_VALIDATION = {"ipa-likert.xlsx"}  # converts, but the validator refuses it as it is
forms = pytest.mark.parametrize("form", FORMS or ["none"])
reads_old_books = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.fixture
def path(form):
    corpus()
    return CORPUS / form


def read(path):
    return xlsform.read(path.read_bytes(), path.name)


def converted(book):
    return convert(book, form_id="f", version="1", title="T").xform


def but_for_our_settings(xform):
    return re.sub(r'<h:title>.*?</h:title>|\sid="[^"]*"|\sversion="[^"]*"', "", xform)


def test_the_corpus_stands_whole():
    assert len(corpus()) == 14


@forms
def test_nothing_is_lost_between_reading_and_writing(path):
    book = read(path)
    assert xlsform.read(xlsform.write(book)) == book


@forms
@reads_old_books
def test_it_converts_as_the_converter_itself_would(path):
    book = read(path)
    try:
        theirs = to_xform(path).xform
    except PyXFormError:
        with pytest.raises(NotConvertible) as refused:
            converted(book)
        assert refused.value.troubles[0].message
        assert path.name in REFUSED
    else:
        began = time.perf_counter()
        ours = converted(book)
        assert time.perf_counter() - began < 5  # under one second on a quiet machine
        assert but_for_our_settings(ours) == but_for_our_settings(theirs)


@forms
def test_safe_repairs_leave_what_converts_as_it_is(path):
    book = read(path)
    mended = doctor.repair(book)
    if path.name not in REFUSED:
        assert converted(mended) == converted(book)
    assert not [problem for problem in doctor.examine(mended) if problem.repair == "safe"]


@forms
def test_every_form_converts_after_its_repairs_and_all_but_one_validate(path):
    mended = converted(doctor.repair(read(path), doctor.REPAIRABLE))
    if path.name not in WITHOUT_VALIDATION | REFUSED:
        return  # known to validate as it is, and unchanged by repairs as the test above shows
    said = validate(mended)
    if said.state == "unavailable":
        pytest.skip("Java, which ODK Validate needs, is not installed.")
    assert said.state == ("failed" if path.name in NEVER_VALID else "passed"), said.messages


@forms
def test_its_questions_stand_where_the_converter_puts_them(path):
    mended = doctor.repair(read(path), doctor.REPAIRABLE)
    asked = definitions.definition(mended)
    xform = converted(mended)
    bound = set(re.findall(r'(?:nodeset|ref)="/data/([^"]+)"', xform))
    missing = [question.path for question in asked.questions if question.path not in bound and question.keeps_answer]
    assert not missing
    assert set(re.findall(r'<translation [^>]*lang="([^"]+)"', xform)) <= {
        *asked.languages,
        asked.default_language,
        "default",
    }


def test_all_of_them_come_in_are_mended_and_published(cast):
    for path in corpus():
        made = operations.add_instrument(
            cast.home, book=read(path), file=io.BytesIO(path.read_bytes()), name=path.name, by=cast.chair, now=NOW
        )
        draft = made.versions.get()
        operations.repair_draft(draft, by=cast.chair, now=NOW)
        if path.name in REFUSED:
            with contextlib.suppress(operations.NothingToRepair):
                operations.repair_draft(draft, codes=doctor.REPAIRABLE, by=cast.chair, now=NOW)
        draft.refresh_from_db()
        if words.missing(definitions.definition(Book.from_json(draft.book))):
            with pytest.raises(operations.NotTranslated):
                operations.publish_version(draft, name="1", by=cast.chair, now=NOW)
            whole = in_every_language(Book.from_json(draft.book))
            operations.write_draft(draft, book=whole, by=cast.chair, now=NOW)
        operations.publish_version(draft, name="1", by=cast.chair, now=NOW)
    assert Version.objects.exclude(published_at=None).count() == 14


def in_every_language(book: Book) -> Book:
    """The questionnaire as a translator leaves it who has only the words of another language."""
    asked = definitions.definition(book)
    for language in words.missing(asked):
        gaps = {one.key: next(iter(one.texts.values())) for one in words.words(asked) if language not in one.texts}
        book = words.with_words(book, language, gaps)
    return book
