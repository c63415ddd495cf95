"""A program of its own that takes the text out of a PDF, and may die of it.

Run as a file by `text_files`, with the standard library and pypdf alone. Goes in: the path and the
limits; comes out: JSON, the text or the code of a refusal.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

# — 1 —, as official papers have it at the foot, and 第1页 共9页.
PAGE_NUMBER = re.compile(
    r"[—–－-]\s*[0-9]{1,4}\s*[—–－-]|第\s*[0-9]{1,4}\s*页(?:\s*[，,/]?\s*共\s*[0-9]{1,4}\s*页)?"
)


def main() -> None:
    path = sys.argv[1]
    memory, seconds, characters = (int(argument) for argument in sys.argv[2:])
    _bind(memory, seconds)
    sys.stdout.buffer.write(json.dumps(_read(path, characters)).encode())


def _bind(memory: int, seconds: int) -> None:
    """What the process may use; where the system knows no such limits, the clock alone holds."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def _read(path: str, characters: int) -> dict[str, Any]:
    # After the limits are set, as importing it is the first thing they are for.
    import logging

    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.disable(logging.CRITICAL)
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"code": "encrypted"}
        pages, length = [], 0
        for page in reader.pages:
            pages.append(_without_number(page.extract_text()))
            length += len(pages[-1])
            if length > characters:
                break
    except MemoryError:
        raise
    except DependencyError:
        return {"code": "encrypted"}  # in a way that only another library could undo
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return {"code": "damaged"}
    except (NotImplementedError, RecursionError, OSError, ImportError):
        return {"code": "damaged"}
    return {"text": "\n".join(pages)}


def _without_number(text: str) -> str:
    """A page without its number, which would stand within a sentence that goes on.

    >>> _without_number("基地11\\n— 1 —\\n")
    '基地11'
    """
    lines = text.strip().split("\n")
    for end in (-1, 0):
        if lines and PAGE_NUMBER.fullmatch(lines[end].strip()):
            lines.pop(end)
    return "\n".join(lines)


if __name__ == "__main__":
    main()
