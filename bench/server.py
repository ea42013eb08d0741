"""A real server for one run, and what its processes take: gunicorn with LearnIn, beside it the floor."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMON = ("--worker-class", "gthread", "--log-level", "error")


@contextmanager
def serving(
    environ: Mapping[str, str], *, workers: int, threads: int, keep_alive: int = 2
) -> Iterator[tuple[int, int]]:
    """LearnIn with these variables, served: the port, and the process above all others.

    keep_alive: seconds that a line stays open for the next page; 0: each page has a line of its own.
    """
    port = free()
    size = ("--workers", str(workers), "--threads", str(threads), "--keep-alive", str(keep_alive))
    command = [sys.executable, "-m", "gunicorn", "bench.served", "--bind", f"127.0.0.1:{port}", *COMMON, *size]
    server = subprocess.Popen(command, cwd=ROOT, env=environ)
    try:
        wait(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


def free() -> int:
    """A port where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait(port: int) -> None:
    """Wait until the server is up. Raises RuntimeError."""
    for _try in range(150):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not come up in 30 seconds")


def processor(server: int) -> float | None:
    """Seconds of processor time that the server and its children have taken; Linux tells, others do not."""
    if not Path("/proc/self/stat").exists():
        return None
    spent = sum(int(told[11]) + int(told[12]) for told in _family(server).values())
    return spent / os.sysconf("SC_CLK_TCK")


def _family(server: int) -> dict[int, list[str]]:
    """The server and its children, and what Linux tells of each behind its name (proc(5), stat)."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if server in (int(folder.name), int(told[1])):
            found[int(folder.name)] = told
    return found


def memory(server: int, what: str) -> float:
    """Megabytes that the largest child holds now (VmRSS), or held at most since it was asked to forget (VmHWM)."""
    lines = [line for worker in _workers(server) for line in (worker / "status").read_text("ascii").splitlines()]
    return max(int(line.split()[1]) for line in lines if line.startswith(f"{what}:")) / 1024


def forget_peak(server: int) -> None:
    """Begin to measure the peak anew (Linux: proc(5), clear_refs)."""
    for worker in _workers(server):
        (worker / "clear_refs").write_text("5", encoding="ascii")


def _workers(server: int) -> list[Path]:
    return [Path(f"/proc/{pid}") for pid in _family(server) if pid != server]
