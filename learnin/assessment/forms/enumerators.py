"""What we accept about those who collect answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.kit.forms import GovForm


class EnumeratorForm(GovForm, forms.Form):
    """Somebody who will collect answers with a phone."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=60, required=False)
