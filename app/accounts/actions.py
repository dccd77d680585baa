"""What changes about officials: created, given a post, relieved of one, shut out, let in again. Each leaves an event.

Verbs that also move cases (somebody leaves, a unit closes) stand in desk/house.py. The caller commits.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from .. import clock
from ..extensions import db
from ..journal.record import record
from ..refusals import Invalid
from ..rules.workflow import N_, Action, Actor, Role
from ..units.models import Unit
from . import door, factor, reach
from .models import Deputation, Official, Post
from .queries import by_account

CAN_DEPUTISE = (Role.HEAD, Role.OFFICER, Role.CLERK)
"""Who may stand in for a head: people who work on cases, never those who inspect or administer."""
LONGEST_DEPUTATION = timedelta(days=366)


def _changed(official: Official, actor: Actor, now: datetime, **facts: Any) -> None:
    record(Action.OFFICIAL_CHANGED, None, actor, now, about=f"official:{official.id}", **facts)


def create(account: str, name: str, unit: Unit, role: Role, hashed: str, actor: Actor, now: datetime,
           **more: str) -> Official:  # fmt: skip
    """A new official with a first post and a one-time password (its hash), to be changed at the first sign-in.

    `more`: title, email, language. Raises Invalid for an account name already taken.
    """
    reach.must_reach_unit(actor, unit)
    account = free_account(account)
    official = Official(account=account, name=name, created_at=now, password_hash=hashed, must_change_password=True,
                        **more)  # fmt: skip
    db.session.add(official)
    db.session.flush()
    _changed(official, actor, now, created=account, name=name)
    begin_post(official, unit, role, actor, now)
    return official


def free_account(account: str) -> str:
    """The account name as it is kept. Raises Invalid where it is taken."""
    account = account.strip().lower()
    if by_account(account):
        raise Invalid(N_("Tài khoản này đã có người dùng."), "account")
    return account


def drop_factor(official: Official, actor: Actor, now: datetime) -> None:
    """The official lost the telephone: the second factor is taken away, and open sign-ins end."""
    reach.must_not_be_self(actor, official)
    reach.must_reach_all(actor, official)
    factor.drop(official, actor, now)
    end_sign_ins(official, now)


def change_facts(official: Official, facts: dict[str, str], actor: Actor, now: datetime) -> None:
    """Correct name, title or address; nothing is remembered where nothing changed."""
    old = {key: getattr(official, key) for key in facts}
    if old == facts:
        return
    for key, value in facts.items():
        setattr(official, key, value)
    changed = [key for key in facts if facts[key] != old[key]]
    _changed(official, actor, now, old={k: old[k] for k in changed}, new={k: facts[k] for k in changed})


def begin_post(official: Official, unit: Unit, role: Role, actor: Actor, now: datetime) -> Post:
    """Give the official a role at a unit from today on; open sign-ins end, so that it counts at once."""
    may_begin(official, unit, role, actor, now)
    today = clock.day_of(now)
    post = Post(official=official, unit=unit, role=str(role), began_on=today)
    db.session.add(post)
    db.session.flush()
    end_sign_ins(official, now)
    _changed(official, actor, now, began=str(role), unit=unit.code)
    return post


def may_begin(official: Official, unit: Unit, role: Role, actor: Actor, now: datetime) -> None:
    """Raise the refusal that giving this post would meet."""
    reach.must_not_be_self(actor, official)
    reach.must_reach_unit(actor, unit)
    _may_hold(official, unit, role, clock.day_of(now))


def _may_hold(official: Official, unit: Unit, role: Role, today: date) -> None:
    held = official.posts_on(today)
    if not unit.is_valid(today):
        raise Invalid(N_("Đơn vị này không còn hoạt động."), "unit")
    if any(post.unit_id == unit.id and post.role == role for post in held):
        raise Invalid(N_("Cán bộ này đang giữ vai trò đó ở đơn vị đó rồi."), "role")
    # An administrator sees no case (decision 12): the two hats never sit on one head.
    if held and (role == Role.ADMINISTRATOR) != all(post.role == Role.ADMINISTRATOR for post in held):
        raise Invalid(N_("Quản trị hệ thống không giữ thêm vai trò khác, và ngược lại."), "role")


def end_post(post: Post, actor: Actor, now: datetime) -> None:
    """Relieve the official of a post from today on, and of the deputies they named or were there."""
    official, today = post.official, clock.day_of(now)
    reach.must_not_be_self(actor, official)
    reach.must_reach_unit(actor, post.unit)
    post.ended_on = today - timedelta(days=1)
    if post.role == Role.HEAD:
        _end_deputations(Deputation.head_id == official.id, Deputation.unit_id == post.unit_id, today=today)
    db.session.flush()
    end_sign_ins(official, now)
    _changed(official, actor, now, ended=post.role, unit=post.unit.code)


def _end_deputations(*which: Any, today: date) -> None:
    for row in db.session.scalars(select(Deputation).where(*which, Deputation.to_on >= today)):
        row.to_on = today - timedelta(days=1)


def disable(official: Official, actor: Actor, now: datetime) -> None:
    """Shut the official out: no page opens from the next request on; the name stays in every event."""
    reach.must_not_be_self(actor, official)
    reach.must_reach_all(actor, official)
    official.is_disabled = True
    today = clock.day_of(now)
    _end_deputations((Deputation.head_id == official.id) | (Deputation.deputy_id == official.id), today=today)
    end_sign_ins(official, now)
    _changed(official, actor, now, disabled=True)


def enable(official: Official, actor: Actor, now: datetime) -> None:
    """Let a disabled official in again, with the posts that were not ended."""
    reach.must_not_be_self(actor, official)
    reach.must_reach_all(actor, official)
    official.is_disabled = False
    _changed(official, actor, now, disabled=False)


def reset_password(official: Official, hashed: str, actor: Actor, now: datetime) -> None:
    """A new one-time password (its hash), to be changed at the next sign-in; "" for none. Open sign-ins end."""
    reach.must_not_be_self(actor, official)
    reach.must_reach_all(actor, official)
    official.password_hash, official.must_change_password = hashed, True
    end_sign_ins(official, now)
    _changed(official, actor, now, password="reset")


def change_password(official: Official, hashed: str, key: str, actor: Actor, now: datetime) -> None:
    """The official's own new password (its hash); every other browser is signed out, this one (`key`) stays."""
    official.password_hash, official.must_change_password = hashed, False
    door.end(door.sign_ins(official.id, now), now, but=door.hash_of(key))
    door.forget_steps(official.id)
    _changed(official, actor, now, password="changed")


