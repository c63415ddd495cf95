"""Made-up texts with their labels: {raw|value|unit|qualifier|indicator} where a figure stands.

All of them are made up for these tests, in styles of reports, bulletins, announcements, summaries,
news and scans. The unit and the indicator are told where they matter; every number without a label
is no figure.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"
PATHS = sorted(FOLDER.glob("*.txt"))
LABEL = re.compile(r"\{([^|{}]*)\|([^|{}]*)\|([^|{}]*)\|([^|{}]*)\|([^|{}]*)\}")


@dataclass(frozen=True)
class Label:
    start: int
    end: int
    value: Decimal | None
    qualifier: str
    indicator: str


def labelled(path):
    """The text of the file without its marks, and the labels."""
    marked = path.read_text(encoding="utf-8")
    text, labels, last = "", [], 0
    for match in LABEL.finditer(marked):
        text += marked[last : match.start()]
        start = len(text)
        text += match[1]
        value = Decimal(match[2]) if match[2] else None
        labels.append(Label(start, len(text), value, match[4], match[5]))
        last = match.end()
    return text + marked[last:], labels
