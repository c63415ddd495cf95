"""The demonstration's server answers many at once and ends on Ctrl-C."""

import os
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request

import pytest

from education_duty.bootstrap.places import ROOT

SERVE = """
import django
django.setup()
from indicators.demo import server
listening = server.listen(0)
print(listening.getsockname()[1], flush=True)
server.serve(listening)
"""


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=20) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.thorough
def test_forty_at_once_are_answered_and_ctrl_c_ends_it() -> None:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline())
            statuses: list[int] = []
            visitors = [
                threading.Thread(
                    target=lambda: statuses.append(status_of(f"http://127.0.0.1:{port}/nowhere/"))
                )
                for _ in range(40)
            ]
            for visitor in visitors:
                visitor.start()
            for visitor in visitors:
                visitor.join()

            assert statuses == [404] * 40
            server.send_signal(signal.SIGINT)
            assert server.wait(timeout=10) == 0
        finally:
            server.kill()
