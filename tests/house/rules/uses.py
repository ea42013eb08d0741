"""Rules about what is used: templates, components, sentences."""

import ast
import re
from collections.abc import Collection, Iterable, Iterator

from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template

from tests.house.rules import Source
from tests.house.rules.code import tree

NAMED_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
VERB = re.compile(r"[a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)*")
PLACE = re.compile(r"%\((\w+)\)s")
COLD = re.compile(r"\b(please|successful(ly)?|kindly|click here|sorry)\b|!(?=\s|$)", re.IGNORECASE)


def name_of(template: Source) -> str:
    """How Django knows a template."""
    return template.path.split("/templates/", 1)[1]


def templates_nobody_uses(
    templates: Iterable[Source], code: Iterable[Source], theirs: Collection[str]
) -> Iterator[str]:
    """A template is named in code or in another template, or takes the place of one of a library (`theirs`)."""
    templates = list(templates)
    named = {text for source in [*code, *templates] for text in _texts(source)}
    for template in templates:
        name = name_of(template)
        if name in NAMED_BY_DJANGO or name in theirs or name in named:
            continue
        stem = name.rsplit(".", 1)[0]  # a letter has two templates and one name, a component the name of its tag
        if stem not in named and stem.removeprefix("kit/components/") not in named:
            yield f"{name} is used by nobody"


def _texts(source: Source) -> Iterator[str]:
    """Every text written in code or in a template's tags; without the part of a page."""
    if source.name.suffix == ".py":
        found = [n.value for n in ast.walk(tree(source)) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    else:
        found = re.findall(r"[\"']([\w/.#-]+)[\"']", source.text)
    yield from (text.split("#")[0] for text in found)


def template_does_not_compile(name: str) -> Iterator[str]:
    """Every tag is known, and every argument of a component."""
    try:
        get_template(name)
    except (TemplateSyntaxError, TemplateDoesNotExist) as trouble:
        yield f"{name}: {trouble}"


def components_not_shown(page: Source, components: Iterable[str]) -> Iterator[str]:
    """The page of all components shows each of them."""
    for name in components:
        if not re.search(rf"{{%-?\s*{name}\b", page.text):
            yield f"{name} is not shown"


def verbs_without_sentence(source: Source, known: Collection[str]) -> Iterator[str]:
    """What an operation writes into the journal, somebody can read."""
    for node in ast.walk(tree(source)):
        values = [*node.args, *(word.value for word in node.keywords)] if isinstance(node, ast.Call) else []
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and VERB.fullmatch(value.value):
                if value.value not in known:
                    yield f"{value.value} in line {node.lineno} has no sentence"


def sentences_that_do_not_fit(sentences: dict[str, str], known: Collection[str]) -> Iterator[str]:
    """A line of the journal says who, and has no place that nobody named."""
    for verb, sentence in sentences.items():
        places = {*PLACE.findall(sentence)}
        if not places & {"by", "person"} or places - {*known}:
            yield f"{verb}: {sentence}"


def cold_words(said: Iterable[str]) -> Iterator[str]:
    """We do not beg, cheer or shout."""
    for text in said:
        if found := COLD.search(text):
            yield f"“{found.group()}” in “{text}”"
