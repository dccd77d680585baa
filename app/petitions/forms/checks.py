"""What a field must hold: see cases.typed, which every room's forms share."""

from ...cases.typed import AtMost, Needed, is_email, is_phone

__all__ = ["AtMost", "Needed", "is_email", "is_phone"]
