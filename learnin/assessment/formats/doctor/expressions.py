"""Problems of expressions and of what they name: quotes, functions, questions that do not exist, needless spaces."""

import re
from collections.abc import Callable, Iterator

from learnin.assessment.formats.columns import EXPRESSIONS, Column, Columns, kind
from learnin.assessment.formats.doctor.problem import Facts, Line, Problem, Repair, Rule, with_cells
from learnin.assessment.formats.workbook import Book, Row, Sheet

# What the engine of ODK Collect knows, tried one by one with ODK Validate 1.20 (JavaRosa).
FUNCTIONS = frozenset({
    "abs", "acos", "area", "asin", "atan", "atan2", "base64-decode", "boolean", "boolean-from-string",
    "checklist", "coalesce", "comment", "concat", "contains", "cos", "count", "count-non-empty",
    "count-selected", "current", "date", "date-time", "decimal-date-time", "decimal-time", "depend", "digest",
    "distance", "enclosed-area", "ends-with", "exp", "exp10", "extract-signed", "false", "format-date",
    "format-date-time", "geofence", "id", "if", "indexed-repeat", "instance", "int", "intersects",
    "is-selected", "join", "jr:choice-name", "jr:itext", "local-name", "log", "log10", "max", "min", "name",
    "node", "normalize-space", "not", "now", "number", "once", "pi", "position", "pow", "property", "pulldata",
    "random", "randomize", "regex", "round", "selected", "selected-at", "sin", "sqrt", "starts-with", "string",
    "string-length", "substr", "substring-after", "substring-before", "sum", "tan", "text", "today",
    "translate", "true", "uuid", "version", "weighted-checklist",
})  # fmt: skip
_OPERATORS = frozenset({"and", "or", "div", "mod"})
# What SurveyCTO's app says about itself; nothing else can, so the answer stays empty.
_ABOUT_THE_APP = frozenset(
    {
        "duration",
        "device-info",
        "phone-call-log",
        "phone-call-duration",
        "collect-is-phone-app",
        "plug-in-metadata",
    }
)
_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
_CALL = re.compile(r"(?<![\w$}.:-])([A-Za-z_][\w.-]*(?::[\w.-]+)?)\s*\(")
_ANY_REFERENCE = re.compile(r"\$\{([^}]*)\}")
_SIMPLE = r"((?:[^()]|\([^()]*\))*)"
_CHOICE_LABEL = re.compile(r"choice-label\(\s*(\$\{[^}]+\})\s*,\s*" + _SIMPLE + r"\)")
_EMPTY = re.compile(r"(?<![\w-])empty\(" + _SIMPLE + r"\)")
_INDEX = re.compile(r"(?<![\w-])index\(\s*\)")
QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'})
_NO = {"no", "false", "false()"}


def unknown_functions(text: str) -> tuple[str, ...]:
    """The functions in an expression that the engine of ODK Collect does not know."""
    if "(" not in text:
        return ()
    bare = _LITERAL.sub("''", text.translate(QUOTES))
    return tuple(one for one in dict.fromkeys(_CALL.findall(bare)) if one not in FUNCTIONS and one not in _OPERATORS)


def _cells(facts: Facts) -> Iterator[tuple[Line, Column, str]]:
    """Every cell of the questions that holds an expression."""
    columns = [column for column in facts.survey.all if column.name in EXPRESSIONS]
    for line in facts.lines:
        yield from ((line, column, text) for column in columns if (text := line.row.get(column.header, "").strip()))


def _quotes(facts: Facts) -> Iterator[Problem]:
    for line, column, text in _cells(facts):
        if column.name not in {"default", "trigger"} and text != text.translate(QUOTES):
            values = {"name": line.name, "text": text[:120]}
            yield Problem("quotes_curly", "warning", "survey", line.number, column.header, values, "safe")


def _functions(facts: Facts) -> Iterator[Problem]:
    for line, column, text in _cells(facts):
        if column.name == "trigger":
            continue
        bare = _LITERAL.sub("''", text.translate(QUOTES))
        place = ("survey", line.number, column.header)
        is_code = column.name != "default" or "(" in bare
        if is_code and (bare.count("(") != bare.count(")") or bare.count("'") % 2 or bare.count('"') % 2):
            if column.name != "default":
                yield Problem("expression_broken", "error", *place, {"name": line.name, "text": text[:120]})
            continue
        if column.name == "default" and bare == text:  # plain words, with brackets perhaps
            continue
        for function in unknown_functions(text):
            values = {"name": line.name, "function": f"{function}()", "text": text[:120]}
            if function in _ABOUT_THE_APP:
                yield Problem("function_of_an_app", "error", *place, values, "asked")
            elif _swapped(facts, line, text, function) != text:
                yield Problem("function_renamed", "error", *place, values, "safe")
            else:
                yield Problem("function_unknown", "error", *place, values)


def _swapped(facts: Facts, line: Line, text: str, function: str) -> str:
    """The same expression with another vendor's function said in ours, where the two mean the same."""
    if function == "choice-label":
        return _CHOICE_LABEL.sub(lambda found: f"jr:choice-name({found[2].strip()}, '{found[1]}')", text)
    if function == "empty":
        return _EMPTY.sub(lambda found: f"(string-length({found[1].strip()}) = 0)", text)
    if function == "index" and (steps := _steps_to_repeat(facts, line)):
        return _INDEX.sub(f"position({'/'.join(['..'] * steps)})", text)
    return text


