"""Forms: each field with its label, hint and error; the summary leads to the field; days in three boxes."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation
from pytest_django.asserts import assertHTMLEqual

from learnin.kit.forms import DateField, GovForm


class Letter(GovForm, forms.Form):
    to = forms.EmailField(label="To whom?", help_text="One address")
    sent_on = DateField(label="When?", latest=date(2026, 12, 31), required=False)
    way = forms.ChoiceField(label="How?", choices=[("a", "By <air>"), ("b", "By sea")], widget=forms.RadioSelect)
    copies = forms.MultipleChoiceField(
        label="Copies", choices=[("x", "X"), ("y", "Y")], widget=forms.CheckboxSelectMultiple, required=False
    )
    secret = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    agree = forms.BooleanField(label="I agree")
    back = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


def test_every_field_has_its_label_and_hint() -> None:
    html = drawn("{% fields form %}", form=Letter())
    assert '<label class="govuk-label" for="id_to">To whom?</label>' in html
    assert '<div id="id_to-hint" class="govuk-hint">One address</div>' in html
    assert 'aria-describedby="id_to-hint"' in html
    assert "By &lt;air&gt;" in html
    assert "Password (optional)" in html
    assert 'type="hidden" name="back"' in html
    assert "required" not in html.replace("aria-required", "")


def test_a_list_is_narrowed_by_the_fields_of_a_form_or_some_of_them() -> None:
    form = Letter()
    html = drawn("{% filters of=form width='20' %}<b>More</b>{% endfilters %}", form=form)
    places = [html.rindex(one) for one in ('name="to"', 'name="secret"', 'name="agree"', "<b>More</b>", "Show")]
    assert places == sorted(places)
    assert "govuk-input--width-20" in drawn("{% field form.to width='20' %}", form=form)
    assert html.count("govuk-input--width-20") == 1  # of all these only the address is one box to write into
    some = drawn("{% filters of=boxes %}{% endfilters %}", boxes=[form["agree"]])
    assert 'name="agree"' in some
    assert 'name="to"' not in some


class Choice(GovForm, forms.Form):
    plain = forms.ChoiceField(choices=[("", "Any"), ("a", "A < B"), ("b", "B")], required=False)
    number = forms.TypedChoiceField(choices=[(1, "One"), (2, "Two")], coerce=int, initial=2)
    groups = forms.ChoiceField(choices=[("x", "X"), ("Group & more", [("y", "Y"), ("z", "Z")])], required=False)
    several = forms.MultipleChoiceField(choices=[("x", "X"), ("y", "Y")], required=False)
    closed = forms.ChoiceField(choices=[("x", "X")], disabled=True, initial="x")


@pytest.mark.parametrize("name", list(Choice.base_fields))
@pytest.mark.parametrize("data", [None, {}, {"plain": "b", "number": "1", "groups": "z", "several": ["x", "y"]}])
def test_a_list_to_choose_from_is_the_one_django_draws(name: str, data: dict[str, object] | None) -> None:
    form = Choice() if data is None else Choice(data)
    bound = form[name]
    classes = "govuk-select govuk-select--error" if bound.errors else "govuk-select"
    drawn_by_us = drawn("{% field bound %}", bound=bound)
    ours = drawn_by_us[drawn_by_us.index("<select") : drawn_by_us.index("</select>") + len("</select>")]
    attrs = {"class": classes}
    if bound.errors:
        attrs["aria-describedby"] = f"id_{name}-error"
    assertHTMLEqual(ours, bound.as_widget(attrs=attrs))


class Narrow(GovForm, forms.Form):
    words = forms.CharField(label="Words", required=False)


class Level(GovForm, forms.Form):
    name = forms.CharField(label="Name")
    english = forms.ChoiceField(label="English", choices=[("", "Not spoken"), ("B1", "B1")], required=False)
    theme = forms.ChoiceField(label="Theme", choices=[("", "---------"), ("x", "X")], required=False)


def test_optional_is_said_only_where_somebody_could_wonder() -> None:
    assert "optional" not in drawn("{% fields form %}", form=Narrow())
    html = drawn("{% fields form %}", form=Level())
    assert "English (optional)" not in html
    assert "Theme (optional)" in html


def test_a_refused_field_says_what_to_do_at_the_field_and_above() -> None:
    form = Letter({"to": "ana", "way": "c"})
    html = drawn("{% error_summary form %}{% fields form %}", form=form)
    assert '<a href="#id_to">Write an e-mail address like name@example.org</a>' in html
    assert '<a href="#id_way_0">' in html
    assert '<a href="#id_agree">Tick the box: I agree</a>' in html
    assert 'aria-describedby="id_to-hint id_to-error"' in html
    assert 'aria-invalid="true"' in html
    assert html.count("govuk-form-group--error") == 3


def test_each_link_of_the_summary_leads_to_a_box() -> None:
    form = Letter({"sent_on-day": "40", "sent_on-month": "1", "sent_on-year": "2026"})
    html = drawn("{% error_summary form %}{% fields form %}", form=form)
    targets = [piece.split('"')[0] for piece in html.split('<a href="#')[1:]]
    assert targets == ["id_to", "id_sent_on-day", "id_way_0", "id_agree"]
    assert all(f'id="{target}"' in html for target in targets)


def test_an_error_of_the_whole_form_stands_in_the_summary() -> None:
    form = Letter({"to": "a@b.org", "way": "a", "agree": "on"})
    form.add_error(None, "This meeting is closed.")
    assert "<li>This meeting is closed.</li>" in drawn("{% error_summary form %}", form=form)


def test_a_form_without_errors_has_no_summary() -> None:
    assert drawn("{% error_summary form %}", form=Letter()) == ""
    assert drawn("{% error_summary form %}", form=Letter({"to": "a@b.org", "way": "a", "agree": "on"})) == ""


def test_what_was_written_stands_there_again() -> None:
    html = drawn(
        "{% fields form %}",
        form=Letter({"sent_on-day": "31", "sent_on-month": "11", "sent_on-year": "2026", "way": "b", "copies": ["y"]}),
    )
    assert 'name="sent_on-day" type="text" inputmode="numeric" value="31"' in html
    assert 'value="b" checked' in html
    assert 'value="y" checked' in html


def test_a_day_in_three_boxes_is_a_date() -> None:
    data = {"sent_on-day": "1", "sent_on-month": "12", "sent_on-year": "2026"}
    form = Letter({"to": "a@b.org", "way": "a", "agree": "on", **data})
    assert form.is_valid()
    assert form.cleaned_data["sent_on"] == date(2026, 12, 1)


def test_an_iso_day_under_the_plain_name_is_a_date() -> None:
    assert Letter({"sent_on": "2026-12-01"}).fields["sent_on"].clean("2026-12-01") == date(2026, 12, 1)
    assert 'value="2026"' in drawn("{% field form.sent_on %}", form=Letter(initial={"sent_on": date(2026, 12, 1)}))


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        (("31", "11", "2026"), "There is no such day: 31 11 2026. Write it like 1 12 2026"),
        (("x", "11", "2026"), "There is no such day: x 11 2026. Write it like 1 12 2026"),
        (("1", "", "2026"), "“When?”: write a day, a month and a year"),
        (("1", "11", "26"), "Write the year with four digits, like 2026"),
        (("1", "1", "2027"), "The date must be 31\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}2026 or earlier"),
    ],
)
def test_a_wrong_day_says_what_to_do(boxes: tuple[str, str, str], words: str) -> None:
    data = dict(zip(("sent_on-day", "sent_on-month", "sent_on-year"), boxes, strict=True))
    assert Letter(data).errors["sent_on"] == [words]


def test_a_limit_is_written_in_the_readers_language() -> None:
    with translation.override("ru"):
        errors = Letter({"sent_on": "2027-01-01"}).errors["sent_on"]
    assert "декабря" in errors[0]


def test_the_width_of_a_field_is_one_of_the_houses() -> None:
    assert "govuk-input--width-20" in drawn("{% field form.to width='20' %}", form=Letter())
    assert "govuk-!-width-full" in drawn("{% field form.to width='full' %}", form=Letter())


def test_a_password_can_be_shown() -> None:
    html = drawn("{% field form.secret %}", form=Letter())
    assert 'data-module="govuk-password-input"' in html
    assert 'aria-controls="id_secret"' in html


class Numbers(GovForm, forms.Form):
    title = forms.CharField(label="Title in 100% of cases", max_length=3)
    whole = forms.IntegerField(label="Planned", min_value=0, max_value=1000)
    share = forms.DecimalField(label="Share", max_value=100, decimal_places=2)
    page = forms.URLField(label="Page, 50% done", assume_scheme="https")
    own = forms.IntegerField(label="Own", error_messages={"invalid": "In our own words"})
    way = forms.ChoiceField(label="Way", choices=[("a", "A")])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["late"] = forms.FloatField(label="Made later", min_value=-90)


@pytest.mark.parametrize(
    ("name", "sent", "told"),
    [
        ("title", "long", "“Title in 100% of cases”: at most 3 characters"),
        ("whole", "many", "“Planned”: write a whole number, like 12"),
        ("whole", "-1", "“Planned”: write 0 or more"),
        ("whole", "1001", "“Planned”: write 1,000 or less"),
        ("share", "much", "“Share”: write a number, like 12 or 3.5"),
        ("share", "1.234", "“Share”: at most 2 digits after the point"),
        ("page", "no page", "“Page, 50% done”: write a web address like https://example.org"),
        ("own", "x", "In our own words"),
        ("way", "b", "“Way”: the list does not offer “b”"),
        ("late", "-91", "“Made later”: write -90 or more"),
    ],
)
def test_an_error_names_its_box_and_says_what_to_write(name: str, sent: str, told: str) -> None:
    assert Numbers({name: sent}).errors[name] == [told]


def test_an_error_is_in_the_language_of_the_page() -> None:
    with translation.override("ka"):
        assert "1\N{NO-BREAK SPACE}000" in Numbers({"whole": "1001"}).errors["whole"][0]
