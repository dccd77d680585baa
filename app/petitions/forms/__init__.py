"""What residents type: the pages of the guided form, and the small forms of the case page."""

from .case import (
    AppealForm,
    ChannelForm,
    ChooseForm,
    CodeForm,
    InsistForm,
    LostForm,
    RateForm,
    ReopenForm,
    ReplyForm,
    WithdrawForm,
)
from .dialogue import AskerForm, GroupForm, SubjectForm, TownForm, WishesForm, WithForm
from .proof import ProofForm
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
    "AskerForm",
    "CategoryForm",
    "ChannelForm",
    "ChooseForm",
    "CodeForm",
    "ComplainantForm",
    "DeedForm",
    "DenouncedForm",
    "FilesForm",
    "GroupForm",
    "InsistForm",
    "LawForm",
    "LostForm",
    "ProofForm",
    "RateForm",
    "ReopenForm",
    "ReplyForm",
    "ReviewForm",
    "SealedReviewForm",
    "SheetForm",
    "SubjectForm",
    "TownForm",
    "UnitForm",
    "WhatForm",
    "WhereForm",
    "WishesForm",
    "WithForm",
    "WithdrawForm",
    "YouForm",
]
