"""A program of its own that takes the text out of a PDF, and may die of it.

Run as a file by `text_files`, with the standard library and pypdf alone. Goes in: the path and the
limits; comes out: JSON, the text or the code of a refusal.
"""

from __future__ import annotations

import json
import sys
from typing import Any


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
    from pypdf.errors import PyPdfError

    logging.disable(logging.CRITICAL)
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"code": "encrypted"}
        pages, length = [], 0
        for page in reader.pages:
            pages.append(page.extract_text())
            length += len(pages[-1])
            if length > characters:
                break
    except MemoryError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return {"code": "damaged"}
    except (NotImplementedError, RecursionError, OSError, ImportError):
        return {"code": "damaged"}
    return {"text": "\n".join(pages)}


if __name__ == "__main__":
    main()
