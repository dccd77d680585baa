"""A request for a dialogue that others may join: what is asked, of whom, how many ask, how it stands."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts import attempts
from ...cases.models import Case
from ...extensions import db
from ...guards import public
from ...refusals import Invalid, TooMany, WrongStep
from ..actions.voices import Joined, is_joinable, join
from ..forms.joining import JoinForm
from ..queries.requests import session_of, shared_case
from . import bp

JOINS_PER_HOUR = 30
"""From one network, where the setting SUBMISSIONS_PER_HOUR says nothing else: a village may share one line."""


@bp.route("/dialogues/requests/<reference>", methods=["GET", "POST"])
@public
def shared_request(reference: str) -> Any:
    """Read it, and ask too; a request that is not public is not there."""
    case, form = shared_case(reference), JoinForm()
    if request.method == "GET":
        return _page(case, JoinForm(formdata=None))
    if not form.validate():
        return _page(case, form), 422
    return _join(case, form)


def _join(case: Case, form: Any) -> Any:
    """Count the voice once; whatever is refused, the number typed stays and nothing changes."""
    now = clock.now()
    limit = int(current_app.config.get("SUBMISSIONS_PER_HOUR", JOINS_PER_HOUR))
    try:
        attempts.count_and_check("join", attempts.network(request.remote_addr), now, limit, 3600)
        how = join(case, form.phone.data, g.actor, now)
    except TooMany as refused:
        minutes = -(-refused.retry_after // 60)
        form.phone.errors = [_("Mạng này vừa gửi nhiều lần. Đợi %(n)s phút rồi thử lại.", n=minutes)]
        return _page(case, form), 429, {"Retry-After": str(refused.retry_after)}
    except Invalid as refused:
        form.phone.errors = [_(refused.reason)]
        return _page(case, form), 422
    except WrongStep as refused:
        form.phone.errors = [_(refused.reason)]
        return _page(case, form), 409
    db.session.commit()
    flash(*_said(how))
    return redirect(url_for("dialogues.shared_request", reference=case.reference), 303)


def _said(how: Joined) -> tuple[str, str]:
    return {
        Joined.COUNTED: (_("Đã tính thêm một người cùng đề nghị. Cảm ơn ông/bà."), "ok"),
        Joined.ALREADY: (_("Số này đã được tính trước đó, nên không tính thêm. Cảm ơn ông/bà."), "ok"),
        Joined.OWN: (_("Số này là của người đã gửi đề nghị, nên không tính thêm."), "ok"),
    }[how]


def _page(case: Case, form: JoinForm) -> str:
    session = session_of(case)
    return render_template(
        "dialogues/shared_request.html", case=case, wish=case.asked_to_meet, form=form, can_join=is_joinable(case),
        session=session if session is not None and session.is_public and case.status == "scheduled" else None,
        link=f"{current_app.config['BASE_URL']}{url_for('dialogues.shared_request', reference=case.reference)}",
    )  # fmt: skip
