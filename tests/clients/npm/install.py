"""Installs the clients of npm beside this file, from the versions in ``package-lock.json``.

The Node.js is the one of the Python package, on every machine the same: the packages need a
newer one than a distribution may have.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from hatch_build import is_fresh, packaged_npm

FOLDER = Path(__file__).parent
INPUTS = [FOLDER / "package.json", FOLDER / "package-lock.json"]
INSTALLED = FOLDER / "node_modules" / ".installed"
COMMANDS = FOLDER / "node_modules" / ".bin"
TIMEOUT_S = 300


class InstallationError(Exception):
    """The clients could not be installed."""


def install(name: str = "comunica-sparql") -> list[str]:
    """The command that runs a client; npm is asked only where something changed."""
    npm, folder = packaged_npm()
    command = [npm[0], str(COMMANDS / name)]
    if is_fresh([INSTALLED, COMMANDS / name], INPUTS):
        return command
    try:
        subprocess.run(
            [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=FOLDER,
            env=os.environ | {"PATH": os.pathsep.join((str(folder), os.environ["PATH"]))},
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        raise InstallationError(f"npm ci failed: {error.stderr}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InstallationError(f"npm ci: {error}") from error
    INSTALLED.touch()
    return command


if __name__ == "__main__":
    install()
