"""What officials type: one form for each verb, and the counter's."""

from .answer import ApproveForm, AskForm, CloseForm, DraftForm, NoteForm, ProposeForm, SendBackForm
from .base import PlainForm, VerbForm
from .intake import IntakeForm, RenewForm
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
    "CloseForm",
    "CorrectForm",
    "DraftForm",
    "DuplicateForm",
    "ForwardForm",
    "IntakeForm",
    "NoteForm",
    "PlainForm",
    "ProposeForm",
    "RefuseForm",
    "RegisterForm",
    "RenewForm",
    "SendBackForm",
    "VerbForm",
]
