"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import indicators.figures
import indicators.measures
import indicators.models
import indicators.recording
import indicators.spreadsheets

FLAGS = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
MODULES = sorted(
    module.name
    for package in (
        indicators.measures,
        indicators.models,
        indicators.recording,
        indicators.figures,
        indicators.spreadsheets,
    )
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
)
CALCULATING = [name for name in MODULES if ".measures." in name and not name.endswith(".units")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name):
    found = doctest.testmod(importlib.import_module(name), optionflags=FLAGS)

    assert found.failed == 0


@pytest.mark.parametrize("name", CALCULATING)
def test_every_module_of_arithmetic_gives_examples(name):
    module = importlib.import_module(name)
    examples = [test.examples for test in doctest.DocTestFinder().find(module)]

    assert any(examples)
