"""Several people at once, each reading page after page, over real connections."""

import http.client
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median, quantiles

PEOPLE = 16
HEADERS = {"Accept-Language": "en", "Accept": "text/html"}


@dataclass(frozen=True)
class Waited:
    """Milliseconds that people waited for their pages, all of them; and for how long everybody read."""

    times: tuple[float, ...]
    seconds: float

    @property
    def middle(self) -> float:
        """Half of the pages came sooner (p50)."""
        return median(self.times)

    @property
    def slow(self) -> float:
        """Nineteen of twenty pages came sooner (p95)."""
        return quantiles(self.times, n=20, method="inclusive")[-1] if len(self.times) > 1 else self.times[0]

    @property
    def rate(self) -> float:
        """Pages a second, everybody's together."""
        return len(self.times) / self.seconds


def read(port: int, visits: Sequence[tuple[str, str]], *, seconds: float, pause: float) -> Waited:
    """Everybody reads their own page again and again, with a pause after each."""
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(visits)) as people:
        tasks = [
            people.submit(_one, port, address, cookie, until, pause, pause * n / len(visits))
            for n, (address, cookie) in enumerate(visits)
        ]
        times = [one for task in tasks for one in task.result()]
    return Waited(tuple(times), seconds)


def _one(port: int, address: str, cookie: str, until: float, pause: float, late: float) -> list[float]:
    """One person: not everybody begins at the same moment."""
    time.sleep(late)
    connection, times = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
    while time.monotonic() < until:
        began = time.perf_counter()
        connection.request("GET", address, headers=HEADERS | {"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address} answered {answer.status}")
        times.append((time.perf_counter() - began) * 1000)
        time.sleep(pause)
    connection.close()
    return times
