"""One verb for many cases: chosen in the queue, shown one by one what would happen, and done only when confirmed."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ... import clock
from ...accounts.queries import by_id
from ...cases.models import Case
from ...extensions import begin_write, db
from ...guards import role
from ...refusals import Missing
from ...rules.visibility import assigning_units
from ...rules.workflow import Action
from ...units.queries import area_levels, unit_by_code
from ...units.suggest import Suggestion, suggest_unit
from ...words import named
from .. import bulk as many
from ..forms import BulkAssignForm, BulkForwardForm
from ..phrases import chosen, fitting, grouped, joined
from ..queries import desk_units
from ..rows import rows
from . import DESK, bp

FORMS: dict[Action, Any] = {Action.ASSIGN: BulkAssignForm, Action.FORWARD: BulkForwardForm}


@bp.route("/desk/bulk", methods=["GET", "POST"])
@role(*DESK, late=True)
def bulk() -> Any:
    """Choose, look, confirm: three pages at one address, of which only the last changes anything."""
    if request.method == "GET":  # a page turned back to, or the language switched: the choice is gone with its form
        return redirect(url_for("desk.queue"), 303)
    action = Action(request.form["do"]) if request.form.get("do") in many.ACTIONS else Action.ASSIGN
    step = request.form.get("step", "")
    values = request.form.getlist("case") + ([] if step == "confirm" else request.form.getlist("left"))
    wanted = many.asked(values)
    wrong = _too_few_or_many(len(wanted))
    form = _form(action)
    if wrong:
        return _nothing(action, wrong), 422
    if request.form.get("insert"):
        return _with_phrase(action, form, list(wanted))
    if step not in ("preview", "confirm"):
        return _choose(action, form, list(wanted), is_new=step != "change")
    if not form.validate():
        return _choose(action, form, list(wanted)), 422
    aim = _aim(action, form)
    return _do(aim, wanted) if step == "confirm" else _preview(aim, form, list(wanted))


def _too_few_or_many(count: int) -> str:
    if count > many.MOST:
        return _("Mỗi lần làm nhiều nhất %(most)s việc. Đang chọn %(n)s việc.", most=many.MOST, n=count)
    return "" if count else _("Chưa chọn việc nào. Đánh dấu các việc trong danh sách trước.")


def _form(action: Action) -> Any:
    form = FORMS[action]()
    form.prepare(assigning_units(g.actor), clock.today())
    return form


def _nothing(action: Action, wrong: str) -> str:
    return render_template("desk/bulk.html", action=action, wrong=wrong, form=None, cases=[], view=_view())


def _view() -> str:
    return request.form.get("view", "")[:24]


def _shown(references: list[str], judge: many.Judge) -> list[dict[str, Any]]:
    """Each case chosen, in its order, as a row with what stands in the way; one not in sight is named only."""
    today = clock.today()
    found = many.find(references, g.actor, today)
    drawn = {row["reference"]: row for row in rows(list(found.values()), g.actor, today, {})}
    levels = area_levels()
    return [
        {
            "reference": reference, "case": case, "row": drawn.get(reference),
            "why_not": judge.obstacle(case) if case else many.GONE,
            "suggestion": _suggestion(case, levels) if case else None,
        }
        for reference in references for case in [found.get(reference)]
    ]  # fmt: skip


def _suggestion(case: Case, levels: frozenset[str]) -> Suggestion | None:
    return suggest_unit(case.category, case.commune, case.wanted_unit, clock.today(), (case.unit_id,), levels)


def _choose(action: Action, form: Any, references: list[str], is_new: bool = False) -> str:
    """Who or where to, with the cases chosen beside it; a first look shows what could not be done in any case."""
    cases = _shown(references, many.Judge(many.Aim(action), g.actor, clock.today()))
    if is_new and action == Action.FORWARD:
        codes = {row["suggestion"].unit.code if row["suggestion"] else "" for row in cases if not row["why_not"]}
        form.unit.data = codes.pop() if len(codes) == 1 else ""
    return render_template(
        "desk/bulk.html", action=action, wrong="", form=form, cases=cases, view=_view(), phrases=_phrases(action)
    )


def _phrases(action: Action) -> Any:
    """Reasons to choose from; the places of each case's own words are filled in when it is done."""
    rows_ = fitting("reason_forward", desk_units(g.actor)) if action == Action.FORWARD else []
    return grouped(rows_, lambda row: row.text)


def _with_phrase(action: Action, form: Any, references: list[str]) -> Any:
    """The same page with the phrase behind what is typed (without JavaScript)."""
    found = chosen(_phrases(action), request.form.get("phrase"))
    if found is None:
        form.form_errors.append(_("Chọn một mẫu câu trước khi chèn."))
        return _choose(action, form, references), 422
    form.reason.data = joined(form.reason.data or "", found.text)
    return _choose(action, form, references)


def _aim(action: Action, form: Any) -> many.Aim:
    if action == Action.ASSIGN:
        officer = by_id(form.officer.data)
        if officer is None:
            raise Missing
        return many.Aim(action, officer=officer)
    unit = unit_by_code(form.unit.data)
    if unit is None:
        raise Missing
    return many.Aim(action, unit=unit, reason=form.reason.data)


def _preview(aim: many.Aim, form: Any, references: list[str]) -> str:
    """What will happen to each, and to which it will not and why; nothing has changed yet."""
    cases = _shown(references, many.Judge(aim, g.actor, clock.today()))
    return render_template(
        "desk/bulk_preview.html", aim=aim, form=form, view=_view(), to=_to(aim),
        can=[row for row in cases if not row["why_not"]], cannot=[row for row in cases if row["why_not"]],
    )  # fmt: skip


def _to(aim: many.Aim) -> str:
    return aim.officer.name if aim.officer else named(aim.unit)


def _do(aim: many.Aim, wanted: dict[str, int | None]) -> Any:
    """Load, may, do, commit, show: each case by itself in one write turn."""
    begin_write()
    done = many.perform(aim, wanted, g.actor, clock.now())
    db.session.commit()
    told = _told(aim, len(done.cases))
    if done.failed:
        return render_template("desk/bulk_done.html", aim=aim, done=done, told=told, view=_view())
    flash(told, "ok")
    return redirect(url_for("desk.queue", view=_view() or None), 303)


def _told(aim: many.Aim, count: int) -> str:
    if aim.officer is not None:
        return ngettext("Đã giao %(num)s việc cho %(name)s.", "Đã giao %(num)s việc cho %(name)s.", count,
                        name=aim.officer.name)  # fmt: skip
    return ngettext("Đã chuyển %(num)s việc đến %(unit)s.", "Đã chuyển %(num)s việc đến %(unit)s.", count,
                    unit=named(aim.unit))  # fmt: skip
