"""`@pytest.mark.alone`: while such a test runs, no other worker runs one, as it measures time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "alone: runs while no other worker runs a test")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    report = os.environ.get("EDUCATION_DUTY_TEST_REPORT")  # in a folder of this run
    if not report:
        return (yield)
    folder = Path(report).parent
    # Who wants to be alone keeps the door, so that nobody enters while he waits for the others.
    with locked(folder / "door", fcntl.LOCK_EX) as door:
        alone = item.get_closest_marker("alone") is not None
        with locked(folder / "room", fcntl.LOCK_EX if alone else fcntl.LOCK_SH):
            if not alone:
                fcntl.flock(door, fcntl.LOCK_UN)
            return (yield)


@contextmanager
def locked(path: Path, how: int) -> Iterator[int]:
    """A lock that the workers share (flock(2)), given back when its file is closed."""
    with path.open("w") as file:
        fcntl.flock(file, how)
        yield file.fileno()
