"""Made-up texts with their labels: {raw|value|unit|qualifier|indicator} where a figure stands.

All of them are made up for these tests, in styles of reports, bulletins, announcements, summaries,
news and scans. The unit and the indicator are told where they matter; what is left out at the end
of a label is an exact number without an indicator. Every number without a label is no figure: a
date, a span of time, an age, a name, a rule that is quoted (56人以上大班额, 每班50人), a length
that says where something is, how many made a trip, the copies of a form.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"
PATHS = sorted(FOLDER.glob("*.txt"))
LABEL = re.compile(r"\{([^|{}]*)\|([^|{}]*)\|([^|{}]*)(?:\|([^|{}]*))?(?:\|([^|{}]*))?\}")


@dataclass(frozen=True)
class Label:
    start: int
    end: int
    value: Decimal | None
    unit: str
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
        said = (match[3], match[4] or "exact", match[5] or "")
        labels.append(Label(start, len(text), value, *said))
        last = match.end()
    return text + marked[last:], labels
