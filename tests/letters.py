"""The letters each language of the interface is written in."""

SERBIAN = "абвгдђежзијклљмнњопрстћуфхцчџш"
# The letters a language is written in: a homoglyph or a letter of the neighbour's alphabet is a typing mistake.
LETTERS = {
    "en": "a-zA-Z’",
    "ru": "а-яА-ЯёЁ",
    "ro": "a-zA-ZăâîșțĂÂÎȘȚ",
    "sr": SERBIAN + SERBIAN.upper(),
    "sr-latn": "a-zA-ZčćđšžČĆĐŠŽ",
    "tr": "a-zA-ZçğıöşüâÇĞİÖŞÜ’",
    "ka": "ა-ჰ",
}
