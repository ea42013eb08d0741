"""A step is done once, and again only when something it depends on changed."""

from pathlib import Path

import pytest

from make import steps, test


def step(done: list[str], source: Path, made: Path) -> bool:
    """Make one file from another, keeping stamps in the folder of this test."""

    def action() -> None:
        done.append(source.read_text())
        made.write_text(source.read_text())

    return steps.once(
        "step", inputs=[source, "version 1"], outputs=[made], action=action, stamps=source.parent / "stamps"
    )


def test_a_step_is_skipped_when_nothing_changed(tmp_path: Path) -> None:
    done: list[str] = []
    source, made = tmp_path / "source", tmp_path / "made"
    source.write_text("one")
    assert step(done, source, made)
    assert not step(done, source, made)
    assert done == ["one"]


def test_a_step_is_done_again_when_its_input_changed_or_its_output_is_gone(tmp_path: Path) -> None:
    done: list[str] = []
    source, made = tmp_path / "source", tmp_path / "made"
    source.write_text("one")
    step(done, source, made)
    source.write_text("two")
    assert step(done, source, made)
    made.unlink()
    assert step(done, source, made)
    assert done == ["one", "two", "two"]


def test_a_step_that_failed_is_tried_again(tmp_path: Path) -> None:
    done: list[str] = []
    source, made = tmp_path / "source", tmp_path / "nowhere" / "made"
    source.write_text("one")
    with pytest.raises(FileNotFoundError):
        step(done, source, made)
    made.parent.mkdir()
    assert step(done, source, made)


def test_a_program_that_fails_stops_with_its_name() -> None:
    with pytest.raises(steps.Stop, match="Counting sheep failed"):
        steps.run("false", what="Counting sheep")


def test_the_closing_line_of_pytest_is_found_under_colours() -> None:
    said = (
        "...\n\x1b[32m===== \x1b[32m\x1b[1m12 passed\x1b[0m, \x1b[33m1 skipped\x1b[0m\x1b[32m in 3.45s\x1b[0m =====\n\n"
    )
    assert test._closing_line(said) == "12 passed, 1 skipped in 3.45s"
