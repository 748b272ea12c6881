"""How many cores this process may use."""

import os


def count_cores() -> int:
    """Return the number of cores, where the platform can tell which are allowed."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
