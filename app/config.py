"""Settings from the environment; outside demo mode the app refuses to start without its secrets."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url

ROOT = Path(__file__).resolve().parent.parent
MB = 1024 * 1024
REQUIRED = ("SECRET_KEY", "BASE_URL")


class SettingsMissing(RuntimeError):
    """The environment lacks settings that only an operator can give."""


def demo_secret(data_dir: Path) -> str:
    """The demo's own random key, made once and kept in a file that only its owner reads."""
    path = data_dir / "demo-secret-key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def database_url(environ: Mapping[str, str], data_dir: Path) -> str:
    """The database's address; SQLite in the data folder unless DATABASE_URL says otherwise."""
    url = environ.get("DATABASE_URL") or f"sqlite:///{data_dir / 'gan-dan.db'}"
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    if url.startswith("sqlite:///") and not make_url(url).database:
        raise SettingsMissing("DATABASE_URL: an in-memory SQLite loses everything; name a file.")
    return url


def missing(environ: Mapping[str, str]) -> list[str]:
    """Names of required settings that are absent or too short to be a secret."""
    absent = [name for name in REQUIRED if not environ.get(name)]
    if len(environ.get("SECRET_KEY", "x" * 32)) < 32:
        absent.append("SECRET_KEY (at least 32 characters)")
    return absent


def settings(environ: Mapping[str, str] | None = None) -> dict[str, object]:
    """Flask's configuration. Units: sizes in bytes, times in seconds."""
    env = os.environ if environ is None else environ
    is_demo = env.get("GAN_DAN_DEMO") == "1"
    if not is_demo and (absent := missing(env)):
        raise SettingsMissing("Missing settings: " + ", ".join(absent) + ". Set them, or GAN_DAN_DEMO=1 for a demo.")
    data_dir = Path(env.get("DATA_DIR") or ROOT / "data").resolve()
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    port = int(env.get("PORT") or 8000)
    base_url = (env.get("BASE_URL") or f"http://127.0.0.1:{port}").rstrip("/")
    is_https = base_url.startswith("https://")
    return {
        "DEMO": is_demo,
        "DATA_DIR": data_dir,
        "KEYS_DIR": _beside(env.get("KEYS_DIR"), data_dir, "keys"),
        "CHECKPOINT_DIR": _beside(env.get("CHECKPOINT_DIR"), data_dir, "checkpoints"),
        "SECRET_KEY": env.get("SECRET_KEY") or demo_secret(data_dir),
        "MFA_REQUIRED": _switch(env, "MFA_REQUIRED", not is_demo),
        "TWO_PERSON": _switch(env, "TWO_PERSON", not is_demo),
        "BASE_URL": base_url,
        "PORT": port,
        "TIME_ZONE": env.get("TIME_ZONE") or "Asia/Ho_Chi_Minh",
        "SQLALCHEMY_DATABASE_URI": database_url(env, data_dir),
        **_outbox(env, is_demo),
        **_provider(env),
        **_room(env),
        **_scanner(env),
        "PROXY_HOPS": int(env.get("PROXY_HOPS") or 0),
        "TRUSTED_HOSTS": _hosts(base_url, env.get("TRUSTED_HOSTS", "")),
        **_watched(env, is_demo),
        **_web(is_https),
        **{name: int(env[name]) for name in ("SUBMISSIONS_PER_HOUR", "SUBMISSIONS_AT_ONCE") if env.get(name)},
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_DEFAULT_TIMEZONE": env.get("TIME_ZONE") or "Asia/Ho_Chi_Minh",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "app" / "translations"),
    }


def _provider(env: Mapping[str, str]) -> dict[str, object]:
    """The provider of officials' accounts (single sign-on); SettingsMissing for half a provider or an open line."""
    issuer = env.get("OIDC_ISSUER", "").strip()
    names = ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    if issuer and (absent := [name for name in names if not env.get(name)]):
        raise SettingsMissing(f"OIDC_ISSUER is set, so these are needed too: {', '.join(absent)}")
    if issuer and not issuer.startswith(("https://", "http://localhost:", "http://127.0.0.1:")):
        raise SettingsMissing("OIDC_ISSUER must begin with https://")
    return {
        "OIDC_ISSUER": issuer,
        **{name: env.get(name, "") for name in names},
        "OIDC_NAME": env.get("OIDC_NAME") or urlsplit(issuer).hostname or "",
    }


def _web(is_https: bool) -> dict[str, object]:
    """What a request may bring, and the cookie it carries."""
    return {
        "MAX_CONTENT_LENGTH": 160 * MB,
        "MAX_FORM_MEMORY_SIZE": 500_000,
        "MAX_FORM_PARTS": 500,
        "SESSION_COOKIE_NAME": "__Host-gan-dan" if is_https else "gan-dan",
        "SESSION_COOKIE_SECURE": is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": 24 * 3600,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
    }


