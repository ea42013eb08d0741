"""What the letters of a round say, in each language: the round's own words, or ours."""

from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learnin.assessment.models import Round
from learnin.kit import written

KIND = "round-"


@dataclass(frozen=True)
class Said:
    """The words of one letter."""

    subject: str
    text: str
    until: str


def kind(round: Round) -> str:
    """What the outbox calls the letters of this round."""
    return f"{KIND}{round.pk}"


def round_of(kind: str) -> int:
    """The round whose letters the outbox calls so."""
    return int(kind.removeprefix(KIND))


def default_subject(round: Round) -> str:
    """Our subject, in the language that is active."""
    return _("Your answer counts: %(title)s") % {"title": round.title}


def default_text(round: Round) -> str:
    """Our text, in the language that is active."""
    asked = {
        Round.Kind.SAMPLE: _("You were drawn by lot. Nobody can answer in your place."),
        Round.Kind.CENSUS: _("Everybody is asked, and each answer counts."),
        Round.Kind.OPEN: _("Anybody may answer."),
    }[Round.Kind(round.kind)]
    why = _("The task force of %(country)s wants to know what teachers, schools and learners need.")
    return "\n\n".join([why % {"country": round.country}, asked])


def said(round: Round, language: str, *, is_reminder: bool = False) -> Said:
    """The words of a letter in this language."""
    own = round.words.get(language, {})
    with translation.override(language), timezone.override(round.country.zone):
        subject = own.get("subject") or default_subject(round)
        if is_reminder:
            subject = _("Reminder: %(subject)s") % {"subject": subject}
        text = own.get("text") or default_text(round)
        return Said(subject, text, until=written.day(round.last_day))
