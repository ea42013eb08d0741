"""The example country."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """One made-up country that walks the whole chain."""

    name = "learnin.demo"
