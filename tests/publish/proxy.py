"""A real nginx before a service, with the examples of ``deploy/nginx`` on ports that are free."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.conftest import ROOT
from tests.publish.service import free_port

EXAMPLES = ROOT / "deploy" / "nginx"
_READY_S = 10

_MAIN = """
user {user};
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/samenhang.conf;
    server {{
        listen 127.0.0.1:{plain};
        include {folder}/samenhang-below-a-path.conf;
    }}
    # Another way to mount it: the path is taken off, and said in a header.
    server {{
        listen 127.0.0.1:{stripping};
        location /elders/ {{
            include samenhang-proxy.conf;
            proxy_set_header X-Forwarded-Prefix /elders;
            proxy_pass http://samenhang/;
        }}
    }}
}}
"""


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where nginx listens: ``below`` a path, at the root of a host with ``tls``, and where it
    takes the path off. Addresses without a slash at the end.
    """

    below: str
    tls: str
    stripping: str
    certificate: Path


def available() -> str | None:
    """Why there is no nginx; ``None`` where there is one."""
    missing = [name for name in ("nginx", "openssl") if shutil.which(name) is None]
    return f"not on the search path: {', '.join(missing)}" if missing else None


@contextmanager
def proxying(service: str, folder: Path) -> Iterator[Proxy]:
    """nginx before the service at an address, until the end; ``folder`` is for its files."""
    redirecting, tls, plain, stripping = (free_port() for _ in range(4))
    certificate, key = _certificate(folder)
    changes = {
        "127.0.0.1:8000": urlsplit(service).netloc,
        "listen 80;": f"listen 127.0.0.1:{redirecting};",
        "listen 443 ssl": f"listen 127.0.0.1:{tls} ssl",
        "/etc/ssl/certs/data.example.org.pem": str(certificate),
        "/etc/ssl/private/data.example.org.key": str(key),
        "/var/cache/nginx/samenhang": str(folder / "cache"),
        "rate=20r/s": "rate=1000r/s",
        "samenhang-connections 16": "samenhang-connections 64",
    }
    for example in EXAMPLES.iterdir():
        text = example.read_text("utf-8")
        for old, new in changes.items():
            text = text.replace(old, new)
        (folder / example.name).write_text(text, "utf-8")
    main = folder / "nginx.conf"
    main.write_text(_MAIN.format(folder=folder, plain=plain, stripping=stripping, user=_user()))
    # -e: its own log, not that of the system.
    command = ["nginx", "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(main)]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for port in (tls, plain, stripping):
            _wait(port)
        yield Proxy(
            f"http://127.0.0.1:{plain}/beleid",
            f"https://127.0.0.1:{tls}",
            f"http://127.0.0.1:{stripping}/elders",
            certificate,
        )
    finally:
        process.terminate()
        process.wait(timeout=20)


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    made += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)
    return certificate, key


def _user() -> str:
    """User and group of this process: what the service writes and nginx reads is theirs only."""
    return f"{pwd.getpwuid(os.getuid()).pw_name} {grp.getgrgid(os.getgid()).gr_name}"


def _wait(port: int) -> None:
    until = time.monotonic() + _READY_S
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")
