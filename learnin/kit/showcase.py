"""Invented content for the page of all components."""

from dataclasses import dataclass

from django import forms

from learnin.kit.forms import DateField, GovForm
from learnin.kit.number_boxes import WholeField
from learnin.kit.parts import MatrixRow

STAGE = "kit"


@dataclass(frozen=True)
class ShowPlace:
    """A country that does not exist."""

    name: str = "Arvenia (example)"
    url: str = "/c/XA/"
    is_example: bool = True
    pk: str = ""  # no role holds here


@dataclass(frozen=True)
class ShowComponent:
    """A component as the programme would hand it over."""

    chip: str
    name: object


PLACE = ShowPlace()
COMPONENTS = [
    ShowComponent("pedagogy", "Pedagogy"),
    ShowComponent("policy", "Policy and Administration"),
    ShowComponent("technology", "Technology"),
]
COLUMNS = ["Task force", "Assess", "Initiatives", "Priorities", "Communities", "Learning"]
ROWS = [
    MatrixRow("Arvenia (example)", ["done", "most", "some", "begun", "no", "no"]),
    MatrixRow("Belmark (example)", ["done", "most", "some", "begun", "unsure", "no"]),
    MatrixRow("Corvia (example)", ["most", "unknown", "unknown", "unknown", "unknown", "no"]),
]
HUES = [
    ("Brand and page", ["brand", "link", "ink", "ink-2", "line-2", "line", "paper", "focus"]),
    ("Components, next, states", ["pedagogy", "policy", "technology", "next", "done", "doing", "late"]),
    ("Data: sequential", ["seq-1", "seq-2", "seq-3", "seq-4", "seq-5"]),
    ("Data: diverging", ["div-1", "div-2", "div-3", "div-4", "div-5"]),
    ("Data: categorical", ["cat-1", "cat-2", "cat-3", "cat-4", "cat-5"]),
]
ENDS = [("email", "E-mail"), ("letter", "Letter"), ("none", "Not at all")]


class ShowForm(GovForm, forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", help_text="As you sign letters.")
    email = forms.EmailField(label="E-mail")
    phone = forms.CharField(label="Phone", required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    teachers = WholeField(label="How many teachers?", help_text="Write it as you do at home.", min_value=0)
    from_on = DateField(label="When does the role begin?", help_text="For example, 1 12 2026")
    role = forms.ChoiceField(label="Role", choices=[("", "Choose a role"), ("member", "Member"), ("chair", "Chair")])
    notify = forms.ChoiceField(label="How do we write to you?", choices=ENDS, widget=forms.RadioSelect)
    speaks = forms.MultipleChoiceField(
        label="Which languages do you read?",
        choices=[("en", "English"), ("ka", "ქართული"), ("sr", "Српски")],
        widget=forms.CheckboxSelectMultiple,
    )
    about = forms.CharField(label="What do you do?", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    order = forms.FileField(label="Ministerial order", help_text="PDF or Word, at most 20 MB.", required=False)
    agree = forms.BooleanField(label="I have read the privacy notice")

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("auto_id", "bad_%s" if args else "good_%s")
        super().__init__(*args, **kwargs)


INITIAL = {"name": "Ana Primer", "email": "ana@example.org", "role": "chair", "notify": "email", "speaks": ["en", "sr"]}
WRONG = {
    "email": "ana.primer",
    "from_on-day": "31",
    "from_on-month": "11",
    "from_on-year": "2026",
    "name": "Ana Primer",
    "teachers": "1.200,5",
}


class TryForm(GovForm, forms.Form):
    """The form of the page that one can send. Nothing is kept."""

    email = forms.EmailField(label="E-mail", help_text="Try one without @.")
    begins_on = DateField(label="When does it begin?", help_text="For example, 1 12 2026")
