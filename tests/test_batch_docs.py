"""What the pages on batches say is run as it stands there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAIR = ("seeds/000_293dd51d06a938cd.txt", "seeds/004_7d26e8ad050225a4.txt")


@pytest.mark.model
def test_the_example_in_python_runs(tmp_path: Path) -> None:
    """A manifest of one good pair and one without a translation gives two answers."""
    found = re.search(
        r"```python\n(.*?)```", (ROOT / "docs/batch.md").read_text("utf-8"), re.DOTALL
    )
    assert found is not None
    (tmp_path / "example.py").write_text(found.group(1), encoding="utf-8")
    good = ",".join(str(ROOT / path) for path in PAIR)
    bad = f"{ROOT / PAIR[0]},lost.txt"
    (tmp_path / "pairs.csv").write_text(f"source,target\n{good}\n{bad}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "example.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    first, *answers = done.stdout.splitlines()
    assert first == "2 1"
    risks = [answer.split()[-1] for answer in answers if "lost.txt" not in answer]
    assert float(risks[0]) > 0.9
