"""Words are found in any script, and Serbian is written in both its alphabets."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnin.compute import folding

METHOD = Path(__file__).parents[2] / "docs/methods/folding.md"
CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш"
LETTERS = f"{CYRILLIC}{CYRILLIC.upper()}ёйщъыьэюяіїєґўғқңәөұүһӣӯҷҳѓќѕčćžšđăâîșşțţçğıİöüəñýžàéëabcxyzqjhwtsk"
LETTERS += "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰաբգդեզէըթժլխծկհձղճմյնշոչպջռսվտրցւփքօֆαβγδεζηθικλμνξοπρσςτυφχψω"
words = st.text(LETTERS, min_size=1, max_size=12)


def _table(*heads: str) -> list[tuple[str, ...]]:
    """The rows under one heading of the method's page."""
    body = METHOD.read_text(encoding="utf-8").split(f"| {' | '.join(heads)} |\n")[1].split("\n\n")[0]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in body.splitlines()[1:]]


@pytest.mark.parametrize(("text", "folded"), _table("Text", "Folded"))
def test_the_page_folds_as_it_says(text: str, folded: str) -> None:
    assert folding.fold(text) == folded


@pytest.mark.parametrize(("stored", "typed", "found"), _table("Stored", "Typed", "Found"))
def test_the_page_finds_as_it_says(stored: str, typed: str, found: str) -> None:
    assert folding.matches(folding.search_keys(stored), typed) == (found == "yes")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = folding.fold(text)
    assert folding.fold(once) == once


@given(st.text())
def test_folded_text_is_plain_words(text: str) -> None:
    folded = folding.fold(text)
    assert folded.isascii()
    assert folded == folded.lower()
    assert all(word.isalnum() for word in folded.split(" ") if folded)


@given(words)
def test_capitals_do_not_matter(word: str) -> None:
    assert folding.fold(word) == folding.fold(word.upper()) == folding.fold(word.lower())


@given(st.text(), st.text())
def test_every_word_finds_its_own_text(text: str, more: str) -> None:
    keys = folding.search_keys(f"{more} {text}")
    assert folding.matches(keys, text) == bool(folding.query_keys(text))


@given(st.text(LETTERS.replace("γ", "").replace("υ", "").replace("ւ", ""), min_size=1), st.integers(1, 12))
def test_an_unfinished_word_finds_it(word: str, typed: int) -> None:
    if folding.fold(word[:typed]):
        assert folding.matches(folding.search_keys(word), word[:typed])


@given(st.text(CYRILLIC + CYRILLIC.upper(), min_size=1))
def test_serbian_is_found_from_either_alphabet(word: str) -> None:
    latin = folding.serbian_latin(word)
    assert folding.matches(folding.search_keys(word), latin)
    assert folding.matches(folding.search_keys(latin), word)


@given(st.text())
def test_serbian_latin_twice_changes_nothing(text: str) -> None:
    once = folding.serbian_latin(text)
    assert folding.serbian_latin(once) == once


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_latin_text_stays(text: str) -> None:
    assert folding.serbian_latin(text) == text


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Љубав", "Ljubav"),
        ("ЉУБАВ", "LJUBAV"),
        ("љубав", "ljubav"),
        ("БОЉЕ и БОЉ", "BOLJE i BOLJ"),
        ("Њ. Џонсон", "Nj. Džonson"),
        ("ЏАК", "DŽAK"),
        ("Ђурђевдан, чаша жучи", "Đurđevdan, čaša žuči"),
        ("%(име)s је %(number)d", "%(име)s je %(number)d"),
        ("{име} и {count}", "{име} i {count}"),
        ('<a title="Љ">Љ</a>&nbsp;&#1113; &amp; Њ', '<a title="Љ">Lj</a>&nbsp;&#1113; &amp; Nj'),
        ("100 % људи", "100 % ljudi"),
    ],
)
def test_serbian_cyrillic_becomes_latin(cyrillic: str, latin: str) -> None:
    assert folding.serbian_latin(cyrillic) == latin


def test_an_empty_query_finds_nothing() -> None:
    assert folding.query_keys(" – ") == []
    assert not folding.matches(folding.search_keys("Ana"), "")
