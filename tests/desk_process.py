"""The desk as a process of its own, for tests that kill it or open it in a browser."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

ROOT = Path(__file__).parent.parent


@dataclass
class Served:
    """A desk that runs in a process of its own."""

    process: subprocess.Popen[str]
    address: str

    @property
    def token(self) -> str:
        """Return the token of the printed address."""
        return self.address.split("token=")[1]

    def ask(self, path: str, wish: dict[str, Any] | None = None) -> Any:
        """Ask the API, with a wish or without."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        body = None if wish is None else json.dumps(wish).encode()
        url = self.address.split("/enter")[0] + path
        with urlopen(Request(url, body, headers), timeout=60) as answer:  # noqa: S310 - our own
            return json.loads(answer.read())


def serve(database: Path, *arguments: str) -> Served:
    """Start the desk as a user does, and read the address that it prints."""
    command = [sys.executable, "-m", "align", "desk", "--no-browser", "--port", "0"]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--database", str(database), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    found = re.search(r"http\S+", process.stdout.readline())
    assert found is not None
    return Served(process, found.group())


def stop(served: Served) -> None:
    """End a desk as a service manager does."""
    served.process.terminate()
    served.process.wait(timeout=30)
    if served.process.stdout is not None:
        served.process.stdout.close()
