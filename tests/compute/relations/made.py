"""Records of initiatives that hypothesis makes: alike enough to be related, odd enough to surprise."""

from datetime import date

from hypothesis import strategies as st

from learnin.compute.relations import Described

WORDS = [
    "Reconstruction", "schools", "teachers", "обнова", "школа", "nastavnika", "Zalau", "Split", "phase", "II", "2019",
    "2021",     "formarea", "profesorilor", "UNICEF", "digital", "ციფრული", "σχολείο", "դպրոց", "Žabljak", "Жабљак",
]  # fmt: skip
CODES = ["RS-00", "RS-01", "teachers", "digital-skills", "11130"]
days = st.dates(date(2015, 1, 1), date(2025, 12, 31))
titles = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
partners = st.tuples(st.just("funding"), st.sampled_from(["UNICEF", "EU", "Sida"]))
codes = st.frozensets(st.sampled_from(CODES), max_size=3)


def records(key: int | str = 0) -> st.SearchStrategy[Described]:
    """One record with this key."""
    return st.builds(
        Described,
        key=st.just(key),
        country=st.sampled_from(["RS", "HR"]),
        titles=st.lists(titles, min_size=1, max_size=2).map(tuple),
        descriptions=st.lists(titles, max_size=1).map(tuple),
        reporter=st.sampled_from(["", "UNICEF", "ЮНИСЕФ", "Grad Split", "Ministarstvo prosvete"]),
        organisations=st.lists(partners, max_size=2).map(tuple),
        begins=st.none() | days,
        ends=st.none() | days,
        budget=st.none() | st.floats(-1, 1e9, allow_nan=False),
        currency=st.sampled_from(["", "EUR"]),
        places=codes,
        themes=codes,
        audiences=codes,
        identifiers=st.frozensets(st.sampled_from(["A-1", "B-2"]), max_size=1),
    )


def registers(least: int = 2, most: int = 6) -> st.SearchStrategy[list[Described]]:
    """Several records, the key of each its number."""
    sizes = st.integers(least, most)
    return sizes.flatmap(lambda size: st.tuples(*(records(key) for key in range(size)))).map(list)
