"""What a load run says: figures as text, promises kept or not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path


class Told:
    """Prints, and keeps for the file."""

    def __init__(self, out: str | None) -> None:
        self._out = Path(out) if out else None
        self._lines: list[str] = []
        self.broken = 0

    def say(self, line: str) -> None:
        """One line."""
        print(line, flush=True)  # noqa: T201
        self._lines.append(line)
        if self._out:
            self._out.write_text("\n".join(self._lines) + "\n", encoding="utf-8")

    def hold(self, promise: str, is_kept: bool) -> None:
        """One promise."""
        self.broken += not is_kept
        self.say(f"  {'kept    ' if is_kept else 'NOT KEPT'}  {promise}")

    def times(self, what: str, seen: list[tuple[int, float]]) -> dict[str, float]:
        """Statuses and quantiles of a phase, in milliseconds."""
        took = sorted(seconds * 1000 for _status, seconds in seen) or [0.0]
        found = {name: took[min(len(took) - 1, int(len(took) * share))]
                 for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("most", 1.0))}  # fmt: skip
        statuses = ", ".join(f"{status}: {n}" for status, n in sorted(Counter(s for s, _t in seen).items()))
        figures = ", ".join(f"{name} {value:.0f} ms" for name, value in found.items())
        self.say(f"{what}: {len(seen)} requests; {figures}; {statuses}")
        return found
