"""Check 34 on a running server: files made to swell are turned away, memory stays low, health answers meanwhile."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.attachments.hostile import KEPT, REFUSED
from tests.petitions.walk import Walk

from .browser import Browser
from .ground import Service, free_port
from .test_overload import Watch, is_calm

MOST = 300_000_000
"""Bytes that the server and all it starts may take more than before."""
REFUSED_BOMBS = ("one colour, 400 million pixels", "a header of 4000 million pixels", "GIF of a hundred frames",
                 "a zip in a zip")  # fmt: skip
KEPT_BOMBS = ("a paper that opens into 300 MB", "a paper with a script", "a paper with a file in it")


def family(pid: int) -> Iterator[int]:
    """A process and everything it started."""
    yield pid
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in tasks.read_text().split():
            yield from family(int(child))


def memory(pid: int) -> int:
    """Bytes held by a process and all it started, shared ones counted once (PSS)."""
    total = 0
    try:
        for one in family(pid):
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(), re.M)
            total += int(found[1]) * 1024 if found else 0
    except OSError:  # one of them just ended
        return 0
    return total


class Scale(threading.Thread):
    """The most memory that a server with everything it starts takes, looked at twenty times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.over = pid, threading.Event()
        self.before = self.most = memory(pid)

    def run(self) -> None:
        while not self.over.wait(0.05):
            self.most = max(self.most, memory(self.pid))


def test_bombs_are_turned_away_while_health_answers_and_memory_stays_low(data: Path) -> None:
    port = free_port()
    env = {"BASE_URL": f"http://127.0.0.1:{port}", "PORT": str(port), "PROXY_HOPS": "1"}
    with Service("gunicorn", data, **env) as web:
        web.wait()
        walks = [Walk(Browser(env["BASE_URL"], **{"X-Forwarded-For": f"198.51.100.{n}"})).to("files")  # type: ignore[arg-type]
                 for n in range(3)]  # fmt: skip
        watch, scale = Watch(web), Scale(web.process.pid)
        watch.start()
        scale.start()
        answers: dict[str, int] = {}

        def send(walk: Walk) -> None:
            for which, (name, make) in [*((b, REFUSED[b]) for b in REFUSED_BOMBS), *((b, KEPT[b]) for b in KEPT_BOMBS)]:
                answers[which] = walk.press("upload", files=(io.BytesIO(make()), name)).status_code

        senders = [threading.Thread(target=send, args=(walk,), daemon=True) for walk in walks]
        for one in senders:
            one.start()
        for one in senders:
            one.join(120)
        for one in (watch, scale):
            one.over.set()
            one.join(30)
    assert {answers[which] for which in REFUSED_BOMBS} <= {413, 422}
    assert {answers[which] for which in KEPT_BOMBS} <= {200, 413, 422} and len(answers) == 7
    assert watch.wrong == []
    assert scale.before > 0 and scale.most - scale.before < MOST
    assert watch.longest < 1.0 or not is_calm()
