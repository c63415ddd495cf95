"""Every refusal has a sentence that can be said, and no sentence waits in vain."""

from string import Formatter

import pytest
from django.utils import translation

from indicators.collection import Refusal, Stale
from indicators.collection.refusals import FORMULA_FAULTS, SENTENCES
from tests.collection import raised

RAISED = raised.refusals("Refusal")
READING = raised.refusals("Unreadable", "measures")
FORMULA = raised.refusals("FormulaError", "measures")
# Raised by itself, and with whatever reading found.
BESIDE = {
    "stale": [set()],
    "approved_would_move": [{"n"}],
    "old_years_change": [{"n"}],
    "paragraph_moved": [{"who"}],
    "achievement_moved": [{"who"}],
}
PARAMS = {
    code: [*RAISED.get(code, []), *READING.get(code, []), *BESIDE.get(code, [])]
    for code in RAISED.keys() | READING.keys() | BESIDE.keys()
}


def test_every_refusal_raised_has_a_sentence_and_every_sentence_is_raised():
    assert set(PARAMS) == set(SENTENCES)


@pytest.mark.thorough
def test_the_search_sees_every_refusal_but_the_one_that_hands_on_what_reading_found():
    assert raised.unreadable_by_search("Refusal") == [
        "Refusal(unreadable.code, field='value', **params)"
    ]
    assert raised.unreadable_by_search("Unreadable") == []


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_asks_for_nothing_that_a_place_does_not_give(code):
    wanted = {name for _text, name, _spec, _how in Formatter().parse(str(SENTENCES[code])) if name}

    assert [sorted(wanted - given) for given in PARAMS[code] if wanted - given] == []


@pytest.mark.parametrize(("language", "stop"), [("en", "."), ("zh-hans", "。")])
def test_every_refusal_is_a_whole_sentence_in_both_languages(language, stop):
    with translation.override(language):
        said = {
            code: Refusal(code, **{name: f"<{name}>" for name in set().union(*places)}).message
            for code, places in PARAMS.items()
        }

    ending = {code: text[-1] for code, text in said.items() if code != "formula_unreadable"}
    assert ending == dict.fromkeys(ending, stop)
    assert [text for text in said.values() if "{" in text or "}" in text] == []


def test_every_fault_of_a_formula_is_named():
    searched = set(FORMULA) | {"expected_open", "expected_close", "expected_comma"}

    assert set(FORMULA_FAULTS) == searched


def test_a_refusal_says_its_sentence_and_keeps_its_code():
    refusal = Refusal("above_limit", field="value", limit="100")
    with translation.override("en"):
        assert str(refusal) == refusal.message
        assert refusal.message.startswith("At most 100.")
    assert (refusal.code, refusal.field, refusal.place) == ("above_limit", "value", 0)
    assert refusal.params == {"limit": "100"}


def test_a_param_may_be_named_code():
    with translation.override("en"):
        message = Refusal("formula_of_statement", code="children").message
    assert message == "A formula takes numbers; children is a statement."


def test_what_somebody_typed_is_never_taken_for_a_placeholder():
    with translation.override("en"):
        message = Refusal("wrong_unit", found="{unit}", unit="persons").message
    assert message == "“{unit}” does not fit here: the unit is persons."


def test_a_stale_version_is_a_refusal_that_carries_both_sides():
    stale = Stale(now="now", before="before")  # type: ignore[arg-type]

    assert isinstance(stale, Refusal)
    assert (stale.code, stale.now, stale.before) == ("stale", "now", "before")
