"""The second stage of the chain: who sits, what is decided, who acts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaskForceConfig(AppConfig):
    """The National Task Force of a country, and what the region invites it to."""

    name = "learnin.taskforce"
    label = "taskforce"
    verbose_name = _("Task force")
