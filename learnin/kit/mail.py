"""Compose a letter: plain and HTML, in the language of its reader."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import Promise


class Letter(EmailMultiAlternatives):
    """A message that knows its language and what it is about."""

    language: str = ""
    kind: str = ""


def letter(
    to: str | Iterable[str],
    *,
    subject: str | Promise,
    template: str,
    context: Mapping[str, Any],
    language: str,
    unsubscribe: str | None = None,
    kind: str = "",
    calendar: bytes = b"",
    method: str = "REQUEST",
) -> None:
    """Write to one person, or to each of several, in the caller's transaction; the worker posts it after the commit.

    calendar: an iCalendar file. Mail programs find it as a part of its own, with the iTIP method, and as invite.ics.
    """
    with translation.override(language):
        about = " ".join(str(subject).split())
        known = {
            **context,
            "subject": about,
            "language": language,
            "is_right_to_left": translation.get_language_bidi(),
            "site_url": settings.SITE_URL,
            "unsubscribe": unsubscribe,
        }
        text = _render(f"{template}.txt", known, autoescape=False).strip() + "\n"
        html = _render(f"{template}.html", known, autoescape=True)
    headers = {"Content-Language": language}
    if unsubscribe:
        headers["List-Unsubscribe"] = f"<{unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    for address in [to] if isinstance(to, str) else to:
        message = Letter(about, text, to=[address], headers=dict(headers))
        message.attach_alternative(html, "text/html")
        if calendar:
            message.attach_alternative(calendar.decode(), f"text/calendar; method={method}")
            message.attach("invite.ics", calendar.decode(), f"text/calendar; method={method}")
        message.language, message.kind = language, kind
        message.send()


def _render(template: str, known: dict[str, Any], *, autoescape: bool) -> str:
    """Plain text is not escaped, whatever its template forgets."""
    return get_template(template).template.render(Context(known, autoescape=autoescape))  # type: ignore[attr-defined]
