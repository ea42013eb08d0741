"""What is missing is named in one line."""

import pytest

from make import system

DUST = system.Need("Moon dust", lambda: False, ("moon-dust", "moon-spoon"), "moon")
CHEESE = system.Need("Cheese", lambda: False, ("cheese",), "--cask cheese")


def test_on_debian_the_line_is_one_apt_command() -> None:
    line = system.what_to_install([DUST, CHEESE], on_mac=False)
    assert line == "Moon dust, Cheese missing. Install: sudo apt install moon-dust moon-spoon cheese"


def test_on_macos_the_line_names_brew() -> None:
    line = system.what_to_install([DUST, CHEESE], on_mac=True)
    assert line == "Moon dust, Cheese missing. Install: brew install moon && brew install --cask cheese"


def test_nothing_is_said_when_nothing_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    system.need([system.Need("Air", lambda: True, (), "")])
    assert capsys.readouterr().out == ""
