"""Every way to look at a unit's figures, in the order in which the pages offer them.

A view is one module here (what it counts, its sheets) and one template of the same name (its charts). Page, downloads,
filters, dictionary and addresses come with the frame.
"""

from .channels import CHANNELS
from .frame import View
from .places import PLACES
from .reopened import REOPENED
from .satisfaction import SATISFACTION
from .subjects import SUBJECTS
from .workload import WORKLOAD

VIEWS: tuple[View, ...] = (SUBJECTS, PLACES, CHANNELS, SATISFACTION, REOPENED, WORKLOAD)

__all__ = ["VIEWS"]
