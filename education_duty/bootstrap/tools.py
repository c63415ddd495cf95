"""Running other programs, and holding a file lock."""

import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from education_duty.bootstrap.places import ROOT, SETUP_LOG, Refusal, say

Command = Sequence[str | Path]

NO_NETWORK = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "nodename nor servname",
    "Network is unreachable",
    "No route to host",
    "Connection refused",
    "NewConnectionError",
    "ConnectTimeoutError",
    "EAI_AGAIN",
    "ENOTFOUND",
    "ENETUNREACH",
    "ECONNREFUSED",
)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    say(f"{what} ...")
    start = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - start:.0f} s")


def run(command: Command, *, what: str, env: dict[str, str] | None = None, show: str = "") -> None:
    """Run a set-up program with its output in the log; lines that begin with `show` are shown.

    Refuses, with the program's last words, when it fails; names the network where that is why.
    """
    said: list[str] = []
    with SETUP_LOG.open("a", encoding="utf-8") as log:
        print("$", *command, file=log, flush=True)
        with subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            for line in process.stdout or ():
                log.write(line)
                said.append(line.strip())
                if show and line.startswith(show):
                    say("  " + line.removeprefix(show).split("(")[0].strip())
    if process.returncode:
        log_name = SETUP_LOG.relative_to(ROOT)
        if any(sign in line for line in said for sign in NO_NETWORK):
            raise Refusal(
                f"{what} failed: no network to the package registry; connect, or set the proxy, "
                f"then call again. All that was said is in {log_name}."
            )
        errors = [line for line in said if "error" in line.lower() and "complete log" not in line]
        words = errors[-1] if errors else ""
        raise Refusal(f"{what} failed{f': {words}' if words else ''}; {log_name} has all of it.")


@contextmanager
def one_at_a_time(lock: Path, waiting: str) -> Iterator[None]:
    """Hold a lock that ends with the process, however it ends; say so where one has to wait."""
    import fcntl  # not on Windows, where start.enter refuses before this is reached

    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(waiting)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
