"""Files and papers leave only through the route that asks who sees the case."""

from __future__ import annotations

from app.attachments.models import Attachment
from app.documents.models import Document
from app.extensions import db, writing

from .conftest import Town, answered, assigned, do
from .test_verbs import photo


def test_a_file_is_saved_not_opened_and_only_by_who_sees_the_case(town: Town, feedback: str) -> None:
    assigned(town, feedback)
    do(town, "officer", feedback, "note", text="Ảnh hiện trường.", files=photo())
    address = f"/desk/files/{db.session.query(Attachment).one().public_id}"
    answer = town.browser("officer").get(address)
    assert answer.status_code == 200 and answer.mimetype == "image/jpeg"
    named = answer.headers["Content-Disposition"]
    assert named.startswith("attachment") and "filename*=" in named
    assert "sandbox" in answer.headers["Content-Security-Policy"] and answer.headers["Cache-Control"] == "no-store"
    assert town.browser("supervisor").get(address).status_code == 200
    assert town.browser("stranger").get(address).status_code == 404
    assert town.browser("administrator").get(address).status_code == 403
    assert town.app.test_client().get(address).status_code == 302
    assert town.browser("officer").get("/desk/files/" + "0" * 32).status_code == 404


def test_a_past_custodian_keeps_the_files_from_before_the_forward(town: Town, feedback: str) -> None:
    do(town, "head", feedback, "note", text="Ảnh hiện trường.", files=photo())
    address = f"/desk/files/{db.session.query(Attachment).one().public_id}"
    do(town, "head", feedback, "forward", unit="so-xay-dung", reason="Đường tỉnh.")
    assert town.browser("officer").get(address).status_code == 200
    with writing():
        file = db.session.query(Attachment).one()
        file.event_seq = None
        db.session.commit()
    assert town.browser("officer").get(address).status_code == 404


def test_a_signed_paper_is_handed_to_who_sees_the_case(town: Town, feedback: str) -> None:
    answered(town, feedback)
    address = f"/desk/documents/{db.session.query(Document).one().public_id}"
    answer = town.browser("officer").get(address)
    assert answer.data.startswith(b"%PDF") and feedback in answer.headers["Content-Disposition"]
    assert town.browser("stranger").get(address).status_code == 404
