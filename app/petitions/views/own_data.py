"""My data: what is kept of whoever has the code, taken along as a file; and what is asked of it (Decree 356/2025)."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, send_file, url_for
from flask_babel import gettext as _

from ... import clock
from ...attachments.storage import default_storage
from ...cases.models import Case
from ...documents.queries import documents_of
from ...extensions import db
from ...guards import resident
from ...journal.record import record
from ...keeping import requests
from ...keeping.queries import requests_of
from ...refusals import Invalid
from ...rules.workflow import Action
from ..forms import OwnDataForm
from ..own_data import archive, file_name, own_data, own_files, paper_name
from . import bp
from .sealed import open_case


@bp.get("/follow/case/my-data")
@resident
def my_data() -> Any:
    """What is kept, where it may be taken along, what was asked and what became of it."""
    return _page(open_case(), OwnDataForm(formdata=None))


def _page(case: Case, form: Any, status: int = 200) -> Any:
    page = render_template("petitions/my_data.html", case=case, form=form, asked=requests_of(case),
                           today=clock.today())  # fmt: skip
    return page, status


@bp.post("/follow/case/my-data/ask")
@resident
def ask_about_data() -> Any:
    """Ask to have it erased, corrected or no longer used."""
    case, form = open_case(), OwnDataForm()
    if not form.validate():
        return _page(case, form, 422)
    try:
        requests.ask(case, form.kind.data, form.text.data or "", g.actor, clock.now())
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        form[refused.field if refused.field in form else "kind"].errors = [_(refused.reason)]
        return _page(open_case(), form, 422)
    flash(_("Đã nhận yêu cầu. Hạn thực hiện ghi ở dưới."), "ok")
    return redirect(url_for("petitions.my_data"), 303)


@bp.post("/follow/case/my-data/download")
@resident
def take_data() -> Any:
    """Everything as one ZIP: data.json and the files; that it was taken is written down."""
    case, now = open_case(), clock.now()
    record(Action.EXPORTED, case, g.actor, now, what="my-data")
    db.session.commit()
    case = open_case()
    kept = [(file_name(file), file.storage_key) for file in own_files(case)]
    kept += [(paper_name(paper), paper.storage_key) for paper in documents_of(case.id, audience="resident")]
    pack = archive(own_data(case, g.actor, now), kept, default_storage())
    name = f"du-lieu-{case.reference}.zip"
    response = send_file(pack, mimetype="application/zip", as_attachment=True, download_name=name, max_age=0)
    response.headers["Cache-Control"] = "no-store"
    return response
