"""Reads a DOCX that came back: its text, and where the bound figures stand in it.

Goes in: the bytes of a file that somebody uploads; comes out: Returned, or UnreadableFile with one
of the codes of `indicators.spreadsheets`. Nothing of it is run or followed, and each step is
counted against Limits.
"""

from __future__ import annotations

from indicators.documents.body_reading import BodyReader
from indicators.documents.docx_package import DIGEST
from indicators.documents.returned import Returned
from indicators.spreadsheets.containers import SIGNATURE as CONTAINER
from indicators.spreadsheets.limits import Budget, Limits, UnreadableFile, megabytes
from indicators.spreadsheets.markup import Attributes, each_element, parse
from indicators.spreadsheets.packages import Package
from indicators.spreadsheets.xlsx_parts import read_properties, read_relationships

# A report of 30,000 characters that LibreOffice has saved is one or two megabytes of XML. Its
# paragraphs and rows are counted as rows.
LIMITS = Limits(
    bytes=10_000_000, unpacked_bytes=64_000_000, rows=20_000, seconds=10, memory_bytes=128_000_000
)
_ZIP = b"PK\3\4"


def read_docx(content: bytes, limits: Limits = LIMITS) -> Returned:
    """The file's text and marks. Raises UnreadableFile: empty, too_large, unpacks_too_large,
    too_many_rows, too_slow, too_much_memory, encrypted, macros, unknown_type, declares_entities,
    damaged."""
    if not content:
        raise UnreadableFile("empty")
    if len(content) > limits.bytes:
        raise UnreadableFile("too_large", megabytes=megabytes(limits.bytes))
    if content.startswith(CONTAINER):
        # A locked .docx lies in such a container, and an old .doc is one.
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise UnreadableFile("encrypted")
        raise UnreadableFile("unknown_type", found="doc")
    if not content.startswith(_ZIP):
        raise UnreadableFile("unknown_type", found="binary")
    package = Package(content, Budget(limits))
    if any(name.endswith("vbaproject.bin") for name in package.names()):
        raise UnreadableFile("macros")
    leads = {lead.kind: lead.target for lead in read_relationships(package, "").values()}
    main = leads.get("officeDocument", "")
    if main not in package or not main.lower().startswith("word/"):
        raise UnreadableFile("unknown_type", found="archive")
    properties = leads.get("custom-properties", "")
    said = read_properties(package, properties) if properties in package else {}
    application = _application(package, leads.get("extended-properties", ""))
    # It escapes what looks like an escape, too; Word knows none in a text.
    escapes = application.startswith("LibreOffice")
    body = BodyReader(package.budget, main, escapes=escapes)
    parse(package.pieces(main), main, start=body.start, end=body.end, text=body.characters)
    return Returned(said.get(DIGEST, ""), tuple(body.paragraphs))


def _application(package: Package, part: str) -> str:
    """The program that saved the file last, by what it says itself."""
    said: list[str] = []

    def take(path: tuple[str, ...], _attributes: Attributes, text: str) -> None:
        if path[1:] == ("Application",):
            said.append(text)

    if part in package:
        each_element(package.pieces(part), part, take)
    return said[0] if said else ""
