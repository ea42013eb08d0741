"""Templates and style sheets."""

from collections.abc import Iterator
from functools import partial

from tests.house.rules import Rule, Source, files, planted, styles, templates

TEMPLATES = partial(files, "learnin/*/templates/**/*.html", "learnin/*/templates/**/*.txt")
STYLES = partial(
    files, "frontend/**/*.scss", "frontend/**/*.css"
)  # not paper.css: WeasyPrint knows physical sides only
html = partial(planted, "learnin/taskforce/templates/taskforce/planted.html")
scss = partial(planted, "frontend/styles/planted.scss")


def without_letters() -> Iterator[Source]:
    """Letters carry their looks with them: mail programs drop style sheets."""
    return (source for source in TEMPLATES() if "mail" not in source.name.parts)


def spoken() -> Iterator[Source]:
    """Not the page of all components: its example is for developers, in English."""
    return (source for source in TEMPLATES() if source.path != "learnin/kit/templates/kit/components.html")


RULES = (
    Rule(
        templates.pages_hold_no_inline_code,
        without_letters,
        html(
            "<p style='color: red'>x</p>",
            "<style>p { color: red }</style>",
            "<script>alert(1)</script>",
            '<button class="a" onclick="x()">x</button>',
            '<a href="javascript:x()">x</a>',
        ),
        html('<script src="{% static "x.js" %}"></script>', '<p class="style">{{ style }}</p>'),
    ),
    Rule(
        templates.templates_stay_at_home,
        TEMPLATES,
        html('{% include "people/me.html" %}', '{% extends "home/country.html" %}', "{% include chosen %}"),
        html('{% extends "kit/base.html" %}', '{% include "taskforce/seat.html" %}'),
    ),
    Rule(
        templates.words_are_marked,
        spoken,
        html(
            "<p>Hello there</p>",
            '<input aria-label="Your name">',
            "{% if x %}<b>Closed</b>{% endif %}",
            '<a href="{{ url }}">Привет</a>',
        ),
        html(
            '<p class="li-text">{% translate "Hello there" %} &middot; {{ name }}, 3 %</p>{# a note #}',
            "{% blocktranslate %}Hello {{ name }}{% endblocktranslate %} - LearnIn",
        ),
    ),
    Rule(
        templates.components_get_marked_words,
        spoken,
        html('{% section heading="Decisions" %}', '{% button "Send again" %}', "{% tag 'done' 'Is done' %}"),
        html(
            '{% section heading=_("Decisions") id="made" %}',
            '{% url "people:me" as me %}',
            "{% tag 'done' _('Done') %}",
        ),
    ),
    Rule(
        styles.sides_are_logical,
        STYLES,
        scss(".a { margin-left: 1rem; }", ".a{padding-top:0}", ".a { text-align: right; }", ".a { float: left; }"),
        scss(".a { margin-inline-start: 1rem; } // left: here", ".a { text-align: end; }", ".left { top: 0; }"),
    ),
    Rule(
        styles.styles_name_no_ids,
        STYLES,
        scss("#main { color: red; }", ".a, #main p { color: red; }"),
        scss(".a { color: #fff; border: 1px solid #abcdef; }", ".a-#{$n} { color: red; }", "a[href^='#x'] { b: c; }"),
    ),
    Rule(
        styles.fonts_are_the_readers_own,
        STYLES,
        scss("@font-face { src: url(a.woff2); }", ".a { background: url(https://example.org/a.png); }"),
        scss(".a { font-family: system-ui, sans-serif; }"),
    ),
)
