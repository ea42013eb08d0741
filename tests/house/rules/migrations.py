"""Rules for migrations."""

import ast
from collections.abc import Iterator

from tests.house.rules import Source
from tests.house.rules.code import calls, tree

DATA = {"RunPython", "RunSQL"}
MADE_BY_DJANGO = ("fields",)  # Django itself writes the module of a field of our own into a migration


def migrations_import_no_app_code(source: Source) -> Iterator[str]:
    """An old migration must run when the app has long changed."""
    for node in ast.walk(tree(source)):
        names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = ["." * node.level + (node.module or "")]
        for name in names:
            if name.startswith(("learnin", ".")) and not name.endswith(MADE_BY_DJANGO):
                yield f"imports {name}"


def schema_and_data_stand_apart(source: Source) -> Iterator[str]:
    """A file changes tables or rows, never both."""
    done = {name for node, name in calls(source) if "migrations." in ast.unparse(node.func)} - {"swappable_dependency"}
    if done & DATA and done - DATA:
        yield f"{', '.join(sorted(done & DATA))} beside {', '.join(sorted(done - DATA))}"


def migrations_can_go_back(source: Source) -> Iterator[str]:
    """Reversible, or the file says why not."""
    for node, name in calls(source):
        way_back = len(node.args) > 1 or any(word.arg in {"reverse_code", "reverse_sql"} for word in node.keywords)
        if name in DATA and not way_back and "cannot go back" not in (ast.get_docstring(tree(source)) or ""):
            yield f"{name} in line {node.lineno} has no way back"
