"""All that a reader may see of a city as one file: a ZIP with a Frictionless Data Package.

Goes in: a user. Comes out: the file in pieces, made while it is sent, in as much memory as some
hundred rows take. In it: the figures that stand, a file a tier, the catalogue, the rounds, and
`datapackage.json`, which describes each file with its fields, keys, size and SHA-256; it comes
last, since it knows them only then.

Decided: the CSV files are written as all of the house's, with a byte order mark and with texts
guarded that a spreadsheet would take for formulas, since offices open them too. Figures come before
the catalogue, so that an indicator made meanwhile is not missing there.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.exchange.package_tables import PackageTable, figures_table, stored_tables
from indicators.figures.csv_stream import csv_chunks
from indicators.figures.long_csv import csv_file
from indicators.figures.long_rows import Asked
from indicators.models import Jurisdiction, Tier, User

DESCRIPTOR = "datapackage.json"
COMPRESSION = 6


def package_file(user: User, unit: Jurisdiction) -> Iterator[bytes]:
    """The ZIP in pieces; `unit` is the topmost unit of the reader, after which it is called."""
    waiting = _Waiting()
    resources = []
    with zipfile.ZipFile(waiting, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as package:
        for table, chunks in _files(user):
            counted = _Counted(chunks)
            yield from _written(package, waiting, f"{table.name}.csv", counted)
            resources.append(_resource(table, counted))
        text = json.dumps(_descriptor(unit, resources), ensure_ascii=False, indent=1)
        yield from _written(package, waiting, DESCRIPTOR, [text.encode()])
    yield waiting.taken()


def _files(user: User) -> Iterator[tuple[PackageTable, Iterable[bytes]]]:
    for tier in Tier:
        table = figures_table(f"figures-{tier}", _("Figures: %(tier)s") % {"tier": tier.label})
        yield table, csv_file(user, Asked(tier), header="codes")
    for stored in stored_tables(user):
        yield stored, csv_chunks(stored.lines())


class _Waiting(io.RawIOBase):
    """What the ZIP writes to: a file that cannot be gone back in, emptied as it fills."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        """What was written since it was last asked."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


class _Counted:
    """Pieces that are counted, and their digest worked out, as they go by."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self._digest = hashlib.sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            self._digest.update(piece)
            yield piece

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()


def _written(
    package: zipfile.ZipFile, waiting: _Waiting, name: str, pieces: Iterable[bytes]
) -> Iterator[bytes]:
    """Writes one file of the package, and gives on what has become of it so far."""
    info = zipfile.ZipInfo(name, timezone.localtime().timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    with package.open(info, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece)
            if ready := waiting.taken():
                yield ready


def _resource(table: PackageTable, counted: _Counted) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": counted.size,
        "hash": f"sha256:{counted.digest}",
        "schema": table.schema,
    }


def _descriptor(unit: Jurisdiction, resources: list[dict[str, Any]]) -> dict[str, Any]:
    source: dict[str, str] = {"title": _("Education duties of %(unit)s") % {"unit": unit.name}}
    if settings.SITE_URL:
        source["path"] = settings.SITE_URL
    return {
        "name": f"education-duty-{unit.code}",
        "title": source["title"],
        "description": _(
            "The figures that stand, their indicators, definitions, targets, units and rounds. "
            "Numbers are exact, in the base unit of measure. A text that begins like a formula has "
            "an apostrophe before it."
        ),
        "profile": "tabular-data-package",
        "created": f"{timezone.now():%Y-%m-%dT%H:%M:%SZ}",
        "sources": [source],
        "licenses": [
            {"name": "other-closed", "title": _("Not for publication without the city's consent")}
        ],
        "resources": resources,
    }
