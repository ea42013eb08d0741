"""The third stage of the chain: what a country needs, and how we know."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    """The needs assessment of a country: questions, samples, rounds, answers."""

    name = "learnin.assessment"
    label = "assessment"
    verbose_name = _("Needs assessment")

    def ready(self) -> None:
        """Give our words to the journal."""
        from learnin.assessment import sentences
        from learnin.journal import kinds, verbs, words

        verbs.register(sentences.VERBS)
        kinds.register(sentences.KINDS)
        for key, name in sentences.PLACES.items():
            words.place(key, name)
        for key, choices in sentences.CODES.items():
            words.place(key, sentences.PLACES[key], words.said(choices))
