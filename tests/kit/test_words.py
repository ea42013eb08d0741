"""Translations are collected, made, checked and compiled without any tool but Python."""

import gettext
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from learnin.kit import catalogues, languages
from learnin.kit.management.commands import words

PYTHON = '''
"""A page."""
from django.utils.translation import gettext as _, ngettext, pgettext
def page(count, name):
    # Translators: said at the door
    _("Welcome, %(name)s.") % {"name": name}
    pgettext("a month", "May")
    return ngettext("%(count)s meeting", "%(count)s meetings", count) % {"count": count}
'''
PAGE = """{% load i18n %}
<p title="{% translate "Say it's open" %}">
  {% blocktranslate trimmed count n=count %}
    One <b>seat</b> is free.
  {% plural %}
    {{ n }} <b>seats</b> are free.
  {% endblocktranslate %}
    {% card heading=_("Decisions") %}{% endcard %} {{ name|default:_("nobody") }} 100%
</p>
"""
MEETINGS = ("%(count)s meeting", "%(count)s meetings")
SEATS = ("One <b>seat</b> is free.", "%(n)s <b>seats</b> are free.")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small product."""
    (tmp_path / "app/templates").mkdir(parents=True)
    (tmp_path / "app/migrations").mkdir()
    (tmp_path / "app/views.py").write_text(PYTHON)
    (tmp_path / "app/templates/page.html").write_text(PAGE)
    (tmp_path / "app/migrations/0001.py").write_text('_("not for people")')
    return tmp_path / "app"


@pytest.fixture
def folder(package: Path) -> Path:
    """Its catalogues: Serbian translated, the others not yet."""
    catalogues.merge(catalogues.collect(package), package / "locale")
    _translate(package / "locale", "sr", SERBIAN)
    catalogues.generate(package / "locale")
    return package / "locale"


SERBIAN = {
    "Welcome, %(name)s.": "Добро дошли, %(name)s.",
    "May": "мај",
    MEETINGS: ("%(count)s састанак", "%(count)s састанка", "%(count)s састанака"),
    "Say it's open": "Љубазно реците да је отворено",
    SEATS: ("%(n)s <b>место</b> слободно.", "%(n)s <b>места</b> слободна.", "%(n)s <b>места</b> слободно."),
    "Decisions": "Одлуке",
    "nobody": "нико",
}


def _translate(folder: Path, code: str, strings: dict) -> None:
    """Write translations into a catalogue, as a translator does."""
    catalogue = catalogues.read(catalogues.path(folder, code), code)
    for message in catalogue:
        if message.id in strings:
            message.string = strings[message.id]
    catalogues._write(catalogue, catalogues.path(folder, code))


def _problems(package: Path, code: str) -> list[str]:
    said = catalogues.collect(package)
    return [line for line in catalogues.problems(said, package / "locale") if line.startswith(f"{code}: ")]


def test_everything_said_is_collected(package: Path) -> None:
    said = {message.id: message for message in catalogues.collect(package) if message.id}
    assert {*said} == {*SERBIAN}
    assert said["May"].context == "a month"
    assert said["Welcome, %(name)s."].auto_comments == ["Translators: said at the door"]
    assert said["Decisions"].locations[0][0] == "templates/page.html"


def test_a_complete_catalogue_has_no_problem(package: Path, folder: Path) -> None:
    assert _problems(package, "sr") == []
    assert _problems(package, "sr-latn") == []
    assert len(_problems(package, "ka")) == len(SERBIAN)


def test_collecting_again_changes_nothing(package: Path, folder: Path) -> None:
    before = {file: file.read_bytes() for file in folder.rglob("*.po")}
    catalogues.merge(catalogues.collect(package), folder)
    catalogues.generate(folder)
    assert {file: file.read_bytes() for file in folder.rglob("*.po")} == before
    assert len(before) == 6


def test_a_changed_string_is_asked_for_again_and_never_guessed(package: Path, folder: Path) -> None:
    views = package / "views.py"
    views.write_text(views.read_text().replace("Welcome, %(name)s.", "Welcome back, %(name)s."))
    assert _problems(package, "sr") == [
        "sr: missing: 'Welcome back, %(name)s.' (views.py)",
        "sr: obsolete: 'Welcome, %(name)s.' (views.py)",
    ]
    catalogues.merge(catalogues.collect(package), folder)
    assert _problems(package, "sr") == ["sr: untranslated: 'Welcome back, %(name)s.' (views.py)"]
    assert "fuzzy" not in catalogues.path(folder, "sr").read_text()
    assert "#~" not in catalogues.path(folder, "sr").read_text()


def test_serbian_latin_is_made_from_cyrillic(folder: Path) -> None:
    made = catalogues.read(catalogues.path(folder, "sr-latn"), "sr-latn")
    assert made.get("Welcome, %(name)s.").string == "Dobro došli, %(name)s."
    assert made.get("Say it's open").string == "Ljubazno recite da je otvoreno"
    assert made.get(MEETINGS).string == ("%(count)s sastanak", "%(count)s sastanka", "%(count)s sastanaka")


def test_serbian_latin_by_hand_is_found(package: Path, folder: Path) -> None:
    _translate(folder, "sr-latn", {"nobody": "niko živ"})
    assert _problems(package, "sr-latn") == ["sr-latn: not what sr makes it; run make words"]


@pytest.mark.parametrize(
    ("source", "translation", "complaint"),
    [
        ("Welcome, %(name)s.", "Добро дошли, %(ime)s.", "places or tags differ (%(ime)s)"),
        ("Welcome, %(name)s.", "Добро дошли.", "places or tags differ (none)"),
        (MEETINGS, ("један састанак", "%(count)s састанка", "%(count)s састанака"), "places or tags differ (none)"),
        (MEETINGS, ("%(count)s састанак", "%(count)s састанка"), "untranslated"),
        (SEATS, ("%(n)s место", "%(n)s <b>места</b>", "%(n)s <b>места</b>"), "places or tags differ (%(n)s)"),
        ("nobody", " ", "untranslated"),
    ],
)
def test_a_wrong_translation_is_found(
    package: Path, folder: Path, source: str | tuple, translation: str | tuple, complaint: str
) -> None:
    _translate(folder, "sr", {source: translation})
    first = source if isinstance(source, str) else source[0]
    found = [line for line in _problems(package, "sr") if repr(first) in line]
    assert len(found) == 1
    assert found[0].startswith(f"sr: {complaint}")


def test_a_form_for_one_alone_may_leave_the_number_out(package: Path, folder: Path) -> None:
    _translate(folder, "tr", {SEATS: ("Bir <b>yer</b> boş.", "%(n)s <b>yer</b> boş.")})
    assert not [line for line in _problems(package, "tr") if "seat" in line]


def test_a_fuzzy_string_is_found_and_not_compiled(package: Path, folder: Path) -> None:
    file = catalogues.path(folder, "sr")
    file.write_text(file.read_text().replace('msgid "nobody"', '#, fuzzy\nmsgid "nobody"'))
    assert _problems(package, "sr") == ["sr: fuzzy: 'nobody' (templates/page.html)"]
    catalogues.compile_all(folder)
    with file.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("nobody") == "nobody"


def test_plural_forms_of_another_language_are_found(package: Path, folder: Path) -> None:
    file = catalogues.path(folder, "sr")
    file.write_text(file.read_text().replace("n%10==1 && n%100!=11 ? 0", "n==1 ? 0"))
    assert _problems(package, "sr")[-1].startswith("sr: plural forms are not nplurals=3")


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("ru", {0: [1, 21, 101], 1: [2, 3, 4, 22, 104], 2: [0, 5, 11, 12, 14, 20, 111, 112]}),
        ("ro", {0: [1], 1: [0, 2, 19, 101, 119], 2: [20, 21, 100, 120]}),
        ("sr", {0: [1, 21, 101], 1: [2, 3, 4, 22, 104], 2: [0, 5, 11, 12, 14, 20, 111, 112]}),
        ("tr", {0: [1], 1: [0, 2, 21]}),
        ("ka", {0: [1], 1: [0, 2, 21]}),
    ],
)
def test_languages_count_as_their_grammars_do(code: str, forms: dict[int, list[int]]) -> None:
    rule = gettext.c2py(catalogues._fresh(code).plural_expr)  # type: ignore[attr-defined]
    assert {form: [n for n in numbers if rule(n) == form] for form, numbers in forms.items()} == forms


def test_every_language_is_translated_or_made() -> None:
    assert {*catalogues.translated(), *languages.GENERATED, "en"} == {*languages.KNOWN}


def test_the_command_collects_then_the_check_lists_what_is_left(tmp_path: Path) -> None:
    with override_settings(LOCALE_PATHS=[tmp_path]):
        call_command(words.Command(), stdout=io.StringIO())
        assert len(list(tmp_path.rglob("*.mo"))) == 6
        said = io.StringIO()
        with pytest.raises(CommandError, match="problems in the translations"):
            call_command(words.Command(), "--check", stdout=said)
        assert "ka: untranslated: " in said.getvalue()
        compiled = io.StringIO()
        call_command(words.Command(), "--compile", stdout=compiled)
        assert compiled.getvalue() == "6 catalogues compiled.\n"
