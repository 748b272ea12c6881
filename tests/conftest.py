"""Fixtures of several stages: the embedded encoder, tiny weights, and databases of both kinds."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from align import manifest as manifests
from align.encoder import Encoder, load_encoder
from align.manifest import Manifest, PackagedWeights, VerifierManifest, find_manifest
from tests.databases import PROGRAMS, fresh_postgres, running_postgres
from tests.fakes import TinyE5S1, write_verifier

# A busy build machine is no reason to fail: time is measured in eval/, not in tests.
settings.register_profile("veralign", deadline=None)
settings.load_profile("veralign")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for converted weights that all tests share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def encoder(cache: Path) -> Encoder:
    """Load the embedded encoder with its real weights; tests that take it are marked `model`."""
    return load_encoder(find_manifest("e5-small"), cache)


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Manifest:
    """Put tiny E5S1 weights into an importable package, and describe them."""
    package = tmp_path / "site" / "tinyweights"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    data = TinyE5S1().file()
    (package / "tiny.bin").write_bytes(data)
    monkeypatch.syspath_prepend(tmp_path / "site")
    digest = hashlib.sha256(data).hexdigest()
    weights = PackagedWeights("tinyweights", "1.2", "tiny.bin", "e5s1", digest)
    return Manifest("tiny", "x/tiny", "r1", "MIT", 32, 1, "query: ", ("en", "vi"), weights)


@pytest.fixture
def tiny_verifier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> VerifierManifest:
    """Write a tiny verifier where the real one would be looked for."""
    folder = tmp_path / "verifier"
    folder.mkdir()
    monkeypatch.setattr(manifests, "models_folder", lambda: tmp_path)
    return write_verifier(folder / "model.onnx")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start a PostgreSQL, and yield the address of its server."""
    pytest.importorskip("psycopg")
    if not PROGRAMS:
        pytest.skip("there is no PostgreSQL here")
    with running_postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database of either kind."""
    if request.param == "sqlite":
        return str(tmp_path / "desk.sqlite")
    return fresh_postgres(request.getfixturevalue("postgres"))
