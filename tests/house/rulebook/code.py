"""What every Python file keeps."""

from collections.abc import Iterator
from functools import partial

from tests.house.rules import Rule, Source, code, files, planted

OURS = partial(files, "learnin/**/*.py")
VIEWS = partial(files, "learnin/*/views.py", "learnin/*/views/**/*.py", "learnin/*/api.py", "learnin/*/api/**/*.py")
FORMS = partial(files, "learnin/*/forms.py", "learnin/*/forms/**/*.py", "learnin/people/sign_in/forms.py")
TESTS = partial(files, "tests/**/test_*.py")
PLAIN_TESTS = partial(files, "tests/**/test_*.py", without=("browser",))  # a journey asserts in its steps
py = partial(planted, "learnin/planted/views.py")


def spoken() -> Iterator[Source]:
    """Not the page of all components: its example is for developers, in English."""
    return (source for source in OURS() if source.path != "learnin/kit/showcase.py")


RULES = (
    Rule(
        code.files_name_something,
        partial(files, "learnin/**/*.py", "make/*.py", "bench/**/*.py", "tests/**/*.py", "frontend/**/*.js"),
        (
            *planted("learnin/people/utils.py", ""),
            *planted("learnin/kit/mail_helpers.py", ""),
            *planted("learnin/common/dates.py", ""),
        ),
        (*planted("learnin/people/sentences.py", ""), *planted("learnin/people/management/__init__.py", "")),
    ),
    Rule(
        code.views_ask_no_tables,
        VIEWS,
        py("found = Person.objects.all()", "found = Person._default_manager.get(pk=1)"),
        py("found = queries.people(country)"),
    ),
    Rule(
        code.views_show_numbers_that_were_read,
        VIEWS,
        py("found = estimates.numbers(run)", "one = estimates.number(row)"),
        py("found = reading.numbers(run)", "run = estimates.current(assessment)"),
    ),
    Rule(
        code.views_import_rooms,
        VIEWS,
        py(
            "from learnin.people.operations import invite",
            "from learnin.people.queries import people_in",
            "from learnin.people.access import country",
        ),
        py(
            "from learnin.people import operations, queries",
            "from learnin.journal.operations import documents",
            "from learnin.people.models import Country",
        ),
    ),
    Rule(
        code.forms_save_nothing,
        FORMS,
        py("class F(Form):\n    def save(self): ...", "Person.objects.create(name='x')", "self.instance.save()"),
        py("class F(Form):\n    name = CharField()"),
    ),
    Rule(
        code.numbers_are_read_as_people_type_them,
        FORMS,
        py(
            "x = forms.IntegerField(min_value=0)",
            "def f():\n    return forms.DecimalField()",
            "x = FloatField(widget=forms.NumberInput)",
        ),
        py("x = WholeField(min_value=0)", "x = FloatField()", "is_whole = isinstance(x, forms.IntegerField)"),
        stands={
            "learnin/assessment/forms/unfinished.py: forms.IntegerField loses what people type": "a script sends it",
        },
    ),
    Rule(
        code.everything_public_says_what_it_means,
        OURS,
        py(
            "x = 1",
            '"""A file of ours."""\ndef invite(): return 1',
            '"""A file of ours."""\nclass Role:\n    """role"""',
            '"""A file of ours."""\nclass Role:\n    """What one does."""\n    def end(self): return 1',
        ),
        py(
            '"""A file of ours."""\nclass Role:\n    """What one does."""\n    class Meta: ...\n    def _x(self): ...',
            '"""A file of ours."""\nclass Role(Model):\n    """What one does."""\n    def save(self): return 1',
        ),
    ),
    Rule(
        code.words_are_marked,
        spoken,
        py(
            "x = CharField(label='Your name')",
            "raise Refusal('The meeting is closed.')",
            "messages.success(request, 'Saved.')",
            "form.add_error(None, 'Too late.')",
        ),
        py(
            "x = CharField(label=_('Your name'))",
            "raise Refusal(_('Closed.'))",
            "log.error('Job %s', 'went wrong')",
        ),
    ),
    Rule(
        code.tests_do_not_pretend,
        TESTS,
        py("from unittest import mock", "from unittest.mock import patch", "def test_x(mocker): assert mocker"),
        py("def test_x(monkeypatch): assert monkeypatch.setenv('A', 'b') is None"),
    ),
    Rule(
        code.every_test_asserts_something,
        PLAIN_TESTS,
        py("def test_x():\n    x = 1", "class TestX:\n    def test_y(self): print(1)"),
        py("def test_x():\n    assert 1", "def test_x():\n    with pytest.raises(ValueError): f()", "def f(): ..."),
    ),
)
