"""Start LearnIn on this machine: web server and background worker, with the example country."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from make import environment, serve, system
from make.steps import MANAGE, PYTHON, ROOT, TOOLS, Stop, heading, once, run, start

NOBODY, SOMEBODY = 40, 41
COUNT_PEOPLE = f"""
import sys, django
django.setup()
from django.contrib.auth import get_user_model
sys.exit({SOMEBODY} if get_user_model().objects.exists() else {NOBODY})
"""


def main() -> None:
    """Prepare what is missing, then serve until Ctrl-C."""
    port = int(os.environ.get("PORT") or 8000)
    address = f"http://127.0.0.1:{port}"
    os.environ.setdefault("LEARNIN_SITE_URL", address)
    os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
    _is_free(port)
    system.need([system.PDF, system.FONT], or_stop=False)
    prepare()
    serve.until_stopped(port, f"LearnIn is at {address}\n\n{accounts().strip()}")


def prepare() -> None:
    """Have the environment and an up-to-date database, as on somebody's own machine."""
    os.environ["LEARNIN_DEBUG"] = "1"
    environment.prepare()
    database()


def database() -> None:
    """Bring the database up to date; a new one gets the example country."""
    if os.environ.get("LEARNIN_DATABASE_URL"):
        _database()  # somebody else may have changed it: always look
        return
    folder = Path(os.environ.get("LEARNIN_DATA_DIR") or ROOT / "var")
    migrations = sorted((ROOT / "learnin").glob("*/migrations/*.py"))
    data = sorted((ROOT / "learnin").glob("*/*.yaml"))
    once(
        "database",
        inputs=[*migrations, *data, ROOT / "requirements.lock", str(folder)],
        outputs=[folder / "db.sqlite3"],
        action=_database,
    )


def _database() -> None:
    heading("Database")
    run(*MANAGE, "migrate", "--no-input", "--verbosity", "0", what="Migrating the database")
    run(*MANAGE, "load_places", what="Loading countries and regions")
    if not _has_people():
        heading("Example country")
        run(*MANAGE, "demo", quiet=True, what="Building the example country")


def _has_people() -> bool:
    """Whether anybody has an account: then this database is somebody's, and no example goes in."""
    env = {"DJANGO_SETTINGS_MODULE": "learnin.settings", **os.environ}
    code = subprocess.run([str(PYTHON), "-c", COUNT_PEOPLE], cwd=ROOT, env=env, check=False).returncode
    if code not in (NOBODY, SOMEBODY):
        raise Stop("the database could not be read.")
    return code == SOMEBODY


def accounts() -> str:
    """Who can sign in to the example. Asked once and kept: asking takes as long as starting."""
    kept = TOOLS / "accounts.txt"
    demo = [*sorted((ROOT / "learnin" / "demo").rglob("*.py")), ROOT / "learnin" / "people" / "roles.py"]
    once("accounts", inputs=demo, outputs=[kept], action=lambda: _keep_accounts(kept))
    return kept.read_text()


def _keep_accounts(kept: Path) -> None:
    command = [*MANAGE, "demo", "--accounts"]
    told = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if told.returncode:
        raise Stop("the example accounts could not be listed.")
    kept.write_text(told.stdout)


def _is_free(port: int) -> None:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise Stop(f"port {port} is in use. Take another: make run PORT={port + 1}") from error


if __name__ == "__main__":
    start(prepare if "--prepare" in sys.argv else main)
