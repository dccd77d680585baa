"""Single sign-on: officials may come in by the account their government keeps elsewhere (OpenID Connect Core 1.0).

One provider, named by the settings OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET. Who it vouches for is found by
issuer and subject alone, a pair that the official linked here while signed in with the own password, or that the
operator linked by command; never by a name or an e-mail address, which a provider may hand to somebody else. Code flow
with PKCE, state and nonce; what the way out and back must remember lies here, sealed, not in the browser. Our own
second factor is asked for all the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, session
from sqlalchemy import delete, select

from .. import clock
from ..extensions import db
from ..journal.record import record
from ..refusals import Invalid
from ..rules.workflow import N_, Action, Actor
from ..sealing import seal, unseal
from .models import Official, OutsideIdentity, SingleStep

NAME = "oidc"
LASTS = timedelta(minutes=10)
"""How long the way out to the provider and back may take."""
TIMEOUT = 10
"""Seconds the provider may be silent."""
LEEWAY = 60
"""Seconds by which the provider's clock may be off."""
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures taken: of a key the provider keeps to itself, never one that a client secret could make."""
SIGN_IN, LINK = "sign-in", "link"
REFUSED = N_("Nơi cấp tài khoản không xác nhận được. Thử lại, hoặc đăng nhập bằng mật khẩu ở đây.")
UNKNOWN = N_("Tài khoản đó chưa được nối với tài khoản nào ở đây. Đăng nhập bằng mật khẩu, rồi nối ở trang tài khoản.")


class ProviderFailed(RuntimeError):
    """The provider does not answer, answers nonsense, or says what cannot be believed."""


@dataclass(frozen=True)
class Vouched:
    """Whom the provider vouches for, and what for the browser went there."""

    issuer: str
    subject: str
    purpose: str
    official_id: int | None
    wanted: str


def is_on(config: Mapping[str, Any]) -> bool:
    """Whether this installation knows a provider."""
    return bool(config.get("OIDC_ISSUER"))


class _Steps:
    """Where Authlib remembers a step: sealed rows that end by themselves. The caller commits."""

    def get(self, name: str) -> str | None:
        """What was remembered, unless its time is over."""
        row = db.session.get(SingleStep, _hash(name))
        if row is None or row.good_until < clock.now():
            return None
        return unseal(current_app.config, row.sealed, row.key_hash.encode()).decode()

    def set(self, name: str, value: str, _expires_in: int) -> None:
        """Remember one step, and forget those whose time is over."""
        now = clock.now()
        db.session.execute(delete(SingleStep).where(SingleStep.good_until < now))
        sealed = seal(current_app.config, value.encode(), _hash(name).encode())
        db.session.add(SingleStep(key_hash=_hash(name), sealed=sealed, good_until=now + LASTS))
        db.session.flush()

    def delete(self, name: str) -> None:
        """A step is gone once."""
        db.session.execute(delete(SingleStep).where(SingleStep.key_hash == _hash(name)))


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _client() -> Any:
    """Authlib's client of the provider, made once for each app; the provider's own words are read at the first use."""
    if NAME not in current_app.extensions:
        from authlib.integrations.flask_client import OAuth

        config = current_app.config
        found = OAuth(current_app, cache=_Steps()).register(
            NAME, client_id=config["OIDC_CLIENT_ID"], client_secret=config["OIDC_CLIENT_SECRET"],
            server_metadata_url=f"{config['OIDC_ISSUER'].rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid", "code_challenge_method": "S256", "default_timeout": TIMEOUT},
        )  # fmt: skip
        current_app.extensions[NAME] = found
    return current_app.extensions[NAME]


def _known() -> Any:
    """The client, with the provider's metadata read and held to the settings."""
    client = _client()
    try:
        said = client.load_server_metadata()
    except Exception as error:  # whatever a stranger's server does: it is away or broken
        raise ProviderFailed(type(error).__name__) from error
    if said.get("issuer") != current_app.config["OIDC_ISSUER"]:
        del current_app.extensions[NAME]
        raise ProviderFailed("another issuer")
    offered = said.get("id_token_signing_alg_values_supported") or ["RS256"]
    said["id_token_signing_alg_values_supported"] = [name for name in offered if name in ALGORITHMS]
    return client


