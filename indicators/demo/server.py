"""The demonstration's server: gunicorn, as in production, with a few processes and threads.

Decided against runserver: it has one process, so that pages wait for one processor, starts a thread
for each connection, each with its own SQLite connection, and lets only ten wait. Here a bounded
number work while the others wait for their turn, and Ctrl-C ends it at once.
"""

import os
import socket
import subprocess
import sys

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from education_duty.bootstrap.places import ROOT

PROCESSES = min(os.cpu_count() or 1, 4)
THREADS = 8  # in each


def listen(port: int) -> socket.socket:
    """Take the port, before any long work; OSError where it cannot be had."""
    return socket.create_server(("127.0.0.1", port), backlog=512)


class Server(BaseApplication):
    def __init__(self, listening: socket.socket) -> None:
        self.listening = listening
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": f"fd://{self.listening.detach()}",
            "worker_class": "gthread",
            "workers": PROCESSES,
            "threads": THREADS,
            "loglevel": "warning",
            "control_socket_disable": True,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        return get_wsgi_application()


def serve(listening: socket.socket) -> None:
    """Answer until Ctrl-C, with a process beside it for large imports."""
    connections.close_all()  # none may be shared with the process that is forked now
    command = [sys.executable, str(ROOT / "manage.py"), "run_imports", "--with-parent"]
    env = os.environ | {"EDUCATION_DUTY_MODE": "demo"}
    with subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL) as imports:
        try:
            Server(listening).run()
        finally:
            imports.terminate()
