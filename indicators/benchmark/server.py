"""The web process as in production, gunicorn, and what a process uses."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from education_duty.bootstrap.places import ROOT

NAME = "web process"  # of its sessions in PostgreSQL
STARTS_WITHIN = 30  # seconds
TICK = 1 / os.sysconf("SC_CLK_TCK")  # seconds
OPTIONS = ["--threads=4", "--timeout=300", "--log-level=warning"]


@contextmanager
def serving(
    *, workers: int = 1, env: Mapping[str, str] | None = None, **settings: str
) -> Iterator[tuple[int, int]]:
    """The port that it answers at, and a worker's process id; `settings` go to its environment,
    which is this process's own or `env`."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port, taken = listening.getsockname()[1], listening.fileno()
        command = [sys.executable, "-m", "gunicorn", f"--bind=fd://{taken}", *OPTIONS]
        command += [f"--workers={workers}", "--no-control-socket", "education_duty.wsgi"]
        environment = {**(os.environ if env is None else env), "PGAPPNAME": NAME, **settings}
        with subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=[taken]) as master:
            try:
                _wait_for(lambda: _answers(port))
                yield port, _children(master.pid)[0]
            finally:
                master.terminate()


def cpu_of(pid: int) -> float:
    """CPU seconds of a process so far, in ticks; 0 where it cannot be seen from here."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * TICK


def cpu_of_all(pids: Iterable[int]) -> float:
    """CPU seconds of several."""
    return sum(cpu_of(pid) for pid in pids)


def memory_of(pid: int) -> tuple[float, float]:
    """Resident MiB now, and the most since `forget_peak`."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    found = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith("Vm")}
    return int(found["VmRSS"]) / 1024, int(found["VmHWM"]) / 1024


def forget_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _answers(port: int) -> bool:
    """The listening socket takes the connection before anybody is there to answer it."""
    connection = HTTPConnection("127.0.0.1", port, timeout=STARTS_WITHIN)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def _wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError("the web process did not start")
        time.sleep(0.1)
