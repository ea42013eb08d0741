"""Rules for Python files, read from their syntax tree."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from tests.house.rules import ROOT, Source

EMPTY = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
CLOCKS = {"now", "utcnow", "today", "localdate", "localtime", "time", "monotonic"}
NUMBER_FIELDS = {"IntegerField", "DecimalField", "FloatField"}
VISIBLE = {"label", "help_text", "verbose_name", "verbose_name_plural", "empty_label", "heading", "lede", "subject"}
ENDS = {"pk", "-pk", "id", "-id", "code", "-code", "number", "-number"}  # a number counts within its parent
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(source: Source) -> ast.Module:
    """The syntax tree."""
    return ast.parse(source.text)


def calls(source: Source) -> Iterator[tuple[ast.Call, str]]:
    """Every call, with the last word of what is called."""
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.Call):
            last = node.func
            yield node, last.attr if isinstance(last, ast.Attribute) else getattr(last, "id", "")


def _is_words(node: ast.AST | None) -> bool:
    """A text somebody reads, written down as it is."""
    return (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(re.search(r"[^\W\d_]{2}", node.value))
    )


def files_name_something(source: Source) -> Iterator[str]:
    """`utils`, `helpers`, `common`, `misc` and `manager` name nothing."""
    for part in (*source.name.parts[:-1], source.name.stem):
        if EMPTY & {*part.lower().split("_")}:
            yield f"{part} names nothing"


def views_ask_no_tables(source: Source) -> Iterator[str]:
    """A page gets objects from access and queries."""
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}:
            yield f"line {node.lineno} asks the table itself (.{node.attr})"


def views_show_numbers_that_were_read(source: Source) -> Iterator[str]:
    """A number that somebody sees went through the reading rules: `reading.numbers`, never `estimates.numbers`."""
    for call, last in calls(source):
        of = call.func.value if isinstance(call.func, ast.Attribute) else None
        if last in {"number", "numbers"} and isinstance(of, ast.Name) and of.id == "estimates":
            yield f"line {call.lineno} shows numbers that no rule has read"


def numbers_are_read_as_people_type_them(source: Source) -> Iterator[str]:
    """`1 200,50` and `1.200` come to themselves: by the fields of `learnin.kit.number_boxes`, not by Django's."""
    called = {id(call.func) for call, _last in calls(source)}
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "forms":
            if node.attr == "NumberInput" or (node.attr in NUMBER_FIELDS and id(node) in called):
                yield f"forms.{node.attr} loses what people type"


def forms_save_nothing(source: Source) -> Iterator[str]:
    """A form says what we accept; operations change things."""
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.FunctionDef) and node.name == "save":
            yield "a form that saves"
        if isinstance(node, ast.Attribute) and node.attr in {"save", "create", "update", "bulk_create"}:
            yield f"line {node.lineno} changes something (.{node.attr})"


def everything_public_says_what_it_means(source: Source) -> Iterator[str]:
    """One sentence, with its full stop, that is more than the name."""
    if source.text.strip() and not _is_sentence(ast.get_docstring(tree(source))):
        yield "the file has no sentence"
    for node, is_stub in _public(tree(source)):
        said = ast.get_docstring(node)
        if not _is_sentence(said) and not is_stub:
            yield f"{node.name} has no sentence"
        if said and _plain(said) == _plain(node.name):
            yield f"{node.name} repeats its name"


def _public(parent: ast.AST) -> Iterator[tuple[ast.ClassDef | Function, bool]]:
    """Public functions and classes; methods of a Protocol and overloads are stubs. Not Meta, not what Django calls."""
    for node in getattr(parent, "body", []):
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_") and node.name != "Meta":
            is_stub = isinstance(node, Function) and len(node.body) == 1 and _is_dots(node.body[0])
            yield node, is_stub
            if isinstance(node, ast.ClassDef):
                own = _public(node)
                yield from own if not node.bases else ((one, True) for one, _stub in own)


