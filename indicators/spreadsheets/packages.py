"""The zip package around xlsx and ods: its parts by name, unpacked piece by piece within limits.

Goes in: the bytes of the file and a Budget; comes out: names, and the pieces of a part. Nothing is
ever written to disk, so the path in a name leads nowhere. Sizes that the package declares are not
believed: what comes out is counted.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from indicators.spreadsheets.limits import Budget, UnreadableFile

PIECE_BYTES = 65_536
# An entry of the directory takes half a kilobyte once read, and a workbook has some dozens.
ENTRIES = 5_000
ENTRY_SIGNATURE = b"PK\1\2"
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


class Package:
    """An open package. Names are compared as OPC says, without regard to case."""

    def __init__(self, content: bytes, budget: Budget) -> None:
        self.budget = budget
        if content.count(ENTRY_SIGNATURE) > ENTRIES:
            raise UnreadableFile("damaged")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (*BROKEN, UnicodeDecodeError) as error:
            raise UnreadableFile("damaged") from error
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in self._zip.infolist():
            name = _name(entry.filename)
            if name in self._entries:
                # Readers differ in which of the two they take.
                raise UnreadableFile("damaged", part=entry.filename)
            self._entries[name] = entry

    def __contains__(self, name: str) -> bool:
        return _name(name) in self._entries

    def names(self) -> list[str]:
        return list(self._entries)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The unpacked part; each piece costs room, and is looked at whether time is left."""
        entry = self._entries.get(_name(name))
        if entry is None or entry.compress_type not in METHODS:
            raise UnreadableFile("damaged", part=name)
        if entry.flag_bits & 1:
            raise UnreadableFile("encrypted")
        try:
            with self._zip.open(entry) as part:
                while piece := part.read(PIECE_BYTES):
                    self.budget.charge_unpacked(len(piece))
                    self.budget.check_time()
                    yield piece
        except (*BROKEN, RuntimeError) as error:
            raise UnreadableFile("damaged", part=name) from error


def _name(name: str) -> str:
    """
    >>> _name("/XL\\\\workbook.xml")
    'xl/workbook.xml'
    """
    return name.replace("\\", "/").lstrip("/").lower()
