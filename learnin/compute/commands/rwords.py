"""Values and calls as R writes them."""

from collections.abc import Sequence


def text(value: str) -> str:
    """Text in quotes.

    >>> text('a "b"')
    '"a \\\\"b\\\\""'
    """
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def word(value: bool) -> str:
    """TRUE or FALSE."""
    return "TRUE" if value else "FALSE"


def vector(values: Sequence[object]) -> str:
    """Values as a vector, numbers with every digit.

    >>> vector([1, 0.1]), vector([True]), vector(["a", "b"])
    ('c(1, 0.1)', 'TRUE', 'c("a", "b")')
    """
    written = [
        word(one) if isinstance(one, bool) else text(one) if isinstance(one, str) else repr(one) for one in values
    ]
    return written[0] if len(written) == 1 else f"c({', '.join(written)})"


def column(name: str) -> str:
    """A column of the answers.

    >>> column("hours")
    'answers[["hours"]]'
    """
    return f"answers[[{text(name)}]]"


def there(name: str, value: object) -> str:
    """Whether a row has a value, or none, in a column."""
    return f"is.na({column(name)})" if value is None else f"{column(name)} %in% {vector([value])}"


def call(function: str, *values: object) -> str:
    """A call of a function."""
    return f"{function}({', '.join(str(value) for value in values)})"
