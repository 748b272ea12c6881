"""Sets up veralign in .venv with the CPU build of torch, on any platform, with nothing but Python.

    python3 install.py                 what users need
    python3 install.py --dev           and what the tests need
    python3 install.py --torch cuda    PyPI's build on Linux: for an NVIDIA card, about 3 GB
    python3 install.py --torch keep    whatever torch the environment has or pip chooses

On macOS and Windows PyPI's torch is the CPU build. On Linux it is the CUDA build, so this looks for
the CPU build first: where pip is set up to find it, then where uv knows it to be.
"""

import argparse
import platform
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
TORCH = "2.13.0"


def main() -> int:
    """Make the environment, install torch, then veralign."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dev", action="store_true", help="install what the tests need, too")
    parser.add_argument("--torch", choices=("cpu", "cuda", "keep"), default="cpu")
    options = parser.parse_args()
    python = ENVIRONMENT / (
        "Scripts/python.exe" if platform.system() == "Windows" else "bin/python"
    )
    if not python.exists():
        say(f"Making {ENVIRONMENT.name} …")
        venv.create(ENVIRONMENT, with_pip=True)
    if not install_torch(python, options.torch):
        return 1
    say("Installing veralign …")
    extra = "[dev]" if options.dev else ""
    return 0 if pip(python, "install", "--editable", f"{HERE}{extra}") else 1


def install_torch(python: Path, build: str) -> bool:
    """Install torch unless it is there already; return whether it is there now."""
    if build == "keep" or run([python, "-c", "import torch"], quiet=True):
        return True
    say(f"Installing torch {TORCH} ({build}) …")
    plain = f"torch=={TORCH}"
    if build == "cuda" or platform.system() != "Linux":
        return pip(python, "install", plain)
    if pip(python, "install", f"{plain}+cpu", quiet=True):
        return True
    uv = ["-m", "uv", "pip", "install", "--python", str(python), "--torch-backend", "cpu", plain]
    if pip(python, "install", "uv", quiet=True) and run([python, *uv], quiet=True):
        return True
    say("No CPU build of torch can be reached from here; installing PyPI's, which is larger.")
    return pip(python, "install", plain)


def pip(python: Path, *arguments: str, quiet: bool = False) -> bool:
    """Run pip in the environment."""
    return run([python, "-m", "pip", "--disable-pip-version-check", "-q", *arguments], quiet=quiet)


def run(command: Sequence[str | Path], *, quiet: bool = False) -> bool:
    """Run a command and return whether it succeeded; a quiet one is a question, not a step."""
    sink = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, stdout=sink, stderr=sink, check=False).returncode == 0  # noqa: S603 - our own arguments


def say(message: str) -> None:
    """Tell the user what happens now."""
    sys.stderr.write(message + "\n")


if __name__ == "__main__":
    sys.exit(main())
