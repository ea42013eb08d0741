"""The lock files name versions, hashes and no registry; they hold all that is asked for."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from make.steps import ROOT

PINNED = re.compile(r"^([\w.-]+)==", re.MULTILINE)
NAME = re.compile(r"^[\w.-]+")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pinned(lock: str) -> set[str]:
    return {_plain(name) for name in PINNED.findall((ROOT / lock).read_text())}


def _asked(group: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lines = project["dependency-groups"]["dev"] if group == "dev" else project["project"]["dependencies"]
    return {_plain(found.group()) for line in lines if (found := NAME.match(line))}


def test_python_locks_hold_what_is_asked_for() -> None:
    assert _asked("run") <= _pinned("requirements.lock")
    assert _asked("run") | _asked("dev") <= _pinned("requirements-dev.lock")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_python_locks_name_no_address_and_a_hash_for_each_package(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert not re.search(r"://|--index-url|--extra-index-url|--find-links|--trusted-host", text)
    assert len(PINNED.findall(text)) == len(re.findall(r"^[^\s#][^\n]*\\\n    --hash=sha256:", text, re.MULTILINE))


def test_the_front_end_lock_names_no_address_and_holds_what_is_asked_for() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    asked = json.loads((ROOT / "package.json").read_text())
    names = asked["dependencies"] | asked["devDependencies"]
    assert not [name for name, one in packages.items() if "resolved" in one]
    assert {f"node_modules/{name}" for name in names} <= set(packages)


def test_npm_is_told_to_keep_addresses_out() -> None:
    assert "omit-lockfile-registry-resolved=true" in Path(ROOT / ".npmrc").read_text().splitlines()
