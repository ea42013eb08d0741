"""Beside the needs assessment: who does what, and what the parties agree."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    """The register of initiatives of a country: what is the same, what overlaps, what nobody does."""

    name = "learnin.initiatives"
    label = "initiatives"
    verbose_name = _("Initiatives")

    def ready(self) -> None:
        """Give our words to the journal."""
        from learnin.initiatives import next_agreements, receivers, sentences  # noqa: F401
        from learnin.journal import kinds, verbs, words
        from learnin.kit import next as next_things

        verbs.register(sentences.VERBS)
        kinds.register(sentences.KINDS)
        for key, name in sentences.PLACES.items():
            words.place(key, name)
        for key, choices in sentences.CODES.items():
            words.place(key, sentences.PLACES[key], words.said(choices))
        next_things.register(next_agreements.waiting)
