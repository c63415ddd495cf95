"""Reads the text of a file in bounded time and memory: docx, pdf, and plain text.

Goes in: the bytes; comes out: its text, or UnreadableFile. What a file is, is told by its content.
"""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from indicators.documents.body_reading import BodyReader
from indicators.spreadsheets.containers import SIGNATURE as CONTAINER
from indicators.spreadsheets.containers import check_container
from indicators.spreadsheets.delimited import decode
from indicators.spreadsheets.limits import Budget, Limits, UnreadableFile, megabytes
from indicators.spreadsheets.markup import parse
from indicators.spreadsheets.packages import Package
from indicators.spreadsheets.xlsx_parts import read_relationships

LIMITS = Limits(unpacked_bytes=64_000_000, seconds=20)
# A book of some thousand pages; a work report has 30,000.
CHARACTERS = 2_000_000
WORD = "word/"
DOCUMENT = f"{WORD}document.xml"  # of a file that does not say where it is
NOTES = (f"{WORD}footnotes.xml", f"{WORD}endnotes.xml")
# A line break ends what is said, and a hyphen may stand between two numbers.
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
PICTURES = "pictures"
PDF, ZIP, RICH_TEXT = b"%PDF-", b"PK\3\4", b"{\\rtf"
PDF_HEAD = 1_024  # so far in, readers still look for the sign
PROGRAM = Path(__file__).with_name("pdf_child.py")
ENVIRONMENT = ("LD_LIBRARY_PATH", "SYSTEMROOT")


def text_of_file(content: bytes, limits: Limits = LIMITS, *, characters: int | None = None) -> str:
    """The text, paragraphs in lines; at most so many characters. Raises UnreadableFile."""
    most = CHARACTERS if characters is None else characters
    if not content.strip():
        raise UnreadableFile("empty")
    if len(content) > limits.bytes:
        raise UnreadableFile("too_large", megabytes=megabytes(limits.bytes))
    if content.startswith(ZIP):
        text = _docx(content, Budget(limits))
    elif PDF in content[:PDF_HEAD]:
        text = _pdf(content, limits, most)
    else:
        text = _plain(content)
    if len(text) > most:
        raise UnreadableFile("too_large", characters=most)
    return text


def _plain(content: bytes) -> str:
    if content.startswith(CONTAINER):
        check_container(content)  # a document with a password is told as one
    if content.startswith((CONTAINER, RICH_TEXT)):
        raise UnreadableFile("unknown_type", found="other document")
    text, _encoding = decode(content)
    if "\0" in text:
        raise UnreadableFile("unknown_type", found="binary")
    return text


def _docx(content: bytes, budget: Budget) -> str:
    """What a reader of the file sees, paragraphs and rows of tables as lines, notes at the end."""
    package = Package(content, budget)
    leads = {lead.kind: lead.target for lead in read_relationships(package, "").values()}
    main = leads.get("officeDocument", DOCUMENT)
    if main not in package or not main.lower().startswith(WORD):
        raise UnreadableFile("unknown_type", found="zip")
    lines: list[str] = []
    for part in (main, *NOTES):
        if part in package:
            body = BodyReader(budget, part, signs=SIGNS, within="\n")
            pieces = package.pieces(part)
            parse(pieces, part, start=body.start, end=body.end, text=body.characters)
            lines += [paragraph.text for paragraph in body.paragraphs]
    return "".join(f"{line}\n" for line in lines)


def _pdf(content: bytes, limits: Limits, characters: int) -> str:
    """In a child that gets nothing but the file, as what is inside a PDF is a program of sorts."""
    numbers = (limits.memory_bytes, math.ceil(limits.seconds), characters)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.pdf")
        path.write_bytes(content)
        try:
            child = subprocess.run(
                [sys.executable, "-I", "-X", "utf8", PROGRAM, path, *map(str, numbers)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=limits.seconds,
                env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableFile("too_slow", seconds=limits.seconds) from error
    if child.returncode in (-signal.SIGKILL, -signal.SIGXCPU):
        raise UnreadableFile("too_slow", seconds=limits.seconds)
    if b"MemoryError" in child.stderr or child.returncode == -signal.SIGABRT:
        raise UnreadableFile("too_much_memory", megabytes=megabytes(limits.memory_bytes))
    if child.returncode:
        raise UnreadableFile("damaged")
    answer = json.loads(child.stdout)
    if "code" in answer:
        raise UnreadableFile(answer["code"])
    if not answer["text"].strip():
        raise UnreadableFile("unknown_type", found=PICTURES)
    return str(answer["text"])
