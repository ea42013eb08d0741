"""Text out of bytes, in whatever encoding the office program of somebody in the region chose."""

from itertools import pairwise

SAMPLE_OF_BYTES = 65_536
LETTERS = {
    "cp1251": "".join(map(chr, range(0x0400, 0x0460))) + "№«»–—’",
    "cp1250": "čćđšžČĆĐŠŽăâîşţĂÂÎŞŢëçËÇäöüÄÖÜß„“”–’",
    "cp1254": "çğıöşüâîûÇĞİÖŞÜÂÎÛ“”–’",
    "cp1253": "".join(map(chr, range(0x0386, 0x03CF))) + "«»–’",
}
"""The letters that offices of the region write in each of the old encodings of Windows."""


def decoded(data: bytes) -> str:
    """Text in whatever encoding the office program chose: UTF-8 first, else the likeliest of those in use here."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    found = {encoding: data[:SAMPLE_OF_BYTES].decode(encoding, "replace") for encoding in LETTERS}
    likeliest = max(found, key=lambda encoding: _plausible(found[encoding], LETTERS[encoding]))
    return data.decode(likeliest, "replace")


def _plausible(text: str, letters: str) -> int:
    """How much a text looks like its alphabet: letters it has, less strange ones, mixed scripts, capitals in words."""
    own = sum(sign in letters for sign in text)
    strange = sum(not sign.isascii() and sign not in letters for sign in text)
    pairs = list(pairwise(text))
    inside = sum(before.islower() and after.isupper() for before, after in pairs)
    mixed = sum(_is_latin(a) != _is_latin(b) for a, b in pairs if a.isalpha() and b.isalpha())
    return own - 3 * (strange + inside + mixed)


def _is_latin(letter: str) -> bool:
    """Latin letters with their accents stand before Greek and Cyrillic (Unicode, blocks)."""
    return letter < "\u0370"
