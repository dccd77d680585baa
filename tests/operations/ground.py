"""Real servers for these tests: the embedded one, gunicorn, the worker, and nginx with the configuration of deploy/."""

from __future__ import annotations

import datetime
import http.client
import ipaddress
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
NAME = "gan-dan.example"
SECRET = "a-key-for-tests-only-not-used-anywhere"
EMBEDDED = """
from app import create_app
from app.health import metrics
from app.listen import listen
app = create_app()
metrics.listen(app)
listen(app)
"""
KINDS = {
    "embedded": [sys.executable, "-c", EMBEDDED],
    "gunicorn": [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "wsgi:app"],
    "worker": [sys.executable, "-m", "flask", "--app", "wsgi", "work"],
}


def need(program: str) -> str:
    """The program's path; without it the test is skipped, in CI it fails."""
    found = shutil.which(program) or shutil.which(f"/usr/sbin/{program}")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{program} is missing: make test installs it")
        pytest.skip(f"{program} is not installed here (Debian: {program})")
    return found


def free_port() -> int:
    """A port nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """One process of the installation, with all it wrote."""

    def __init__(self, kind: str, data: Path, **env: str) -> None:
        self.port = int(env.get("PORT") or free_port())
        self.log = data.parent / f"{kind}-{self.port}.log"
        given = {"SECRET_KEY": SECRET, "BASE_URL": f"https://{NAME}", "TRUSTED_HOSTS": "127.0.0.1", "GAN_DAN_DEMO": "0",
                 "DATA_DIR": str(data), "PORT": str(self.port), "PYTHONPATH": str(ROOT), **env}  # fmt: skip
        bare = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH") if key in os.environ}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(KINDS[kind], cwd=ROOT, env={**bare, **given}, stdout=log, stderr=log)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_what: object) -> None:
        self.stop()

    def wait(self, path: str = "/readyz", patience: float = 90.0) -> Self:
        """Until it answers."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log.read_text()
            try:
                if ask(self.port, path)[0] == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.1)
        raise AssertionError(self.log.read_text()[-3000:])

    def term(self) -> None:
        """SIGTERM, as systemd sends it."""
        self.process.send_signal(signal.SIGTERM)

    def stop(self, patience: float = 30.0) -> int:
        """End it gently, else by force; the exit code."""
        if self.process.poll() is None:
            self.term()
        try:
            return self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


def ask(port: int, path: str, method: str = "GET", body: bytes | None = None, headers: Any = None,
        timeout: float = 30.0) -> tuple[int, dict[str, str], bytes]:  # fmt: skip
    """One plain request: status, headers, body."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        link.request(method, path, body, headers or {})
        answer = link.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        link.close()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for the test's name that nobody signed but itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    names = x509.SubjectAlternativeName([x509.DNSName(NAME), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2)).add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    crt, pem = folder / "test.crt", folder / "test.key"
    crt.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.TraditionalOpenSSL
    pem.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    return crt, pem


class Nginx:
    """nginx in front, with deploy/gan-dan.conf and nothing else."""

    def __init__(self, folder: Path, *ports: int, connections: int = 300) -> None:
        program = need("nginx")
        folder.mkdir()
        self.folder, self.behind = folder, ports[0]
        self.http, self.https = free_port(), free_port()
        crt, key = certificate(folder)
        text = (DEPLOY / "gan-dan.conf").read_text()
        server = "server 127.0.0.1:@PORT@ max_fails=0;"
        assert server in text
        text = text.replace(server, "\n".join(server.replace("@PORT@", str(port)) for port in ports))
        for word, value in {"SERVER_NAME": NAME, "CERTIFICATE": crt, "CERTIFICATE_KEY": key, "APP": ROOT,
                            "LOGS": folder, "LISTEN_HTTP": f"127.0.0.1:{self.http}",
                            "LISTEN_HTTPS": f"127.0.0.1:{self.https}", "CONNECTIONS": connections}.items():  # fmt: skip
            text = text.replace(f"@{word}@", str(value))
        (folder / "site.conf").write_text(text)
        temp = "\n".join(f"{kind}_temp_path {folder}/{kind};"
                         for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))  # fmt: skip
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(f"""{user} daemon off; worker_processes 1; pid {folder}/nginx.pid;
            error_log {folder}/start.log crit; events {{ worker_connections 4096; }}
            http {{ {temp} include {folder}/site.conf; }}""")
        self.process = subprocess.Popen([program, "-p", str(folder), "-e", str(folder / "start.log"),
                                         "-c", str(folder / "nginx.conf")], stderr=subprocess.PIPE)  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            assert self.process.poll() is None, self.process.stderr and self.process.stderr.read()
            try:
                socket.create_connection(("127.0.0.1", self.https), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("nginx did not start")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_what: object) -> None:
        self.process.terminate()
        self.process.wait(20)
        assert self.process.stderr is not None
        self.process.stderr.close()

    def connect(self, timeout: float = 60.0) -> ssl.SSLSocket:
        """A TLS connection, nothing sent yet."""
        context = ssl.create_default_context(cafile=str(self.folder / "test.crt"))
        return context.wrap_socket(socket.create_connection(("127.0.0.1", self.https), timeout), server_hostname=NAME)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, headers: Any = None,
            timeout: float = 60.0) -> tuple[int, http.client.HTTPMessage, bytes]:  # fmt: skip
        """One request through the proxy."""
        link = http.client.HTTPSConnection(NAME, self.https, timeout=timeout)
        link.sock = self.connect(timeout)
        try:
            link.request(method, path, body, {"Host": NAME, **(headers or {})})
            answer = link.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            link.close()

    def said(self) -> str:
        """All that nginx wrote into its logs."""
        return "".join(place.read_text() for place in self.folder.glob("*.log"))
