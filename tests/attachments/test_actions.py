"""Files between upload and case: held for one form, taken out, attached, forgotten after a day."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.attachments import actions
from app.attachments.hand_out import hand_out
from app.attachments.models import Attachment
from app.attachments.queries import file_of, held, listing, of_case, size_in_words
from app.attachments.refused import TooMany
from app.attachments.storage import Storage
from app.extensions import db, writing
from app.journal.queries import timeline
from app.refusals import Missing
from tests import factories
from tests.attachments.samples import one_colour_png
from tests.factories import MONDAY


@dataclass
class Upload:
    """A file as a browser sends it."""

    filename: str | None
    stream: IO[bytes]


_sizes = itertools.count(10)


def png(name: str = "a.png") -> Upload:
    """A picture that is like no other."""
    return Upload(name, io.BytesIO(one_colour_png(20, next(_sizes))))


@pytest.fixture
def storage(app: Flask, tmp_path: Path) -> Storage:
    return Storage(tmp_path / "files")


def keep(storage: Storage, count: int = 1, holder: str = "form") -> list[Attachment]:
    """Hold some files in a write of their own."""
    taken = actions.take_in([png(f"{n}.png") for n in range(count)], storage)
    with writing():
        rows = actions.hold(taken.files, holder, MONDAY)
        db.session.commit()
        for row in rows:
            db.session.refresh(row)
    return rows


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Attachment)) or 0


def test_one_bad_file_does_not_keep_out_the_others(storage: Storage) -> None:
    bad = Upload("x.gif", io.BytesIO(b"GIF89a" + b"\0" * 40))
    taken = actions.take_in([png(), bad, Upload("", io.BytesIO()), png("b.png")], storage)
    assert [file.name for file in taken.files] == ["a.png", "b.png"]
    assert [refused.kind for refused in taken.refused] == ["wrong_type"]


def test_more_than_ten_files_are_refused_before_any_is_cleaned(storage: Storage) -> None:
    taken = actions.take_in([png() for _n in range(3)], storage, already=8)
    assert (taken.files, taken.refused[0].kind) == ([], "too_many")


def test_the_eleventh_file_of_a_form_is_refused_even_when_two_pages_race(storage: Storage) -> None:
    keep(storage, 6)
    with pytest.raises(TooMany):
        keep(storage, 5)
    assert count() == 6


def test_a_file_sent_again_after_a_lost_answer_is_held_once(storage: Storage) -> None:
    content = one_colour_png(20, 5)
    for _again in range(2):
        taken = actions.take_in([Upload("a.png", io.BytesIO(content))], storage)
        with writing():
            actions.hold(taken.files, "form", MONDAY)
            db.session.commit()
    assert count() == 1


def test_a_held_file_is_seen_and_dropped_only_by_its_own_form(storage: Storage) -> None:
    [row] = keep(storage)
    public_id, key = row.public_id, row.storage_key
    assert [file.public_id for file in held("form")] == [public_id]
    assert held("another form") == []
    with writing():
        assert actions.drop(public_id, "another form") is None
        assert actions.drop(public_id, "form") == key
        db.session.commit()
    assert count() == 0


def test_held_files_go_to_the_case_with_the_event_that_brought_them(storage: Storage) -> None:
    keep(storage, 2)
    with writing():
        case = factories.make_case()
        seq = timeline(case.id)[0].seq
        assert actions.attach("form", case.id, seq) == 2
        assert actions.attach("form", case.id, seq) == 0, "a second time there is nothing left"
        db.session.commit()
        case_id = case.id
    assert [(file.event_seq, file.holder) for file in of_case(case_id)] == [(seq, "")] * 2
    assert held("form") == []


def test_internal_files_are_not_for_residents(storage: Storage) -> None:
    taken = actions.take_in([png()], storage)
    with writing():
        case = factories.make_case()
        [row] = actions.hold(taken.files, "note", MONDAY, added_by="officer", is_internal=True)
        actions.attach("note", case.id, timeline(case.id)[0].seq)
        db.session.commit()
        case_id, public_id = case.id, row.public_id
    assert of_case(case_id) == []
    assert len(of_case(case_id, with_internal=True)) == 1
    with pytest.raises(Missing):
        file_of(public_id, case_id)
    assert file_of(public_id, case_id, with_internal=True).is_internal


def test_a_file_nobody_sent_is_gone_after_a_day_with_its_bytes(storage: Storage) -> None:
    [row] = keep(storage)
    key = row.storage_key
    for later, left in ((timedelta(hours=23), 1), (timedelta(hours=25), 0)):
        with writing():
            actions.sweep(MONDAY + later)
            db.session.commit()
        assert count() == left
    from app import clock

    actions.tidy(storage, clock.now() + timedelta(hours=2))
    with pytest.raises(FileNotFoundError):
        storage.open(key)


def test_tidying_keeps_what_another_room_knows_and_what_has_just_come(storage: Storage) -> None:
    from app import clock

    papers, fresh = (actions.take_in([png()], storage).files[0].key for _n in range(2))
    assert actions.tidy(storage, clock.now()) == 0, "younger than a transaction may last"
    assert actions.tidy(storage, clock.now() + timedelta(hours=2), known_elsewhere={papers}) == 1
    assert storage.size(papers) > 0
    with pytest.raises(FileNotFoundError):
        storage.size(fresh)


def test_a_file_is_handed_out_so_that_nothing_in_it_can_act(app: Flask, storage: Storage) -> None:
    [row] = keep(storage)
    with app.test_request_context():
        response = hand_out(storage, row.storage_key, "ảnh.png", row.media_type)
        response.direct_passthrough = False
        assert response.get_data().startswith(b"\x89PNG")
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        with pytest.raises(Missing):
            hand_out(storage, "0" * 32 + ".png", "x.png", "image/png")


def test_sizes_and_kinds_are_said_as_phones_say_them(app: Flask, storage: Storage) -> None:
    [row] = keep(storage)
    with app.test_request_context():
        assert (size_in_words(300), size_in_words(86_000), size_in_words(2_140_000)) == ("1 kB", "86 kB", "2,1 MB")
        assert (listing(row)["kind"], listing(row)["name"]) == ("photo", "0.png")
