"""The first stage of the chain: who and where."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """People, countries, and who may do what."""

    name = "learnin.people"
    verbose_name = _("People and places")

    def ready(self) -> None:
        """Hear what the sign-in library tells, and stand in the navigation."""
        from learnin.kit import navigation
        from learnin.kit import next as waiting
        from learnin.people import next as ours
        from learnin.people import receivers, roles  # noqa: F401

        waiting.register(ours.waiting)
        navigation.register(
            navigation.Stage(
                key="people",
                label=_("People"),
                url=lambda place: f"{place.url}people/",
                order=80,
                may=lambda person, place: place is not None and roles.may(person, roles.Can.SEE_PEOPLE, place),
            )
        )
        navigation.register(navigation.Mine(key="me", label=lambda person: person.name, url_name="people:me", order=90))
        navigation.register(navigation.Foot(key="privacy", label=_("Privacy"), url_name="people:privacy", order=90))
