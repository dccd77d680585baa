"""The citizen reception register of a unit: on screen, to print, for a spreadsheet. Who takes it is remembered."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, render_template, request

from ... import clock
from ...documents.render import register_pdf as pdf_of
from ...documents.sheets import RegisterData
from ...extensions import begin_write, db
from ...guards import role
from ...journal.record import record
from ...rules.dialogues import sight_at
from ...rules.workflow import Action
from ..forms.days import PeriodForm
from ..queries.days import seen_units
from ..queries.register import MOST, columns, register_of
from ..register_files import csv_of, xlsx_of
from . import bp
from .desk import READERS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/desk/reception/register", endpoint="register")
@role(*READERS)
def register() -> Any:
    """The register as a table; this month's, where nothing was asked."""
    form = _asked()
    is_good = not request.args or form.validate()
    data, is_cut = _register(form) if is_good and form.unit.data else (None, False)
    links = {"unit": form.unit.data, "first": form.first.data, "last": form.last.data} if data else {}
    page = render_template("dialogues/register.html", form=form, data=data, columns=columns(), links=links,
                           is_cut=is_cut, most=MOST)  # fmt: skip
    return page, 200 if is_good else 422


@bp.get("/desk/reception/register.pdf")
@role(*READERS)
def register_pdf() -> Any:
    """The register to print, A4 across."""
    return _handed(lambda data: pdf_of(data), "application/pdf", "pdf")


@bp.get("/desk/reception/register.csv")
@role(*READERS)
def register_csv() -> Any:
    """The register as CSV."""
    return _handed(csv_of, "text/csv", "csv")


@bp.get("/desk/reception/register.xlsx")
@role(*READERS)
def register_xlsx() -> Any:
    """The register as a workbook."""
    return _handed(xlsx_of, XLSX, "xlsx")


def _asked() -> PeriodForm:
    form = PeriodForm(request.args)
    form.prepare(seen_units(g.actor), clock.today(), bool(request.args))
    return form


def _register(form: Any) -> tuple[RegisterData, bool]:
    unit = next(unit for unit in seen_units(g.actor) if unit.code == form.unit.data)
    seen = sight_at(g.actor, unit.id, unit.path)
    return register_of(unit, form.first.data, form.last.data, clock.today(), seen)


def _handed(make: Any, mimetype: str, ending: str) -> Response:
    """The file, once it is remembered that the register left the house with names in it."""
    form = _asked()
    if not form.validate():
        abort(400)
    begin_write()
    data, _is_cut = _register(form)
    record(Action.EXPORTED, None, g.actor, clock.now(), about=f"register:{form.unit.data}"[:64], kind=data.kind,
           form=ending, first=data.from_on.isoformat(), last=data.to_on.isoformat())  # fmt: skip
    db.session.commit()
    answer = Response(make(data), mimetype=mimetype)
    name = f"gan-dan-reception-{data.from_on.isoformat()}-{data.to_on.isoformat()}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
