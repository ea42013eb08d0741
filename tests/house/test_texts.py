"""The rules that are read from texts: each is kept, each reports a planted fault, each lets fair work pass."""

from collections.abc import Iterator
from functools import partial

import pytest

from tests.house.rules import Rule, Source, code, docs, files, migrations, styles, templates, texts

CODE = partial(files, "learnin/**/*.py")
OPERATIONS = partial(files, "learnin/*/operations.py", "learnin/*/operations/**/*.py")
QUERIES = partial(
    files, "learnin/*/*.py", "learnin/*/queries/*.py", "learnin/*/access/*.py", "learnin/*/operations/*.py"
)
MIGRATIONS = partial(files, "learnin/*/migrations/0*.py", without=())
TEMPLATES = partial(files, "learnin/*/templates/**/*.html", "learnin/*/templates/**/*.txt")
PAGES = partial(files, "learnin/*/templates/**/*.html")
STYLES = partial(files, "frontend/**/*.scss", "frontend/**/*.css", "learnin/**/*.css")
GUIDES = partial(files, "*.md", "docs/**/*.md")
FIRST_JOURNAL = "learnin/journal/migrations/0001_initial.py"
OPERATION = "learnin/{}.py: {} does not take {} by name"
ONE_EACH = "one of each in what is listed"
WITHOUT_BY = {
    "the person does it, and nobody for them": [
        ("journal/operations/notices", "mark_all_seen mark_seen"),
        ("people/operations/persons", "ask_for_erasure keep_after_all record_consent withdraw_consent"),
    ],
    "the machine does it": [
        ("journal/operations/jobs", "plan start_scheduled sweep"),
        ("journal/operations/mail", "post"),
        ("journal/operations/notices", "tell"),
    ],
    **(
        NO_MOMENT := {
            "a step of erasing somebody, which says who and when": [
                ("journal/operations/entries", "redact"),
                ("journal/operations/mail", "forget"),
                ("journal/operations/notices", "forget"),
            ],
            "before anybody is there": [("people/operations/places", "add_example_country load_places")],
        }
    ),
}


def py(text: str, path: str = "learnin/planted/operations.py") -> Source:
    return Source(path, text)


def html(text: str, path: str = "learnin/taskforce/templates/taskforce/planted.html") -> Source:
    return Source(path, text)


def scss(text: str) -> Source:
    return Source("frontend/styles/planted.scss", text)


def each(make: object, *texts: str) -> tuple[Source, ...]:
    return tuple(make(text) for text in texts)


def _operations(word: str, why: dict[str, list[tuple[str, str]]]) -> dict[str, str]:
    """Operations that stand without `by` or `now`, each with its reason."""
    return {
        OPERATION.format(module, name, word): reason
        for reason, places in why.items()
        for module, names in places
        for name in names.split()
    }


def pages_without_letters() -> Iterator[Source]:
    """Letters carry their looks with them: mail programs drop style sheets."""
    return (source for source in PAGES() if "mail" not in source.name.parts)


def spoken_code() -> Iterator[Source]:
    """Not the page of all components: its example is for developers, in English."""
    return (source for source in CODE() if source.path != "learnin/kit/showcase.py")


def spoken_templates() -> Iterator[Source]:
    """Not the page of all components: its example is for developers, in English."""
    return (source for source in TEMPLATES() if source.path != "learnin/kit/templates/kit/components.html")


