"""Runs a batch of articles: the one function that a caller needs."""

from collections.abc import Callable
from functools import partial

from align.batch import articles
from align.batch.articles import Job
from align.batch.course import Progress, Summary, drive
from align.batch.engine import Engine
from align.batch.pair import Batch
from align.batch.results import opened


def run(
    batch: Batch,
    job: Job,
    out: str,
    engine: Engine,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Compare all pairs of a batch, and keep a line of each in `out`.

    A pair whose files and settings are those of a line that is there is not compared again. After
    whatever end, the same call goes on where the last one stopped; the results are those of a run
    that nothing has disturbed.

    Args:
        batch: The pairs; see `align.batch.pairs.read_batch`.
        job: The settings; see `align.batch.articles.plan`.
        out: The folder for the results, or for an engine of many machines a URL.
        engine: What compares; `align.batch.local.Local` on this machine.
        tell: Is told how far the run has come, after each pair.

    Raises:
        AlignError: The results cannot be written, another run writes them, or what is wrong is
            not one pair's fault.
    """
    with opened(out) as results:
        work = partial(articles.prepare, job)
        key = partial(articles.current_key, job)
        return drive(batch, results, key, lambda pairs: engine.run(pairs, work), tell)
