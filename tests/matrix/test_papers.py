"""Every paper's deed x every stage of a complaint: written by whom, signed by whom; nothing without its signature."""

from __future__ import annotations

from typing import Any

import pytest

from app.documents import paper_forms
from app.rules.workflow import Action, Kind
from tests.factories import PASSWORD

from .doors import grid
from .stories import NOW
from .test_acts import FAR, LETTERS, answers
from .world import World

STAGES, _ROWS = grid("PAPERS")
PAPERS = {row[0]: dict(zip(STAGES, row[1:], strict=True)) for row in _ROWS}
CARGO: dict[str, dict[str, str]] = {
    "suspend": {"on": f"{NOW.date()}"}, "resume": {"on": f"{NOW.date()}"}, "decide": {"verdict": "right"},
    "guide": {"body": "Tòa án nhân dân"}, "transfer_out": {"body": "Tòa án nhân dân"},
}  # fmt: skip


def paper(world: World, action: str, stage: str, go: str) -> tuple[str, dict[str, Any]]:
    """The address of the verb's paper at that stage, and its form filled in."""
    form = paper_forms.forms_for(Action(action), Kind.COMPLAINT, 1)[0]
    texts = {f"text-{field.id}": "Đã kiểm tra hồ sơ." for field in form.fields}
    said = {"version": world.version(stage), "go": go, "password": PASSWORD, **CARGO.get(action, {}), **texts}
    return f"/desk/cases/{world.cases[stage][1]}/papers/new/{form.id}", said


@pytest.mark.parametrize("action", PAPERS)
@pytest.mark.parametrize("stage", STAGES)
def test_papers_are_written_by_those_who_work_on_it_and_signed_by_the_head_alone(
    world: World, action: str, stage: str
) -> None:
    wrong = []
    for visitor, letter in LETTERS.items():
        for go in ("save", "sign"):
            url, said = paper(world, action, stage, go)
            before = world.count("select count(*) from document")
            status = world.ask(visitor, "POST", url, data=said).status_code
            signed = world.count("select count(*) from document") - before
            cell = PAPERS[action][stage]
            may = letter in cell if go == "save" else letter == "h" and "h" in cell
            if (status == 303, signed) != (may, int(may and go == "sign")):
                wrong.append(f"{visitor} {go}: {status} and {signed} papers")
            world.restore()
    assert not wrong, f"{action} on {stage}\n" + "\n".join(wrong)


@pytest.mark.parametrize("action", PAPERS)
def test_nobody_else_writes_or_signs_anything(world: World, action: str) -> None:
    stage = next(stage for stage in STAGES if PAPERS[action][stage] != ".")
    wrong = []
    for visitor in FAR:
        url, said = paper(world, action, stage, "sign")
        before = world.count("select count(*) from paper") + world.count()
        status = world.ask(visitor, "POST", url, data=said).status_code
        after = world.count("select count(*) from paper") + world.count()
        if status not in answers("note", stage, visitor) or after > before:
            wrong.append(f"{visitor}: {status}")
    assert not wrong, f"{action} on {stage}\n" + "\n".join(wrong)
