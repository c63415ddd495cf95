"""Texts that the reader was not made for, in thirteen styles.

The even ones of the first ten were held out while the rules were made: at first sight recall was
1.000, precision .992, value .984, and 29 of 35 indicators were named. The last three were written
after that: at first sight recall .934, precision .983, value 1.000, 15 of 17 indicators, one wrong.
What was missed then (a list whose unit stands behind its last number, cells of a table) is a rule
for its kind now, so that from here on none of them is unseen any more. Since then 翻了一番 is
labelled, as the growth that it is.
"""

from collections import Counter

import pytest

from indicators.measures.running_text.check import check
from indicators.measures.running_text.comparing import ComparableFigure
from tests.measures.running_text import seeds
from tests.measures.running_text.labelled import PATHS, labelled

OLD = "05"
NO_FIGURE = "not_a_figure"


def counted(path):
    """How many labels there are, how many were found, with the right value and qualifier, the right
    indicator; how much else was found, and taken for an indicator that it is not."""
    text, labels = labelled(path)
    figures = {
        label.indicator: seeds.of_every_year(
            ComparableFigure(0, label.value, "exact", "" if label.value is not None else "met")
        )
        for label in labels
        if label.indicator
    }
    year = 1998 if path.name.startswith(OLD) else 2022
    found = [
        one for one in check(text, seeds.setting(figures, year=year)) if one.verdict != NO_FIGURE
    ]
    counts, used = Counter(labels=len(labels), found=len(found)), set()
    for label in labels:
        one = next((o for o in found if o.start < label.end and label.start < o.end), None)
        if one is None or one in used:
            continue
        used.add(one)
        meant = {figure.indicator for figure in one.figures}
        counts["hit"] += 1
        counts["value"] += one.value == label.value and one.qualifier == label.qualifier
        counts["named"] += bool(label.indicator)
        counts["right"] += label.indicator in meant
        counts["wrong"] += bool(meant - {label.indicator})
    return counts


@pytest.fixture(scope="module")
def counts():
    return {path: counted(path) for path in PATHS}


def total(counts):
    return sum(counts.values(), Counter())


def test_there_are_texts_of_many_styles():
    assert len(PATHS) >= 8


def test_recall(counts):
    whole = total(counts)
    assert whole["hit"] / whole["labels"] >= 0.98


def test_precision(counts):
    whole = total(counts)
    assert whole["hit"] / whole["found"] >= 0.95


def test_value_and_qualifier(counts):
    whole = total(counts)
    assert whole["value"] / whole["hit"] >= 0.99


def test_the_indicator(counts):
    whole = total(counts)
    assert whole["right"] / whole["named"] >= 0.95
    assert whole["wrong"] <= 0.02 * whole["labels"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_each_is_read(counts, path):
    its = counts[path]
    assert its["hit"] >= 0.95 * its["labels"]
    assert its["hit"] >= 0.9 * its["found"]
