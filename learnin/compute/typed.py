"""How numbers are read that people type, and written into a box so that they are read as the same number.

Coordinators type what their country and their spreadsheet taught them: `1 200,50`, `1.200,50`, `1,200.50`, `1'200.5`.

1. Thousands may be parted by one kind of mark: a space (also a no-break, narrow, thin or figure space), an apostrophe,
   a comma or a point. The first group has one to three digits and does not begin with 0; every other has three.
2. A fraction follows a comma or a point, but not the mark that parts the thousands.
3. A sign stands before the number: `+`, `-`, `−` or the dash that a spreadsheet makes of it. In a box for percent, a
   percent sign may stand at either end. Nothing else may stand there: no letters, no currency, no power of ten.
4. So what has both marks, a space, an apostrophe, or one mark twice has one meaning; so has one comma or point that is
   not followed by exactly three digits, or has `0`, nothing or more than three digits before it.
5. What is left, `1.200` and `1,200`, has two meanings, and in a box it is read by the kind of the box, never by guess:
   in a box for whole numbers it is twelve hundred, as a fraction is not taken there. In another box, a meaning that the
   limits of the box do not let through is not meant: a latitude of `44.787` is no 44787. Where both pass, the box
   refuses it and shows both, with as many digits after the point as it keeps. The language of the page does not
   decide: a Serbian who reads English pages still types `1.200`, and pastes `1.200` from an English report on
   Serbian ones.

Django's own localisation (`localize`, `sanitize_separators`) goes by the language of the page alone. On a Serbian page
it reads `12,5` and `12.5` as we do, but `1,200` as 1.2, and `1.200` as 1.2 or, with `USE_THOUSAND_SEPARATOR`, as 1200
in every box. That setting makes 125 of `12,5` on an English page. Narrow spaces and apostrophes it does not know, and
on a Georgian page it wants a point where CLDR has the comma. So only its fields, limits and errors are used, and the
mark that is shown is that of CLDR.

In a box, a number stands without marks between thousands and with the mark of the page's language before its fraction:
`1250000,5`. Digits can then be put in, taken out and copied into a spreadsheet, where marks would stand in the wrong
place, or make a text of the number. A fraction of three digits that had two meanings gets a nought: `1,2340`.
"""

import re
from collections.abc import Callable
from decimal import Decimal

MOST = 400
"""Characters. The longest number of a computer, written out, has some 330 digits."""
_SPACES = re.compile("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}]")
_SAME = str.maketrans("\N{MINUS SIGN}\N{EN DASH}\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}", "--''")
_SIGNED = re.compile(r"([-+]?) ?([\d .,']*)", re.ASCII)
_GROUPED = re.compile(r"([1-9]\d{0,2}([ '.,])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d*))?", re.ASCII)
_PLAIN = re.compile(r"(?=[.,]?\d)(\d*)(?:[.,](\d*))?", re.ASCII)
Number = int | float | Decimal
NUMBER = (int, float, Decimal)


def meanings(said: str, *, percent: bool = False) -> tuple[Decimal, ...]:
    """What was typed may mean: one number, two (the one of the thousands first), or none where it is no number.

    >>> meanings("1.200,50"), meanings("1 200"), meanings("1,200"), meanings("12 34")
    ((Decimal('1200.5'),), (Decimal('1200'),), (Decimal('1200'), Decimal('1.2')), ())
    """
    text = _SPACES.sub(" ", said).translate(_SAME).strip() if len(said) <= MOST else ""
    signed = _SIGNED.fullmatch(_without_percent(text) if percent else text)
    if not signed:
        return ()
    sign, digits = signed.groups()
    grouped, plain = _GROUPED.fullmatch(digits), _PLAIN.fullmatch(digits)
    found = [(re.sub(r"\D", "", grouped[1]), grouped[3])] if grouped else []
    found += [(plain[1], plain[2])] if plain else []
    return tuple(_value(sign, whole, fraction) for whole, fraction in found)


def _without_percent(text: str) -> str:
    return (text[1:] if text.startswith("%") else text.removesuffix("%")).strip()


def _value(sign: str, whole: str, fraction: str | None) -> Decimal:
    """The number, without empty digits: what is worth the same is the same."""
    after = (fraction or "").rstrip("0")
    digits = f"{whole or 0}.{after}" if after else whole or "0"
    return Decimal(sign + digits if digits.strip("0") else "0")


def amount(said: str) -> Decimal | None:
    """The number where it has one meaning; nothing where it has two, or none."""
    found = meanings(said)
    return found[0] if len(found) == 1 else None


def whole(said: str, *, percent: bool = False) -> int | None:
    """The whole number, where a group of three digits is always thousands; nothing where there is none."""
    found = meanings(said, percent=percent)
    return int(found[0]) if found and found[0] == found[0].to_integral_value() else None


def as_percent(share: float) -> Decimal:
    """A share as so many hundredths: 0.29 is 29 of them, where a computer makes 28.999999999999996."""
    return Decimal(f"{share:.15g}") * 100


def as_share(percent: float) -> float:
    """So many hundredths as a share: 33.3 of them are 0.333, where a computer makes 0.33299999999999996."""
    return float(Decimal(repr(percent)) / 100)


def boxed(value: Number, mark: str, *, takes: Callable[[Decimal], bool] = lambda _number: True) -> str:
    """A number as it stands in a box.

    Args:
        value: the number.
        mark: what stands before a fraction in the language of the page.
        takes: whether the box lets a number through; of two meanings, it may rule one out.
    """
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        return str(value)
    whole, _point, fraction = format(exact, "f").partition(".")
    fraction = fraction.rstrip("0")
    if not fraction:
        return "0" if whole == "-0" else whole
    if len([one for one in meanings(f"{whole}.{fraction}") if takes(one)]) > 1:
        fraction += "0"
    return f"{whole}{mark}{fraction}"
