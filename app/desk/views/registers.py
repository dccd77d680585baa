"""The petition register of a unit: on screen, as a PDF, for a spreadsheet; and the way to the reception register."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...documents.render import register_pdf
from ...documents.sheets import RegisterData
from ...extensions import begin_write, db
from ...guards import role
from ...journal.record import record
from ...rules.workflow import Action
from ..forms.registers import REGISTERS, RegisterForm
from ..registers import MOST, READERS, entries, heads, register_of, sheet, units_of
from . import bp


@bp.get("/desk/registers")
@role(*READERS)
def registers() -> Any:
    """A register as a table; this month's petitions, where nothing was asked. Receptions have a page of their own."""
    form = _asked()
    if form.what.data == "reception":
        return _receptions("register")
    is_good = not request.args or form.validate()
    data = _register(form) if is_good and form.unit.data else None
    links = {key: value for key, value in request.args.items() if value} or (
        {"what": form.what.data, "unit": form.unit.data, "first": form.first.data, "last": form.last.data}
    )
    page = render_template("desk/registers.html", form=form, data=data, heads=heads(), links=links,
                           title=REGISTERS.get(form.what.data or "", _("Sổ")), most=MOST)  # fmt: skip
    return page, 200 if is_good else 422


@bp.get("/desk/registers.pdf")
@role(*READERS)
def registers_pdf() -> Any:
    """The register to print, A4 across."""
    if request.args.get("what") == "reception":
        return _receptions("register_pdf")
    data = _taken()
    answer = Response(register_pdf(data), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_name(data)}.pdf"'
    return answer


@bp.get("/desk/registers.csv")
@role(*READERS)
def registers_csv() -> Any:
    """The register for a spreadsheet."""
    if request.args.get("what") == "reception":
        return _receptions("register_csv")
    data = _taken()
    answer = Response(sheet(data), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_name(data)}.csv"'
    return answer


def _receptions(page: str) -> Any:
    """The same days in the register of receptions."""
    asked: dict[str, Any] = {name: request.args.get(name) for name in ("unit", "first", "last")}
    return redirect(url_for(f"dialogues.{page}", **asked))


def _asked() -> RegisterForm:
    form = RegisterForm(request.args)
    form.prepare(units_of(g.actor), clock.today(), bool(request.args))
    return form


def _register(form: Any) -> RegisterData:
    unit = next(unit for unit in units_of(g.actor) if unit.code == form.unit.data)
    cases = entries(unit, form.first.data, form.last.data)
    return register_of(unit, form.first.data, form.last.data, clock.today(), cases[:MOST])


def _taken() -> RegisterData:
    """The register that leaves the house with names in it: who took it is remembered."""
    form = _asked()
    if not form.validate():
        abort(400)
    data, code = _register(form), form.unit.data
    begin_write()
    record(Action.EXPORTED, None, g.actor, clock.now(), about=f"register:{code}"[:64], kind=data.kind,
           first=data.from_on.isoformat(), last=data.to_on.isoformat())  # fmt: skip
    db.session.commit()
    return data


def _name(data: RegisterData) -> str:
    return f"gan-dan-{data.kind}-{data.from_on.isoformat()}-{data.to_on.isoformat()}"
