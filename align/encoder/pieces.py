"""Texts to the numbers of their pieces, with no more of the vocabulary than the texts need.

Reading the whole vocabulary of the embedded encoder takes a second and 200 MB. A trie on disk knows
which of its pieces occur in the texts at hand; a tokenizer of these alone splits the texts as one
of all the pieces would, because a piece that does not occur in a text cannot be chosen in it.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import marisa_trie
import numpy as np
from numpy.typing import NDArray
from tokenizers import AddedToken, Tokenizer
from tokenizers.models import Unigram

from align.e5s1 import Weights, build_tokenizer
from align.encoder.windows import Offsets

_TRIE, _NUMBERS, _SCORES, _RULES = "pieces.marisa", "numbers.npy", "scores.npy", "pieces.json"
_SPACE = "▁"
_WORD = re.compile(f"{_SPACE}[^{_SPACE}]*")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text, without special ones: piece numbers, and where each stands."""

    numbers: NDArray[np.int64]
    offsets: Offsets


class Pieces:
    """The vocabulary of a converted copy, mapped into memory, and the rules it is used by."""

    def __init__(self, folder: Path) -> None:
        """Open what `write_pieces` wrote into a folder."""
        rules = json.loads((folder / _RULES).read_text("utf-8"))
        self.beginning, self.end, _, self._unknown = map(int, rules["special"])
        self._names: list[str] = rules["names"]
        self._always: list[str] = rules["always"]
        self._longest = int(rules["longest"])
        self._pipeline = Tokenizer.from_str(json.dumps(rules["pipeline"]))
        self._trie = marisa_trie.Trie().mmap(str(folder / _TRIE))
        self._numbers = np.load(folder / _NUMBERS, mmap_mode="r")
        self._scores = np.load(folder / _SCORES, mmap_mode="r")

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text."""
        keys = sorted(self._occurring(texts))
        numbers = self._numbers[keys].astype(np.int64)
        names = [self._trie.restore_key(key) for key in keys]
        scores = self._scores[keys].tolist()
        unknown = int(np.flatnonzero(numbers == self._unknown)[0])
        model = Unigram(list(zip(names, scores, strict=True)), unknown, byte_fallback=False)
        tokenizer = Tokenizer(model)
        tokenizer.normalizer = self._pipeline.normalizer
        tokenizer.pre_tokenizer = self._pipeline.pre_tokenizer
        tokenizer.add_special_tokens([AddedToken(name, special=True) for name in self._names])
        encodings = tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [Tokens(numbers[e.ids], e.offsets) for e in encodings]

    def _occurring(self, texts: Sequence[str]) -> set[int]:
        """Return the keys of all pieces that occur in the texts, and of those always needed."""
        find = self._trie.iter_prefixes_with_ids
        found = {self._trie[name] for name in self._always}
        for word in set(self._words(texts)):
            for k in range(len(word)):
                found.update(key for _, key in find(word[k : k + self._longest]))
        return found

    def _words(self, texts: Sequence[str]) -> Iterator[str]:
        normalizer = self._pipeline.normalizer
        special = re.compile("|".join(map(re.escape, self._names)))
        for text in texts:
            for part in special.split(text):
                normal = normalizer.normalize_str(part).replace(" ", _SPACE)
                yield from _WORD.findall(_SPACE + normal)


def write_pieces(weights: Weights, folder: Path) -> None:
    """Write the vocabulary of an E5S1 file, and the rules it is used by, for `Pieces`."""
    # Of pieces that are there twice, the last one counts, as it does for the tokenizers library.
    known = {text: k for k, (text, _) in enumerate(weights.pieces) if text}
    trie = marisa_trie.Trie(known)
    numbers = np.array([known[trie.restore_key(key)] for key in range(len(trie))], np.int32)
    scores = np.array([weights.pieces[number][1] for number in numbers], np.float32)
    names = [weights.pieces[number][0] for number in weights.special]
    # What an unknown character costs hangs on the lowest score of the vocabulary.
    lowest = min(weights.pieces, key=lambda piece: piece[1])[0]
    rules = {
        "special": weights.special,
        "names": names,
        "always": sorted({*names, lowest}),
        "longest": max(map(len, known)),
        "pipeline": json.loads(build_tokenizer(weights, with_pieces=False).to_str()),
    }
    trie.save(str(folder / _TRIE))
    np.save(folder / _NUMBERS, numbers)
    np.save(folder / _SCORES, scores)
    (folder / _RULES).write_text(json.dumps(rules, ensure_ascii=False), "utf-8")
