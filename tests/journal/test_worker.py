"""Real worker processes on a real database: killed with -9 in mid-job, the job runs again, and counts once."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.installation import ROOT, Installation, environment
from tests.journal.smtp import office

SECONDS = 60
pytestmark = pytest.mark.database  # of the processes it starts


@dataclass
class House(Installation):
    """An installation of its own: data, database, and the worker that is up."""

    worker: subprocess.Popen[bytes] | None = None
    is_ended: bool = False

    def story(self, *command: str) -> dict[str, list[dict[str, object]]]:
        """Start something, or only look; what is there now."""
        return json.loads(self.call("-m", "tests.journal.later", *command).splitlines()[-1])

    def start_worker(self) -> None:
        """A worker with all its processes in a group of their own."""
        self.is_ended = False
        with (self.folder / "worker.log").open("ab") as log:
            self.worker = subprocess.Popen(
                [sys.executable, "manage.py", "worker"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def end_worker(self, how: signal.Signals, *, group: bool) -> int:
        """End it, and wait until it has gone."""
        self.is_ended = True
        (os.killpg if group else os.kill)(self.worker.pid, how)
        return self.worker.wait(SECONDS)

    def wait_for(self, what: Callable[[], bool]) -> None:
        """Wait until something is so."""
        until = time.monotonic() + SECONDS
        while not what():
            is_up = self.is_ended or self.worker.poll() is None
            in_time = is_up and time.monotonic() < until
            assert in_time, (self.folder / "worker.log").read_text()[-4000:]
            time.sleep(0.1)

    def processes(self) -> list[int]:
        """The processes of the worker's group that are up."""
        found = subprocess.run(["ps", "-eo", "pid=,pgid=,stat="], capture_output=True, text=True, check=True).stdout
        rows = [line.split() for line in found.splitlines()]
        return [int(pid) for pid, group, state in rows if int(group) == self.worker.pid and state[0] != "Z"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with its tables, built once."""
    folder = tmp_path_factory.mktemp("house")
    with environment(folder) as variables:
        made = House(variables, folder)
        made.call("manage.py", "migrate", "--verbosity=0")
        yield made


@pytest.fixture
def house(built: House) -> Iterator[House]:
    """The house, empty, where nobody works yet."""
    built.story("clear")
    built.environment.pop("LEARNIN_EMAIL_URL", None)
    (built.folder / "worker.log").write_bytes(b"")
    try:
        yield built
    finally:
        if built.worker and built.worker.poll() is None:
            built.end_worker(signal.SIGKILL, group=True)


def test_a_job_whose_worker_is_killed_runs_again_and_counts_once(house: House) -> None:
    gate = house.folder / "gate"
    reached = Path(f"{gate}.reached")
    house.story("gate", str(gate))
    house.start_worker()
    house.wait_for(reached.exists)
    house.end_worker(signal.SIGKILL, group=True)

    killed = house.story("tell")
    assert [(job["state"], job["tries"]) for job in killed["jobs"]] == [("running", 1)]
    assert killed["letters"] == [], "what the killed one wrote does not count"

    reached.unlink()
    gate.touch()
    house.start_worker()
    house.wait_for(reached.exists)
    house.wait_for(lambda: [letter["state"] for letter in house.story("tell")["letters"]] == ["sent"])
    assert house.end_worker(signal.SIGTERM, group=False) == 0

    after = house.story("tell")
    first, delivery = after["jobs"]
    assert (first["name"], first["state"], first["tries"]) == ("tests.journal.later.wait_at_gate", "done", 2)
    assert (delivery["state"], delivery["tries"]) == ("done", 1)
    assert len(after["letters"]) == 1
    assert len(list((house.folder / "var" / "mail").iterdir())) == 1


def test_a_letter_whose_worker_is_killed_at_the_mail_server_arrives_once(house: House) -> None:
    with office() as (server, port):
        house.environment["LEARNIN_EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        house.story("letter", "ana@example.org")
        server.hold = True
        house.start_worker()
        house.wait_for(server.holding.is_set)
        house.end_worker(signal.SIGKILL, group=True)
        assert server.accepted == []

        server.hold = False
        house.start_worker()
        house.wait_for(lambda: [letter["state"] for letter in house.story("tell")["letters"]] == ["sent"])
        assert house.end_worker(signal.SIGTERM, group=False) == 0
        assert [letter["To"] for letter in server.accepted] == ["ana@example.org"]
        assert [(job["state"], job["tries"]) for job in house.story("tell")["jobs"]] == [("done", 2)]


@pytest.mark.parametrize(("how", "group"), [("SIGTERM", True), ("SIGINT", True), ("SIGKILL", False)])
def test_a_worker_ends_with_all_its_processes(house: House, how: str, group: bool) -> None:
    house.start_worker()
    house.wait_for(lambda: b"running." in (house.folder / "worker.log").read_bytes())
    ended = house.end_worker(signal.Signals[how], group=group)
    assert ended == (-signal.SIGKILL if how == "SIGKILL" else 0)
    if sys.platform == "linux" or how != "SIGKILL":
        house.wait_for(lambda: house.processes() == [])
