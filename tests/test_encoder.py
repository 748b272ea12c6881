"""The encoder: tiny models made here, the cache of converted weights, and the real weights."""

import json
import logging
import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import BPE, WordPiece

from align import copies
from align.bitext import Span
from align.e5s1 import Weights
from align.encoder import Encoder, embedded, load_encoder, transformer
from align.encoder.embedded import write_embedded
from align.encoder.transformer import SentenceEncoder
from align.errors import ModelError
from align.manifest import Manifest, find_manifest
from tests.fakes import HashEncoder

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = "the cat dog sat ran on mat sea sun and"
WINDOW = 24

words = st.lists(st.sampled_from([*WORDS.split(), "zebra", "x.", "ab-cd"]), max_size=90)
texts = words.map(" ".join) | st.text(st.sampled_from(LETTERS + " .,éđ猫の\n"), max_size=120)


def word_pieces() -> Tokenizer:
    """Make a vocabulary of words and letters."""
    pieces = [*SPECIAL, *LETTERS, *(f"##{c}" for c in LETTERS), *".,-", *WORDS.split()]
    vocabulary = {piece: i for i, piece in enumerate(pieces)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token=SPECIAL[1]))
    tokenizer.normalizer = normalizers.BertNormalizer(strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def byte_pieces() -> Tokenizer:
    """Make a vocabulary of bytes: a character may be several tokens."""
    pieces = [*SPECIAL, *sorted(pre_tokenizers.ByteLevel.alphabet())]
    tokenizer = Tokenizer(BPE({piece: i for i, piece in enumerate(pieces)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    return tokenizer


def save_model(folder: Path, tokenizer: Tokenizer, hidden: int) -> Path:
    """Write a BERT with random weights as a folder that sentence-transformers can load."""
    import torch  # torch takes seconds
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(3)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=hidden,
        num_hidden_layers=3,
        num_attention_heads=2,
        intermediate_size=40,
        max_position_embeddings=WINDOW,
        initializer_range=0.5,
    )
    BertModel(config).save_pretrained(folder)
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call] # transformers' own
        tokenizer_object=tokenizer,
        pad_token=SPECIAL[0],
        unk_token=SPECIAL[1],
        cls_token=SPECIAL[2],
        sep_token=SPECIAL[3],
        model_max_length=WINDOW,
    ).save_pretrained(folder)
    return folder


def own_encoder(folder: Path, **changes: object) -> SentenceEncoder:
    """Load a local folder."""
    manifest = replace(find_manifest(str(folder)), **changes)  # type: ignore[arg-type] # its fields
    encoder = load_encoder(manifest, folder.parent / "cache")
    assert isinstance(encoder, SentenceEncoder)
    return encoder


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> SentenceEncoder:
    """Load a local folder of 32 dimensions with a vocabulary of words."""
    folder = save_model(tmp_path_factory.mktemp("models") / "tiny", word_pieces(), 32)
    return own_encoder(folder)


@pytest.fixture(scope="session")
def bytewise(tmp_path_factory: pytest.TempPathFactory) -> SentenceEncoder:
    """Load a local folder of 48 dimensions with a vocabulary of bytes."""
    folder = save_model(tmp_path_factory.mktemp("models") / "bytes", byte_pieces(), 48)
    return own_encoder(folder)


def only_folder(cache: Path) -> Path:
    """Return the one converted copy; nothing else may be left in the cache."""
    (folder,) = cache.iterdir()
    return folder


def written(cache: Path) -> dict[str, int]:
    """Return when each file of the cache was written."""
    files = (p for p in cache.rglob("*") if p.is_file())
    return {str(p): p.stat().st_mtime_ns for p in files}


def pieces_of(text: str, encoder: Encoder) -> str:
    """Put the tokens of a text together again."""
    return "".join(span.of(text) for span in encoder.encode_tokens([text]).tokens[0].spans)


def test_the_fake_and_the_real_are_encoders(tiny: SentenceEncoder) -> None:
    """Both satisfy the protocol, for the type checker and at run time."""
    encoders: list[Encoder] = [HashEncoder(), tiny]
    assert [e.identity for e in encoders] == ["hash@1", "tiny@local"]
    assert all(e.languages == () and e.centre is None for e in encoders)


@pytest.mark.parametrize(("name", "dimension"), [("tiny", 32), ("bytewise", 48), ("fake", 256)])
def test_rows_are_unit(name: str, dimension: int, request: pytest.FixtureRequest) -> None:
    """Any dimension works; each text has a float32 row of length one, the empty text too."""
    encoder = HashEncoder() if name == "fake" else request.getfixturevalue(name)
    vectors = encoder.encode(["the cat sat", "", "dog", "\n", "the cat " * 50])
    assert vectors.shape == (5, dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    empty = encoder.encode_tokens([])
    assert empty.sentences.shape == (0, dimension)
    assert empty.tokens == ()


def test_an_empty_text_has_no_tokens(tiny: SentenceEncoder) -> None:
    """Texts without a token have an empty matrix of the right width."""
    for tokens in tiny.encode_tokens(["", " \n "]).tokens:
        assert tokens.spans == ()
        assert tokens.vectors.shape == (0, 32)


@settings(max_examples=25, deadline=None)
@given(st.lists(texts, min_size=1, max_size=6))
def test_vectors_do_not_depend_on_the_batch(tiny: SentenceEncoder, batch: list[str]) -> None:
    """A text has the same vectors in its place among others as alone, whatever the lengths."""
    together = tiny.encode_tokens(batch)
    for text, sentence, tokens in zip(batch, together.sentences, together.tokens, strict=True):
        alone = tiny.encode_tokens([text])
        np.testing.assert_allclose(sentence, alone.sentences[0], atol=1e-5)
        assert tokens.spans == alone.tokens[0].spans
        np.testing.assert_allclose(tokens.vectors, alone.tokens[0].vectors, atol=1e-5)


def test_batches_are_bounded(tiny: SentenceEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for two texts at a time, the vectors are the same and in the same order."""
    batch = [f"{'the cat ' * k}sat" for k in (3, 0, 7, 1, 2, 40, 5)]
    expected = tiny.encode(batch)
    monkeypatch.setattr(transformer, "BATCH_TOKENS", 40)
    np.testing.assert_allclose(tiny.encode(batch), expected, atol=1e-5)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_token_spans_cover_the_text(tiny: SentenceEncoder, text: str) -> None:
    """However long a text is, its tokens ascend and give all its characters but white space."""
    tokens = tiny.encode_tokens([text]).tokens[0]
    assert all(a.end <= b.start for a, b in pairwise(tokens.spans))
    assert pieces_of(text, tiny) == "".join(text.split())
    np.testing.assert_allclose(np.linalg.norm(tokens.vectors, axis=1), 1, atol=1e-5)


@settings(max_examples=40, deadline=None)
@given(texts)
@example("猫" * (WINDOW - 4))
def test_nothing_is_cut_off_where_characters_are_many_tokens(
    bytewise: SentenceEncoder, text: str
) -> None:
    """A text of fewer characters than the window has tokens may still need two windows."""
    covered = {
        k for span in bytewise.encode_tokens([text]).tokens[0].spans for k in range(*_ends(span))
    }
    assert covered == {k for k, character in enumerate(text) if not character.isspace()}


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


@pytest.mark.parametrize("length", [WINDOW - 3, WINDOW - 2, WINDOW - 1, 2 * WINDOW, 200])
def test_the_last_word_counts(tiny: SentenceEncoder, length: int) -> None:
    """Beyond the model's window, the last word still changes the vector."""
    start = "the cat sat on " * length
    first = " ".join(start.split()[: length - 1])
    a, b = tiny.encode([f"{first} sun", f"{first} dog"])
    assert float(a @ b) < 1 - 1e-6


def test_a_short_text_is_one_window(tiny: SentenceEncoder) -> None:
    """A text that fills the window to the last token has the model's own vector."""
    text = " ".join(["cat"] * (WINDOW - 2))
    plain = tiny._model.encode([text], normalize_embeddings=True)
    np.testing.assert_allclose(tiny.encode([text]), plain, atol=1e-5)


def test_a_local_folder_needs_no_cache(tmp_path: Path) -> None:
    """A user's own folder is read where it lies, and its middle layer serves for words."""
    folder = save_model(tmp_path / "own", word_pieces(), 32)
    encoder = own_encoder(folder)
    assert encoder.identity == "own@local"
    assert encoder._layer == 2
    assert not (tmp_path / "cache").exists()


def test_the_layer_of_the_manifest_is_used(tmp_path: Path) -> None:
    """Token vectors come from the layer that the manifest names."""
    folder = save_model(tmp_path / "own", word_pieces(), 32)
    layers = [own_encoder(folder, token_layer=k).encode_tokens(["the cat"]) for k in (1, 3)]
    np.testing.assert_array_equal(layers[0].sentences, layers[1].sentences)
    assert not np.allclose(layers[0].tokens[0].vectors, layers[1].tokens[0].vectors, atol=1e-3)


def test_the_second_load_reuses_the_first(packaged: Manifest, tmp_path: Path) -> None:
    """The first load converts; the second writes nothing and gives the same vectors."""
    cache = tmp_path / "deep" / "cache"
    first = load_encoder(packaged, cache).encode(["the cat"])
    before = written(cache)
    second = load_encoder(packaged, cache).encode(["the cat"])
    assert written(cache) == before
    assert only_folder(cache).name.startswith(f"tiny-{packaged.weights.sha256[:12]}-")  # type: ignore[union-attr] # it has weights
    np.testing.assert_array_equal(first, second)


def test_an_embedded_encoder_says_what_it_is(packaged: Manifest, tmp_path: Path) -> None:
    """Identity and languages are the manifest's; the prompt is no part of the tokens."""
    encoder = load_encoder(packaged, tmp_path / "cache")
    assert encoder.identity == "tiny@r1"
    assert encoder.languages == ("en", "vi")
    assert pieces_of("the  cat ran", encoder) == "thecatran"


@pytest.mark.parametrize("harm", ["cut", "gone", "seal", "unsealed", "file"])
def test_a_damaged_copy_is_converted_again(
    packaged: Manifest, tmp_path: Path, caplog: pytest.LogCaptureFixture, harm: str
) -> None:
    """A copy that is not as it was sealed is replaced, with a warning."""
    cache = tmp_path / "cache"
    expected = load_encoder(packaged, cache).encode(["the cat"])
    folder = only_folder(cache)
    _harm(folder, harm)
    with caplog.at_level(logging.WARNING, "align"):
        again = load_encoder(packaged, cache).encode(["the cat"])
    np.testing.assert_array_equal(again, expected)
    assert any("damaged" in record.getMessage() for record in caplog.records)
    if harm != "file":
        assert copies.is_sound(only_folder(cache))


def _harm(folder: Path, harm: str) -> None:
    match harm:
        case "cut":
            (folder / "body.onnx").write_bytes(b"short")
        case "gone":
            (folder / "pieces.marisa").unlink()
        case "seal":
            (folder / "veralign.json").write_text("[]")
        case "unsealed":
            (folder / "veralign.json").unlink()
        case "file":
            folder.rename(folder.parent.parent / "aside")
            folder.touch()


def test_a_copy_of_another_process_is_left_alone(
    packaged: Manifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who comes second keeps the copy that the first may be reading already."""
    cache = tmp_path / "cache"

    def outrun(weights: Weights, folder: Path) -> None:
        monkeypatch.setattr(embedded, "write_embedded", write_embedded)
        load_encoder(packaged, cache)
        seen.update(written(cache))
        write_embedded(weights, folder)

    seen: dict[str, int] = {}
    monkeypatch.setattr(embedded, "write_embedded", outrun)
    load_encoder(packaged, cache)
    only_folder(cache)
    after = written(cache)
    assert {name: after.get(name) for name in seen if ".converting-" not in name} == {
        name: when for name, when in seen.items() if ".converting-" not in name
    }


RACE = """
import sys, time
from pathlib import Path
from align.copies import is_sound, make
cache, start = Path(sys.argv[1]), float(sys.argv[2])
for round in range(20):
    time.sleep(max(0.0, start + round * 0.1 - time.time()))
    place = cache / str(round)
    make(place, lambda folder: [(folder / str(k)).write_bytes(bytes(100_000)) for k in range(9)])
    assert is_sound(place), round
"""


def test_processes_at_once_end_with_one_sound_folder(tmp_path: Path) -> None:
    """Three processes that make the same copy at the same moment all find a sound one."""
    start = subprocess.run(["date", "+%s"], capture_output=True, check=True, text=True)  # noqa: S607
    arguments = [str(tmp_path / "cache"), str(float(start.stdout) + 3)]
    root = str(Path(copies.__file__).parents[1])
    racers = [
        subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-c", RACE, *arguments], env={**os.environ, "PYTHONPATH": root}
        )
        for _ in range(3)
    ]
    assert [racer.wait(timeout=60) for racer in racers] == [0, 0, 0]
    folders = sorted((tmp_path / "cache").iterdir(), key=lambda p: p.name)
    assert {p.name for p in folders} == {str(k) for k in range(20)}
    assert all(copies.is_sound(p) for p in folders)


def test_a_file_in_the_caches_place_is_no_obstacle(
    packaged: Manifest, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Without a cache the encoder still loads, says so, and leaves the file alone."""
    cache = tmp_path / "cache"
    cache.write_text("mine")
    with caplog.at_level(logging.WARNING, "align"):
        vectors = load_encoder(packaged, cache).encode(["the cat"])
    assert vectors.shape == (1, 32)
    assert "cannot be written" in caplog.text
    assert cache.read_text() == "mine"


@pytest.mark.skipif(os.name != "posix", reason="rights to folders are another matter there")
def test_a_read_only_cache_is_no_obstacle(
    packaged: Manifest, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder without the right to write is as good as none."""
    if os.geteuid() == 0:
        # Root may write into any folder but those of the kernel.
        cache = Path("/sys/veralign")
    else:
        cache = tmp_path / "cache"
        cache.mkdir()
        cache.chmod(0o555)
    with caplog.at_level(logging.WARNING, "align"):
        assert load_encoder(packaged, cache).encode(["the cat"]).shape == (1, 32)
    assert "cannot be written" in caplog.text


def test_no_room_anywhere_is_a_model_error(
    packaged: Manifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where neither the cache nor the temporary folder takes the weights, the user is told."""

    def full(weights: Weights, folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(embedded, "write_embedded", full)
    with pytest.raises(ModelError, match="no folder has room"):
        load_encoder(packaged, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_damaged_weights_are_not_converted(packaged: Manifest, tmp_path: Path) -> None:
    """Weights that fail their digest never reach the cache."""
    (tmp_path / "site" / "tinyweights" / "tiny.bin").write_bytes(b"E5S1")
    with pytest.raises(ModelError, match="fails its digest"):
        load_encoder(packaged, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"notes.txt": "nothing"},
        {"config.json": "{"},
        {"config.json": "{}"},
        {"config.json": '{"model_type": "bert"}'},
        {"config.json": '{"model_type": "no-such-type"}'},
        {"modules.json": '[{"idx": 0, "name": "0", "path": "", "type": "no.such.Module"}]'},
        {"modules.json": "[]"},
    ],
)
def test_a_folder_without_a_model_is_an_error(tmp_path: Path, files: dict[str, str]) -> None:
    """Whatever a folder lacks, the user reads that it is no sentence-transformers folder."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_text(content)
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        load_encoder(find_manifest(str(folder)), tmp_path / "cache")
    assert caught.value.where == str(folder)
    assert "sentence-transformers folder" in caught.value.fix


@pytest.mark.parametrize("harm", ["weights", "shape", "tokenizer"])
def test_a_damaged_folder_is_an_error(tmp_path: Path, harm: str) -> None:
    """A folder that was a model once is refused without a traceback."""
    folder = save_model(tmp_path / "own", word_pieces(), 32)
    config = json.loads((folder / "config.json").read_text())
    if harm == "weights":
        (folder / "model.safetensors").write_bytes(b"short")
    elif harm == "shape":
        (folder / "config.json").write_text(json.dumps(config | {"hidden_size": 16}))
    else:
        (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_encoder(find_manifest(str(folder)), tmp_path / "cache")


def test_a_model_without_layers_is_an_error(tmp_path: Path) -> None:
    """A table of static vectors has no token layers, which word checks need."""
    from sentence_transformers import SentenceTransformer  # torch takes seconds
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    table = StaticEmbedding(word_pieces(), embedding_dim=8)
    SentenceTransformer(modules=[table], device="cpu").save(str(tmp_path / "own"))
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_encoder(find_manifest(str(tmp_path / "own")), tmp_path / "cache")


def test_without_a_network_a_model_of_the_hub_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that would have to be downloaded is refused at once, with the reason."""
    from huggingface_hub import constants  # noqa: PLC0415  # it is heavy, too

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    manifest = replace(find_manifest("labse"), id="nobody/no-such-model")
    with pytest.raises(ModelError, match="'labse' cannot be loaded") as caught:
        load_encoder(manifest, tmp_path)
    assert "needs a network" in caught.value.fix
    assert caught.value.where == "nobody/no-such-model"


PAIRS = {
    "vi": [
        ("The bridge was closed after the flood.", "Cây cầu bị đóng sau trận lũ."),
        ("She teaches music at a village school.", "Cô ấy dạy nhạc ở một trường làng."),
        ("Bread prices rose again in March.", "Giá bánh mì lại tăng vào tháng Ba."),
    ],
    "fr": [
        ("The bridge was closed after the flood.", "Le pont a été fermé après la crue."),
        ("She teaches music at a village school.", "Elle enseigne la musique au village."),
        ("Bread prices rose again in March.", "Le prix du pain a encore augmenté en mars."),
    ],
    "de": [
        ("The bridge was closed after the flood.", "Die Brücke wurde nach der Flut gesperrt."),
        ("She teaches music at a village school.", "Sie unterrichtet Musik im Dorf."),
        ("Bread prices rose again in March.", "Die Brotpreise stiegen im März erneut."),
    ],
    "es": [
        ("The bridge was closed after the flood.", "Cerraron el puente tras la inundación."),
        ("She teaches music at a village school.", "Ella enseña música en una escuela."),
        ("Bread prices rose again in March.", "El precio del pan volvió a subir en marzo."),
    ],
    "ru": [
        ("The bridge was closed after the flood.", "После наводнения мост закрыли."),
        ("She teaches music at a village school.", "Она преподаёт музыку в сельской школе."),
        ("Bread prices rose again in March.", "В марте цены на хлеб снова выросли."),
    ],
    "zh": [
        ("The bridge was closed after the flood.", "洪水过后，这座桥被关闭了。"),
        ("She teaches music at a village school.", "她在一所乡村学校教音乐。"),
        ("Bread prices rose again in March.", "三月份面包价格再次上涨。"),
    ],
    "ar": [
        ("The bridge was closed after the flood.", "أُغلق الجسر بعد الفيضان."),
        ("She teaches music at a village school.", "هي تدرّس الموسيقى في مدرسة القرية."),
        ("Bread prices rose again in March.", "ارتفعت أسعار الخبز مجددا في مارس."),
    ],
    "th": [
        ("The bridge was closed after the flood.", "สะพานถูกปิดหลังน้ำท่วม"),
        ("She teaches music at a village school.", "เธอสอนดนตรีที่โรงเรียนในหมู่บ้าน"),
        ("Bread prices rose again in March.", "ราคาขนมปังขึ้นอีกครั้งในเดือนมีนาคม"),
    ],
}


@pytest.mark.model
@pytest.mark.parametrize("language", PAIRS)
def test_translations_are_nearer_than_others(encoder: Encoder, language: str) -> None:
    """With the real weights, each sentence is nearest to its own translation, both ways."""
    source, target = zip(*PAIRS[language], strict=True)
    cosines = encoder.encode(source) @ encoder.encode(target).T
    assert cosines.argmax(axis=0).tolist() == [0, 1, 2]
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2]
    assert language in encoder.languages


@pytest.mark.model
def test_real_vectors_do_not_depend_on_the_batch(encoder: Encoder) -> None:
    """All sentences of all languages at once have the vectors that each has alone."""
    batch = [text for pairs in PAIRS.values() for pair in pairs for text in pair]
    alone = np.concatenate([encoder.encode([text]) for text in batch])
    np.testing.assert_allclose(encoder.encode(batch), alone, atol=1e-5)
    assert alone.shape == (48, 384)


@pytest.mark.model
def test_the_real_centre_fits_the_real_vectors(encoder: Encoder) -> None:
    """The committed means have the encoder's dimension and lie in its narrow cone."""
    assert encoder.centre is not None
    embedding = encoder.encode_tokens([source for source, _ in PAIRS["vi"]])
    assert (embedding.sentences @ encoder.centre.sentence > 0.5).all()
    assert encoder.centre.token.shape == embedding.tokens[0].vectors.shape[1:]


@pytest.mark.model
def test_a_real_long_text_keeps_its_last_word(encoder: Encoder) -> None:
    """Twelve hundred words are read to the end."""
    text = " ".join(["The bridge was closed after the flood."] * 170)
    tokens = encoder.encode_tokens([f"{text} Musik."]).tokens[0]
    assert "".join(span.of(f"{text} Musik.") for span in tokens.spans) == "".join(
        f"{text} Musik.".split()
    )
