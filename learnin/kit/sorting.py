"""Sort lists as the readers of each language expect them. Why by our own tables: docs/decisions/0004-sorting.md."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import TypeVar

from learnin.compute import folding
from learnin.kit import languages

Item = TypeVar("Item")
Key = tuple[tuple[int, ...], tuple[str, ...], str, str]

# Alphabets in order. Letters joined by "=" are one letter to the reader. Source: CLDR collation charts.
LATIN = "a b c d e ə f g h i ı j k l m n o p q r s t u v w x y z"
CYRILLIC = (
    "а ә б в г ґ ғ д ђ ѓ е є ж з ѕ и і ї й ј к қ л љ м н ң њ о ө п р с т ћ ќ у ұ ү ў ф х ҳ һ ц ч џ ш щ ъ ы ь э ю я"
)
GEORGIAN = "ა ბ გ დ ე ვ ზ თ ი კ ლ მ ნ ო პ ჟ რ ს ტ უ ფ ქ ღ ყ შ ჩ ც ძ წ ჭ ხ ჯ ჰ"
GREEK = "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ=ς τ υ φ χ ψ ω"
ARMENIAN = "ա բ գ դ ե զ է ը թ ժ ի լ խ ծ կ հ ձ ղ ճ մ յ ն շ ո չ պ ջ ռ ս վ տ ր ց ւ փ ք օ ֆ"
# In Serbian lists both scripts stand together, in the order of the script being read.
SERBIAN = (
    "а=a б=b в=v г=g д=d ђ=đ е=e ж=ž з=z и=i ј=j к=k л=l љ=lj м=m н=n њ=nj о=o п=p р=r с=s т=t ћ=ć у=u ф=f х=h "
    "ц=c ч=č џ=dž ш=š"
)
SERBIAN_LATIN = (
    "a=а b=б c=ц č=ч ć=ћ d=д dž=џ đ=ђ e=е ə f=ф g=г h=х i=и ı j=ј k=к l=л lj=љ m=м n=н nj=њ o=о p=п q r=р s=с š=ш t=т "
    "u=у v=в w x y z=з ž=ж"
)
OWN = {
    "en": LATIN,
    "ro": "a ă â b c d e ə f g h i ı î j k l m n o p q r s ș=ş t ț=ţ u v w x y z",
    "tr": "a b c ç d e ə f g ğ h ı i j k l m n o ö p q r s ş t u ü v w x y z",
    "ru": CYRILLIC,
    "sr": SERBIAN,
    "sr-latn": SERBIAN_LATIN,
    "ka": GEORGIAN,
}
_DIGITS = "0 1 2 3 4 5 6 7 8 9"
_SPACE, _UNKNOWN = 0, 10_000  # words end before they go on; signs without a place come last


def sort_key(text: str, language: str | None = None) -> Key:
    """What to sort a text by in a language (the reader's when not given): letters, then accents, then capitals."""
    return _key(text, languages.language(language).code)


@lru_cache(maxsize=10_000)
def _key(text: str, code: str) -> Key:
    """The same, worked out once for each name of a country, an area or a person."""
    places, letters, accents = _places(code), [], []
    for piece in _pieces(code).findall(_small(text, code)):
        for letter, accent in [(piece, "")] if piece in places else _without_accent(piece, places):
            letters.append(places.get(letter, _UNKNOWN + ord(letter[0])) if letter.strip() else _SPACE)
            accents.append(accent)
    return tuple(letters), tuple(accents), text.swapcase(), text


def in_order(items: Iterable[Item], *, key: Callable[[Item], str] = str, language: str | None = None) -> list[Item]:
    """The items sorted by a text of theirs, in a language (the reader's when not given)."""
    code = languages.language(language).code
    return sorted(items, key=lambda item: _key(key(item), code))


@cache
def _places(code: str) -> dict[str, int]:
    """Where each letter stands: digits, the language's own alphabet, then the other scripts."""
    order = " ".join([_DIGITS, OWN[code], LATIN, GREEK, CYRILLIC, GEORGIAN, ARMENIAN])
    places: dict[str, int] = {}
    for place, letters in enumerate(order.split(), start=1):
        for letter in letters.split("="):
            places.setdefault(letter, place)
    return places


@cache
def _pieces(code: str) -> re.Pattern[str]:
    """Letters of two signs first, then a sign with its accents; signs between words are one space."""
    doubled = [letter for letter in _places(code) if len(letter) > 1]
    return re.compile("|".join([*doubled, r"[^\W_][\u0300-\u036f]*", r"(?:[^\w'’ʼʻ‘`]|_)+"]))


def _small(text: str, code: str) -> str:
    """Small letters as the language has them: in Turkish the small I has no dot."""
    if code == "tr":
        text = text.replace("I", "ı").replace("İ", "i")
    return unicodedata.normalize("NFC", text.lower())


def _without_accent(piece: str, places: dict[str, int]) -> list[tuple[str, str]]:
    """A letter that has no place of its own, as one that has, and what was taken off it."""
    if not piece[0].isalnum():
        return [(" ", "")]
    base = unicodedata.normalize("NFD", piece)[0]
    if base in places:
        return [(base, piece)]
    return [(letter, piece) for letter in folding.fold(piece).replace(" ", "")] or [(piece, "")]
