"""Fixtures of several stages: the embedded encoder, converted and loaded once."""

from pathlib import Path

import pytest
from hypothesis import settings

from align.encoder import SentenceEncoder, load_encoder
from align.manifest import find_manifest

# A busy build machine is no reason to fail: time is measured in eval/, not in tests.
settings.register_profile("veralign", deadline=None)
settings.load_profile("veralign")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for converted weights that all tests share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def encoder(cache: Path) -> SentenceEncoder:
    """Load the embedded encoder with its real weights; tests that take it are marked `model`."""
    return load_encoder(find_manifest("e5-small"), cache)
