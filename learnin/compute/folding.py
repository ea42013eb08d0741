"""Bring names and words from many scripts to one searchable Latin form."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from anyascii import anyascii

SERBIAN_LATIN = {
    **dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True)),
    "љ": "lj", "њ": "nj", "џ": "dž", "ѐ": "e", "ѝ": "i",
}  # fmt: skip
"""The two official Serbian alphabets, letter by letter: Pravopis srpskoga jezika (Matica srpska, 2010), section 1."""

_LATIN = str.maketrans(SERBIAN_LATIN)
_UNTOUCHED = re.compile(r"%\([^)]*\)[a-zA-Z]|\{[^{}]*\}|<[^<>]*>|&#?\w+;")

# Letters that people of the region write otherwise than anyascii does. Sources: BGN/PCGN romanisation tables
# (Macedonian 2013, Belarusian 1979, Armenian 1981), ELOT 743 for Greek.
_COMMON = {
    "ѓ": "gj", "ќ": "kj", "ў": "u", "ռ": "r", "ու": "u", "եւ": "ev",
    "γγ": "ng", "γξ": "nx", "γχ": "nch", "ου": "ou", "αυ": "av", "ευ": "ev", "ηυ": "iv",
}  # fmt: skip

# The same letter sounds otherwise in another language, so a word is read in each of these ways.
READINGS: Mapping[str, Mapping[str, str]] = {
    "common": {},
    "Ukrainian, Belarusian": {"г": "h", "ґ": "g", "ё": "yo"},
    "Bulgarian": {"щ": "sht", "ъ": "a"},
    "Turkic": {**{f"ж{vowel}": f"j{vowel}" for vowel in "аәоөуүұы"}, "ё": "yo", "ң": "n", "ў": "o", "ə": "a"},
    "Greek, Armenian": {"χ": "h", "αυ": "af", "ευ": "ef", "ո": "vo"},
}


def serbian_latin(text: str) -> str:
    """Write Serbian Cyrillic text in Serbian Latin.

    Args:
        text: any text. Latin letters, placeholders (%(name)s, {name}), HTML tags and entities stay as they are.
    Returns:
        The same text in Latin letters; lj, nj and dž follow the case of the letters around them.
    Raises:
        Nothing: letters outside the Serbian alphabet stay as they are.
    Source: Pravopis srpskoga jezika (Matica srpska, 2010), section 1; docs/methods/folding.md.

    >>> serbian_latin("Љубав, ЉУБАВ и џеп: %(име)s <b>Њ</b>")
    'Ljubav, LJUBAV i džep: %(име)s <b>Nj</b>'
    """
    parts, start = [], 0
    for kept in _UNTOUCHED.finditer(text):
        parts += [_serbian(text[start : kept.start()]), kept.group()]
        start = kept.end()
    return "".join([*parts, _serbian(text[start:])])


def fold(text: str) -> str:
    """One plain Latin form of a text: no case, no accents, no other script, no punctuation.

    Args:
        text: any text in any script.
    Returns:
        Words of a-z and 0-9 with single spaces between them; folding it again changes nothing.
    Raises:
        Nothing.
    Source: the anyascii tables with a few letters of the region corrected; docs/methods/folding.md.

    >>> fold("Şăncıraĵ – ĐORĐE, Жуков, თბილისი, Օհանյան")
    'sanciraj dorde zhukov tbilisi ohanyan'
    """
    return _plain(text, {})


def search_keys(text: str) -> str:
    """Everything a text can be found by, to be stored beside it.

    Args:
        text: any text in any script.
    Returns:
        The keys of every word, each after one space, without repetition, in order of appearance.
        Empty when the text has no words.
    Raises:
        Nothing.
    Source: docs/methods/folding.md.

    >>> search_keys("Михаил Живковић")
    ' mikail mihail zivkovic'
    """
    found = dict.fromkeys(key for word in _words(text) for key in _keys(word))
    return "".join(f" {key}" for key in found)


def query_keys(query: str) -> list[set[str]]:
    """What to look for in stored search keys.

    Args:
        query: what a person typed, in any script; the last word may be unfinished.
    Returns:
        One set per word of the query. A text is found when, for every set, its search keys contain
        (as plain text) at least one member. Members start with a space: words are found by their beginning.
        An empty list finds nothing.
    Raises:
        Nothing.
    Source: docs/methods/folding.md.

    >>> query_keys("Жив") == query_keys("Živ") == [{" ziv"}]
    True
    """
    every = [{f" {key}" for key in _keys(word)} for word in _words(query)]
    return [alternatives for alternatives in every if alternatives]


def matches(keys: str, query: str) -> bool:
    """Whether stored search keys answer a query: every word of it begins some word of the text.

    Args:
        keys: what `search_keys` gave for the text.
        query: what a person typed.
    Returns:
        True when the text is found; an empty query finds nothing.
    Raises:
        Nothing.
    Source: docs/methods/folding.md.

    >>> matches(search_keys("Đorđe Živković"), "живк ђорђ"), matches(search_keys("Петар"), "Pavle")
    (True, False)
    """
    wanted = query_keys(query)
    return bool(wanted) and all(any(key in keys for key in alternatives) for alternatives in wanted)


def sounds(text: str) -> str:
    """The folded text with one spelling for one sound, so that the alphabets of one language meet.

    Args:
        text: any text in any script.
    Returns:
        Words of a-z and 0-9 with single spaces between them: the second key of each word, Cyrillic letters that Serbian
        has read as Serbian reads them. Texts that differ only in which Serbian alphabet they use become the same.
    Raises:
        Nothing.
    Source: docs/methods/folding.md, steps 1 and 3.

    >>> sounds("Ђорђе, хлеб и жаба") == sounds("Đorđe, hleb i žaba")
    True
    """
    return " ".join(filter(None, map(_sounds, text.split())))


@lru_cache(maxsize=2**17)  # a register of a country has some ten thousand distinct words, read over and over
def _sounds(word: str) -> str:
    return " ".join(_short(one) for one in fold(word.lower().translate(_LATIN)).split())


def _serbian(text: str) -> str:
    """Transliterate a stretch without placeholders or tags."""
    return "".join(_serbian_letter(text, at) for at in range(len(text)))


def _serbian_letter(text: str, at: int) -> str:
    """One letter; a two-letter capital is LJ inside a word of capitals, otherwise Lj."""
    letter = text[at]
    latin = SERBIAN_LATIN.get(letter.lower())
    if latin is None:
        return letter
    if letter.islower():
        return latin
    before, after = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    shouted = after.isupper() or (before.isupper() and not after.islower())
    return latin.upper() if shouted else latin[0].upper() + latin[1:]


def _plain(text: str, reading: Mapping[str, str]) -> str:
    """The folded text when some letters are read in a given language's way."""
    lowered = unicodedata.normalize("NFC", _unaccented_greek(text.lower()))
    for letters, latin in {**_COMMON, **reading}.items():
        lowered = lowered.replace(letters, latin)
    ascii_text = re.sub("['`]", "", anyascii(lowered).lower())
    return re.sub("[^a-z0-9]+", " ", ascii_text).strip()