def _is_dots(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value is ...


def _is_sentence(said: str | None) -> bool:
    first = (said or "").split("\n\n")[0].strip()
    return " " in first and first.rstrip(")")[-1] in ".:?"


def _plain(words: str) -> str:
    return re.sub(r"[\W_]", "", words).lower()


def nothing_asks_the_clock(source: Source) -> Iterator[str]:
    """The moment comes in as `now`."""
    for node, name in calls(source):
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        word = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        if name in CLOCKS and word in {"timezone", "datetime", "date", "time"}:
            yield f"line {node.lineno} asks the clock ({word}.{name})"


def computing_is_pure(source: Source) -> Iterator[str]:
    """No files, no global random state."""
    for node, name in calls(source):
        said = ast.unparse(node.func)
        if name in {"open", "read_text", "write_text", "print"} or re.match(
            r"random\.|(np|numpy)\.random\.(?!Gen)", said
        ):
            yield f"line {node.lineno} is not pure ({said})"


def operations_take_by_and_now(source: Source) -> Iterator[str]:
    """Who and when come in by name, and at most the thing itself without one."""
    for node in tree(source).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_") or not _is_atomic(node):
            continue
        named = {argument.arg for argument in node.args.kwonlyargs}
        yield from (f"{node.name} does not take {word} by name" for word in ("by", "now") if word not in named)
        if len(node.args.args) > 1 or node.args.vararg:
            yield f"{node.name} takes more than one thing without a name"


def _is_atomic(node: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)


def words_are_marked(source: Source) -> Iterator[str]:
    """What people read is marked for translation: labels, refusals, messages."""
    for node, name in calls(source):
        for keyword in node.keywords:
            if keyword.arg in VISIBLE and _is_words(keyword.value):
                yield f"line {node.lineno}: {ast.unparse(keyword)} is not marked"
        if name in {"success", "info", "warning", "error", "add_error"} and any(map(_is_words, node.args[1:])):
            said = ast.unparse(node.func)
            if said.startswith("messages.") or name == "add_error":
                yield f"line {node.lineno}: {said} with words that are not marked"
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and any(map(_is_words, node.exc.args)):
            if ast.unparse(node.exc.func) in {"Refusal", "ValidationError", "PermissionDenied"}:
                yield f"line {node.lineno}: {ast.unparse(node.exc)} is not marked"


def lists_end_with_something_unique(source: Source) -> Iterator[str]:
    """Two rows never change places from one page to the next."""
    for function in (node for node in ast.walk(tree(source)) if isinstance(node, ast.FunctionDef)):
        for node, name in calls(Source(source.path, ast.unparse(function))):
            last = node.args[-1] if node.args else None
            if name == "order_by" and last is not None and not isinstance(last, ast.Starred):
                written = last.value if isinstance(last, ast.Constant) else ast.unparse(last)
                if written not in ENDS:
                    yield f"{function.name} orders by {written} at the end"


def constraints_are_declared_one_by_one(source: Source) -> Iterator[str]:
    """A constraint has a name, and a list its own order."""
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if node.targets[0].id in {"unique_together", "index_together", "ordering"}:
                yield f"{node.targets[0].id} in line {node.lineno}"


def views_import_rooms(source: Source) -> Iterator[str]:
    """A page says `operations.invite(...)`: where a thing happens stands beside what happens."""
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[-1] in {
            "operations",
            "queries",
            "access",
        }:
            room = ROOT / (node.module or "").replace(".", "/")
            for name in node.names:
                is_type = name.name[0].isupper()
                if not is_type and not (room / f"{name.name}.py").exists():
                    yield f"imports {name.name} out of {node.module}"


def tests_do_not_pretend(source: Source) -> Iterator[str]:
    """No stand-ins for our own code: tests go through the address and see what people see."""
    for node in ast.walk(tree(source)):
        names = [name.name for name in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        names += [getattr(node, "module", None) or ""]
        names += [word.arg for word in node.args.args] if isinstance(node, ast.FunctionDef) else []
        for name in {*names} & {"mock", "unittest.mock", "mocker", "responses"}:
            yield f"pretends with {name}"


def every_test_asserts_something(source: Source) -> Iterator[str]:
    """A test that only runs proves little."""
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            said = ast.unparse(node)
            if not re.search(r"assert|pytest\.(raises|fail|warns)|\bexpect\w*\(|validate", said):
                yield f"{node.name} asserts nothing"
