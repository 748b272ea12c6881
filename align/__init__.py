"""veralign: what a translation lost, added or changed.

The library's stable entries are in `align.pipeline`: `compare`, `align_segments`, `check_pairs`.
"""

__version__ = "0.1.0"