def _steps_to_repeat(facts: Facts, line: Line) -> int:
    for steps, number in enumerate(reversed(line.parents), start=1):
        if kind(facts.survey.value(facts.book.survey.rows[number - 2], "type")).name == "begin repeat":
            return steps
    return 0


def _references(facts: Facts) -> Iterator[Problem]:
    known = set(facts.names)
    for sheet, number, column, text in _mentions(facts):
        for said in dict.fromkeys(_ANY_REFERENCE.findall(text)):
            name = said.strip().removeprefix("last-saved#")
            if name in known and said == said.strip():
                continue
            twins = [one for one in known if one.casefold() == name.casefold()]
            meant = twins[0] if len(twins) == 1 else facts.near(name, known)
            values = {"name": said, "text": text[:120]} | ({"meant": meant} if meant else {})
            code = "reference_misspelt" if meant else "reference_to_nothing"
            repair = ("safe" if twins else "asked") if meant else ""
            yield Problem(code, "error", sheet, number, column, values, repair)  # type: ignore[arg-type]


def _mentions(facts: Facts) -> Iterator[tuple[str, int, str, str]]:
    """Every cell that names a question: on which sheet, in which row and column, and what it says."""
    for line in facts.lines:
        yield from (("survey", line.number, key, text) for key, text in _known(facts.survey, line.row))
    for option in facts.options:
        yield from (("choices", option.number, key, text) for key, text in _known(facts.choices, option.row))
    yield from (("settings", 2, key, text) for key, text in facts.book.settings.items() if "${" in text)


def _known(columns: Columns, row: Row) -> Iterator[tuple[str, str]]:
    for key, text in row.items():
        if "${" in text and columns.is_known(columns.by_header[key]):
            yield key, text


def _spaces(facts: Facts) -> Iterator[Problem]:
    for sheet, trim in _trimmed_sheets(facts):
        for column in sheet.columns:
            rows = [
                number
                for number, row in enumerate(sheet.rows, start=2)
                if (text := row.get(column)) and trim(text) != text
            ]
            if rows:
                values = {"n": str(len(rows)), "name": column}
                yield Problem("spaces", "warning", sheet.name, rows[0], column, values, "safe")


def _trimmed_sheets(facts: Facts) -> Iterator[tuple[Sheet, Callable[[str], str]]]:
    """The sheets whose spaces the converter passes over, and how: where it collapses them, so may we."""
    is_kept = facts.setting("clean_text_values").lower() in _NO
    for name, sheet in facts.book.sheets.items():
        if name in {"survey", "choices", "settings", "external_choices"}:
            yield sheet, (str.strip if name != "survey" or is_kept else _collapse)


def _collapse(text: str) -> str:
    return re.sub(" +", " ", text.strip())


RULES: tuple[Rule, ...] = (_quotes, _functions, _references, _spaces)


def _trim(facts: Facts, problems: list[Problem]) -> Book:
    book = facts.book
    touched = {(problem.sheet, problem.column) for problem in problems}
    for sheet, trim in _trimmed_sheets(facts):
        rows = tuple(
            {column: trim(text) if (sheet.name, column) in touched else text for column, text in row.items()}
            for row in sheet.rows
        )
        book = book.with_sheet(sheet.with_rows(rows))
    return book


def _straighten(facts: Facts, problems: list[Problem]) -> Book:
    return _rewrite(facts, problems, lambda _problem, text: text.translate(QUOTES))


def _follow(facts: Facts, problems: list[Problem]) -> Book:
    def change(problem: Problem, text: str) -> str:
        said, meant = problem.values["name"], problem.values["meant"]
        saved = "last-saved#" if said.strip().startswith("last-saved#") else ""
        return text.replace(f"${{{said}}}", f"${{{saved}{meant}}}")

    return _rewrite(facts, problems, change)


def _swap(facts: Facts, problems: list[Problem]) -> Book:
    lines = {line.number: line for line in facts.lines}

    def change(problem: Problem, text: str) -> str:
        return _swapped(facts, lines[problem.row], text, problem.values["function"].removesuffix("()"))

    return _rewrite(facts, problems, change)


def _silence(facts: Facts, problems: list[Problem]) -> Book:
    def change(problem: Problem, text: str) -> str:
        name = re.escape(problem.values["function"].removesuffix("()"))
        return re.sub(rf"(?<![\w-]){name}\({_SIMPLE}\)", "''", text)

    return _rewrite(facts, problems, change)


def _rewrite(facts: Facts, problems: list[Problem], change: Callable[[Problem, str], str]) -> Book:
    """The workbook with the cells of these problems changed, one problem after the other where a cell has several."""
    cells: dict[str, dict[tuple[int, str], str]] = {}
    for problem in problems:
        place, there = (problem.row, problem.column), cells.setdefault(problem.sheet, {})
        there[place] = change(problem, there.get(place, facts.book.sheets[problem.sheet].value(place[0] - 2, place[1])))
    book = facts.book
    for sheet, changed in cells.items():
        book = book.with_sheet(with_cells(book.sheets[sheet], changed))
    return book


REPAIRS: dict[str, Repair] = {
    "spaces": _trim,
    "quotes_curly": _straighten,
    "reference_misspelt": _follow,
    "function_renamed": _swap,
    "function_of_an_app": _silence,
}
