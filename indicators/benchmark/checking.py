"""What the number check of a work report costs: 30,000 characters, dense with numbers.

The text is made up: a sentence for each indicator of the catalogue again and again, with a level
and a growth, until it is as long as a long work report. Half of the numbers are figures. Another
is as dense as can be: a number every third character, and no end of a sentence.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from django.core.management import call_command

from education_duty.bootstrap.places import say
from indicators.models import UNITS, Indicator

AT_MOST = {"check_report_seconds": 2.0, "check_dense_text_seconds": 2.0}
CHARACTERS = 30_000
TIMES = 5


def measure(*, quick: bool = False) -> dict[str, Any]:
    """Median seconds of the whole command, from the file to the JSON, over the seeds' figures."""
    say("Loading the seeds ...")
    call_command("load_seeds", stdout=io.StringIO())
    text = made_up_text()
    say(f"A text of {len(text)} characters.\n\nMeasuring the number check ...")
    times = 2 if quick else TIMES
    seconds, numbers = _measured(text, times)
    say("Measuring a text that is as dense as can be ...")
    dense_seconds, dense_numbers = _measured(dense_text(), times)
    return {
        "check_report_seconds": seconds,
        "check_dense_text_seconds": dense_seconds,
        "characters": len(text),
        "numbers": numbers,
        "dense_numbers": dense_numbers,
    }


def _measured(text: str, times: int) -> tuple[float, int]:
    """Median seconds of the whole command, and how many numbers there are."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.txt")
        path.write_text(text, encoding="utf-8")
        seconds, numbers = [], 0
        for _time in range(times):
            began = perf_counter()
            numbers = _checked(path)
            seconds.append(perf_counter() - began)
    return round(median(seconds), 3), numbers


def made_up_text() -> str:
    """The same each time."""
    dice = random.Random(13)
    sentences: list[str] = []
    length = 0
    indicators = list(Indicator.objects.exclude(unit="").order_by("code"))
    while length < CHARACTERS:
        for one in indicators:
            number = f"{dice.randint(10, 99)}.{dice.randint(1, 9)}"
            level = number if UNITS[one.unit].scale else str(dice.randint(10, 9999))
            sentences.append(
                f"2021年，全市持续推进各项工作，{one.name_zh}达{level}{UNITS[one.unit].zh}，"
                f"较上年增长{dice.randint(1, 9)}.{dice.randint(1, 9)}%。\n"
            )
            length += len(sentences[-1])
    return "".join(sentences)[:CHARACTERS]


def dense_text() -> str:
    """The same each time."""
    return ("5所，" * CHARACTERS)[:CHARACTERS]


def _checked(path: Path) -> int:
    """How many numbers there are; that some differ is no fault here."""
    out = io.StringIO()
    with contextlib.suppress(SystemExit):
        call_command("check_report", str(path), json=True, year=2022, stdout=out)
    return len(json.loads(out.getvalue())["quantities"])
