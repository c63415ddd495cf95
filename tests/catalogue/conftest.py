"""Seeds in a folder of their own, which a test can change."""

import shutil

import pytest

from indicators.catalogue import seeds
from indicators.catalogue.seeds import load_seeds
from tests.catalogue.files import SEEDS


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of what ships, in its stead."""
    copied = shutil.copytree(SEEDS, tmp_path / "seeds")
    monkeypatch.setattr(seeds, "SHIPPED", copied)
    return copied


@pytest.fixture
def loaded(folder):
    """The seeds, loaded from a folder that a test can change and load again."""
    load_seeds(folder)
    return folder
