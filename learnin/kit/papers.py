"""Official documents as answers of a page: the language one asks for, and the file."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from learnin.kit import documents, languages
from learnin.kit.forms import GovForm


class LanguageForm(GovForm, forms.Form):
    """In which language a paper is written."""

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(one.code, one.endonym) for one in languages.interface()]  # type: ignore[attr-defined]


def asked_language(request: HttpRequest) -> str:
    """The language that was asked for; the reader's, where we do not speak it."""
    asked = request.GET.get("language", "")
    return asked if asked in {one.code for one in languages.interface()} else languages.language().code


def file(paper: documents.Document, language: str, form: str, name: str) -> HttpResponse:
    """The paper to keep, as Word or PDF; its name ends with its language."""
    response = HttpResponse(documents.drawn(paper, language, format=form), content_type=documents.MEDIA_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}-{language}.{form}"'
    response["Content-Language"] = language
    return response