def _unaccented_greek(text: str) -> str:
    """Greek without its stress marks, so that ού is still read as one sound; αϋ stays two."""
    return re.sub("(?<=[α-ω])\u0301", "", unicodedata.normalize("NFD", text))


def _words(text: str) -> list[str]:
    """Words as written, apostrophes kept inside them."""
    return re.findall(r"(?:[^\W_]|['`’‘ʼʻ\u0300-\u036f])+", text)


@lru_cache(maxsize=2**15)
def _keys(word: str) -> tuple[str, ...]:
    """Every distinct key of one word, the common reading first. A register says the same words over and over."""
    plain = [_plain(word, reading) for reading in READINGS.values()]
    return tuple(dict.fromkeys(key for text in plain for one in text.split() for key in (_sound(one), _short(one))))


def _sound(word: str) -> str:
    """A folded word with the spellings of one sound made one: zh = z with a hook, dj = đ, y = j = i.

    Nothing but the end of a word's key depends on the end of the word, so an unfinished word is found too.
    """
    for spelling, key in (("x", "ks"), ("q", "k"), ("(?<=[zsckg])h+", ""), ("(?<=d)j+", ""), ("[yji]+", "i")):
        word = re.sub(spelling, key, word)
    return word


def _short(word: str) -> str:
    """The second key: kh and x as h, ts as c, an opening ye as e (Mikhail = Mihail, Tsvetkov = Cvetkov)."""
    for spelling, key in (("kh|x", "h"), ("ts", "c"), ("^[yj]e", "e")):
        word = re.sub(spelling, key, word)
    return _sound(word)
