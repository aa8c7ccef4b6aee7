"""The examples for operators are taken by the programs that they are for."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from server.settings import Settings
from tests.conftest import ROOT
from tests.publish.service import free_port

DEPLOY = ROOT / "deploy"
SERVICE = "https://data.example.org"
MODULES = Path("/usr/lib/apache2/modules")
APACHE = """
ServerName w3id.test
ServerRoot {folder}
PidFile {folder}/pid
ErrorLog {folder}/log
Listen 127.0.0.1:{port}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule env_module {modules}/mod_env.so
LoadModule rewrite_module {modules}/mod_rewrite.so
DocumentRoot {folder}/root
<Directory {folder}/root>
    Options +FollowSymLinks
    AllowOverride All
</Directory>
"""


@pytest.fixture(scope="module")
def w3id(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An Apache with the rules, in the folder where w3id.org has them."""
    if shutil.which("apache2") is None or not MODULES.is_dir():
        pytest.skip("no Apache on the search path to try the rules for w3id.org with")
    folder = tmp_path_factory.mktemp("apache")
    folder.chmod(0o755)
    (folder / "root" / "samenhang").mkdir(parents=True)
    shutil.copy(DEPLOY / "w3id" / ".htaccess", folder / "root" / "samenhang")
    port = free_port()
    config = folder / "apache.conf"
    config.write_text(APACHE.format(folder=folder, port=port, modules=MODULES), "utf-8")
    process = subprocess.Popen(["apache2", "-X", "-f", str(config)], stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/samenhang"
    try:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with suppress(httpx.TransportError):
                httpx.get(f"{address}/")
                break
            time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.parametrize(
    ("path", "status", "target"),
    [
        ("/id/actor/unhcr", 303, "/id/actor/unhcr"),
        ("/def/Recommendation", 303, "/def/Recommendation"),
        ("/def/", 303, "/def/"),
        ("/def", 303, "/def/"),
        ("/doc/actor/unhcr?format=turtle", 302, "/doc/actor/unhcr?format=turtle"),
        ("/catalog", 302, "/catalog"),
        ("/dumps/latest/samenhang.nq.gz", 302, "/dumps/latest/samenhang.nq.gz"),
        ("/.well-known/void", 302, "/.well-known/void"),
        ("/", 302, "/"),
    ],
)
def test_w3id_leads_to_the_service(w3id: str, path: str, status: int, target: str) -> None:
    answer = httpx.get(w3id + path)
    assert (answer.status_code, answer.headers["location"]) == (status, SERVICE + target)


def test_caddy_takes_its_example(tmp_path: Path) -> None:
    if shutil.which("caddy") is None:
        pytest.skip("no Caddy on the search path to try its example with")
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    done = subprocess.run(
        command,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/usr/local/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_unit_runs_the_service_where_its_data_are() -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.read(DEPLOY / "samenhang.service")
    service = unit["Service"]
    folder = f"/var/lib/{service['StateDirectory']}"
    assert service["Environment"] == f"SAMENHANG_DATA={folder}"
    assert service["WorkingDirectory"] == folder


def test_the_settings_that_the_guide_names_are_there() -> None:
    guide = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    for name in ("root_path", "trusted_proxies", "public_address", "publisher_iri", "base_iri"):
        assert name in guide
        assert name in Settings.model_fields
