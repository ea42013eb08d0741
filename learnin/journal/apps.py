"""What every stage after people keeps in common: the journal, files, notices, letters, jobs."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """Who did what and when; files; what people should hear."""

    name = "learnin.journal"
    verbose_name = _("Journal")

    def ready(self) -> None:
        """Learn the words of people and places and our own, hear them, stand in the navigation, look at the mail."""
        from learnin.journal import kinds, receivers, sentences, verbs, words  # noqa: F401
        from learnin.people import sentences as people

        verbs.register(people.VERBS)
        verbs.register(sentences.VERBS)
        kinds.register(people.KINDS)
        kinds.register(sentences.KINDS)
        for key, name in (people.PLACES | sentences.PLACES).items():
            words.place(key, name)
        words.place("role", _("Role"), people.roles)
        words.place("country", _("Country"), people.countries)
        words.place("language", _("Language"), people.spoken)
        _stand_in_the_bar()
        checks.register(letters_leave_the_house, checks.Tags.security, deploy=True)


def letters_leave_the_house(app_configs: object, **kwargs: Any) -> list[checks.CheckMessage]:
    """Warn where a public site has no way to send letters: sign-in codes would stand in files and in the log."""
    if settings.EMAIL_URL or settings.EMAIL_PROVIDER:
        return []
    return [
        checks.Warning(
            "No letter leaves: neither LEARNIN_EMAIL_URL nor LEARNIN_EMAIL_PROVIDER is set. Letters, with sign-in "
            "codes and invitations in them, become files in the data folder and stand in the log.",
            hint="Set LEARNIN_EMAIL_URL (a mail server) or LEARNIN_EMAIL_PROVIDER (a mail service), and "
            "LEARNIN_EMAIL_FROM.",
            id="journal.W001",
        )
    ]


def _stand_in_the_bar() -> None:
    from learnin.journal.queries import notices
    from learnin.kit import navigation
    from learnin.people.models import Country
    from learnin.people.roles import Can, may

    def journal(place: Any) -> str:
        return reverse("journal:entries", args=[place.pk]) if place.pk else reverse("journal:region_entries")

    def news(person: Any) -> str:
        new = notices.unseen_count(person)
        return str(_("Notices (%(count)s new)") % {"count": new} if new else _("Notices"))

    navigation.register(
        navigation.Stage(
            key="documents",
            label=_("Documents"),
            url=lambda place: reverse("journal:documents", args=[place.pk]),
            order=70,
            may=lambda person, place: isinstance(place, Country) and may(person, Can.SEE_COUNTRY, place),
        )
    )
    navigation.register(
        navigation.Stage(
            key="journal",
            label=_("Journal"),
            url=journal,
            order=90,
            may=lambda person, place: (
                place is not None and may(person, Can.SEE_JOURNAL, place if isinstance(place, Country) else None)
            ),
        )
    )
    navigation.register(navigation.Mine(key="notices", label=news, url_name="journal:notices", order=80))
