"""What we accept about the life of an initiative: why it goes, and its papers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.kit.forms import GovForm


class WithdrawForm(GovForm, forms.Form):
    """Why an initiative is taken out of the register."""

    why = forms.CharField(
        label=_("Why is it taken out?"),
        help_text=_("For example: it never began, or it does not concern education."),
        max_length=500,
    )


class PaperForm(GovForm, forms.Form):
    """A paper of an initiative."""

    file = forms.FileField(label=_("File"), help_text=_("PDF, Word, Excel or a picture."))

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: the file with its name."""
        file = self.cleaned_data["file"]
        return {"file": file, "file_name": file.name}
