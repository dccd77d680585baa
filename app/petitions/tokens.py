"""The one-time token of the resident's forms: see cases.tokens."""

from ..cases.tokens import GOOD_FOR, holder_of, issue, read

__all__ = ["GOOD_FOR", "holder_of", "issue", "read"]
