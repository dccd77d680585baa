"""The journal for inspectors: what happened, by whom, and whether the chain is whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ... import clock
from ...cases.actions.arrive import PREFIX
from ...cases.names import Names, names_of
from ...documents.spreadsheet import csv_of
from ...extensions import begin_write, db
from ...guards import role
from ...journal.models import Event
from ...journal.record import record
from ...journal.verify import examine
from ...journal.witnesses import Foreign, checkpoints
from ...rules.workflow import Action, Kind, Role
from ...words import show_date, show_number, show_time, word
from .. import queries
from ..deeds import deed
from ..forms import JournalForm
from . import bp


@bp.get("/journal")
@role(Role.INSPECTOR)
def journal() -> Any:
    """The newest events in reach; the address carries filter and place."""
    form = JournalForm(request.args)
    is_fine, before = form.validate(), request.args.get("before", type=int)
    leaf = queries.journal(g.actor, form.sought(), before) if is_fine else queries.Leaf([], {}, None)
    names = names_of(leaf.events, clock.today())
    asked = form.address() if is_fine else {}
    return render_template(
        "reports/journal.html", form=form, rows=[_row(event, leaf.references, names) for event in leaf.events],
        newest=url_for("reports.journal", **asked) if before else None, is_narrowed=bool(asked),
        older=url_for("reports.journal", before=leaf.next_before, **asked) if leaf.next_before else None,
        csv=url_for("reports.journal_csv", **asked),
    ), 200 if is_fine else 422  # fmt: skip


MOST = 20_000
"""Events in one download, the newest; the days choose others."""


@bp.get("/journal.csv")
@role(Role.INSPECTOR)
def journal_csv() -> Any:
    """The same as a list for a spreadsheet; that it was taken is an event itself."""
    form = JournalForm(request.args)
    if not form.validate():
        abort(400)
    leaf = queries.journal(g.actor, form.sought(), most=MOST)
    names = names_of(leaf.events, clock.today())
    rows = [_line(_row(event, leaf.references, names), event) for event in leaf.events]
    heads = [_("Dòng"), _("Lúc"), _("Việc đã làm"), _("Số tiếp nhận"), _("Về việc gì"), _("Đơn vị"), _("Người làm"),
             _("Trạng thái sau đó"), _("Ghi kèm"), _("Mã băm")]  # fmt: skip
    body = csv_of(heads, rows)
    begin_write()
    record(Action.EXPORTED, None, g.actor, clock.now(), about="journal", rows=len(rows), asked=form.address())
    db.session.commit()
    return Response(body, mimetype="text/csv",
                    headers={"Content-Disposition": 'attachment; filename="gan-dan-nhat-ky.csv"'})  # fmt: skip


def _line(row: Mapping[str, Any], event: Event) -> list[Any]:
    facts = "; ".join(f"{key}: {value}" for key, value in row["facts"])
    return [event.seq, row["machine"], row["what"], row["reference"], row["subject"], row["unit"], row["who"],
            row["status"], facts, row["hash"]]  # fmt: skip


def _row(event: Event, references: Mapping[int, str], names: Names) -> dict[str, Any]:
    reference = references.get(event.case_id or 0, "")
    when, machine = _moment(event, reference)
    return {
        "seq": event.seq, "when": when, "machine": machine, "what": deed(event.action),
        "who": _who(event, names), "reference": reference,
        "url": url_for("desk.case", reference=reference) if reference else None,
        "unit": names.units.get(event.unit_id or 0, ""), "status": word(event.status, "status") if event.status else "",
        "subject": event.subject, "hash": event.hash,
        "facts": _facts(event),
    }  # fmt: skip


def _moment(event: Event, reference: str) -> tuple[str, str]:
    """When; the arrival of a denunciation only by its day."""
    if event.action == Action.SUBMIT and reference.startswith(PREFIX[Kind.DENUNCIATION]):
        day = clock.day_of(event.at)
        return show_date(day), day.isoformat()
    return show_time(event.at), event.at.isoformat()


def _facts(event: Event) -> list[tuple[str, str]]:
    """What is said beside the deed: of a case nothing, of a look which page or paper was opened."""
    if event.action == Action.LOOK:
        return [(_("đã mở"), _opened(str(event.facts.get("what", ""))))]
    return [] if event.case_id else [(key, str(value)) for key, value in event.facts.items()]


def _opened(what: str) -> str:
    known = {"paper": _("văn bản đang soạn hoặc đã ký"), "case": _("trang hồ sơ"), "register": _("trang trong sổ"),
             "file": _("một tệp")}  # fmt: skip
    if what.startswith("document"):
        return _("văn bản %(number)s", number=what.partition(" ")[2])
    return known.get(what) or word(what, "verb")


def _who(event: Event, names: Names) -> str:
    """An official by name; residents are never named here."""
    if event.actor_role == Role.SYSTEM:
        return _("hệ thống")
    if event.actor_role == Role.RESIDENT:
        return _("người gửi")
    return names.officials.get(event.official_id or 0) or word(event.actor_role, "role")


@bp.post("/journal/verify")
@role(Role.INSPECTOR, late=True)
def verify_journal() -> Any:
    """Read the whole chain, link by link, and say whether one was changed. Reads only, so it takes no write turn."""
    try:
        found = examine(checkpoints(current_app.config))
        count, wrong = found.count, found.wrong
    except Foreign as error:
        count, wrong = 0, str(error)
    if wrong is None:
        flash(ngettext("Chuỗi còn nguyên: đã đọc %(num)s sự kiện, mắt xích nào cũng khớp.",
                       "Chuỗi còn nguyên: đã đọc %(num)s sự kiện, mắt xích nào cũng khớp.", count), "ok")  # fmt: skip
    else:
        flash(_("Chuỗi bị đứt sau %(n)s sự kiện: %(wrong)s", n=show_number(count), wrong=wrong), "late")
    return redirect(url_for("reports.journal"), 303)
