"""Pages that show several stages at once."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The home of a country, the region, search, public pages."""

    name = "learnin.home"

    def ready(self) -> None:
        """Stand first in the navigation, and tell the initiatives of the needs that findings name."""
        from learnin.home.needs import of_findings
        from learnin.initiatives import needs
        from learnin.kit import navigation
        from learnin.people import roles

        needs.register(of_findings)
        navigation.register(
            navigation.Stage(
                key="home",
                label=_("Home"),
                url=lambda place: place.url,
                order=0,
                may=lambda person, place: place is not None and bool(roles.held_by(person)),
            )
        )
        navigation.register(
            navigation.Mine(key="search", label=lambda person: _("Search"), url_name="home:search", order=70)
        )
        navigation.register(
            navigation.Foot(key="accessibility", label=_("Accessibility"), url_name="home:accessibility", order=80)
        )
