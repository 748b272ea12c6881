"""How many cores this process may use."""

import os
import sys

_MOST = {"cores": sys.maxsize}


def count_cores() -> int:
    """Return the number of cores, where the platform can tell which are allowed."""
    try:
        allowed = len(os.sched_getaffinity(0))
    except AttributeError:
        allowed = os.cpu_count() or 1
    return min(allowed, _MOST["cores"])


def use_at_most(cores: int) -> None:
    """Leave the other cores to the processes beside this one, from now on."""
    _MOST["cores"] = max(1, cores)
