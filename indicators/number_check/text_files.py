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

from indicators.spreadsheets.delimited import decode
from indicators.spreadsheets.limits import Budget, Limits, UnreadableFile, megabytes
from indicators.spreadsheets.markup import Attributes, local, parse
from indicators.spreadsheets.packages import Package

LIMITS = Limits(unpacked_bytes=64_000_000, seconds=20)
# A book of some thousand pages; a work report has 30,000.
CHARACTERS = 2_000_000
DOCUMENT = "word/document.xml"
PICTURES = "pictures"
PDF, ZIP = b"%PDF-", b"PK\3\4"
PDF_HEAD = 1_024  # so far in, readers still look for the sign
PROGRAM = Path(__file__).with_name("pdf_child.py")
ENVIRONMENT = ("LD_LIBRARY_PATH", "SYSTEMROOT")


def text_of_file(content: bytes, limits: Limits = LIMITS) -> str:
    """The text, paragraphs in lines. Raises UnreadableFile."""
    if not content.strip():
        raise UnreadableFile("empty")
    if len(content) > limits.bytes:
        raise UnreadableFile("too_large", megabytes=megabytes(limits.bytes))
    if content.startswith(ZIP):
        text = _docx(content, Budget(limits))
    elif PDF in content[:PDF_HEAD]:
        text = _pdf(content, limits)
    else:
        text, _encoding = decode(content)
        if "\0" in text:
            raise UnreadableFile("unknown_type", found="binary")
    if len(text) > CHARACTERS:
        raise UnreadableFile("too_large", megabytes=megabytes(CHARACTERS))
    return text


def _docx(content: bytes, budget: Budget) -> str:
    package = Package(content, budget)
    if DOCUMENT not in package:
        raise UnreadableFile("unknown_type", found="zip")
    reader = _Document()
    parse(package.pieces(DOCUMENT), DOCUMENT, start=reader.start, end=reader.end, text=reader.text)
    return "".join(reader.pieces)


class _Document:
    """Paragraphs as lines, cells of a table parted by tabs. What was deleted, and the second
    version of a drawing that older programs read, is not its text."""

    SKIPPED = ("Fallback", "delText", "instrText", "del", "moveFrom")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.skipping = self.texts = 0

    def start(self, name: str, _attributes: Attributes) -> None:
        tag = local(name)
        if tag in self.SKIPPED:
            self.skipping += 1
        elif tag == "t":
            self.texts += 1
        elif tag in ("br", "cr") and not self.skipping:
            self.pieces.append("\n")
        elif tag == "tab" and not self.skipping and self.pieces[-1:] != ["\n"]:
            self.pieces.append("\t")

    def end(self, name: str) -> None:
        tag = local(name)
        if tag in self.SKIPPED:
            self.skipping -= 1
        elif tag == "t":
            self.texts -= 1
        elif tag == "p":
            self.pieces.append("\n")
        elif tag == "tc" and self.pieces[-1:] == ["\n"]:
            self.pieces[-1] = "\t"
        elif tag == "tr":
            self.pieces.append("\n")

    def text(self, text: str) -> None:
        if self.texts and not self.skipping:
            self.pieces.append(text)


def _pdf(content: bytes, limits: Limits) -> str:
    """In a child that gets nothing but the file, as what is inside a PDF is a program of sorts."""
    numbers = (limits.memory_bytes, math.ceil(limits.seconds), CHARACTERS)
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
