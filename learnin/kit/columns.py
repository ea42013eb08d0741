"""Columns of tables that several stages have."""

from typing import Any

from django.db import models


class CodesField(models.JSONField):
    """JSON whose texts are codes and keys that pages look up, not the words of somebody."""

    def deconstruct(self) -> Any:
        """For migrations it is JSON as any other."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs
