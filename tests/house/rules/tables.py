"""Rules for tables, asked of the models themselves."""

from collections.abc import Iterable, Iterator, Sequence

from django.core.checks import WARNING
from django.db.models import Model

Models = Iterable[type[Model]]


def keys_follow_the_chain(models: Models, chain: Sequence[set[str]]) -> Iterator[str]:
    """A table points to tables of its own app or of an earlier stage (`chain` goes from late to early)."""
    height = {app: -place for place, apps in enumerate(chain) for app in apps}
    for model in models:
        own = model._meta.app_label
        for field in model._meta.get_fields():
            target = field.related_model if field.is_relation and not field.auto_created else None
            other = target._meta.app_label if target else own
            if other != own and other in height and height[other] >= height[own]:
                yield f"{own}.{model.__name__}.{field.name} points to {other}, which is not before {own}"


def nothing_points_anywhere(models: Models) -> Iterator[str]:
    """No generic foreign keys."""
    for model in models:
        for field in model._meta.private_fields:
            yield f"{model.__name__}.{field.name} may point to any table"


def lists_choose_their_order(models: Models) -> Iterator[str]:
    """No default ordering: it costs where nobody looks."""
    for model in models:
        if model._meta.ordering:
            yield f"{model.__name__} is ordered by {', '.join(map(str, model._meta.ordering))} everywhere"


def constraints_are_named(models: Models) -> Iterator[str]:
    """An error names the constraint: its name says what must be true."""
    for model in models:
        for constraint in model._meta.constraints:
            if "_" not in constraint.name or constraint.name.rsplit("_", 1)[-1] in {"uniq", "unique", "check", "idx"}:
                yield f"{model.__name__}: {constraint.name} does not say what must be true"
        if model._meta.unique_together:
            yield f"{model.__name__}: unique_together has no name"


def both_databases_hold_it(models: Models, database: str) -> Iterator[str]:
    """No field, index or constraint that this database would drop in silence."""
    for model in models:
        for message in model.check(databases=[database]):
            if message.level >= WARNING:
                yield f"{model.__name__}: {message.msg}"
