"""A line to PostgreSQL that a test can cut, leave without an answer, and put right again."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Thread


class Line:
    """Listens at a port of its own and passes on to the server; used as a context manager."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._there: socket.socket | None = None
        self._ends: list[socket.socket] = []
        self._mute: list[socket.socket] = []
        self._left: int | None = None  # bytes to pass on before it is cut; None: all
        with socket.create_server(("127.0.0.1", 0)) as found:
            self.port: int = found.getsockname()[1]

    def __enter__(self) -> Line:
        self.mend()
        return self

    def __exit__(self, *_error: object) -> None:
        self.cut()

    def mend(self) -> None:
        """Pass on again, to whoever connects from now on."""
        self.cut()
        self._left = None
        self._listen(self._pass_on)

    def leave_unanswered(self) -> None:
        """Take connections, and say nothing to anybody."""
        self.cut()
        self._listen(self._mute.append)

    def cut(self) -> None:
        """Refuse connections, and break those there are; the server sees the same."""
        if self._there is not None:
            # A thread that waits for a connection keeps the port until it is woken.
            with suppress(OSError):
                self._there.shutdown(socket.SHUT_RDWR)
            self._there.close()
            self._there = None
        self.hang_up()
        while self._mute:
            self._mute.pop().close()

    def cut_after(self, size: int) -> None:
        """Pass on so many bytes more, and be cut in the middle of what is said then."""
        self._left = size

    def hang_up(self) -> None:
        """Break the connections there are, and take others."""
        while self._ends:
            with suppress(OSError):
                self._ends[-1].shutdown(socket.SHUT_RDWR)
            self._ends.pop().close()

    def _listen(self, take: object) -> None:
        self._there = socket.create_server(("127.0.0.1", self.port))
        Thread(target=self._accept, args=(self._there, take), daemon=True).start()

    @staticmethod
    def _accept(there: socket.socket, take: object) -> None:
        assert callable(take)
        while True:
            try:
                end, _address = there.accept()
            except OSError:
                return
            take(end)

    def _pass_on(self, near: socket.socket) -> None:
        far = self._connected()
        self._ends += [near, far]
        for one, other in ((near, far), (far, near)):
            Thread(target=self._copy, args=(one, other), daemon=True).start()

    def _connected(self) -> socket.socket:
        """By the host's port, or by its socket in a folder, as libpq takes a host that begins with
        a slash."""
        host, port = self._to
        if not host.startswith("/"):
            return socket.create_connection(self._to)
        far = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        far.connect(f"{host}/.s.PGSQL.{port}")
        return far

    def _copy(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(1 << 12):
                other.sendall(data)
                if self._left is not None:
                    self._left -= len(data)
                    if self._left <= 0:
                        self.cut()
        # Whichever end stops, the other one is told.
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)
