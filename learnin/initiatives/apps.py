"""Beside the needs assessment: who does what, and what the parties agree."""

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    """The register of initiatives of a country: what is the same, what overlaps, what nobody does."""

    name = "learnin.initiatives"
    label = "initiatives"
    verbose_name = _("Initiatives")

    def ready(self) -> None:
        """Give our words to the journal, our stage to the bar, our steps to the route."""
        from learnin.initiatives import (  # noqa: F401
            next_agreements,
            next_register,
            next_relations,
            receivers,
            route,
            sentences,
        )
        from learnin.journal import kinds, verbs, words
        from learnin.kit import navigation
        from learnin.kit import next as next_things
        from learnin.kit import route as steps
        from learnin.people.models import Country
        from learnin.people.roles import Can, may

        verbs.register(sentences.VERBS)
        verbs.register_many(sentences.register.OF_FILES)
        kinds.register(sentences.KINDS)
        for key, name in sentences.PLACES.items():
            words.place(key, name)
        for key, choices in sentences.CODES.items():
            words.place(key, sentences.PLACES[key], words.said(choices))
        navigation.register(
            navigation.Stage(
                key="initiatives",
                label=_("Initiatives"),
                url=lambda place: reverse("initiatives:register", args=[place.pk]),
                order=25,
                may=lambda person, place: (
                    isinstance(place, Country)
                    and (may(person, Can.SEE_INITIATIVES, place) or may(person, Can.REGISTER_INITIATIVES, place))
                ),
            )
        )
        next_things.register(next_register.waiting)
        next_things.register(next_relations.waiting)
        next_things.register(next_agreements.waiting)
        steps.register(route.STAGE, route.progress)
