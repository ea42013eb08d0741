"""Numbers and amounts as people write them: points, commas, spaces, a currency, millions in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.core import get_global

from learnin.compute.folding import fold
from learnin.initiatives.formats.fivew.grid import Cell

LARGEST = Decimal(10) ** 15
"""More than any amount in any currency here: a longer number is a telephone number or an identifier."""
_NUMBER = re.compile(r"([^\d.,]*?)([-−–+]?\s*\d[\d\s.,'’]*)(\D*)")
_SPACES = re.compile(r"[\s'’]")
_SIGNED = str.maketrans("−–", "--")

# Words that multiply, in the languages of the region, folded.
_TIMES = {
    word: Decimal(10) ** power
    for power, words in {
        3: "thousand thousands k tys tis tisyach mii hiljada hilj tisuca tisuc bin mije min mqn hazar",
        6: "m mn mio mln mil million millions milion milioane milioana milijun milijuna milijona milyon million mlj",
        9: "bn mlrd mrd billion billions milliard miliard miliarde milijarda milijardi milyar mlyar",
    }.items()
    for word in words.split()
}
# Signs and words for currencies that are no codes. One that several countries share is told by the country.
_SIGNS = {
    "€": "EUR", "£": "GBP", "₽": "RUB", "₴": "UAH", "₺": "TRY", "₾": "GEL", "₸": "KZT", "֏": "AMD", "₼": "AZN",
    "euro": "EUR", "evro": "EUR", "eur": "EUR", "usd": "USD", "us": "USD", "dollar": "USD", "kn": "HRK", "kuna": "HRK",
    "hryvnia": "UAH", "grn": "UAH", "hrn": "UAH", "rub": "RUB", "rubley": "RUB", "tl": "TRY", "lari": "GEL",
    "tenge": "KZT", "tg": "KZT", "dram": "AMD", "lv": "BGN", "km": "BAM", "den": "MKD", "lek": "ALL", "leke": "ALL",
    "sum": "UZS", "soum": "UZS", "somoni": "TJS", "som": "KGS", "byn": "BYN", "chf": "CHF", "gbp": "GBP",
}  # fmt: skip
_BY_COUNTRY = {
    "lei": {"RO": "RON", "MD": "MDL"}, "leu": {"RO": "RON", "MD": "MDL"}, "din": {"RS": "RSD"}, "dinar": {"RS": "RSD"},
    "dinara": {"RS": "RSD"}, "manat": {"AZ": "AZN", "TM": "TMT"}, "som": {"UZ": "UZS", "KG": "KGS"},
    "sum": {"UZ": "UZS"}, "rub": {"BY": "BYN"}, "$": {},
}  # fmt: skip


@dataclass(frozen=True)
class Number:
    """A number, what stands beside it, and whether its point could as well have parted thousands."""

    value: Decimal
    beside: tuple[str, ...] = ()
    is_doubtful: bool = False


def number(cell: Cell, *, decimal: str = "") -> Number | None:
    """The number in a cell; nothing where there is none, or more than one.

    Args:
        cell: what stands there.
        decimal: the sign before decimals in this column, where its other cells show it.

    >>> number("658.000,00 kn").value, number("1.234"), number("1.2 mln").value
    (Decimal('658000.00'), Number(value=Decimal('1234'), beside=(), is_doubtful=True), Decimal('1200000.0'))
    """
    if isinstance(cell, float):
        return Number(Decimal(repr(cell)).normalize() + 0) if abs(cell) < LARGEST else None
    return _of_text(cell.strip(), decimal) if isinstance(cell, str) else None


@lru_cache(maxsize=20_000)
def _of_text(text: str, decimal: str) -> Number | None:
    is_below = text.startswith("(") and text.endswith(")")
    found = _NUMBER.fullmatch(text[1:-1] if is_below else text)
    if not found:
        return None
    digits = _SPACES.sub("", found[2]).translate(_SIGNED).rstrip(".,")
    sign, digits = (digits[0], digits[1:]) if digits[0] in "-+" else ("", digits)
    plain, is_doubtful = _plain(digits, decimal)
    if not plain:
        return None
    words, times = _beside(found[1]) + _beside(found[3]), Decimal(1)
    for word in words:
        times *= _TIMES.get(word, Decimal(1))
    value = Decimal(plain) * times * (-1 if is_below or sign == "-" else 1)
    return Number(value, tuple(word for word in words if word not in _TIMES), is_doubtful) if value < LARGEST else None


def _beside(text: str) -> list[str]:
    """Words and signs around a number, folded; a sign stays what it is."""
    return [fold(one) or one for one in re.findall(r"[^\W\d_]+\$?|[^\w\s.,:;()/-]", text)]


def _plain(digits: str, decimal: str) -> tuple[str, bool]:
    """Digits with a point before the decimals, and whether that is doubtful; an empty text where they are none."""
    signs = [sign for sign in digits if sign in ".,"]
    if not signs:
        return digits, False
    last = signs[-1]
    whole, _, after = digits.rpartition(last)
    if len(set(signs)) == 2:
        parts_thousands = whole.replace("." if last == "," else ",", " ")
        return (f"{parts_thousands.replace(' ', '')}.{after}", False) if last not in whole else ("", False)
    if len(signs) > 1:
        groups = digits.split(last)
        return (
            ("".join(groups), False) if {len(one) for one in groups[1:]} == {3} and len(groups[0]) < 4 else ("", False)
        )
    if len(after) != 3 or len(whole) > 3 or whole in ("", "0"):
        return f"{whole or 0}.{after}", False
    if decimal:
        return (f"{whole}.{after}" if decimal == last else whole + after), False
    return whole + after, True


def decimal_sign(cells: Iterable[Cell]) -> str:
    """The sign before decimals in a column: what its clear cells show; empty where they show nothing, or both.

    >>> decimal_sign(["1.234", "12.5", "7"]), decimal_sign(["1.234", "2.345"])
    ('.', '')
    """
    shown = set[str]()
    for cell in cells:
        digits = re.sub(r"[^\d.,]", "", cell).strip(".,") if isinstance(cell, str) else ""
        if not ("." in digits or "," in digits):
            continue
        last = max(".,", key=digits.rfind)
        whole, _, after = digits.rpartition(last)
        if len(after) != 3 or ({".", ","} <= set(digits)) or (len(whole) > 3 and last not in whole):
            shown.add(last)
        elif last in whole:
            shown.add("," if last == "." else ".")
    return shown.pop() if len(shown) == 1 else ""


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(get_global("all_currencies"))


def currency(words: Iterable[str], country: str = "") -> tuple[str, Decimal]:
    """The currency (ISO 4217, those of the past too) that words or signs tell, and how many times; empty where none.

    >>> currency(["lei"], "MD"), currency(["usd", "m"]), currency(["dinara"])
    (('MDL', Decimal('1')), ('USD', Decimal('1000000')), ('', Decimal('1')))
    """
    code, times = "", Decimal(1)
    for word in words:
        if word in _TIMES and word.upper() not in _codes():
            times *= _TIMES[word]
        code = code or _BY_COUNTRY.get(word, {}).get(country) or _SIGNS.get(word) or _code(word)
    return code, times


def currency_of_cell(text: str, country: str = "") -> tuple[str, Decimal]:
    """The currency in a cell of its own: `USD`, `€`, `USD(m)`, `lei`."""
    return currency(_beside(text.replace("(", " ").replace(")", " ")), country)


def _code(word: str) -> str:
    return word.upper() if len(word) == 3 and word.upper() in _codes() else ""
