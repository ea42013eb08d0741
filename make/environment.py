"""The environment: Python packages, front-end packages and build, translations. Only what changed is done again."""

import os
import platform
import shutil
import subprocess
import sys

from make import system
from make.steps import MANAGE, PYTHON, ROOT, VENV, heading, once, run, say, start

BUILD = ROOT / "learnin" / "kit" / "static" / "kit" / "build" / "manifest.json"
LOCALE = ROOT / "learnin" / "locale"


def prepare(*, for_tests: bool = False) -> None:
    """Make everything that a start or a test needs, apart from the database."""
    if platform.system() == "Darwin":  # where brew keeps pango, which macOS does not search by itself
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", ":".join(system.BREW_LIBRARIES))
    _virtual_environment()
    _packages("requirements-dev.lock" if for_tests else "requirements.lock")
    _front_end()
    _translations()


def _virtual_environment() -> None:
    if PYTHON.exists():
        return
    system.need([system.VENV])
    heading("Python environment in .venv")
    run(sys.executable, "-m", "venv", "--clear", VENV)


def _packages(lock: str) -> None:
    once(
        lock,
        inputs=[ROOT / lock, str((VENV / "pyvenv.cfg").stat().st_mtime_ns)],
        outputs=[PYTHON],
        action=lambda: _install(lock),
    )


def _install(lock: str) -> None:
    """Install exactly what the lock file names, by uv if it is here, by pip otherwise."""
    heading(f"Python packages from {lock}")
    uv = shutil.which("uv")
    if uv:
        words = [uv, "pip", "install", "--python", str(PYTHON), "--require-hashes", "-r", lock]
        if subprocess.run(words, cwd=ROOT, check=False).returncode == 0:
            return
        say("uv could not; pip tries.")
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--require-hashes", "-r", lock, what=f"Installing {lock}")


def _front_end() -> None:
    packages = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
    installed = ROOT / "node_modules" / ".package-lock.json"
    sources = [*packages, ROOT / "frontend", *sorted(ROOT.glob("vite.config.*"))]
    once("npm", inputs=packages, outputs=[installed], action=_npm_ci)
    once("front-end", inputs=sources, outputs=[BUILD], action=_npm_build)


def _npm_ci() -> None:
    system.need_node()
    heading("Front-end packages from package-lock.json")
    run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", what="npm ci")


def _npm_build() -> None:
    system.need_node()
    heading("Styles and scripts")
    run("npm", "run", "build", "--silent", "--", "--logLevel", "warn", what="Building styles and scripts")


def _translations() -> None:
    catalogues = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    compiled = [path.with_suffix(".mo") for path in catalogues]
    once("translations", inputs=catalogues, outputs=compiled, action=_compile if catalogues else lambda: None)


def _compile() -> None:
    heading("Translations")
    run(*MANAGE, "words", "--compile", what="Compiling the translations")


if __name__ == "__main__":
    start(lambda: prepare(for_tests="--tests" in sys.argv))
