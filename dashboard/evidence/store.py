"""The store of evidence files: bytes by their SHA-256, in a folder. Another store has the same four methods.

A file is there whole or not at all. Which files there are, and who may see them, the database knows.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol

SIZES = ("full", "thumb")
_NAME = re.compile(r"([0-9a-f]{64})\.(full|thumb)")


class Store(Protocol):
    def put(self, sha256: str, size: str, data: bytes) -> None:
        """Keep `data`; the same again changes nothing but its age."""

    def read(self, sha256: str, size: str) -> bytes | None:
        """None where there is no such file."""

    def delete(self, sha256: str) -> None:
        """Remove all sizes of a file; nothing happens where there is none."""

    def list_before(self, moment: float, start: str = "") -> Iterator[str]:
        """SHA-256, beginning with the two digits `start`, of files last written before `moment` (seconds since 1970).

        Half-written files of then are removed.
        """


class FolderStore:
    """Files under `<folder>/aa/bb/<sha256>.<size>`, readable by the owner alone."""

    def __init__(self, folder: Path):
        self._folder = folder

    def put(self, sha256: str, size: str, data: bytes) -> None:
        path = self._path(sha256, size)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix="new-", delete=False) as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                os.replace(file.name, path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise

    def read(self, sha256: str, size: str) -> bytes | None:
        try:
            return self._path(sha256, size).read_bytes()
        except FileNotFoundError:
            return None

    def delete(self, sha256: str) -> None:
        for size in SIZES:
            self._path(sha256, size).unlink(missing_ok=True)

    def list_before(self, moment: float, start: str = "") -> Iterator[str]:
        for path in sorted(self._folder.glob(f"{start or '??'}/??/*")):
            name = _NAME.fullmatch(path.name)
            if path.stat().st_mtime >= moment:
                continue
            if name is None:
                path.unlink(missing_ok=True)  # left by a process that died while it wrote
            elif name[2] == SIZES[0]:
                yield name[1]

    def _path(self, sha256: str, size: str) -> Path:
        if not _NAME.fullmatch(f"{sha256}.{size}"):
            raise ValueError(f"not the name of a file: {sha256!r} {size!r}")
        return self._folder / sha256[:2] / sha256[2:4] / f"{sha256}.{size}"