def set_password(official: Official, hashed: str, actor: Actor, now: datetime) -> None:
    """The official's own new password (its hash), chosen by a link: every browser is signed out."""
    official.password_hash, official.must_change_password = hashed, False
    end_sign_ins(official, now)
    _changed(official, actor, now, password="chosen by link")


def prefer(official: Official, language: str, has_keys: bool) -> None:
    """The official's own language and whether single keys work: a taste, not an event."""
    official.language, official.has_keys = language, has_keys


def end_sign_ins(official: Official, now: datetime) -> int:
    """Sign the official out of every browser; how many."""
    door.forget_steps(official.id)
    return door.end(door.sign_ins(official.id, now), now)


def name_deputy(unit: Unit, head: Official, deputy: Official, from_on: date, to_on: date, document: str, actor: Actor,
                now: datetime) -> Deputation:  # fmt: skip
    """A head names who approves in the head's name from one day to another."""
    today = clock.day_of(now)
    _may_deputise(unit, head, deputy, today)
    if to_on < from_on:
        raise Invalid(N_("Ngày kết thúc đứng trước ngày bắt đầu."), "to_on")
    if from_on < today:
        raise Invalid(N_("Ngày bắt đầu đã qua. Ủy quyền không có hiệu lực về trước."), "from_on")
    if to_on - from_on > LONGEST_DEPUTATION:
        raise Invalid(N_("Mỗi lần ủy quyền không quá một năm."), "to_on")
    row = Deputation(unit=unit, head_id=head.id, deputy_id=deputy.id, from_on=from_on, to_on=to_on, document=document)
    db.session.add(row)
    db.session.flush()
    _changed(deputy, actor, now, deputy_of=head.name, unit=unit.code, from_on=from_on, to_on=to_on, document=document)
    return row


def _may_deputise(unit: Unit, head: Official, deputy: Official, today: date) -> None:
    is_near = any(
        post.unit_id in (unit.id, unit.parent_id) and post.role in CAN_DEPUTISE for post in deputy.posts_on(today)
    )
    if deputy.is_disabled or deputy.id == head.id or not is_near:
        raise Invalid(N_("Người ký thay là cán bộ của đơn vị này hoặc của cấp trên trực tiếp."), "deputy")


def end_deputation(row: Deputation, actor: Actor, now: datetime) -> None:
    """The head is back: the deputy stands in no longer, from this moment on."""
    row.to_on = min(row.to_on, clock.day_of(now) - timedelta(days=1))
    db.session.flush()
    _changed(row.deputy, actor, now, deputy_of=row.head.name, unit=row.unit.code, ended_on=row.to_on)
