"""What is there is used, what is used is there; each rule reports a planted fault."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import allauth
import django
import pytest
from django.core.management import CommandError, call_command
from django.template import Origin, Template, TemplateSyntaxError
from django.test import Client, override_settings

from learnin.journal import kinds, verbs, words
from learnin.kit import catalogues
from learnin.kit.templatetags.kit import register
from tests.cast import Cast, as_
from tests.house.rules import ROOT, Source, files, uses

TEMPLATES = files("learnin/*/templates/**/*.html", "learnin/*/templates/**/*.txt")
CODE = files("learnin/**/*.py")
OPERATIONS = [source for source in CODE if {"operations", "operations.py", "receivers.py"} & {*source.name.parts}]
SHOWCASE = ROOT / "learnin/kit/templates/kit/components.html"
NOT_DRAWN = {
    *("say_again", "page_errors", "title_prefix", "notifications", "island"),  # the frame itself; inside others
    *("ladder", "stage_links", "foot_links", "links_of_mine", "language_buttons"),  # the bar and the foot of every page
}
RUFF = Path(sys.executable).with_name("ruff")


def theirs() -> set[str]:
    """The templates of the libraries, which ours may take the place of."""
    sign_in, django_itself = Path(allauth.__file__).parent, Path(django.__file__).parent
    folders = [sign_in / "templates", *django_itself.glob("contrib/*/templates"), django_itself / "forms/templates"]
    found = {path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob("*.*")}
    return found | {"429.html"}  # "too many tries", which the sign-in library asks for and does not have


def test_every_template_is_used() -> None:
    planted = Source("learnin/home/templates/home/planted.html", "")
    assert list(uses.templates_nobody_uses(TEMPLATES, CODE, theirs())) == []
    assert list(uses.templates_nobody_uses([*TEMPLATES, planted], CODE, theirs())) == [
        "home/planted.html is used by nobody"
    ]


def test_every_template_compiles() -> None:
    names = [uses.name_of(template) for template in TEMPLATES]
    assert [finding for name in names for finding in uses.template_does_not_compile(name)] == []


@pytest.mark.parametrize("name", sorted(register.tags))
def test_a_misspelt_argument_of_a_component_is_an_error(name: str) -> None:
    with pytest.raises(TemplateSyntaxError, match=r"unexpected keyword|misspelt|requires"):
        Template(f"{{% {name} misspelt=1 %}}{{% end{name} %}}", origin=Origin("planted"))


def test_a_template_with_a_misspelt_argument_is_reported(tmp_path: Path) -> None:
    (tmp_path / "planted.html").write_text("{% section headline=_('x') %}{% endsection %}")
    loader = ("django.template.loaders.filesystem.Loader", [str(tmp_path)])
    options = {"loaders": [loader], "builtins": ["learnin.kit.templatetags.kit"]}
    engine = {"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": options}
    with override_settings(TEMPLATES=[engine]):
        assert list(uses.template_does_not_compile("planted.html"))


def test_the_page_of_all_components_shows_each() -> None:
    page = Source("components.html", SHOWCASE.read_text())
    assert list(uses.components_not_shown(page, register.tags.keys() - NOT_DRAWN)) == []
    assert list(uses.components_not_shown(page, ["planted"])) == ["planted is not shown"]


def test_every_verb_of_the_journal_has_a_sentence() -> None:
    known = {**verbs.known(), **kinds.known()}
    planted = Source("operations.py", "journal.write('meeting.planted', meeting, by=by, now=now)")
    assert [finding for source in OPERATIONS for finding in uses.verbs_without_sentence(source, known)] == []
    assert list(uses.verbs_without_sentence(planted, known)) == ["meeting.planted in line 1 has no sentence"]


def test_every_sentence_is_about_somebody_and_something() -> None:
    sentences = {verb: str(sentence) for verb, sentence in verbs.known().items()}
    assert sentences
    assert list(uses.sentences_that_do_not_fit(sentences, {"by", "what", *words.known()})) == []
    assert list(uses.sentences_that_do_not_fit({"x.y": "%(by)s closed %(planted)s"}, {"by", "what", *words.known()}))
    assert list(uses.sentences_that_do_not_fit({"x.y": "%(what)s was closed"}, {"by", "what", *words.known()}))


def test_the_words_are_ours() -> None:
    said = [form for message in catalogues.collect(ROOT / "learnin") for form in catalogues._each(message.id) if form]
    assert len(said) > 100
    assert list(uses.cold_words(said)) == []
    assert len(list(uses.cold_words(["Please wait.", "Saved successfully.", "Welcome!"]))) == 3


def test_every_word_is_translated() -> None:
    said = StringIO()
    call_command("words", check=True, stdout=said)
    assert said.getvalue().endswith(" 0 problems.\n")


def test_a_missing_translation_is_reported(tmp_path: Path) -> None:
    with override_settings(LOCALE_PATHS=[tmp_path]), pytest.raises(CommandError, match="problems in the translations"):
        call_command("words", check=True, stdout=StringIO())


@pytest.mark.parametrize("planted", ["_(f'Hello {name}')", "_('Hello %s' % name)", "_('Hello {}'.format(name))"])
def test_a_translation_made_at_run_time_is_reported(planted: str) -> None:
    text = f"from django.utils.translation import gettext as _\n\nname = 1\nx = {planted}\n"
    command = [RUFF, "check", "--no-cache", "--stdin-filename", "learnin/planted.py", "-"]
    result = subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True, check=False)
    assert "INT00" in result.stdout


def test_htmx_gets_the_part_of_a_page_and_everybody_else_the_page(cast: Cast) -> None:
    client: Client = as_(cast.chair)
    whole = client.get("/search/", {"q": "serb"})
    part = client.get("/search/", {"q": "serb"}, headers={"HX-Request": "true"})
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert part.content.decode().strip().splitlines()[0].strip() in whole.content.decode()
    for answer in (whole, part):
        assert "HX-Request" in answer["Vary"]


def test_a_refused_form_answers_422(client: Client, db: None) -> None:
    assert client.post("/kit/", {}).status_code == 422
    assert client.post("/kit/", {}, headers={"HX-Request": "true"}).status_code == 422
