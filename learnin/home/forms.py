"""What one may ask of the table of countries."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.home import region
from learnin.kit.forms import GovForm


class ShowForm(GovForm, forms.Form):
    """Which countries to show."""

    show = forms.ChoiceField(label=_("Show"), choices=list(region.SHOW.items()), required=False)
