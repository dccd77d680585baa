"""When voters oblige their commune to hold a dialogue conference: at a tenth of them (Law 72/2025/QH15 art. 43)."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Decimal

MOST_ON_A_LIST = 100_000


def needed(voters: int, share: float) -> int:
    """How many voices oblige a commune of so many voters; 0 where the number of voters is not known."""
    return int((Decimal(voters) * Decimal(str(share))).to_integral_value(ROUND_CEILING)) if voters > 0 else 0


def reached(counted: int, need: int) -> bool:
    """Whether so many voices oblige it."""
    return need > 0 and counted >= need


def percent(counted: int, voters: int) -> float | None:
    """The voices as a share of the voters, in percent; None where their number is not known."""
    return 100 * counted / voters if voters > 0 else None


def plain_phone(typed: str) -> str:
    """The digits of a telephone of this country, from its nought on; empty where it cannot be one.

    0912 000 017, 0912.000.017 and +84 912 000 017 are one telephone.
    """
    digits = re.sub(r"[\s.\-()]", "", typed)
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    elif digits.startswith("84") and len(digits) in (11, 12):
        digits = "0" + digits[2:]
    return digits if re.fullmatch(r"0[235789][0-9]{8,9}", digits) else ""
