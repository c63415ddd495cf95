"""Every problem has a sentence that can be said, and none waits in vain."""

from string import Formatter

import pytest
from django.utils import translation

from indicators.api.middleware import CODES
from indicators.api.problems import PROBLEMS, faults_of_fields
from tests.collection import raised

RAISED = raised.refusals("Problem", "api")


def test_every_problem_told_has_a_sentence_and_every_sentence_is_told():
    assert set(RAISED) | set(CODES.values()) == set(PROBLEMS)


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_a_sentence_asks_for_nothing_that_a_place_does_not_give(code):
    sentence = str(PROBLEMS[code][1])
    wanted = {name for _text, name, _spec, _how in Formatter().parse(sentence) if name}

    assert [wanted - given for given in RAISED.get(code, []) if wanted - given] == []
    assert not (wanted and code in CODES.values())


def test_choices_are_listed_as_codes():
    error = {"type": "enum", "loc": ("body", "rows", 3, "state"), "ctx": {"expected": "'a' or 'b'"}}
    with translation.override("en"):
        told = faults_of_fields([error])

    assert told == [{"code": "enum", "message": "There is: 'a', 'b'.", "row": 3, "field": "state"}]