def _room(env: Mapping[str, str]) -> dict[str, object]:
    """When the disk counts as low and as full (space.py)."""
    return {
        "LOW_SPACE_BYTES": int(env.get("LOW_SPACE_BYTES") or 500 * MB),
        "LOW_SPACE_SHARE": float(env.get("LOW_SPACE_SHARE") or 0.05),
        "FULL_SPACE_BYTES": int(env.get("FULL_SPACE_BYTES") or 12 * MB),
        "RESERVE_BYTES": int(env.get("RESERVE_BYTES") or 8 * MB),
    }


def _scanner(env: Mapping[str, str]) -> dict[str, object]:
    """Where ClamAV listens (unix:/path or host:port; empty: no scanner), and above what size it looks at nothing."""
    address = env.get("CLAMAV", "").strip()
    if address and not (address.startswith("unix:/") or address.rpartition(":")[2].isdigit()):
        raise SettingsMissing("CLAMAV must be unix:/path/to/socket or host:port")
    return {"CLAMAV": address, "CLAMAV_MAX_BYTES": int(env.get("CLAMAV_MAX_BYTES") or 25 * MB)}


def _watched(env: Mapping[str, str], is_demo: bool) -> dict[str, object]:
    """What is written down and told about the running house, and from when on it counts as unwell."""
    return {
        "LOG_FORMAT": env.get("LOG_FORMAT") or ("text" if is_demo else "json"),
        "METRICS_PORT": int(env.get("METRICS_PORT") or 0),
        "WORKER_SILENCE": int(env.get("WORKER_SILENCE") or 300),
        "OUTBOX_MAX_AGE": int(env.get("OUTBOX_MAX_AGE") or 3600),
        "BACKUP_RECIPIENTS": env.get("BACKUP_RECIPIENTS", "").replace(",", " ").split(),
        "BACKUP_DIR": Path(env["BACKUP_DIR"]).resolve() if env.get("BACKUP_DIR") else None,
        "BACKUP_MAX_AGE": int(float(env.get("BACKUP_MAX_AGE_HOURS") or 0) * 3600),
    }


def _switch(env: Mapping[str, str], name: str, default: bool) -> bool:
    """On or off: 1 or 0; anything else stops the start-up, so that a slip of the pen switches nothing off."""
    given = env.get(name, "").strip()
    if given not in ("", "0", "1"):
        raise SettingsMissing(f"{name}: 1 or 0 expected")
    return default if given == "" else given == "1"


def _outbox(env: Mapping[str, str], is_demo: bool) -> dict[str, object]:
    """How letters and SMS leave the house, and how many at most: per address and per case, each in 24 hours."""
    return {
        "MAIL_HOST": env.get("MAIL_HOST", ""),
        "MAIL_PORT": int(env.get("MAIL_PORT") or 25),
        "MAIL_USER": env.get("MAIL_USER", ""),
        "MAIL_PASSWORD": env.get("MAIL_PASSWORD", ""),
        "MAIL_TLS": env.get("MAIL_TLS", "starttls" if env.get("MAIL_USER") else "none"),
        "MAIL_FROM": env.get("MAIL_FROM", "no-reply@localhost"),
        "SMS_SENDER": _one_of(env, "SMS_SENDER", ("off", "file"), "file" if is_demo else "off"),
        "MAILS_PER_ADDRESS": int(env.get("MAILS_PER_ADDRESS") or 20),
        "SMS_PER_ADDRESS": int(env.get("SMS_PER_ADDRESS") or 5),
        "LETTERS_PER_CASE": int(env.get("LETTERS_PER_CASE") or 10),
    }


def _one_of(env: Mapping[str, str], name: str, known: tuple[str, ...], usual: str) -> str:
    """A setting that is one of a few words; another word is refused at start, not taken for the usual one."""
    value = env.get(name) or usual
    if value not in known:
        raise SettingsMissing(f"{name} is {value!r}: it must be one of {', '.join(known)}.")
    return value


def _beside(given: str | None, data_dir: Path, what: str) -> Path:
    """A folder that must not lie inside the data folder: by default its neighbour (data-keys beside data)."""
    return Path(given).resolve() if given else data_dir.with_name(f"{data_dir.name}-{what}")


def _hosts(base_url: str, more: str) -> list[str]:
    host = urlsplit(base_url).hostname or "127.0.0.1"
    local = ["127.0.0.1", "localhost"] if host in ("127.0.0.1", "localhost") else []
    return sorted({host, *local, *filter(None, more.split(","))})
