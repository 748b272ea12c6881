"""`veralign align`: put the sentences of two texts together, and nothing else."""

from enum import StrEnum
from typing import Annotated

import typer

from align.cli import files, flags, loading, screen


class Format(StrEnum):
    """What an alignment is written as."""

    JSON = "json"
    TMX = "tmx"
    TSV = "tsv"


def run(
    source: Annotated[str, typer.Argument(help="The original; - is stdin.")],
    target: Annotated[str, typer.Argument(help="The translation; - is stdin.")],
    format: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.TSV,  # noqa: A002
    output: flags.Output = None,
    segmented: flags.Segmented = False,
    source_language: flags.SourceLanguage = None,
    target_language: flags.TargetLanguage = None,
    encoder: flags.EncoderName = None,
    cache: flags.Cache = None,
    max_size_mb: flags.MaxSize = None,
) -> None:
    """Put the sentences of two texts together.

    \b
    veralign align article.txt translation.txt > beads.tsv
    veralign align article.txt translation.txt --format tmx -o memory.tmx
    veralign align lines.en lines.vi --segmented --format json
    """
    loading.begin(cache)
    config = files.load_config(
        flags.table(encoder=encoder, segmented=segmented, max_size_mb=max_size_mb)
    )
    one = files.read_document(source, config, source_language)
    two = files.read_document(target, config, target_language)
    with screen.working("Aligning …"):
        from align import pipeline
        from align.write import json, tmx, tsv

        loaded = loading.load_encoder(config, cache, verifies=True)
        bitext = pipeline.align_documents(one, two, config, loaded).bitext
    writers = {Format.JSON: json, Format.TMX: tmx, Format.TSV: tsv}
    files.write(writers[format].render_alignment(bitext), output)
