"""The figures of an official form that officials type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms.validators import ValidationError

from ...units.fields import Line
from ...words import is_vietnamese
from .layout import Column
from .typed import LARGEST


class FigureLine(Line):
    """A figure that an official types: not negative, with at most so many decimals; empty takes it back."""

    def __init__(self, label: Any, decimals: int, **kw: Any) -> None:
        self.decimals, self.value = decimals, None
        super().__init__(label, longest=30, **kw)

    value: Fraction | None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """Read it as the reader's language writes numbers."""
        if not self.data or validation_stopped:
            return
        self.value = read_number(self.data, self.decimals)
        if self.value is None:
            raise ValidationError(_("Ghi một số không âm, ví dụ 12,5.") if self.decimals else
                                  _("Ghi một số nguyên không âm, ví dụ 15."))  # fmt: skip


def read_number(text: str, decimals: int) -> Fraction | None:
    """1.250,5 in Vietnamese, 1,250.5 in English; None for what is no such number: nothing is guessed."""
    thousand, point = (r"\.", ",") if is_vietnamese() else (",", r"\.")
    found = re.fullmatch(
        rf"(\d{{1,3}}(?:{thousand}\d{{3}})+|\d{{1,13}})(?:{point}(\d{{1,2}}))?", text.strip(), re.ASCII
    )
    if found is None or len(found[2] or "") > decimals:
        return None
    whole = int(re.sub(r"\D", "", found[1]))
    value = whole + Fraction(int(found[2]), 10 ** len(found[2])) if found[2] else Fraction(whole)
    return value if value <= LARGEST else None


def figures_form(columns: Sequence[tuple[Column, str]], written: Mapping[int, str], typed: Any = None) -> Any:
    """A form with one line for each column, named c<number>; shows what was written before."""
    lines = {f"c{column.number}": FigureLine(label, column.decimals) for column, label in columns}
    kind = type("FiguresForm", (FlaskForm,), lines)
    return kind(typed, data={f"c{number}": words for number, words in written.items()})
