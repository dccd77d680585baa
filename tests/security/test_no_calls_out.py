"""Check 49: there are no webhooks. No address that anybody typed is ever fetched; three services are called at most.

The provider of single sign-on, the mail server and the virus scanner, each named in the settings of whoever runs it.
"""

from __future__ import annotations

import ast
from pathlib import Path

APP = Path(__file__).resolve().parents[2] / "app"
CALLERS = {"requests", "httpx", "urllib3", "aiohttp", "http.client", "urllib.request", "ftplib", "socket", "smtplib",
           "telnetlib", "xmlrpc", "authlib", "boto3", "pycurl", "websocket", "paramiko"}  # fmt: skip
KNOWN = {
    "accounts/single.py": {"authlib"},  # the provider named in OIDC_ISSUER
    "letters/post.py": {"smtplib"}, "letters/outcome.py": {"smtplib"},  # the mail server named in MAIL_HOST
    "attachments/scan.py": {"socket"},  # the scanner named in CLAMAV
    "listen.py": {"socket"}, "slow.py": {"socket"},  # these listen
}  # fmt: skip
"""Who may call out or listen, and with what."""


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_nothing_calls_out_but_what_the_settings_name() -> None:
    calling = {}
    for path in sorted(APP.rglob("*.py")):
        names = _imports(path)
        used = {caller for caller in CALLERS if any(f"{name}.".startswith(f"{caller}.") for name in names)}
        if used:
            calling[str(path.relative_to(APP))] = used
    assert calling == KNOWN


def test_no_column_keeps_an_address_to_call() -> None:
    from app.extensions import db

    named = {f"{table.name}.{column.name}" for table in db.metadata.tables.values() for column in table.columns
             if any(word in column.name for word in ("webhook", "callback", "url", "endpoint"))}  # fmt: skip
    assert named == set()
