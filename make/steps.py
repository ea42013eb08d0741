"""Steps: run a program, say what is being done, skip what is done already."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MANAGE = (str(PYTHON), "manage.py")
TOOLS = ROOT / ".tools"


class Stop(Exception):
    """Nothing more can be done here; the message says what the person can do."""


def say(text: str) -> None:
    """Tell the person one line, at once."""
    print(text, flush=True)


def heading(text: str) -> None:
    """Name what starts now."""
    bold, plain = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("", "")
    say(f"{bold}== {text}{plain}")


def run(*command: str | Path, env: Mapping[str, str] | None = None, what: str = "", quiet: bool = False) -> None:
    """Run a program in the repository; stop, naming it, if it fails. Quiet: only what goes wrong is shown."""
    words = [str(word) for word in command]
    out = subprocess.DEVNULL if quiet else None
    result = subprocess.run(words, cwd=ROOT, env=None if env is None else dict(env), stdout=out, check=False)
    if result.returncode:
        raise Stop(f"{what or ' '.join(words)} failed (exit code {result.returncode}).")


def once(
    name: str,
    *,
    inputs: Iterable[Path | str],
    outputs: Iterable[Path],
    action: Callable[[], None],
    stamps: Path = TOOLS / "stamps",
) -> bool:
    """Do a step unless it was done with the same inputs and its outputs are still there. True if it was done now."""
    stamp = stamps / name
    mark = fingerprint(inputs)
    if stamp.is_file() and stamp.read_text() == mark and all(path.exists() for path in outputs):
        return False
    stamp.unlink(missing_ok=True)
    action()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)
    return True


def fingerprint(inputs: Iterable[Path | str]) -> str:
    """One hash of texts, files and whole folders."""
    total = hashlib.sha256()
    for thing in inputs:
        for path in _files(thing) if isinstance(thing, Path) else ():
            total.update(f"{path}\0".encode() + path.read_bytes())
        if isinstance(thing, str):
            total.update(f"{thing}\0".encode())
    return total.hexdigest()


def _files(path: Path) -> list[Path]:
    """The file itself, or every file of the folder, in one order."""
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return [path] if path.is_file() else []


def start(main: Callable[[], None]) -> None:
    """Run a script: a Stop becomes one clear line and exit code 1."""
    os.chdir(ROOT)
    try:
        main()
    except Stop as stop:
        sys.stdout.flush()
        print(f"\nStopped: {stop}", file=sys.stderr, flush=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
