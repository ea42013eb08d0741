"""What the database keeps of the programme."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connections, models, router
from django.db.models import Count

from .fields import ProgrammeIdField
from .formats.definition import Programme
from .formats.items import Kind

SHOWN = 3


@dataclass(frozen=True)
class Use:
    """An id that rows of a table keep and the programme does not have."""

    model: str
    field: str
    kind: Kind
    id: str
    rows: int
    labels: tuple[str, ...]

    def __str__(self) -> str:
        """Say which id, where, how often and in which rows."""
        more = ", …" if self.rows > len(self.labels) else ""
        rows = "1 row" if self.rows == 1 else f"{self.rows} rows"
        return f"{self.kind} “{self.id}” is used by {rows} of {self.model}.{self.field}: {', '.join(self.labels)}{more}"


def uses_missing_from(programme: Programme, *, using: str = "default") -> tuple[Use, ...]:
    """Every id in use that this programme does not have, by table, column and id."""
    found: list[Use] = []
    for field in _columns(using):
        found += _missing(field, programme, using)
    return tuple(found)


def _columns(using: str) -> Iterator[ProgrammeIdField]:
    """Every column that keeps programme ids and is in the database by now."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.label):
            own = [field for field in model._meta.local_fields if isinstance(field, ProgrammeIdField)]
            if own and model._meta.db_table in tables and router.allow_migrate_model(using, model):
                table = connection.introspection.get_table_description(cursor, model._meta.db_table)
                columns = {column.name for column in table}
                yield from (field for field in own if field.column in columns)


def _missing(field: ProgrammeIdField, programme: Programme, using: str) -> Iterator[Use]:
    """The ids of one column that the programme does not have."""
    model: type[models.Model] = field.model
    rows = model._base_manager.using(using).exclude(**{field.name: ""})
    rows = rows.filter(**{f"{field.name}__isnull": False})
    known = programme.by_kind[field.kind]
    counted = rows.order_by(field.name).values_list(field.name).annotate(rows=Count("pk"))
    for id, count in counted:
        if id not in known:
            some = rows.filter(**{field.name: id}).order_by("pk")[:SHOWN]
            labels = tuple(f"{row.pk} {row}" for row in some)
            yield Use(model._meta.label, field.name, field.kind, id, count, labels)
