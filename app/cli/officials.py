"""Commands about officials: the first administrator is made here, since no default account exists."""

from __future__ import annotations

from typing import Any

import click
from flask import Flask, current_app

from .. import clock
from ..accounts import actions, passwords, queries, single
from ..accounts.models import Official
from ..desk import house
from ..extensions import db, writing
from ..refusals import Refusal
from ..rules.workflow import THE_SYSTEM, Role
from ..units.models import Unit
from ..units.queries import unit_by_code

ROLES = [str(role) for role in Role if role not in (Role.RESIDENT, Role.SYSTEM)]
unit_option = click.option("--unit", "unit_code", required=True, help="Code of the unit (see list-officials).")
cases_option = click.option(
    "--cases-to", default="", metavar="ACCOUNT|unassigned",
    help="Who takes the open cases: a colleague of the unit, or 'unassigned'. Asked for when there are any.",
)  # fmt: skip


def register(app: Flask) -> None:
    """Add the commands to the app."""
    for command in (create_official, move_official, disable_official, end_sign_ins, list_officials, reset_password,
                    remove_second_factor, link_single):  # fmt: skip
        app.cli.add_command(command)


def _official(account: str) -> Official:
    official = queries.by_account(account)
    if official is None:
        raise click.ClickException(f"nobody has the account '{account}'")
    return official


def _unit(code: str) -> Unit:
    unit = unit_by_code(code)
    if unit is None:
        raise click.ClickException(f"no unit has the code '{code}'")
    return unit


@click.command("create-official")
@click.argument("account")
@click.option("--name", required=True, help="Full name as it stands on papers.")
@unit_option
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--title", default="")
@click.option("--email", default="")
def create_official(account: str, name: str, unit_code: str, role: str, title: str, email: str) -> None:
    """Create ACCOUNT with a first post and print a one-time password; it must be changed at the first sign-in."""
    password = passwords.one_time()
    hashed = passwords.hash_password(password)
    with writing():
        _do(actions.create, account, name, _unit(unit_code), Role(role), hashed, THE_SYSTEM, clock.now(),
            title=title, email=email)  # fmt: skip
        db.session.commit()
    click.echo(f"{account.strip().lower()}: one-time password {password}")


@click.command("move-official")
@click.argument("account")
@unit_option
@click.option("--role", type=click.Choice(ROLES), help="The new role; the same as before if left out.")
@click.option("--from", "from_code", default="", help="The unit to leave, where the official works in several.")
@cases_option
def move_official(account: str, unit_code: str, role: str | None, from_code: str, cases_to: str) -> None:
    """End a post of ACCOUNT and begin one at another unit, from today on."""
    with writing():
        official, unit = _official(account), _unit(unit_code)
        post = _the_post(official, from_code)
        choice = _choice(house.cases_at(official, post), cases_to)
        _do(house.move, post, unit, Role(role or post.role), choice, THE_SYSTEM, clock.now())
        db.session.commit()
        click.echo(f"{official.account}: now {role or post.role} at {unit.code}")


def _the_post(official: Official, from_code: str) -> Any:
    held = [post for post in official.posts_on(clock.today()) if from_code in ("", post.unit.code)]
    if len(held) != 1:
        codes = ", ".join(f"{post.role} at {post.unit.code}" for post in held) or "none"
        raise click.ClickException(f"which post? say --from UNIT; posts held there: {codes}")
    return held[0]


@click.command("disable-official")
@click.argument("account")
@cases_option
def disable_official(account: str, cases_to: str) -> None:
    """Shut ACCOUNT out; open cases go to --cases-to."""
    with writing():
        official = _official(account)
        choice = _choice(house.cases_of(official), cases_to)
        count = _do(house.disable, official, choice, THE_SYSTEM, clock.now())
        db.session.commit()
    click.echo(f"{account}: disabled; {count} open cases handed over")


def _choice(cases: list[Any], cases_to: str) -> house.Choice:
    """The one taker for all cases; without cases nobody need be named."""
    if not cases_to:
        if cases:
            raise click.ClickException(f"{len(cases)} open cases: say --cases-to ACCOUNT or --cases-to unassigned")
        return house.Choice()
    return house.Choice(None if cases_to == "unassigned" else _official(cases_to).id)


@click.command("end-sign-ins")
@click.argument("account")
def end_sign_ins(account: str) -> None:
    """Sign ACCOUNT out of every browser."""
    with writing():
        count = actions.end_sign_ins(_official(account), clock.now())
        db.session.commit()
    click.echo(f"{account}: {count} sign-ins ended")


@click.command("reset-password")
@click.argument("account")
def reset_password(account: str) -> None:
    """Give ACCOUNT a new one-time password and print it; nobody chooses or sees the official's own."""
    password = passwords.one_time()
    hashed = passwords.hash_password(password)
    with writing():
        _do(actions.reset_password, _official(account), hashed, THE_SYSTEM, clock.now())
        db.session.commit()
    click.echo(f"{account}: one-time password {password}")


@click.command("remove-second-factor")
@click.argument("account")
def remove_second_factor(account: str) -> None:
    """Take away the second factor of ACCOUNT, who lost telephone and paper codes; it is set up anew later."""
    with writing():
        _do(actions.drop_factor, _official(account), THE_SYSTEM, clock.now())
        db.session.commit()
    click.echo(f"{account}: second factor removed, sign-ins ended")


@click.command("list-officials")
@click.option("--unit", "unit_code", default="", help="Only officials with a post at this unit or below.")
def list_officials(unit_code: str) -> None:
    """Officials with their posts of today."""
    paths, page = [_unit(unit_code).path if unit_code else "/"], 1
    while True:
        found = queries.directory(paths, page=page)
        for official in found.officials:
            click.echo(_line(official))
        if not found.has_next:
            return
        page += 1


def _line(official: Official) -> str:
    posts = ", ".join(f"{post.role} at {post.unit.code}" for post in official.posts_on(clock.today())) or "no post"
    state = " (disabled)" if official.is_disabled else ""
    return f"{official.account:30} {official.name:30} {posts}{state}, since {clock.day_of(official.created_at)}"


def _do(verb: Any, *args: Any, **more: Any) -> Any:
    """Run a verb; its refusal becomes a line and exit code 1."""
    try:
        return verb(*args, **more)
    except Refusal as refusal:
        db.session.rollback()
        raise click.ClickException(refusal.reason or "not found") from None


@click.command("link-single-sign-on")
@click.argument("account")
@click.argument("subject")
def link_single(account: str, subject: str) -> None:
    """Link ACCOUNT with SUBJECT, the number by which the provider of OIDC_ISSUER knows the same person."""
    issuer = str(current_app.config["OIDC_ISSUER"])
    if not issuer:
        raise click.UsageError("no provider is set (OIDC_ISSUER)")
    with writing():
        _do(single.link, _official(account), issuer, subject, THE_SYSTEM, clock.now())
        db.session.commit()
    click.echo(f"{account}: linked")
