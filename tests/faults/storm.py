"""Rounds of killing at random moments while residents write, and what was found afterwards."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from .house import House, eventually
from .mail import PostOffice
from .proof import Found, counted, wrong_with
from .resident import Deed, Resident, settle


class Database(Protocol):
    """A database server that can be killed."""

    def kill(self) -> None: ...
    def start(self) -> None: ...


@dataclass
class Report:
    """What one storm did and found."""

    seed: int
    rounds: int
    kills: Counter[str] = field(default_factory=Counter)
    restarts: list[float] = field(default_factory=list)
    """Seconds from the start of the process to the first 200."""
    deeds: list[Deed] = field(default_factory=list)
    lost: int = 0
    """Answers that never came."""
    unknown: int = 0
    """Sendings whose resident gave up and did not learn how they went, until the end."""
    found: Found = field(default_factory=lambda: Found(0, 0, 0, 0))
    letters: int = 0
    doubles: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        slow = sorted(self.restarts)
        kills = ", ".join(f"{what} {count}" for what, count in sorted(self.kills.items()))
        return "\n".join([
            f"seed {self.seed}: {self.rounds} rounds of kill -9 ({kills}), 8 writers",
            f"acknowledged receipts {sum(d.is_acknowledged for d in self.deeds)}, answers lost on the way {self.lost}, "
            f"sendings left open until the end {self.unknown}",
            f"found cases {self.found.cases}, files {self.found.files}, events {self.found.events}, "
            f"notices {self.found.notices}; letters delivered {self.letters}, doubled {self.doubles}",
            f"restart to the first 200: median {slow[len(slow) // 2]:.1f} s, longest {slow[-1]:.1f} s, "
            f"on {os.cpu_count()} processors with a load of {os.getloadavg()[0]:.0f}",
            "wrong: " + ("nothing" if not self.wrong else "\n  ".join(["", *self.wrong])),
        ])  # fmt: skip


def storm(house: House, seed: int, rounds: int, post: PostOffice | None = None, database: Database | None = None,
          writers: int = 8) -> Report:  # fmt: skip
    """Kill at random for so many rounds, then stop and look at everything."""
    report, chance = Report(seed, rounds), random.Random(seed)
    report.restarts.append(house.start())
    residents = [Resident(house.url, number, seed) for number in range(writers)]
    for resident in residents:
        resident.start()
    for _round in range(rounds):
        time.sleep(chance.uniform(0.1, 1.2) * report.restarts[-1])  # a crowded machine needs longer for everything
        _strike(house, chance, report, database)
    _end(house, residents, report, post)
    return report


def _strike(house: House, chance: random.Random, report: Report, database: Database | None) -> None:
    """One kill, and everything up again."""
    victim = chance.choice(["web", "web", "worker", "both", "starting"] + ["database"] * 3 * (database is not None))
    report.kills[victim] += 1
    if victim == "database":
        assert database is not None
        database.kill()
        time.sleep(chance.uniform(0.0, 1.0))
        database.start()
        eventually(lambda: house.status("/") == 200)
        return
    if victim in ("worker", "both"):
        house.kill_worker()
    if victim == "worker":
        return
    house.kill_web()
    if victim == "starting":
        house.begin()
        time.sleep(chance.uniform(0.1, 2.5))
        house.kill_web()
    report.restarts.append(house.start())


def _end(house: House, residents: list[Resident], report: Report, post: PostOffice | None) -> None:
    """Let everybody finish, learn what was never known, stop the house and look."""
    for resident in residents:
        resident.stop.set()
    for resident in residents:
        resident.join(timeout=600)
        report.wrong += [f"{resident.name}: {resident.failed!r}"] if resident.failed or resident.is_alive() else []
        report.deeds += resident.deeds
        report.lost += resident.lost
    report.wrong += wrong_with(house, report.deeds)  # what nobody knows yet is whole or not there
    report.unknown = sum(deed.send is not None for deed in report.deeds)
    for deed in report.deeds:
        settle(deed)
    assert house.stop() == 0, house.said()[-3000:]
    report.wrong += wrong_with(house, report.deeds)
    report.found = counted(house)
    if post is not None:
        _letters(house, report, post)


def _letters(house: House, report: Report, post: PostOffice) -> None:
    """Whatever was leased by a worker that died is sent once its lease has run out; nothing is lost."""
    from datetime import timedelta

    from app import clock
    from app.letters.deliver import drain

    with house.inside():
        for _turn in range(500):
            if drain(clock.now() + timedelta(hours=7)) == 0:
                break
    kills = report.kills["worker"] + report.kills["both"] + report.kills["web"] + report.kills["starting"]
    reached = set(post.recipients.values())
    report.wrong += [f"no letter to {deed.email}" for deed in report.deeds
                     if deed.is_acknowledged and deed.email not in reached]  # fmt: skip
    report.letters, report.doubles = len(post.taken), post.doubles
    if report.doubles > kills + report.kills["database"]:
        report.wrong.append(f"{report.doubles} letters doubled by {kills} kills")
