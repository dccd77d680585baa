"""Check 87: drafts and abandoned uploads go within 24 hours, and the sweeper never deletes a file that a row names."""

from __future__ import annotations

import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app.attachments import actions
from app.attachments.clean import Cleaned
from app.attachments.models import Attachment
from app.attachments.storage import Storage, default_storage
from app.documents.queries import storage_keys
from app.extensions import db, writing
from tests import factories
from tests.factories import MONDAY

HOUR = timedelta(hours=1)
FILES = st.lists(
    st.tuples(
        st.sampled_from(["held", "sent", "rowless"]),
        st.floats(0, 60),  # hours since it came
    ),
    max_size=12,
)


def lay(storage: Storage, at: datetime) -> str:
    """A kept file last written at a moment."""
    place = storage.temporary()
    place.write(secrets.token_bytes(8))
    place.close()
    key = storage.keep(Path(place.name), "jpg")
    os.utime(storage.path(key), (at.timestamp(), at.timestamp()))
    return key


def row(key: str, at: datetime, case_id: int | None) -> None:
    file = Cleaned(key=key, name="a.jpg", media_type="image/jpeg", bytes=8, sha256="0" * 64, width=1, height=1)
    [held] = actions.hold([file], secrets.token_hex(32), at)
    if case_id is not None:
        held.case_id, held.holder = case_id, ""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES, rounds=st.integers(1, 3))
def test_whatever_lies_about_a_file_with_a_row_stays_and_what_is_abandoned_goes(
    app: Flask, files: list[tuple[str, float]], rounds: int
) -> None:
    storage = default_storage()
    with writing():
        db.session.execute(delete(Attachment))
        case_id = db.session.scalar(select(factories.Case.id)) or factories.make_case().id
        laid = []
        for kind, age in files:
            at = MONDAY - HOUR * age
            key = lay(storage, at)
            laid.append((kind, age, key))
            if kind != "rowless":
                row(key, at, case_id if kind == "sent" else None)
        db.session.commit()
    for _round in range(rounds):
        with writing():
            actions.sweep(MONDAY)
            db.session.commit()
        named = set(db.session.scalars(select(Attachment.storage_key)))
        actions.tidy(storage, MONDAY, storage_keys())
        assert all(storage.path(key).exists() for key in named)
    for kind, age, key in laid:
        if kind == "sent" or (kind == "held" and age < 24) or age < 1:
            assert storage.path(key).exists(), (kind, age)
        elif (kind == "held" and age > 24.01) or (kind == "rowless" and age > 1.01):
            assert not storage.path(key).exists(), (kind, age)


def test_a_draft_stands_in_no_row_and_no_cookie(app: Flask) -> None:
    """What is typed travels in hidden fields (petitions/carry.py): nothing of it waits on the server."""
    from tests.petitions.walk import Walk

    before = {name: db.session.execute(select(t)).all() for name, t in db.metadata.tables.items()}
    client = app.test_client()
    Walk(client).to("review")
    after = {name: db.session.execute(select(t)).all() for name, t in db.metadata.tables.items()}
    assert {name for name in after if after[name] != before[name]} <= {"attempt"}
    cookie = client.get_cookie("gan-dan")
    assert cookie is None or "Nông" not in cookie.value
