"""What the machine itself must bring: found, installed with apt where that is allowed, or named in one clear line."""

import ctypes
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from make.steps import Stop, heading, say

BREW_LIBRARIES = ("/opt/homebrew/lib", "/usr/local/lib")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSER = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
NODE = (20, 19)


@dataclass(frozen=True)
class Need:
    """One thing of the machine, and the packages that bring it."""

    what: str
    is_there: Callable[[], bool]
    apt: tuple[str, ...]
    brew: str


def chromium() -> str | None:
    """The browser the journeys run in."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or (str(MAC_BROWSER) if MAC_BROWSER.exists() else None)


def postgres_folder() -> Path | None:
    """The folder with initdb and postgres, newest version first; Debian keeps it off the PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -_major(path.parent.name))
    on_path = shutil.which("initdb")
    folders = [*debian, *([Path(on_path).parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def _major(name: str) -> int:
    return int(found.group()) if (found := re.match(r"\d+", name)) else 0


def has_pango() -> bool:
    """Whether the libraries that draw PDF pages can be loaded."""
    return all(any(map(_loads, names)) for names in _library_names("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))


def _library_names(*stems: str) -> list[list[str]]:
    mac = [f"{folder}/lib{{}}.dylib" for folder in BREW_LIBRARIES]
    return [[pattern.format(stem) for pattern in ("lib{}.so.0", "lib{}.dylib", *mac)] for stem in stems]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_fonts() -> bool:
    """Whether Georgian and Cyrillic can be drawn without empty boxes; macOS brings such fonts itself."""
    if platform.system() == "Darwin":
        return True
    return any(next(Path(folder).expanduser().rglob("NotoSansGeorgian*"), None) for folder in FONTS)


def _chromium_package() -> str:
    release = Path("/etc/os-release")
    is_ubuntu = release.exists() and "ID=ubuntu" in release.read_text().splitlines()
    return "chromium-browser" if is_ubuntu else "chromium"


VENV = Need(
    "Python's venv",
    lambda: importlib.util.find_spec("ensurepip") is not None,
    (f"python3.{sys.version_info.minor}-venv",),
    "python",
)
PDF = Need("pango (PDF pages)", has_pango, ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"), "pango")
FONT = Need("Noto fonts", has_fonts, ("fonts-noto-core",), "font-noto-sans")
POSTGRES = Need("PostgreSQL", lambda: postgres_folder() is not None, ("postgresql",), "postgresql")
CHROMIUM = Need("Chromium", lambda: chromium() is not None, (_chromium_package(),), "--cask google-chrome")


def need_node() -> None:
    """Stop unless Node and npm are new enough to build the front end."""
    node, npm = shutil.which("node"), shutil.which("npm")
    text = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout if node else ""
    found = re.match(r"v(\d+)\.(\d+)", text)
    if npm and found and tuple(map(int, found.groups())) >= NODE:
        return
    wanted = ".".join(map(str, NODE))
    where = f"found {text.strip()}" if text else "found none"
    raise Stop(f"LearnIn needs Node {wanted} or later with npm ({where}). See nodejs.org, or macOS: brew install node.")


def need(needs: Sequence[Need], *, or_stop: bool = True) -> None:
    """Have these things: install what is missing, or say in one line what to install."""
    missing = [one for one in needs if not one.is_there()]
    if missing and (apt := _apt()):
        heading("System packages: " + ", ".join(one.what for one in missing))
        packages = [package for one in missing for package in one.apt]
        subprocess.run([*apt, "update", "-q"], check=False)
        subprocess.run([*apt, "install", "-y", "-q", "--no-install-recommends", *packages], check=False)
        missing = [one for one in missing if not one.is_there()]
    if not missing:
        return
    line = what_to_install(missing, on_mac=platform.system() == "Darwin")
    if or_stop:
        raise Stop(line)
    say(f"Going on without: {line}")


def _apt() -> list[str]:
    """The words that run apt-get here without asking a password, or none."""
    apt = shutil.which("apt-get")
    if apt is None:
        return []
    words = ["env", "DEBIAN_FRONTEND=noninteractive", apt]
    if os.geteuid() == 0:
        return words
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n", *words]
    return []


def what_to_install(missing: Sequence[Need], *, on_mac: bool) -> str:
    """One line that names what is missing and the command that brings it."""
    what = ", ".join(one.what for one in missing)
    apt = " ".join(package for one in missing for package in one.apt)
    brew = " && ".join(f"brew install {one.brew}" for one in missing)
    return f"{what} missing. Install: {brew if on_mac else f'sudo apt install {apt}'}"
