"""Readings: queries whose SQL is written once.

Django takes longer to write a small query than the database to answer it. A reading is written when it is first
asked, with blanks for what it is asked about; from then on only the blanks are filled. What the database answered is
never kept: each asking reads what stands there now.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from inspect import get_annotations
from typing import Any, Generic, TypeVar, TypeVarTuple, get_args

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import CharField, DateField, DateTimeField, Expression, Field, IntegerField, QuerySet
from django.db.models.query import FlatValuesListIterable, ValuesListIterable
from django.db.models.sql.compiler import SQLCompiler

Given = TypeVarTuple("Given")
Row = TypeVar("Row")
FIELDS: dict[type, type[Field]] = {str: CharField, int: IntegerField, date: DateField, datetime: DateTimeField}
"""What a reading may be asked about, alone or as a list, and how it travels to the database."""
ALONE = -1
PLAIN = (ValuesListIterable, FlatValuesListIterable)
"""Rows that become no objects: they are taken from the database as they come."""


class Blank(Expression):
    """The place of a value that comes with the asking: which of the values, and which of its list."""

    def __init__(self, kind: type, place: int, number: int = ALONE) -> None:
        super().__init__(output_field=FIELDS[kind]())
        self.place, self.number = place, number

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """A place for one value; where the value goes, the blank itself says which it is."""
        return "%s", (self,)

    def filled(self, given: Sequence[Any], connection: Any) -> Any:
        """What stands here this time, as the database takes it."""
        value = given[self.place] if self.number == ALONE else given[self.place][self.number]
        if value is None:
            raise ValueError("A reading is not asked about nothing: in SQL, nothing equals it.")
        return self.output_field.get_db_prep_value(value, connection)


@dataclass(frozen=True)
class _Written:
    """A query with its SQL; without, where it can find nothing."""

    query: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    values: Sequence[Any]
    converters: Mapping[int, Any]
    """How what the database tells of a column becomes a value of Python."""

    def read(self, given: Sequence[Any]) -> list[Any]:
        """The rows, with these values in the blanks."""
        if not self.sql:
            return []
        connection = connections[self.query.db]
        values = tuple(one.filled(given, connection) if isinstance(one, Blank) else one for one in self.values)
        compiler = copy(self.compiler)  # threads read at once, each over its own connection
        vars(compiler).update(connection=connection, get_converters=lambda _columns: self.converters)
        if self.query._iterable_class in PLAIN:
            with connection.cursor() as cursor:
                cursor.execute(self.sql, values)
                rows = compiler.results_iter([cursor.fetchall()], tuple_expected=True)
            return list(rows) if self.query._iterable_class is ValuesListIterable else [row[0] for row in rows]
        vars(compiler)["as_sql"] = lambda: (self.sql, values)
        query = self.query.all()
        vars(query.query)["get_compiler"] = lambda using: compiler
        return list(query)


class Reading(Generic[*Given, Row]):
    """A query that is asked again and again, each time about other things."""

    def __init__(self, ask: Callable[[*Given], QuerySet[Any, Row]]) -> None:
        self.__doc__, self._ask = ask.__doc__, ask
        self._kinds = [kind for name, kind in get_annotations(ask).items() if name != "return"]
        self._written: dict[tuple[int, ...], _Written] = {}

    def __call__(self, *given: *Given) -> list[Row]:
        """What the database answers now."""
        shape = tuple([len(one) if isinstance(one, list) else ALONE for one in given])
        if shape not in self._written:
            self._written[shape] = self._write(shape)
        return self._written[shape].read(given)

    def first(self, *given: *Given) -> Row | None:
        """The first row, if there is one."""
        return next(iter(self(*given)), None)

    def _write(self, shape: tuple[int, ...]) -> _Written:
        places = enumerate(zip(self._kinds, shape, strict=True))
        blanks: list[Any] = [_blanks(kind, place, length) for place, (kind, length) in places]
        query = self._ask(*blanks)
        compiler = query.query.get_compiler(query.db)
        try:
            sql, values = compiler.as_sql()
            converters = compiler.get_converters([column for column, *_named in compiler.select])
        except EmptyResultSet:
            sql, values, converters = "", (), {}
        del compiler.connection
        return _Written(query, compiler, sql, values, converters)


def _blanks(kind: Any, place: int, length: int) -> Blank | list[Blank]:
    if length == ALONE:
        return Blank(kind, place)
    (one,) = get_args(kind)
    return [Blank(one, place, number) for number in range(length)]


def reading(ask: Callable[[*Given], QuerySet[Any, Row]]) -> Reading[*Given, Row]:
    """Make a function that builds a query into one whose SQL is written once.

    The function takes texts, numbers, days, moments, or lists of them, and only passes them on to the query: it is
    called with blanks in their place, once for each length of the lists.
    """
    return Reading(ask)