def back() -> str:
    """The full address to which the provider sends the browser: ours by the settings, whatever the request said."""
    return f"{current_app.config['BASE_URL']}{current_app.url_map.bind('').build('accounts.single_back')}"


def begin(purpose: str, official_id: int | None = None, wanted: str = "") -> str:
    """The provider's address for this browser, with the step remembered; ProviderFailed. The caller commits."""
    client = _known()
    try:
        there = client.create_authorization_url(back())
    except Exception as error:
        raise ProviderFailed(type(error).__name__) from error
    client.save_authorize_data(redirect_uri=back(), purpose=purpose, official_id=official_id, wanted=wanted, **there)
    return str(there["url"])


def take_up(said: Mapping[str, str]) -> dict[str, Any] | None:
    """The step this browser began, taken up once, or None. `said`: what the address brought. The caller commits."""
    state = said.get("state", "")
    keeper = _client().framework
    data: dict[str, Any] | None = keeper.get_state_data(session, state) if state else None
    if data is not None:
        keeper.clear_state_data(session, state)
    return data


def vouched(step: Mapping[str, Any], said: Mapping[str, str]) -> Vouched:
    """Whom the provider vouches for. Asks it for the token, so no write turn is held; ProviderFailed otherwise."""
    issuer = current_app.config["OIDC_ISSUER"]
    if "error" in said or "code" not in said or said.get("iss", issuer) != issuer:
        raise ProviderFailed("refused there")
    client = _known()
    try:
        token = client.fetch_access_token(
            code=said["code"], redirect_uri=step["redirect_uri"], code_verifier=step["code_verifier"]
        )
        claims = client.parse_id_token(
            token, nonce=step["nonce"], leeway=LEEWAY,
            claims_options={"iss": {"essential": True, "value": issuer}, "sub": {"essential": True},
                            "nonce": {"essential": True, "value": step["nonce"]}},
        )  # fmt: skip
    except Exception as error:
        raise ProviderFailed(type(error).__name__) from error
    if claims is None or claims.get("nonce") != step["nonce"] or not claims.get("sub"):
        raise ProviderFailed("no identity")
    return Vouched(issuer, str(claims["sub"]), step["purpose"], step["official_id"], step["wanted"])


def official_of(who: Vouched) -> Official | None:
    """The official to whom issuer and subject are linked and who may work here; None reads the same for all others."""
    row = db.session.scalar(
        select(OutsideIdentity).where(OutsideIdentity.issuer == who.issuer, OutsideIdentity.subject == who.subject)
    )
    return row.official if row is not None and not row.official.is_disabled else None


def linked(official_id: int) -> OutsideIdentity | None:
    """What is linked to an official at this installation's provider."""
    return db.session.scalar(
        select(OutsideIdentity).where(
            OutsideIdentity.official_id == official_id, OutsideIdentity.issuer == current_app.config["OIDC_ISSUER"]
        )
    )


def link(official: Official, issuer: str, subject: str, actor: Actor, now: datetime) -> None:
    """From now on this subject of that issuer is the official; Invalid where it is somebody already."""
    taken = select(OutsideIdentity).where(OutsideIdentity.issuer == issuer, OutsideIdentity.subject == subject)
    if db.session.scalar(taken) is not None:
        raise Invalid(N_("Tài khoản đó đã nối với một người ở đây."))
    unlink(official, actor, now)
    db.session.add(OutsideIdentity(issuer=issuer, subject=subject, official=official, linked_at=now))
    db.session.flush()
    _remember(official, actor, now, "linked")


def unlink(official: Official, actor: Actor, now: datetime) -> None:
    """The official comes in by password only; nothing is remembered where nothing was linked."""
    row = linked(official.id)
    if row is not None:
        db.session.delete(row)
        db.session.flush()
        _remember(official, actor, now, "unlinked")


def _remember(official: Official, actor: Actor, now: datetime, what: str) -> None:
    record(Action.OFFICIAL_CHANGED, None, actor, now, about=f"official:{official.id}", single_sign_on=what)
