"""The third stage of the chain: what a country needs, and how we know."""

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    """The needs assessment of a country: questions, samples, rounds, answers."""

    name = "learnin.assessment"
    label = "assessment"
    verbose_name = _("Needs assessment")

    def ready(self) -> None:
        """Give our words to the journal, hear the stages before, stand in the bar, check the question bank."""
        from learnin.assessment import (
            hears_answers,  # noqa: F401
            next_findings,
            next_plan,
            next_rounds,
            receivers,  # noqa: F401
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
        kinds.register(sentences.KINDS)
        for key, name in sentences.PLACES.items():
            words.place(key, name)
        for key, choices in sentences.CODES.items():
            words.place(key, sentences.PLACES[key], words.said(choices))
        for key, kind in sentences.ITEMS.items():
            words.place(key, sentences.PLACES[key], words.of_programme(kind))
        navigation.register(
            navigation.Stage(
                key="assessment",
                label=_("Needs assessment"),
                url=lambda place: (
                    reverse("assessment:assessments", args=[place.pk])
                    if place.pk
                    else reverse("assessment:regional_assessments")
                ),
                order=20,
                may=lambda person, place: (
                    may(person, Can.SEE_ASSESSMENT, place)
                    if isinstance(place, Country)
                    else place is not None and may(person, Can.SEE_REGION)
                ),
            )
        )
        steps.register(route.STAGE, route.progress)
        next_things.register(next_plan.waiting)
        next_things.register(next_rounds.waiting)
        next_things.register(next_findings.waiting)
        checks.register(bank_is_sound)


def bank_is_sound(app_configs: object, **kwargs: Any) -> list[checks.CheckMessage]:
    """Tell each problem of the question bank, and each id in it that the programme does not have."""
    from learnin.assessment import bank_reader
    from learnin.assessment.formats.bank import BankUnreadable
    from learnin.programme import reader
    from learnin.programme.formats.problems import ProgrammeUnreadable

    try:
        bank = bank_reader.current()
        missing = bank_reader.not_in_programme(bank, reader.current())
    except BankUnreadable as unreadable:
        return [checks.Error(str(problem), id="assessment.E001") for problem in unreadable.problems]
    except ProgrammeUnreadable:
        return []  # the programme's own check tells it
    return [
        checks.Warning(
            f"The question bank names what {reader.chosen_file()} does not have: {kind} {', '.join(ids)}.",
            hint="Questions about these are found by no such word. Add them to the programme to find them.",
            id="assessment.W001",
        )
        for kind, ids in missing.items()
    ]
