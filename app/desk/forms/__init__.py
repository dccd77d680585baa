"""What officials type: one form for each verb, and the counter's."""

from .answer import ApproveForm, AskForm, CloseForm, DraftForm, NoteForm, ProposeForm, SendBackForm
from .base import PlainForm, VerbForm
from .intake import IntakeForm, RenewForm
from .tools import BulkAssignForm, BulkForwardForm, NewPhraseForm, PhraseForm, SaveFilterForm
from .triage import (
    AcceptForm,
    AssignForm,
    CorrectForm,
    DuplicateForm,
    ForwardForm,
    RefuseForm,
    RegisterForm,
)

__all__ = [
    "AcceptForm",
    "ApproveForm",
    "AskForm",
    "AssignForm",
    "BulkAssignForm",
    "BulkForwardForm",
    "CloseForm",
    "CorrectForm",
    "DraftForm",
    "DuplicateForm",
    "ForwardForm",
    "IntakeForm",
    "NewPhraseForm",
    "NoteForm",
    "PhraseForm",
    "PlainForm",
    "ProposeForm",
    "RefuseForm",
    "RegisterForm",
    "RenewForm",
    "SaveFilterForm",
    "SendBackForm",
    "VerbForm",
]
