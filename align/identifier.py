"""py3langid's model, unpacked once: reading it as it comes takes half a second and 70 MB."""

import json
import logging
import mmap
from pathlib import Path

import numpy as np
import py3langid
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from align import copies

UNPACKING = 1
"""Rises whenever the same model would be unpacked in another way."""

log = logging.getLogger(__name__)

_ARRAYS = ("nb_ptc", "nb_pc", "tk_nextmove", "tk_row", "tk_output")
_CLASSES = "classes.json"


def load_identifier(cache: Path | None) -> LanguageIdentifier:
    """Load the model, from an unpacked copy where there is one.

    Args:
        cache: The folder that holds the copy, which is made if it is missing or damaged. Without
            one, the model is read as it comes.
    """
    if cache is not None:
        folder = cache / f"py3langid-{py3langid.__version__}-{UNPACKING}"
        try:
            if not copies.is_sound(folder):
                copies.make(folder, _unpack)
            return _mapped(folder)
        except OSError as error:
            log.info("Languages are detected without the cache: %s.", error)
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _unpack(folder: Path) -> None:
    identifier = load_identifier(None)
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", np.asarray(getattr(identifier, name)))
    (folder / _CLASSES).write_text(json.dumps(identifier.nb_classes), "utf-8")


def _mapped(folder: Path) -> LanguageIdentifier:
    weights, priors, moves, rows, features = (
        np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS
    )
    return LanguageIdentifier(
        weights,
        np.array(priors),
        json.loads((folder / _CLASSES).read_text("utf-8")),
        # As a view, its members are Python's own numbers; an array's would be slow to walk.
        memoryview(moves),
        features.tolist(),
        norm_probs=True,
        tk_row=rows.tolist(),
    )


def shed(identifier: LanguageIdentifier) -> None:
    """Give back the memory of a mapped model: what is needed again is read again from its copy.

    Touched pages of a mapping count as the process's own, though nothing was ever written there.
    """
    moves = identifier.tk_nextmove
    for array in (identifier.nb_ptc, moves.obj if isinstance(moves, memoryview) else moves):
        mapping = getattr(array, "base", None)
        if isinstance(mapping, mmap.mmap) and hasattr(mapping, "madvise"):
            mapping.madvise(mmap.MADV_DONTNEED)
