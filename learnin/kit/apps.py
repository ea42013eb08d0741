"""The interface kit: components, base page, forms, mail, files, jobs."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """What every stage is drawn with. No tables."""

    name = "learnin.kit"
    label = "kit"
