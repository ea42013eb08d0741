"""Who imports whom: the contracts of pyproject.toml are complete, and a planted import breaks each of them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.rules import ROOT
from tests.house.test_tables import CHAIN, CONTRACTS

LINT = Path(sys.executable).with_name("lint-imports")
PLANTED = {
    "kit/planted.py": "from learnin.people import roles",
    "people/planted.py": "import learnin.journal.verbs",
    "people/queries.py": "from learnin.people import forms",
    "compute/planted.py": "from django.db import models",
    "journal/formats/planted.py": "import learnin.people.roles",
}


def _lint(folder: Path) -> str:
    """What the linter says about the package in this folder."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    result = subprocess.run([LINT, "--no-cache", "--no-logo"], cwd=folder, capture_output=True, text=True, check=False)
    return result.stdout + result.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package's Python files in a folder of their own."""
    keep = shutil.ignore_patterns("static", "templates", "locale", "migrations", "__pycache__", "*.yaml")
    shutil.copytree(ROOT / "learnin", tmp_path / "learnin", ignore=keep)
    return tmp_path


def test_the_contracts_are_kept_and_each_planted_import_breaks_one(copy: Path) -> None:
    assert "Contracts: 3 kept, 0 broken." in _lint(copy)
    for name, line in PLANTED.items():
        with (copy / "learnin" / name).open("a") as file:
            file.write(f"\n{line}\n")
    said = _lint(copy)
    assert "Contracts: 0 kept, 3 broken." in said
    for arrow in (
        "learnin.kit.planted -> learnin.people.roles",
        "learnin.people.planted -> learnin.journal.verbs",
        "learnin.people.queries -> learnin.people.forms",
        "learnin.compute.planted -> django",
        "learnin.journal.formats.planted -> learnin.people.roles",
    ):
        start, end = arrow.split(" -> ")
        assert re.search(rf"{re.escape(start)} -> {re.escape(end)}", said), arrow


def test_every_app_stands_in_the_chain_and_every_stage_in_the_second_contract() -> None:
    apps = {path.parent.name for path in ROOT.glob("learnin/*/__init__.py")}
    staged = {f"learnin.{path.parent.name}" for path in ROOT.glob("learnin/*/access.py")}
    assert apps <= set.union(*CHAIN)
    assert staged <= set(CONTRACTS[1]["containers"])


def test_a_process_that_knows_every_page_has_not_loaded_what_few_pages_need() -> None:
    program = "import django, sys; django.setup(); import learnin.urls; print(*sys.modules)"
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=variables, capture_output=True, check=True)
    large = "duckdb ibis openpyxl pandas polars pptx pyarrow pyreadstat pyxform rapidfuzz scipy sklearn weasyprint"
    assert not {*large.split()} & {*said.stdout.decode().split()}
