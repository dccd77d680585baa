"""What residents type: the pages of the guided form, and the small forms of the case page."""

from .case import AppealForm, CodeForm, LostForm, RateForm, ReopenForm, ReplyForm, WithdrawForm
from .sealed import DeedForm, DenouncedForm, LawForm, SealedReviewForm
from .sheet import (
    AgainstForm,
    CategoryForm,
    ComplainantForm,
    FilesForm,
    ReviewForm,
    SheetForm,
    UnitForm,
    WhatForm,
    WhereForm,
    YouForm,
)

__all__ = [
    "AgainstForm",
    "AppealForm",
    "CategoryForm",
    "CodeForm",
    "ComplainantForm",
    "DeedForm",
    "DenouncedForm",
    "FilesForm",
    "LawForm",
    "LostForm",
    "RateForm",
    "ReopenForm",
    "ReplyForm",
    "ReviewForm",
    "SealedReviewForm",
    "SheetForm",
    "UnitForm",
    "WhatForm",
    "WhereForm",
    "WithdrawForm",
    "YouForm",
]
