"""What a report holds."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import Finding, Report
from learnin.kit.papers import LanguageForm


class ReportForm(LanguageForm):
    """Which findings, in which language, in which kind of file."""

    PAPERS = (Report.Format.DOCX, Report.Format.PDF, Report.Format.PPTX)

    findings = forms.MultipleChoiceField(
        label=_("Findings"),
        help_text=_("Without a choice, all that are agreed."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    format = forms.ChoiceField(
        label=_("Kind of file"), choices=[(one.value, one.label) for one in PAPERS], widget=forms.HiddenInput
    )
    field_order = ("findings", "language", "format")

    def __init__(self, *args: Any, findings: Sequence[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of: Any = self.fields
        of["findings"].choices = [(str(one.pk), f"{one.text()} ({one.get_state_display()})") for one in findings]