RULES = [
    Rule(
        code.files_name_something,
        partial(files, "learnin/**/*.py", "make/*.py", "bench/**/*.py", "tests/**/*.py", "frontend/**/*.js"),
        (py("", "learnin/people/utils.py"), py("", "learnin/kit/mail_helpers.py"), py("", "learnin/common/dates.py")),
        (py("", "learnin/people/sentences.py"), py("", "learnin/people/management/__init__.py")),
    ),
    Rule(
        code.views_ask_no_tables,
        partial(files, "learnin/*/views.py", "learnin/*/views/**/*.py", "learnin/*/api.py", "learnin/*/api/**/*.py"),
        each(py, "found = Person.objects.all()", "found = Person._default_manager.get(pk=1)"),
        each(py, "found = queries.people(country)"),
    ),
    Rule(
        code.forms_save_nothing,
        partial(files, "learnin/*/forms.py", "learnin/*/forms/**/*.py", "learnin/people/sign_in/forms.py"),
        each(py, "class F(Form):\n    def save(self): ...", "Person.objects.create(name='x')", "self.instance.save()"),
        each(py, "class F(Form):\n    name = CharField()"),
    ),
    Rule(
        code.everything_public_says_what_it_means,
        CODE,
        each(py, "", "x = 1", '"""A file."""\ndef invite(): return 1', '"""A file."""\nclass Role:\n    "role"')[1:],
        each(
            py,
            '"""A file."""\nclass Role:\n    """What one does here."""\n    class Meta: ...\n    def _own(self): ...',
        ),
    ),
    Rule(
        code.nothing_asks_the_clock,
        lambda: [*OPERATIONS(), *files("learnin/compute/**/*.py", "learnin/*/formats/**/*.py")],
        each(py, "x = timezone.now()", "x = date.today()", "x = datetime.datetime.now()", "x = time.time()"),
        each(py, "x = now.date()", "at = DateTimeField(default=timezone.now)", "x = datetime(2026, 1, 1)"),
    ),
    Rule(
        code.computing_is_pure,
        partial(files, "learnin/compute/**/*.py"),
        each(py, "open('x')", "x = random.random()", "x = np.random.normal()", "Path('x').read_text()"),
        each(py, "def f(rng): return rng.normal()", "x = np.random.Generator(bits)"),
    ),
    Rule(
        code.operations_take_by_and_now,
        OPERATIONS,
        each(
            py,
            "@transaction.atomic\ndef end(role, by, now): ...",
            "@transaction.atomic\ndef end(role, *, now): ...",
            "@transaction.atomic\ndef end(role, *, by): ...",
            "@transaction.atomic\ndef end(role, reason, *, by, now): ...",
        ),
        each(py, "@transaction.atomic\ndef end(role, *, reason, by, now): ...", "def link(invitation): ..."),
        stands={
            **_operations("by", WITHOUT_BY),
            **_operations("now", NO_MOMENT),
            "learnin/journal/operations/entries.py: write takes more than one thing without a name": "write(verb, on)",
        },
    ),
    Rule(
        code.words_are_marked,
        spoken_code,
        each(
            py,
            "x = CharField(label='Your name')",
            "raise Refusal('The meeting is closed.')",
            "messages.success(request, 'Saved.')",
            "form.add_error(None, 'Too late.')",
        ),
        each(
            py,
            "x = CharField(label=_('Your name'))",
            "raise Refusal(_('Closed.'))",
            "log.error('Job %s', 'went wrong')",
        ),
    ),
    Rule(
        code.lists_end_with_something_unique,
        QUERIES,
        each(py, "def people(): return Person.objects.order_by('name')", "def f(): return rows.order_by('pk', '-at')"),
        each(py, "def people(): return Person.objects.order_by('name', 'pk')", "def f(): return rows.order_by()"),
        stands={
            "learnin/home/queries.py: region_lines orders by country at the end": ONE_EACH,
            "learnin/people/queries.py: levels orders by language at the end": ONE_EACH,
            "learnin/people/queries.py: own_data orders by language at the end": ONE_EACH,
            "learnin/people/queries.py: public_text orders by language at the end": ONE_EACH,
            "learnin/people/queries.py: public_texts orders by language at the end": ONE_EACH,
            "learnin/taskforce/queries/composition.py: composition orders by component at the end": ONE_EACH,
            "learnin/taskforce/queries/composition.py: seats_of orders by seat__number at the end": ONE_EACH,
            "learnin/programme/queries.py: _missing orders by field.name at the end": ONE_EACH,
        },
    ),
    Rule(
        code.constraints_are_declared_one_by_one,
        partial(files, "learnin/*/models.py", "learnin/*/models/**/*.py"),
        each(py, "class Meta:\n    unique_together = [('a', 'b')]", "class Meta:\n    ordering = ['name']"),
        each(py, "class Meta:\n    constraints = [UniqueConstraint(fields=['a', 'b'], name='one_a_b')]"),
    ),
    Rule(
        migrations.migrations_import_no_app_code,
        MIGRATIONS,
        each(py, "from learnin.people.models import Role", "import learnin.people.roles", "from ..models import Role"),
        each(py, "import learnin.programme.fields", "from django.db import migrations"),
        stands={
            f"{FIRST_JOURNAL}: imports learnin.journal.models.files": "Django names the function that names a file",
        },
    ),
    Rule(
        migrations.schema_and_data_stand_apart,
        MIGRATIONS,
        each(py, "operations = [migrations.AddField('a', 'b', c), migrations.RunPython(fill, empty)]"),
        each(
            py,
            "operations = [migrations.AddField('a', 'b', c)]",
            "dependencies = [migrations.swappable_dependency(x)]\noperations = [migrations.RunPython(fill, empty)]",
        ),
    ),
    Rule(
        migrations.migrations_can_go_back,
        MIGRATIONS,
        each(py, "x = migrations.RunPython(fill)", "x = migrations.RunSQL('DROP TABLE x')"),
        each(
            py,
            "x = migrations.RunPython(fill, empty)",
            '"""It cannot go back: the column held nothing."""\nx = migrations.RunPython(fill)',
        ),
    ),
    Rule(
        styles.sides_are_logical,
        STYLES,
        each(
            scss, ".a { margin-left: 1rem; }", ".a{padding-top:0}", ".a { text-align: right; }", ".a { float: left; }"
        ),
        each(scss, ".a { margin-inline-start: 1rem; } // left: here", ".a { text-align: end; }", ".left { top: 0; }"),
    ),
    Rule(
        styles.styles_name_no_ids,
        STYLES,
        each(scss, "#main { color: red; }", ".a, #main p { color: red; }"),
        each(
            scss,
            ".a { color: #fff; border: 1px solid #abcdef; }",
            ".a-#{$n} { color: red; }",
            "a[href^='#x'] { b: c; }",
        ),
    ),
    Rule(
        styles.fonts_are_the_readers_own,
        STYLES,
        each(scss, "@font-face { src: url(a.woff2); }", ".a { background: url(https://example.org/a.png); }"),
        each(scss, ".a { font-family: system-ui, sans-serif; }"),
    ),
    Rule(
        templates.pages_hold_no_inline_code,
        pages_without_letters,
        each(
            html,
            "<p style='color: red'>x</p>",
            "<style>p { color: red }</style>",
            "<script>alert(1)</script>",
            '<button class="a" onclick="x()">x</button>',
            '<a href="javascript:x()">x</a>',
        ),
        each(
            html,
            '<script src="{% static "x.js" %}"></script>',
            '<p class="style">{{ style }}</p>',
            '<a hx-on="no">x</a>',
        )[:2],
    ),
    Rule(
        templates.templates_stay_at_home,
        TEMPLATES,
        each(html, '{% include "people/me.html" %}', '{% extends "home/country.html" %}', "{% include chosen %}"),
        each(html, '{% extends "kit/base.html" %}', '{% include "taskforce/seat.html" %}'),
    ),
    Rule(
        templates.words_are_marked,
        spoken_templates,
        each(
            html,
            "<p>Hello there</p>",
            '<input aria-label="Your name">',
            "{% if x %}<b>Closed</b>{% endif %}",
            '<a href="{{ url }}">Привет</a>',
        ),
        each(
            html,
            '<p class="li-text">{% translate "Hello there" %} &middot; {{ name }}, 3 %</p>{# a note #}',
            "{% blocktranslate %}Hello {{ name }}{% endblocktranslate %} - LearnIn",
        ),
    ),
    Rule(
        templates.components_get_marked_words,
        spoken_templates,
        each(html, '{% section heading="Decisions" %}', '{% button "Send again" %}', "{% tag 'done' 'Is done' %}"),
        each(
            html,
            '{% section heading=_("Decisions") id="made" %}',
            '{% url "people:me" as me %}',
            "{% tag 'done' _('Done') %}",
        ),
    ),
    Rule(
        docs.links_lead_somewhere,
        GUIDES,
        (Source("docs/planted.md", "[x](gone.md)"), Source("docs/planted.md", "[x](../Makefile#gone) ![y](gone.png)")),
        (Source("docs/planted.md", "# A word\n[x](../Makefile) [y](#a-word) [z](https://example.org)"),),
    ),
    Rule(
        docs.commands_exist,
        GUIDES,
        (Source("README.md", "Type `make coffee`."), Source("README.md", "    make coffee\n")),
        (Source("README.md", "Type `make run` to make sure.\n\n    make test   # everything\n"),),
    ),
    Rule(
        docs.no_machine_is_named,
        texts,
        (
            Source("README.md", "see /ho" + "me/ana/learnin"),
            Source("package-lock.json", '"resolved": "https://regis' + 'try.example.org/x"'),
            Source(".npmrc", "//npm." + "example.org/:_authToken=x"),
            Source("docs/a.md", f"in {docs.ROOT}/learnin"),
        ),
        (Source("README.md", "see docs/admin and https://www.example.org/home/ana on 127.0.0.1"),),
    ),
]
rules = pytest.mark.parametrize("rule", RULES, ids=str)


@rules
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    assert rule.broken() == []


@rules
def test_a_planted_fault_is_reported(rule: Rule) -> None:
    assert [fault.text for fault in rule.faults if not list(rule.check(fault))] == []


@rules
def test_fair_work_passes(rule: Rule) -> None:
    assert [finding for fair in rule.fair for finding in rule.check(fair)] == []


@rules
def test_the_rule_looks_at_something_and_every_exception_is_needed(rule: Rule) -> None:
    assert list(rule.over())
    assert rule.out_of_date() == []
