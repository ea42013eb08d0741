"""What a phone does with a form: read its questions, choose answers by chance, write the answer as XML."""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from lxml import etree

XFORMS, XHTML = "http://www.w3.org/2002/xforms", "http://www.w3.org/1999/xhtml"
IN = {"x": XFORMS, "h": XHTML}
SELECTED = re.compile(r"selected\(\s*(\S+)\s*,\s*'([^']*)'\s*\)")
EQUAL = re.compile(r"(\S+)\s*=\s*'([^']*)'")
ITEMS = re.compile(r"instance\('([^']+)'\)/root/item")
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
MARK = "simulated"


@dataclass(frozen=True)
class Question:
    """A question as a phone shows it: where its answer stands, how it is asked, what can be chosen, when it shows."""

    path: str
    kind: str
    type: str
    choices: tuple[str, ...]
    relevant: str


@dataclass(frozen=True)
class Form:
    """A form that was fetched."""

    model: etree._Element
    questions: tuple[Question, ...]


def read(xform: bytes) -> Form:
    """The questions of a form, in its order."""
    root = etree.fromstring(xform, PARSER)
    binds = {one.get("nodeset"): one for one in root.iterfind(".//x:bind", IN)}
    lists = {
        one.get("id"): tuple(name.text or "" for name in one.iterfind("./x:root/x:item/x:name", IN))
        for one in root.iterfind(".//x:instance[@id]", IN)
    }
    body = root.find("h:body", IN)
    asked = [
        _question(one, binds, lists)
        for one in body.iter(*(f"{{{XFORMS}}}{kind}" for kind in ("input", "select", "select1")))
    ]
    shown = [one for one in asked if one is not None]
    return Form(root.find(".//x:model/x:instance", IN)[0], tuple(shown))


def _question(
    control: etree._Element, binds: Mapping[str, etree._Element], lists: Mapping[str, tuple[str, ...]]
) -> Question | None:
    bind = binds.get(control.get("ref"))
    if bind is None or bind.get("readonly") == "true()" or bind.get("calculate"):
        return None
    kind = etree.QName(control).localname
    itemset = control.find("x:itemset", IN)
    found = ITEMS.match(itemset.get("nodeset")) if itemset is not None else None
    choices = lists[found[1]] if found else tuple(one.text or "" for one in control.iterfind("x:item/x:value", IN))
    return Question(control.get("ref"), kind, bind.get("type", "string"), choices, bind.get("relevant", ""))


def filled(form: Form, chance: Random, *, instance_id: str, email: str) -> bytes:
    """An answer by chance. Every text in it says that it is simulated."""
    answers: dict[str, str] = {}
    for one in form.questions:
        if _is_shown(one.relevant, answers):
            answers[one.path] = _answer(one, chance, email)
    data = copy.deepcopy(form.model)
    own = f"/{etree.QName(data).localname}"
    for node in data.iter(etree.Element):
        path = own + "".join(f"/{etree.QName(up).localname}" for up in _way(node, data))
        if path in answers:
            node.text = answers[path]
        elif etree.QName(node).localname == "instanceID":
            node.text = instance_id
    return etree.tostring(data, xml_declaration=True, encoding="UTF-8")


def _way(node: etree._Element, root: etree._Element) -> list[etree._Element]:
    if node is root:
        return []
    above = [one for one in node.iterancestors() if one is not root and root in one.iterancestors()]
    return [*reversed(above), node]


def _is_shown(relevant: str, answers: Mapping[str, str]) -> bool:
    """Whether the question shows; of conditions, those that compare with one answer are understood."""
    if not relevant:
        return True
    if found := SELECTED.fullmatch(relevant.strip()):
        return found[2] in answers.get(found[1], "").split()
    if found := EQUAL.fullmatch(relevant.strip()):
        return answers.get(found[1]) == found[2]
    return False


def _answer(question: Question, chance: Random, email: str) -> str:
    if question.kind == "select1":
        height = min(len(question.choices) - 1, max(0, round(chance.gauss(0.45, 0.3) * (len(question.choices) - 1))))
        return question.choices[height]
    if question.kind == "select":
        chosen = [one for one in question.choices if chance.random() < 0.5]
        return " ".join(chosen or [chance.choice(question.choices)])
    if question.type in ("int", "decimal"):
        return str(chance.randrange(1, 40))
    return email if "mail" in question.path else MARK
