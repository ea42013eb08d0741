"""Sentences about numbers: what they say, and that no language needs to bend a word that a page brings."""

import re

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from learnin.assessment import saying
from learnin.assessment.saying import Said
from learnin.compute.comparing import Comparison, Difference, compare
from learnin.compute.disclosure import DEFAULT, Why
from learnin.compute.reading import Kind, Reason, Rule, reliability

SHARE = Said(0.593, 0.48, 0.698, 384)
CLEAR = compare(0.41, 0.58, variances=(0.0004, 0.0005), df=60)
UNCLEAR = compare(0.44, 0.41, variances=(0.0004, 0.0005), df=60)
TINY = compare(0.412, 0.402, variances=(0.00001, 0.000009), df=600)
LANGUAGES = [code for code, _name in settings.LANGUAGES]
names = st.text(st.characters(categories=["L"], max_codepoint=0x10FF), min_size=1, max_size=12)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_an_estimate_says_how_many_of_a_hundred_and_on_how_many_it_rests() -> None:
    assert saying.share(SHARE, audience="teachers") == (
        "About 59 of 100 teachers (likely between 48 and 70; 384 answered)"
    )
    assert saying.share(SHARE) == "About 59 of 100 (likely between 48 and 70; 384 answered)"
    assert saying.share(SHARE, group="Vocational schools") == (
        "Vocational schools: about 59 of 100 (likely between 48 and 70; 384 answered)"
    )


@pytest.mark.parametrize("audience", ["teachers", "principals", "parents", "students-higher", "ngos"])
def test_every_audience_has_a_sentence(audience: str) -> None:
    assert "59 of 100" in saying.share(SHARE, audience=audience)


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (Said(0.001, 0, 0.02, 400), "Fewer than 1 of 100 (likely at most 2; 400 answered)"),
        (Said(0.998, 0.97, 1, 400), "More than 99 of 100 (likely at least 97; 400 answered)"),
    ],
)
def test_nobody_and_everybody_are_never_said_of_a_sample(estimate: Said, said: str) -> None:
    assert saying.share(estimate, audience="teachers") == said
    assert saying.share(estimate, group="North").lower() == f"north: {said.lower()}"


def test_averages_and_totals() -> None:
    assert saying.mean(Said(3.24, 3, 3.44, 384)) == "3.2 on average (likely between 3 and 3.4; 384 answered)"
    assert saying.mean(Said(3.24, 3, 3.44, 384), group="North").startswith("North: 3.2 on average")
    assert saying.total(Said(12_437, 10_912, 13_961, 384), group="Teachers without a device") == (
        "Teachers without a device: about 12,400 (likely between 10,900 and 14,000; 384 answered)"
    )


def test_a_difference_that_was_tested_is_said_with_its_points() -> None:
    said = saying.difference(("Village", "Town"), (0.41, 0.58), CLEAR)
    assert said == ("Lower: Village, 41%. Higher: Town, 58%. The difference is 17 points, likely between 11 and 23.")
    turned = compare(0.58, 0.41, variances=(0.0005, 0.0004), df=60)
    assert saying.difference(("Town", "Village"), (0.58, 0.41), turned) == (
        "Higher: Town, 58%. Lower: Village, 41%. The difference is 17 points, likely between 11 and 23."
    )


def test_an_interval_has_two_ends_that_differ() -> None:
    narrow = compare(0.45, 0.4, variances=(1e-6, 1e-6), df=60)
    assert saying.difference(("Town", "Village"), (0.45, 0.4), narrow).endswith(
        "The difference is 5 points, likely between 4.7 and 5.3."
    )


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            compare(2.6, 2.3, variances=(0.01, 0.01), df=60),
            "Higher: Town, 2.6. Lower: Village, 2.3. The difference",
        ),
        (
            compare(2.3, 2.6, variances=(0.01, 0.01), df=60),
            "Lower: Town, 2.3. Higher: Village, 2.6. The difference",
        ),
        (compare(2.4, 2.3, variances=(0.01, 0.01), df=60), "This survey cannot tell. Town: 2.4. Village: 2.3."),
    ],
)
def test_numbers_that_are_no_shares_differ_by_a_number(found: Comparison, said: str) -> None:
    values = tuple(re.findall(r"\d\.\d", said))
    told = saying.apart(("Town", "Village"), values, found, size="D", ends=("L", "H"))
    assert told.startswith(said)
    assert told.endswith("likely between L and H.")


def test_somebody_may_write_the_lead_and_it_is_said_only_where_the_survey_can_tell() -> None:
    lead = "Rural teachers are less confident than urban ones"
    assert saying.difference(("Village", "Town"), (0.41, 0.58), CLEAR, lead=lead) == (
        "Rural teachers are less confident than urban ones: 41% against 58%; "
        "the difference is 17 points, likely between 11 and 23"
    )
    assert lead not in saying.difference(("Village", "Town"), (0.44, 0.41), UNCLEAR, lead=lead)


