"""What a report holds."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import Finding, Report
from learnin.kit import languages
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
        of["findings"].choices = [(str(one.pk), _told(one)) for one in findings]


def _told(finding: Finding) -> str:
    """The sentence, how far people stand behind it, and the languages it is written in: a report finds it in those."""
    spoken = [languages.KNOWN[code].endonym for code in finding.texts if code in languages.KNOWN]
    return f"{finding.text()} ({finding.get_state_display()}; {', '.join(spoken)})"
