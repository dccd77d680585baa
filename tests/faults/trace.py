"""The system calls of a real server, as strace writes them, and the order in which a promise must be kept."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

STRACE = shutil.which("strace")
CALLS = "trace=fsync,fdatasync,rename,renameat,renameat2,write,pwrite64,writev,sendto,sendmsg"
_CALL = re.compile(r"^(?P<process>\d+) +(?:<\.\.\. )?(?P<name>\w+)(?P<resumed> resumed>)?(?P<rest>.*)$")
_ENDED = re.compile(r"= -?\d+")


def under_strace(output: Path) -> tuple[str, ...]:
    """What stands before the command of a server that is watched."""
    assert STRACE is not None
    return (STRACE, "-f", "-y", "-s", "80", "-e", CALLS, "-o", str(output))


@dataclass(frozen=True)
class Call:
    """One call that matters, at the moment it was over (a flush) or began (an answer)."""

    what: str
    path: str = ""


def calls(output: Path, data: Path) -> list[Call]:
    """The calls in the order of the trace: flushes where they returned, answers where they began."""
    found, open_calls = [], dict[str, str]()
    for line in output.read_text(errors="replace").splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        process, rest = match["process"], match["rest"]
        if "<unfinished ...>" in rest:
            open_calls[process] = rest
            if (call := _answer(match["name"], rest)) is not None:
                found.append(call)
            continue
        if match["resumed"]:
            rest = open_calls.pop(process, "") + rest
            if _answer(match["name"], rest) is not None:
                continue  # counted when it began
        call = _answer(match["name"], rest) or _kept(match["name"], rest, data)
        if call is not None and _ENDED.search(rest):
            found.append(call)
    return found


def _answer(name: str, rest: str) -> Call | None:
    """The first bytes of an answer to a browser."""
    said = re.search(r'"HTTP/1\.[01] (\d{3})', rest)
    return Call(f"answer {said[1]}") if said and name in ("write", "writev", "sendto", "sendmsg") else None


def _kept(name: str, rest: str, data: Path) -> Call | None:
    """A flush or a rename inside the data folder."""
    inside = [path for path in re.findall(r'[<"](/[^>"]*)[>"]', rest) if path.startswith(str(data))]
    if not inside or name not in ("fsync", "fdatasync", "rename", "renameat", "renameat2"):
        return None
    kind = "rename" if name.startswith("rename") else "flush"
    return Call(kind, inside[-1].removeprefix(str(data)).lstrip("/"))