def test_what_the_survey_cannot_tell_it_does_not_say() -> None:
    said = saying.difference(("Village", "Town"), (0.44, 0.41), UNCLEAR)
    assert UNCLEAR.verdict is Difference.CANNOT_TELL
    assert said == (
        "This survey cannot tell. Village: 44%. Town: 41%. The difference is likely between −3 and +9 points."
    )
    assert not re.search("higher|lower", said, re.IGNORECASE)


def test_a_clear_difference_is_never_rounded_to_none() -> None:
    assert TINY.verdict is Difference.HIGHER
    said = saying.difference(("A", "B"), (0.412, 0.402), TINY)
    assert said.endswith("The difference is 1 point, likely between 0.1 and 1.9.")
    wider = compare(0.414, 0.402, variances=(0.00001, 0.000009), df=600)
    assert "The difference is 1.2 points" in saying.difference(("A", "B"), (0.414, 0.402), wider)


@pytest.mark.parametrize(
    ("before", "after", "word"), [(0.33, 0.41, "A rise of 8 points"), (0.41, 0.33, "A fall of 8 points")]
)
def test_a_change_is_a_rise_or_a_fall(before: float, after: float, word: str) -> None:
    found = compare(after, before, variances=(0.0003, 0.0003), df=80)
    said = saying.change(("October 2025", "October 2026"), (before, after), found)
    assert said.startswith(f"October 2025: {before:.0%}. October 2026: {after:.0%}. {word}")
    unsure = compare(after, before, variances=(0.03, 0.03), df=80)
    said = saying.change(("October 2025", "October 2026"), (before, after), unsure)
    assert "cannot tell whether it changed" in said


def test_groups_beside_the_whole_are_listed_by_what_was_tested() -> None:
    assert saying.beside_whole(["Sorin", "Velna"], ["Karst"], ["Torin"]) == (
        "Clearly above the whole country: Sorin, Velna. Clearly below the whole country: Karst. "
        "Cannot be told apart from it: Torin."
    )
    assert saying.beside_whole([], [], ["Torin"]) == "Cannot be told apart from it: Torin."


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.97, "Very likely among the first 3 (97%)."),
        (0.7, "Likely among the first 3 (70%)."),
        (0.5, "Perhaps among the first 3 (50%)."),
        (0.2, "Hardly among the first 3 (20%)."),
        (0.02, "Very unlikely among the first 3 (2%)."),
    ],
)
def test_a_rank_says_how_sure_it_is(chance: float, said: str) -> None:
    assert saying.rank(2, best=1, worst=4, in_top=chance, top=3) == f"Rank 2, likely 1 to 4. {said}"
    assert saying.rank(1, best=1, worst=1, in_top=1.0, top=1) == "Rank 1, for certain. Very likely the first (100%)."


@given(
    st.builds(
        lambda kind, n, psus, df, width: reliability(
            kind, n=n, psus=psus, df=df, value=width, se=width, low=0, high=width
        ),
        st.sampled_from(Kind),
        st.integers(0, 80),
        st.integers(0, 10),
        st.integers(0, 20),
        st.floats(0, 1),
    )
)
def test_every_rule_that_can_be_broken_has_a_reason_in_words(found) -> None:
    for broken in found.reasons:
        said = saying.reason(broken)
        assert said.endswith(".")
        assert "%(" not in said


def test_reasons_say_what_was_found_and_where_the_line_is() -> None:
    assert saying.reason(Reason(Rule.FEW_ANSWERS, 12, 25)) == "It rests on 12 answers; at least 25 are wanted."
    assert saying.reason(Reason(Rule.FEW_PSUS, 1, 2)) == (
        "The answers come from 1 school or other unit; at least 2 are wanted."
    )
    assert saying.reason(Reason(Rule.WIDE_INTERVAL, 0.39, 0.3)) == (
        "Its interval is 39 points wide; more than 30 is too wide."
    )
    assert saying.reason(Reason(Rule.LARGE_CV, 0.41, 0.3)) == (
        "Its standard error is 41% of the number; more than 30% is too much."
    )
    assert saying.reason(Reason(Rule.NO_ERROR, None, 0)) == "How exact it is cannot be worked out."


def test_what_is_withheld_says_why_and_not_how_many() -> None:
    said = {why: saying.withheld(why, DEFAULT) for why in Why}
    assert len({*said.values()}) == 3
    assert said[Why.FEW_ANSWERS] == "Withheld: fewer than 5 people answered, and could be recognised."
    assert "fewer than 3 schools" in said[Why.FEW_PSUS]


@pytest.mark.parametrize("language", LANGUAGES)
@given(group=names, other=names)
def test_what_a_page_brings_stands_as_it_is_in_every_language(language: str, group: str, other: str) -> None:
    with translation.override(language):
        sentences = [
            saying.share(SHARE, group=group),
            saying.mean(SHARE, group=group),
            saying.total(SHARE, group=group),
            saying.difference((group, other), (0.41, 0.58), CLEAR),
            saying.difference((group, other), (0.44, 0.41), UNCLEAR),
            saying.change((group, other), (0.41, 0.58), CLEAR),
            saying.beside_whole([group], [], []),
        ]
    for said in sentences:
        assert re.search(rf"(?<!\w){re.escape(group)}[:.,](?!\w)", said), said
        assert "%(" not in said
