"""An answer as XML: read without trusting it, told apart by its id, and unfolded into values.

Source: OpenRosa Metadata Schema and Form Submission API 1.0; ODK XForms specification, "Metadata" and "Encryption".
The parser is expat, told to stop at the first sign of a document type: nothing is fetched, nothing expands.
"""

import hashlib
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from xml.parsers import expat

BYTES = 5 * 1024 * 1024  # an answer of 100,000 questions has about as much
DEPTH = 64  # groups in groups: questionnaires that people write stay below 12
ELEMENTS = 100_000
NAME_LETTERS = 200
ATTRIBUTES = 32
ID_LETTERS = 249  # what Collect and ODK Central keep of an id
FILE_LETTERS = 200

ORX = frozenset({"http://openrosa.org/xforms", "http://openrosa.org/xforms/metadata"})
ENCRYPTED = frozenset({"http://opendatakit.org/submissions", "http://www.opendatakit.org/xforms/encrypted"})
_JR = "http://openrosa.org/javarosa"
_SPACE = "\x1f"  # between namespace and name: XML 1.0 forbids it in both
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class Unreadable(ValueError):
    """This is no answer that can be taken in. `code` says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code, self.detail = code, detail


@dataclass(slots=True)
class Node:
    """One element: its name without prefix, its namespace, what stands in it."""

    name: str
    space: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    text: str = ""

    def named(self, name: str) -> Iterator["Node"]:
        """The children of this name, in any namespace."""
        return (child for child in self.children if child.name == name)

    @property
    def is_template(self) -> bool:
        """A pattern for repeats that were not answered: it stands in forms, never counts in answers."""
        return f"{_JR}{_SPACE}template" in self.attributes


@dataclass(frozen=True, slots=True)
class Answer:
    """What must be known of an answer before it is kept."""

    root: Node
    form_id: str
    version: str
    instance_id: str
    instance_name: str = ""
    deprecated_id: str = ""
    is_encrypted: bool = False
    has_own_id: bool = True


class _Tree:
    """Builds the tree while expat reads, and stops it as soon as a limit is passed."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.open: list[Node] = []
        self.texts: list[list[str]] = []
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > ELEMENTS:
            raise Unreadable("elements", str(ELEMENTS))
        if len(self.open) >= DEPTH:
            raise Unreadable("depth", str(DEPTH))
        if len(attributes) > ATTRIBUTES:
            raise Unreadable("attributes", str(ATTRIBUTES))
        space, _sep, local = name.rpartition(_SPACE)
        if (
            len(local) > NAME_LETTERS
            or len(space) > NAME_LETTERS
            or any(len(key) > 2 * NAME_LETTERS for key in attributes)
        ):
            raise Unreadable("names", str(NAME_LETTERS))
        node = Node(local, space, attributes)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)
        self.texts.append([])

    def end(self, _name: str) -> None:
        node = self.open.pop()
        node.text = "".join(self.texts.pop())

    def data(self, text: str) -> None:
        self.texts[-1].append(text)


def _no_doctype(*_told: object) -> None:
    raise Unreadable("doctype")


def tree(xml: bytes, *, limit: int = BYTES) -> Node:
    """The XML as a tree. Raises Unreadable."""
    if len(xml) > limit:
        raise Unreadable("bytes", str(limit))
    if not xml.strip():
        raise Unreadable("empty")
    grown, parser = _Tree(), expat.ParserCreate(namespace_separator=_SPACE)
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _no_doctype
    parser.StartElementHandler, parser.EndElementHandler = grown.start, grown.end
    parser.CharacterDataHandler = grown.data
    parser.buffer_text = True
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise Unreadable("broken", str(error)) from None
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("encoding", str(error)) from None
    if grown.root is None:
        raise Unreadable("empty")
    return grown.root


def read(xml: bytes) -> Answer:
    """The answer in this XML: which form, which version, which instance. Raises Unreadable."""
    root = tree(xml)
    form_id = (root.attributes.get("id") or root.space).strip()
    if not form_id:
        raise Unreadable("no_form_id")
    said = {name: _said(root, name) for name in ("instanceID", "instanceName", "deprecatedID")}
    is_encrypted = root.attributes.get("encrypted") == "yes" or root.space in ENCRYPTED
    if is_encrypted and not said["instanceID"]:
        raise Unreadable("encrypted_without_id")
    for one in (form_id, said["instanceID"], said["deprecatedID"]):
        if len(one) > ID_LETTERS or _UNREADABLE.search(one):
            raise Unreadable("id", str(ID_LETTERS))
    version = root.attributes.get("version", "").strip()
    if len(version) > ID_LETTERS or _UNREADABLE.search(version):
        raise Unreadable("id", str(ID_LETTERS))
    return Answer(
        root=root,
        form_id=form_id,
        version=version,
        instance_id=said["instanceID"] or derived_id(form_id, xml),
        instance_name=said["instanceName"],
        deprecated_id=said["deprecatedID"],
        is_encrypted=is_encrypted,
        has_own_id=bool(said["instanceID"]),
    )


def _said(root: Node, name: str) -> str:
    """What the metadata of the answer say, with any prefix. Raises Unreadable where they contradict themselves."""
    found = {
        one.text.strip() for meta in root.named("meta") for one in meta.named(name) if not one.children
    } - {""}  # fmt: skip
    if len(found) > 1:
        raise Unreadable("twice", name)
    return found.pop() if found else ""


def derived_id(form_id: str, xml: bytes) -> str:
    """The id of an answer that brings none: the same bytes for the same form are the same answer."""
    digest = hashlib.sha256(form_id.encode() + b"\x00" + xml).digest()
    return f"uuid:{UUID(bytes=digest[:16], version=5)}"


