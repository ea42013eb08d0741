"""What people read before they answer: a text to begin with, for each age, in the language that is active."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from learnin.assessment.models import Assessment, Consent
from learnin.kit import languages, written

Age = Consent.Age


def text(assessment: Assessment, age: str, language: str) -> str:
    """The text as it was written; where none is, one to begin with."""
    written_one = assessment.consents.filter(age=age, language=language).first()
    return written_one.text if written_one else starting_text(assessment, age, language)


def starting_text(assessment: Assessment, age: str, language: str) -> str:
    """A text to begin with, in this language where LearnIn speaks it, else in English. People make it their own."""
    spoken = language if language in {one.code for one in languages.interface()} else "en"
    with translation.override(spoken):
        told = {"title": assessment.title, "country": assessment.country.name}
        parts = {Age.ADULT: _adult, Age.YOUNG: _young, Age.PARENT: _parent, Age.CHILD: _child}[Age(age)]()
        return "\n\n".join(part % told for part in [*parts, *_kept(assessment), _question(Age(age))])


def _adult() -> list[str]:
    return [
        _("“%(title)s” asks what teaching and learning need in %(country)s. Your answers help to decide what is done."),
        _("Taking part is your choice. You may leave out any question and stop at any time. Nothing follows from it."),
        _("Results speak of groups, never of one person. No name stands beside an answer in what is published."),
    ]


def _young() -> list[str]:
    return [
        _("“%(title)s” asks what learning is like in %(country)s, and what would make it better."),
        _("You decide whether to take part. You may leave out any question and stop whenever you like."),
        _("This is no test: there are no right or wrong answers. Your school does not see what you answer."),
        _("If a question makes you sad or worried, talk to an adult you trust."),
    ]


def _parent() -> list[str]:
    return [
        _("We ask whether your child may take part in “%(title)s”. It asks what learning is like in %(country)s."),
        _("Taking part is your choice and your child’s. Either of you may say no, leave out a question or stop."),
        _("No name stands beside an answer. The school does not see what your child answers."),
    ]


def _child() -> list[str]:
    return [
        _("We want to know what learning is like for you."),
        _("You can say yes or no. You can stop at any time. Nobody will be cross with you."),
        _("This is no test. Nobody at school sees your answers."),
    ]


def _kept(assessment: Assessment) -> Iterator[str]:
    """Until when, where the plan says so."""
    if assessment.keep_answers_until:
        yield _("After %(day)s we delete the answers.") % {"day": written.day(assessment.keep_answers_until)}
    if assessment.keep_contacts_until:
        yield _("After %(day)s we delete contact details.") % {"day": written.day(assessment.keep_contacts_until)}


def _question(age: Consent.Age) -> str:
    if age is Age.PARENT:
        return _("Do you agree that your child takes part?")
    if age is Age.CHILD:
        return _("Do you want to take part?")
    return _("Do you agree to take part?")
