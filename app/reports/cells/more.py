"""Figures beside those of Measures, by name, each from the module that explains it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from . import judgement, passage, standing, stays

if TYPE_CHECKING:
    from .measures import Measures

MORE: Mapping[str, Callable[[Measures], Any]] = {**judgement.MORE, **passage.MORE, **stays.MORE, **standing.MORE}
