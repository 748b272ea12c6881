"""Computes an encoder's centre: the mean vector of news in many languages.

    python models/train/centre.py --data DIR [--encoder e5-small]

DIR/ntrex/train holds NTREX-128 (CC BY-SA 4.0), one file a language, one sentence a line. Each
language counts the same. Writes models/NAME.centre.safetensors and prints its digest,
for the manifest.
"""

import argparse
from pathlib import Path

import numpy as np
import platformdirs
from safetensors.numpy import save_file

from align.encoder import load_encoder
from align.manifest import find_manifest, models_folder, sha256

SENTENCES = 60
"""Sentences a language, spread over its whole file."""


def main() -> None:
    """Encode a sample of each language, average, and save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", default="e5-small")
    options = parser.parse_args()
    encoder = load_encoder(find_manifest(options.encoder), platformdirs.user_cache_path("veralign"))
    sentences, tokens = [], []
    for path in sorted((options.data / "ntrex" / "train").glob("*.txt")):
        lines = [line for line in path.read_text("utf-8").split("\n") if line.strip()]
        if path.stem == "document_ids":
            continue
        embedding = encoder.encode_tokens(lines[:: max(1, len(lines) // SENTENCES)])
        sentences.append(embedding.sentences.mean(axis=0))
        tokens.append(np.concatenate([t.vectors for t in embedding.tokens]).mean(axis=0))
        print(path.stem, len(embedding.tokens), flush=True)
    file = models_folder() / f"{options.encoder}.centre.safetensors"
    save_file({"sentence": np.mean(sentences, axis=0), "token": np.mean(tokens, axis=0)}, file)
    print(file.name, sha256(file))


if __name__ == "__main__":
    main()
