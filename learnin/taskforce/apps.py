"""The second stage of the chain: who sits, what is decided, who acts."""

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class TaskForceConfig(AppConfig):
    """The National Task Force of a country, and what the region invites it to."""

    name = "learnin.taskforce"
    label = "taskforce"
    verbose_name = _("Task force")

    def ready(self) -> None:
        """Give our words to the journal, hear the stages before, stand in the bar."""
        from learnin.journal import kinds, verbs, words
        from learnin.kit import navigation
        from learnin.kit import next as next_things
        from learnin.kit import route as steps
        from learnin.people.models import Country
        from learnin.people.region import Region
        from learnin.people.roles import Can, may
        from learnin.programme.formats.items import Kind
        from learnin.taskforce import next_activities, next_minutes, next_seats, receivers, route, sentences  # noqa: F401
        from learnin.taskforce import next_meetings as waiting

        verbs.register(sentences.VERBS)
        kinds.register(sentences.KINDS)
        for key, name in sentences.PLACES.items():
            words.place(key, name)
        for key, choices in sentences.CODES.items():
            words.place(key, sentences.PLACES[key], words.said(choices))
        words.place("components", sentences.PLACES["components"], words.of_programme(Kind.COMPONENT))
        words.place("documents_language", sentences.PLACES["documents_language"], sentences.spoken)
        navigation.register(
            navigation.Stage(
                key="taskforce",
                label=_("Task force"),
                url=lambda place: reverse("taskforce:composition", args=[place.pk]),
                order=10,
                may=lambda person, place: isinstance(place, Country) and may(person, Can.SEE_TASK_FORCE, place),
            )
        )
        navigation.register(
            navigation.Stage(
                key="activities",
                label=_("Activities"),
                url_name="taskforce:region_activities",
                order=20,
                may=lambda person, place: isinstance(place, Region) and may(person, Can.SEE_REGION),
            )
        )
        next_things.register(waiting.meetings)
        next_things.register(waiting.actions)
        next_things.register(next_seats.waiting)
        next_things.register(next_activities.waiting)
        next_things.register(next_minutes.waiting)
        steps.register(route.STAGE, route.progress)
