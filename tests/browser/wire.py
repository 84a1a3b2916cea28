"""What goes over the wire, counted where it goes: a relay between the browser and the server that adds up bytes.

Counts pages and service workers alike, compressed, with headers and what is asked, as a phone's contract does.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

CHUNK = 1 << 16


class Wire:
    """`base`: the server's address through the relay. `taken`: bytes that came from the server since `reset`."""

    def __init__(self, base: str):
        self._target = urlsplit(base)
        self._lock, self._taken = threading.Lock(), 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def taken(self) -> int:
        with self._lock:
            return self._taken

    def reset(self) -> None:
        with self._lock:
            self._taken = 0

    def close(self) -> None:
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:  # closed
                return
            far = socket.create_connection((self._target.hostname, self._target.port))
            threading.Thread(target=self._pump, args=(near, far, False), daemon=True).start()
            threading.Thread(target=self._pump, args=(far, near, True), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        try:
            while data := source.recv(CHUNK):
                if counted:
                    with self._lock:
                        self._taken += len(data)
                target.sendall(data)
        except OSError:  # either side went away
            return
        finally:
            for one in (source, target):
                one.close()


@contextmanager
def wired(base: str) -> Iterator[Wire]:
    found = Wire(base)
    try:
        yield found
    finally:
        found.close()
