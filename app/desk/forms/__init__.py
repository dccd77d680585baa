"""What officials type: one form for each verb, and the counter's."""

from .answer import ApproveForm, AskForm, CloseForm, DraftForm, NoteForm, ProposeForm, SendBackForm
from .base import PlainForm, VerbForm
from .dialogue import OfferForm, ScheduleForm, ShareForm
from .intake import IntakeForm, RenewForm
from .parts import GivePartForm, RequestPartForm
from .settling import (
    ArchiveForm,
    DialogueForm,
    EnforceForm,
    PublishForm,
    SendForm,
    WithdrawalForm,
    WithdrawPartForm,
)
from .sorting import ClassifyForm, SplitForm
from .tools import BulkAssignForm, BulkForwardForm, NewPhraseForm, PhraseForm, SaveFilterForm
from .triage import (
    AssignForm,
    CorrectForm,
    DuplicateForm,
    ForwardForm,
    RefuseForm,
    RegisterForm,
)

__all__ = [
    "ApproveForm",
    "ArchiveForm",
    "AskForm",
    "AssignForm",
    "BulkAssignForm",
    "BulkForwardForm",
    "ClassifyForm",
    "CloseForm",
    "CorrectForm",
    "DialogueForm",
    "DraftForm",
    "DuplicateForm",
    "EnforceForm",
    "ForwardForm",
    "GivePartForm",
    "IntakeForm",
    "NewPhraseForm",
    "NoteForm",
    "OfferForm",
    "PhraseForm",
    "PlainForm",
    "ProposeForm",
    "PublishForm",
    "RefuseForm",
    "RegisterForm",
    "RenewForm",
    "RequestPartForm",
    "SaveFilterForm",
    "ScheduleForm",
    "SendBackForm",
    "SendForm",
    "ShareForm",
    "SplitForm",
    "VerbForm",
    "WithdrawPartForm",
    "WithdrawalForm",
]
