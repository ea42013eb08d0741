"""Packages whose modules are loaded late offer all that they say, and nothing else."""

from importlib import import_module

import pytest

from learnin.compute.late import late

PACKAGES = (
    "learnin.compute.survey",
    "learnin.compute.survey.calibration",
    "learnin.assessment.formats.indicator",
)


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_offers_every_name_that_it_tells_of(name: str) -> None:
    package = import_module(name)
    assert [one for one in package.__all__ if not hasattr(package, one)] == []


@pytest.mark.parametrize("name", PACKAGES)
def test_a_name_that_it_does_not_tell_of_is_not_there(name: str) -> None:
    with pytest.raises(AttributeError, match=name):
        import_module(name).something_else  # noqa: B018  # to look is what is tried


def test_a_name_is_the_same_as_in_its_module() -> None:
    from learnin.compute import survey
    from learnin.compute.survey import tables

    assert (survey.Table, survey.Row) == (tables.Table, tables.Row)


def test_a_name_that_its_module_would_hide_is_refused() -> None:
    with pytest.raises(ValueError, match=r"same name: \['abc'\]"):
        late("collections", abc=["abc"])
