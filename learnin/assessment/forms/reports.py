"""What a report holds."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import Finding
from learnin.kit.papers import LanguageForm


class ReportForm(LanguageForm):
    """Which findings, in which language."""

    findings = forms.MultipleChoiceField(
        label=_("Findings"),
        help_text=_("Without a choice, all that are agreed."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ("findings", "language")

    def __init__(self, *args: Any, findings: Sequence[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of: Any = self.fields
        of["findings"].choices = [(str(one.pk), f"{one.text()} ({one.get_state_display()})") for one in findings]
