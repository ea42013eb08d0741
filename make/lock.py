"""Lock the Python packages: versions and hashes for every system, and no address of any registry."""

import re
import sys

from make import environment, system
from make.steps import ROOT, TOOLS, Stop, heading, run, start

UV = TOOLS / "uv" / "bin"
LOCKS = {
    "requirements.lock": (),
    "requirements-dev.lock": ("--group", "dev", "--constraints", "requirements.lock"),
}


def main() -> None:
    """Write both lock files. With --upgrade, take the newest versions that pyproject.toml allows."""
    system.need([system.VENV])
    if not (UV / "uv").exists():
        run(sys.executable, "-m", "venv", "--clear", UV.parent)
        run(UV / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "uv")
    for name, more in LOCKS.items():
        heading(f"Locking {name}")
        _compile(name, more)
        if re.search(r"https?://|--(extra-)?index-url|--find-links|file:", (ROOT / name).read_text()):
            raise Stop(f"{name} names an address.")
    environment.prepare(for_tests=True)


def _compile(name: str, more: tuple[str, ...]) -> None:
    run(
        UV / "uv",
        *(
            "pip",
            "compile",
            "--quiet",
            "--universal",
            "--generate-hashes",
            "--no-emit-index-url",
            "--no-emit-find-links",
        ),
        *("--custom-compile-command", "make lock", *sys.argv[1:], *more),
        *("--output-file", name, "pyproject.toml"),
    )


if __name__ == "__main__":
    start(main)
