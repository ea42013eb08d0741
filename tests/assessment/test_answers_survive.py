"""The server is killed with -9 while answers come in: none that was acknowledged is lost, and none counts twice.

1,500 answers and three kills; more with `ANSWERS=10000` (docs/bench.md).
"""

import hashlib
import http.client
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.assessment import made_answers as made
from tests.assessment.served import SECONDS, Field, Phone, in_the_field

ANSWERS = int(os.environ.get("ANSWERS", "1500"))
PHONES = 8
KILLS = 3
EVERY_NTH_HAS_A_FILE = 25
pytestmark = pytest.mark.database  # of the processes it starts


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Field]:
    """A round in the field, with its server up."""
    with in_the_field(tmp_path) as found:
        found.start()
        yield found


@dataclass
class Crowd:
    """Phones that send until each of their answers was acknowledged."""

    served: Field
    acknowledged: dict[str, tuple[str, int]] = field(default_factory=dict)
    broken: int = 0
    strange: list[str] = field(default_factory=list)

    def send(self, first: int) -> None:
        """One phone's answers; each again and again while the line breaks."""
        phone = Phone(self.served.port)
        until = time.monotonic() + 10 * SECONDS
        for number in range(first, ANSWERS, PHONES):
            id_ = f"uuid:{number}"
            xml = made.answer(id_=id_, name=f"Teacher {number}")
            files = {"a.jpg": b"picture %d" % number} if number % EVERY_NTH_HAS_A_FILE == 0 else {}
            while id_ not in self.acknowledged and time.monotonic() < until:
                self._once(phone, id_, xml, files)
        phone.hang_up()

    def _once(self, phone: Phone, id_: str, xml: bytes, files: dict[str, bytes]) -> None:
        try:
            said = phone.post(f"/collect/{self.served.laid['key']}/submission", xml, files=files)
        except (OSError, http.client.HTTPException):
            self.broken += 1
            time.sleep(0.05)
            return
        if said.status in (201, 202):
            self.acknowledged[id_] = (hashlib.sha256(xml).hexdigest(), said.status)
        elif said.status != 503:
            self.strange.append(f"{id_} {said.status} {said.text}")
            self.acknowledged[id_] = ("", said.status)


def test_nothing_acknowledged_is_lost_or_doubled(served: Field) -> None:
    crowd = Crowd(served)
    phones = [threading.Thread(target=crowd.send, args=(first,)) for first in range(PHONES)]
    for phone in phones:
        phone.start()
    for kill in range(1, KILLS + 1):
        while len(crowd.acknowledged) < ANSWERS * kill // (KILLS + 1):
            time.sleep(0.01)
        served.kill()
        served.start()
    for phone in phones:
        phone.join(10 * SECONDS)

    assert crowd.strange == []
    assert crowd.broken >= KILLS, "the server was killed while phones were talking to it"
    assert len(crowd.acknowledged) == ANSWERS
    told = served.story("tell")
    kept = {id_: sha256 for id_, sha256, _is_current, _has_files in told["answers"]}
    assert len(told["answers"]) == len(kept) == ANSWERS
    assert kept == {id_: sha256 for id_, (sha256, _status) in crowd.acknowledged.items()}
    assert told["files"] == {f"uuid:{n}": ["a.jpg"] for n in range(0, ANSWERS, EVERY_NTH_HAS_A_FILE)}
    assert all(has_files for *_row, has_files in told["answers"])
