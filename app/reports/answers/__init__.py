"""Every way to look at a unit's figures, in the order in which the pages offer them.

A view is one module here (what it counts, its sheets) and one template of the same name (its charts). Page, downloads,
filters, dictionary and addresses come with the frame.
"""

from .backlog import BACKLOG
from .channels import CHANNELS
from .due import DUE
from .durations import DURATIONS
from .frame import View
from .places import PLACES
from .reopened import REOPENED
from .satisfaction import SATISFACTION
from .subjects import SUBJECTS
from .time_lost import TIME
from .trend import TREND
from .workload import WORKLOAD

VIEWS: tuple[View, ...] = (
    TREND, BACKLOG, DUE, DURATIONS, TIME, SUBJECTS, PLACES, CHANNELS, SATISFACTION, REOPENED, WORKLOAD,
)  # fmt: skip

__all__ = ["VIEWS"]
