"""Why something is not done: each refusal carries its reason in words for the person who asked. Pages: errors.py."""

from __future__ import annotations


class Refusal(Exception):
    """Nothing was changed; `reason` says why, as a sentence to translate."""

    status = 400

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


class NotAllowed(Refusal):
    """Not yours to do, on something you may see."""

    status = 403


class Missing(Refusal):
    """It does not exist, or is out of your sight: the same answer for both."""

    status = 404


class WrongStep(Refusal):
    """The case has moved on; this verb no longer fits."""

    status = 409


class Stale(Refusal):
    """Somebody else changed it meanwhile: both texts are shown, nothing is lost."""

    status = 409

    def __init__(self, reason: str = "", mine: str = "", theirs: str = "") -> None:
        super().__init__(reason)
        self.mine, self.theirs = mine, theirs


class Invalid(Refusal):
    """What was typed cannot be taken; `field` names where."""

    status = 422

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.field = field


class TooMany(Refusal):
    """Too many tries; `retry_after` in seconds."""

    status = 429

    def __init__(self, reason: str = "", retry_after: int = 60) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
