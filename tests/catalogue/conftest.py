"""Seeds in a folder of their own, which a test can change."""

import shutil

import pytest

from indicators.catalogue.seeds import load_seeds
from tests.catalogue.files import SEEDS


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(SEEDS, tmp_path / "seeds")


@pytest.fixture
def loaded(folder):
    """The seeds, loaded from a folder that a test can change and load again."""
    load_seeds(folder)
    return folder
