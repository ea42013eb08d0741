"""How dates, numbers and sizes are written in the reader's language."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel import dates as babel_dates
from babel import numbers as babel_numbers
from babel import units as babel_units
from django.utils import timezone
from django.utils.translation import gettext as _

from learnin.kit import languages

NBSP = "\N{NO-BREAK SPACE}"
BRITISH = Locale.parse("en_GB")


def locale() -> Locale:
    """How the page's language writes dates and numbers; English as the region writes it, the day before the month."""
    return BRITISH if languages.language().code == "en" else languages.locale()


def _day(value: date) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day(value: date, *, short: bool = False, weekday: bool = False) -> str:
    """A day with its month in words, on one line."""
    value, where = _day(value), locale()
    if short:
        return babel_dates.format_skeleton("MMMd", value, locale=where).replace(" ", NBSP)
    long = _long(value, where)
    if not weekday:
        return long.replace(" ", NBSP)
    return babel_dates.format_date(value, "full", locale=where).replace(long, long.replace(" ", NBSP))


@lru_cache(maxsize=2_000)
def _long(value: date, where: Locale) -> str:
    """Worked out once for each day and language: tables repeat their days."""
    return babel_dates.format_date(value, "long", locale=where)


def clock(value: datetime) -> str:
    """The time of day where the reader is."""
    if timezone.is_aware(value):
        value = timezone.localtime(value)
    return babel_dates.format_time(value, "short", locale=locale())


def moment(value: datetime) -> str:
    """A day and a time of day."""
    return _("%(day)s, %(time)s") % {"day": day(value), "time": clock(value)}


def named(label: str, said: str, mark: str = ":") -> str:
    """A label and what is said of it, on one line. A question keeps its mark and takes no other; a full stop goes.

    >>> named("Video calls", "30%"), named("Students talk.", "40%"), named("What is hard?", "Time")
    ('Video calls: 30%', 'Students talk: 40%', 'What is hard? Time')
    """
    if not said:
        return label
    plain = label.rstrip()
    if plain.endswith(("?", "!")):
        return f"{plain} {said}"
    return f"{plain.rstrip('.:')}{mark} {said}"


def number(value: float) -> str:
    """A number with the separators of the language."""
    return babel_numbers.format_decimal(value, locale=locale()).replace(" ", NBSP)


def exact(value: Decimal) -> str:
    """A number with all its digits and no empty ones: a rate, which rounding would falsify."""
    digits = babel_numbers.format_decimal(value.normalize(), locale=locale(), decimal_quantization=False)
    return digits.replace(" ", NBSP)


def percent(share: float, digits: int = 0) -> str:
    """A share from 0 to 1 as a percentage."""
    return babel_numbers.format_percent(
        round(share, digits + 2), locale=locale(), decimal_quantization=not digits
    ).replace(" ", NBSP)


def size(count: int) -> str:
    """The size of a file as people say it: 41 kB, 1.2 MB."""
    value, unit = float(count), "byte"
    for larger in ("kilobyte", "megabyte", "gigabyte"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    pattern = "#,##0.#" if unit != "kilobyte" and value < 10 else "#,##0"
    written = babel_units.format_unit(value, f"digital-{unit}", length="short", format=pattern, locale=locale())
    return written.replace(" ", NBSP)


def signed(value: float) -> str:
    """A whole number with its sign: +14, −3, 0."""
    return babel_numbers.format_decimal(value, format="+#,##0;\N{MINUS SIGN}#,##0", locale=locale()) if value else "0"
