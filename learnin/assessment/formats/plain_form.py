"""A simple questionnaire without any script: what it asks, what is wrong with the answers, and their XML.

Simple is: no repeats, no lists that depend on answers, no calculations, and conditions that `xpath_lite` understands.
The XML is the same that ODK Collect and the web form write.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from lxml import etree

from learnin.assessment.formats import xpath_lite
from learnin.assessment.formats.xpath_lite import NotUnderstood

XF = "{http://www.w3.org/2002/xforms}"
XHTML = "{http://www.w3.org/1999/xhtml}"
JR = "{http://openrosa.org/javarosa}"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
ITEXT = re.compile(r"""^\s*jr:itext\(\s*['"](.*)['"]\s*\)\s*$""")
LIST = re.compile(r"""^\s*instance\(\s*['"]([^'"]+)['"]\s*\)/root/item\s*$""")
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2: Char
WHOLE = re.compile(r"[-+]?\d{1,10}$")
DECIMAL = re.compile(r"[-+]?\d{1,15}(\.\d+)?$")

Kind = Literal["heading", "note", "text", "long", "integer", "decimal", "date", "one", "many", "trigger"]
Words = Mapping[str, str]
"""A text by the name of its language; "" where the form has only one."""
Problem = Literal["required", "constraint", "integer", "decimal", "date", "choice"]
TYPED: dict[str, Kind] = {"string": "text", "int": "integer", "decimal": "decimal", "date": "date", "barcode": "text"}


class NotSimple(ValueError):
    """This questionnaire asks for more than a page without scripts can do. Says what, for the people who make it."""


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen."""

    value: str
    words: Words


@dataclass(frozen=True)
class Question:
    """Something that stands on the page: a question, a note, or the name of a part."""

    path: str
    kind: Kind
    label: Words
    hint: Words = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    conditions: tuple[str, ...] = ()
    required: str = ""
    constraint: str = ""
    constraint_words: Words = field(default_factory=dict)
    required_words: Words = field(default_factory=dict)

    @property
    def is_answered(self) -> bool:
        """Whether it takes an answer."""
        return self.kind not in ("heading", "note")


@dataclass(frozen=True)
class PlainForm:
    """A questionnaire that fits on one page."""

    title: str
    form_id: str
    version: str
    languages: tuple[str, ...]
    questions: tuple[Question, ...]
    first_answers: Mapping[str, str]
    model: bytes
    preloads: Mapping[str, str]

    def asked(self, answers: Mapping[str, str]) -> list[Question]:
        """What is asked, with these answers. What is not asked counts as not answered, also for what depends on it."""
        known = dict(answers)
        found = []
        for question in self.questions:
            if all(xpath_lite.holds(condition, known) for condition in question.conditions):
                found.append(question)
            else:
                known.pop(question.path, None)
        return found

    def problems(self, answers: Mapping[str, str]) -> dict[str, Problem]:
        """What is wrong, by the path of the question."""
        asked = [question for question in self.asked(answers) if question.is_answered]
        known = {question.path: answers.get(question.path, "") for question in asked}
        found = {question.path: _problem(question, known) for question in asked}
        return {path: problem for path, problem in found.items() if problem}

    def write(self, answers: Mapping[str, str], *, instance_id: str, began: datetime) -> bytes:
        """The answer as XML. The same answers, id and beginning make the same bytes, however often they are sent."""
        root = etree.fromstring(self.model, PARSER)
        asked = {question.path for question in self.asked(answers)}
        not_asked = {question.path for question in self.questions} - asked
        for path, element in _elements(root):
            if path in asked and path in answers:
                element.text = UNWRITABLE.sub("", answers[path])
            elif path in self.preloads:
                element.text = _preloaded(self.preloads[path], began)
            elif _name(element) == "instanceID":
                element.text = instance_id
        for path, element in _elements(root):
            if path in not_asked and (parent := element.getparent()) is not None:
                parent.remove(element)
        return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))

    def read_back(self, xml: str) -> "Begun":
        """What an answer says that was begun here or elsewhere."""
        root = etree.fromstring(xml.encode(), PARSER)
        asked = {question.path for question in self.questions if question.is_answered}
        said = {path: (element.text or "").strip() for path, element in _elements(root)}
        start = next((path for path, kind in self.preloads.items() if kind == "timestamp start"), "")
        named = (text for path, text in said.items() if path.endswith("/instanceID"))
        answers = {path: text for path, text in said.items() if path in asked and text}
        return Begun(answers, next(named, ""), said.get(start, ""))


@dataclass(frozen=True)
class Begun:
    """An answer that was begun: what it says by path, its id, and when it was begun if it tells."""

    answers: Mapping[str, str]
    instance_id: str = ""
    began: str = ""


def _problem(question: Question, answers: Mapping[str, str]) -> Problem | None:
    said = answers.get(question.path, "")
    if not said:
        return "required" if question.required and xpath_lite.holds(question.required, answers) else None
    if wrong := _wrong_kind(question, said):
        return wrong
    if question.constraint and not xpath_lite.holds(question.constraint, answers, said):
        return "constraint"
    return None


def _wrong_kind(question: Question, said: str) -> Problem | None:
    if question.kind == "integer":
        return None if WHOLE.match(said) and abs(int(said)) < 2**31 else "integer"
    if question.kind == "decimal":
        return None if DECIMAL.match(said) else "decimal"
    if question.kind == "date":
        return None if _is_day(said) else "date"
    if question.kind in ("one", "many"):
        known = {choice.value for choice in question.choices}
        chosen = [said] if question.kind == "one" else said.split()
        return None if set(chosen) <= known and len(chosen) == len(set(chosen)) else "choice"
    return None


def _is_day(said: str) -> bool:
    try:
        return date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False


def _preloaded(what: str, began: datetime) -> str:
    """Moments that the form wants to know. Nothing about the device or the person: there is nothing to tell."""
    if what in ("timestamp start", "timestamp end"):
        return began.isoformat(timespec="milliseconds")
    return began.date().isoformat() if what == "date today" else ""


def read(xform: str) -> PlainForm:
    """The questionnaire, where it is simple. Raises NotSimple."""
    try:
        form = _Form(etree.fromstring(xform.encode(), PARSER))
    except etree.XMLSyntaxError as broken:
        raise NotSimple(str(broken)) from None
    return form.read()


def language_for(form: PlainForm, code: str) -> str:
    """The language of the form that fits this code: "Српски (sr)" for sr; the first one where none does."""
    wanted = code.lower().split("-")[0]
    for name in form.languages:
        if found := re.search(r"\(([A-Za-z]{2,3})(?:-[\w-]+)?\)\s*$", name):
            if found[1].lower() == wanted:
                return name
    return form.languages[0] if form.languages else ""


def said(words: Words, language: str) -> str:
    """A text in one language of the form."""
    return words.get(language) or words.get("") or ""


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _elements(root: etree._Element) -> list[tuple[str, etree._Element]]:
    """Every element of an answer with its path, without namespaces."""
    found: list[tuple[str, etree._Element]] = []

    def walk(element: etree._Element, path: str) -> None:
        here = f"{path}/{_name(element)}"
        found.append((here, element))
        for child in element.iterchildren(tag=etree.Element):
            walk(child, here)

    walk(root, "")
    return found


class _Form:
    """Reads one XForm."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        model = root.find(f"{XHTML}head/{XF}model")
        body = root.find(f"{XHTML}body")
        instance = None if model is None else model.find(f"{XF}instance")
        if model is None or body is None or instance is None or not len(instance):
            raise NotSimple("no questionnaire")
        self.model, self.body, self.data = model, body, instance[0]
        self.binds = {str(bind.get("nodeset")): bind for bind in model.iterfind(f"{XF}bind")}
        self.translations = [str(one.get("lang")) for one in model.iterfind(f"{XF}itext/{XF}translation")]
        default = [str(one.get("lang")) for one in model.iterfind(f"{XF}itext/{XF}translation[@default]")]
        self.languages = tuple(dict.fromkeys([*default, *self.translations]))
        self.texts = self._texts()

    def _texts(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for translation in self.model.iterfind(f"{XF}itext/{XF}translation"):
            for text in translation.iterfind(f"{XF}text"):
                plain = [value for value in text.iterfind(f"{XF}value") if not value.get("form")]
                words = found.setdefault(str(text.get("id")), {})
                words[str(translation.get("lang"))] = self._flat(plain[0]) if plain else ""
        return found

    def read(self) -> PlainForm:
        """Everything at once."""
        self._refuse_actions()
        questions = tuple(self._questions(self.body, ()))
        asked = {question.path for question in questions}
        preloads = {}
        for path, bind in self.binds.items():
            if bind.get("calculate") and path not in asked and not path.endswith("/instanceID"):
                raise NotSimple(f"{path}: a calculation")
            if kind := bind.get(f"{JR}preload"):
                preloads[path] = f"{kind} {bind.get(f'{JR}preloadParams') or ''}".strip()
        first = {path: element.text or "" for path, element in _elements(self.data) if path in asked}
        title = self.root.findtext(f"{XHTML}head/{XHTML}title") or ""
        return PlainForm(
            title=title.strip(),
            form_id=str(self.data.get("id") or ""),
            version=str(self.data.get("version") or ""),
            languages=self.languages,
            questions=questions,
            first_answers={path: answer.strip() for path, answer in first.items() if answer.strip()},
            model=etree.tostring(_alone(self.data)),
            preloads={path: kind for path, kind in preloads.items() if not path.endswith("/instanceID")},
        )

    def _refuse_actions(self) -> None:
        for name in ("setvalue", "setgeopoint", "recordaudio"):
            for element in self.root.iter(f"{{*}}{name}"):
                raise NotSimple(f"{element.get('ref')}: {name}")

    def _questions(self, parent: etree._Element, above: tuple[str, ...]) -> Iterator[Question]:
        for element in parent.iterchildren(tag=etree.Element):
            kind = _name(element)
            if kind in ("label", "hint"):
                continue
            if kind == "group":
                yield from self._group(element, above)
            elif kind in ("input", "select1", "select", "trigger"):
                yield self._question(element, kind, above)
            else:
                raise NotSimple(f"{element.get('ref') or element.get('nodeset') or ''}: {kind}")

    def _group(self, element: etree._Element, above: tuple[str, ...]) -> Iterator[Question]:
        path = str(element.get("ref") or "")
        conditions = (*above, *self._conditions(path))
        label = self._words(element, "label")
        if any(re.search(r"\w", text) for text in label.values()):
            yield Question(path=path, kind="heading", label=label, conditions=conditions)
        yield from self._questions(element, conditions)

    def _question(self, element: etree._Element, kind: str, above: tuple[str, ...]) -> Question:
        path = str(element.get("ref"))
        bind = self.binds.get(path)
        given = {} if bind is None else dict(bind.attrib)
        if given.get("calculate"):
            raise NotSimple(f"{path}: a calculation")
        constraint, required = str(given.get("constraint", "")), str(given.get("required", ""))
        for condition in (constraint, required):
            self._understood(path, condition)
        return Question(
            path=path,
            kind=self._kind(element, kind, path, given),
            label=self._words(element, "label"),
            hint=self._words(element, "hint"),
            choices=self._choices(element, path) if kind in ("select", "select1") else (),
            conditions=(*above, *self._conditions(path)),
            required="" if required == "false()" else required,
            constraint=constraint,
            constraint_words=self._referred(given.get(f"{JR}constraintMsg", "")),
            required_words=self._referred(given.get(f"{JR}requiredMsg", "")),
        )

    def _kind(self, element: etree._Element, kind: str, path: str, given: Mapping[str, str]) -> Kind:
        if kind == "trigger":
            return "trigger"
        readonly = given.get("readonly", "false()")
        if readonly not in ("true()", "false()") or (readonly == "true()" and kind != "input"):
            raise NotSimple(f"{path}: readonly")
        if readonly == "true()":
            return "note"
        if kind != "input":
            return "one" if kind == "select1" else "many"
        found = TYPED.get(given.get("type", "string").split(":")[-1])
        if found is None:
            raise NotSimple(f"{path}: {given.get('type')}")
        looks = (element.get("appearance") or "").split()
        return "long" if found == "text" and ("multiline" in looks or element.get("rows")) else found

    def _conditions(self, path: str) -> tuple[str, ...]:
        bind = self.binds.get(path)
        condition = "" if bind is None else str(bind.get("relevant") or "")
        self._understood(path, condition)
        return (condition,) if condition else ()

    def _understood(self, path: str, condition: str) -> None:
        if not condition:
            return
        try:
            xpath_lite.read(condition)
        except NotUnderstood:
            raise NotSimple(f"{path}: {condition}") from None

    def _choices(self, element: etree._Element, path: str) -> tuple[Choice, ...]:
        itemset = element.find(f"{XF}itemset")
        if itemset is None:
            items = list(element.iterfind(f"{XF}item"))
            return tuple(Choice(item.findtext(f"{XF}value") or "", self._words(item, "label")) for item in items)
        found = LIST.match(str(itemset.get("nodeset")))
        instance = None if found is None else self.model.find(f"{XF}instance[@id='{found[1]}']")
        if instance is None or instance.get("src"):
            raise NotSimple(f"{path}: a list that depends on answers, or stands in a file")
        return tuple(self._item(item) for item in instance.iter(f"{XF}item"))

    def _item(self, item: etree._Element) -> Choice:
        text_id = item.findtext(f"{XF}itextId")
        words = self.texts.get(text_id, {}) if text_id else {"": item.findtext(f"{XF}label") or ""}
        return Choice(item.findtext(f"{XF}name") or "", words)

    def _words(self, element: etree._Element, name: str) -> dict[str, str]:
        found = element.find(f"{XF}{name}")
        if found is None:
            return {}
        return self._referred(str(found.get("ref"))) if found.get("ref") else {"": self._flat(found)}

    def _referred(self, said: str) -> dict[str, str]:
        if not said:
            return {}
        found = ITEXT.match(said)
        return self.texts.get(found[1], {}) if found else {"": said}

    def _flat(self, element: etree._Element) -> str:
        if element.find(f"{XF}output") is not None:
            raise NotSimple("a text that repeats an answer")
        return re.sub(r"(\*\*|__)(.+?)\1", r"\2", "".join(element.itertext())).strip()


def _alone(data: etree._Element) -> etree._Element:
    """The empty answer, without the namespaces of the form around it."""
    alone = deepcopy(data)
    for element in alone.iter(f"{XF}*"):
        element.tag = _name(element)  # as Collect writes an answer
    for comment in list(alone.iter(etree.Comment)):
        if (parent := comment.getparent()) is not None:
            parent.remove(comment)
    etree.cleanup_namespaces(alone)
    return alone