def is_safe_file_name(name: str) -> bool:
    """Whether a file may be kept under this name: no folders, no way up, nothing that cannot be seen."""
    is_own = bool(name.strip(". ")) and len(name) <= FILE_LETTERS and name == name.strip()
    return is_own and not _UNREADABLE.search(name) and not set(name) & set("/\\")


# What is worked out later, with the form beside the answer.


@dataclass(frozen=True, slots=True)
class Shape:
    """What the form says of its answers. Paths are written without the root: `group/question`."""

    repeats: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    start: str = ""
    end: str = ""
    geopoints: tuple[str, ...] = ()


def shape(xform: str | bytes) -> Shape:
    """The shape of the answers to this form. Raises Unreadable."""
    root = tree(xform.encode() if isinstance(xform, str) else xform, limit=8 * BYTES)
    repeats, files, geopoints, moments = set[str](), set[str](), list[str](), dict[str, str]()
    for node in _every(root):
        path = _relative(node.attributes.get("nodeset", ""))
        if node.name == "repeat" and path:
            repeats.add(path)
        elif node.name == "bind" and path:
            kind = node.attributes.get("type", "").rpartition(":")[2]
            if kind == "binary":
                files.add(path)
            elif kind == "geopoint":
                geopoints.append(path)
            if node.attributes.get(f"{_JR}{_SPACE}preload") == "timestamp":
                moments[node.attributes.get(f"{_JR}{_SPACE}preloadParams", "")] = path
    return Shape(
        repeats=frozenset(repeats),
        files=frozenset(files),
        start=moments.get("start", ""),
        end=moments.get("end", ""),
        geopoints=tuple(geopoints),
    )


def _every(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.children))


def _relative(path: str) -> str:
    """`/data/group/question` as `group/question`."""
    return path.lstrip("/").partition("/")[2]


def values(root: Node, repeats: Set[str] = frozenset()) -> dict[str, Any]:
    """Everything that was answered: groups as names within names, repeats as lists, every value as its text.

    What stands twice is a list even where the form does not say so; nothing is lost.

    >>> values(tree(b"<d><a>1</a><g><b>2</b></g><r><c>3</c></r></d>"), {"r"})
    {'a': '1', 'g': {'b': '2'}, 'r': [{'c': '3'}]}
    """
    return _values(root, repeats, "")


def _values(node: Node, repeats: Set[str], above: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for child in node.children:
        path = f"{above}{child.name}"
        if child.is_template:
            found.setdefault(child.name, [])
            continue
        value = _values(child, repeats, f"{path}/") if child.children else _leaf(child, path, repeats)
        if path in repeats:
            found.setdefault(child.name, []).append(value)
        elif child.name in found:
            was = found[child.name]
            found[child.name] = [*was, value] if isinstance(was, list) else [was, value]
        else:
            found[child.name] = value
    return found


def _leaf(child: Node, path: str, repeats: Set[str]) -> Any:
    """A value; an empty repeat is an empty set of names."""
    return {} if path in repeats else child.text


def at(root: Node, path: str) -> Iterator[str]:
    """Every text that stands at this path, in all repeats."""
    nodes = [root]
    for name in path.split("/") if path else ():
        nodes = [child for node in nodes for child in node.named(name) if not child.is_template]
    return (node.text.strip() for node in nodes if node is not root and node.text.strip())


def moment(text: str) -> datetime | None:
    """A moment as devices write it, with its zone; nothing where it is none.

    >>> moment("2026-11-23T09:00:00.000+01:00").isoformat()
    '2026-11-23T09:00:00+01:00'
    """
    written = text.strip().replace("Z", "+00:00")
    written = re.sub(r"([+-]\d\d)$", r"\1:00", written) if "T" in written else written
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo and found.utcoffset() is not None and 1970 <= found.year < 2200 else None


def place(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of a point as devices write it: `lat lon altitude accuracy`.

    >>> place("44.8 20.5 0 0")
    (44.8, 20.5)
    """
    parts = text.split()
    try:
        latitude, longitude = float(parts[0]), float(parts[1])
    except (IndexError, ValueError):
        return None
    return (latitude, longitude) if -90 <= latitude <= 90 and -180 <= longitude <= 180 else None


@dataclass(frozen=True, slots=True)
class Worked:
    """What an answer says, unfolded."""

    data: dict[str, Any]
    started_at: datetime | None = None
    ended_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None
    file_names: frozenset[str] = frozenset()


def work_out(xml: bytes, form: Shape) -> Worked:
    """Everything that can be read from an answer when its form is known. Raises Unreadable."""
    root = tree(xml)
    if root.attributes.get("encrypted") == "yes" or root.space in ENCRYPTED:
        return Worked(data=values(root), file_names=_sealed_files(root))
    points = (place(text) for path in form.geopoints for text in at(root, path))
    latitude, longitude = next((point for point in points if point), (None, None))
    named = {text for path in form.files for text in at(root, path)}
    return Worked(
        data=values(root, form.repeats),
        started_at=_first_moment(root, form.start),
        ended_at=_first_moment(root, form.end),
        latitude=latitude,
        longitude=longitude,
        file_names=frozenset(named),
    )


def _first_moment(root: Node, path: str) -> datetime | None:
    return next((found for text in at(root, path) if (found := moment(text))), None) if path else None


def _sealed_files(root: Node) -> frozenset[str]:
    """The files of an encrypted envelope."""
    names = [one.text.strip() for one in root.named("encryptedXmlFile")]
    names += [one.text.strip() for media in root.named("media") for one in media.named("file")]
    return frozenset(filter(None, names))
