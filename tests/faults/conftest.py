"""A house for each test: a copy of one prepared data folder, or a database copied from one on a real server."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app import config, create_app
from app.extensions import db, writing
from tests import factories
from tests.conftest import prepare

from .cluster import Cluster
from .house import House
from .mail import PostOffice

MakeHouse = Callable[..., House]


def plant(house: House) -> None:
    """Schema and the small government, with its officials."""
    app = create_app(config.settings(house.environ))
    prepare(app)
    with app.app_context():
        with writing():
            factories.staff()
            db.session.commit()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared data folder, made once."""
    house = House(tmp_path_factory.mktemp("planted"))
    plant(house)
    return house.data


@pytest.fixture
def make_house(planted: Path, tmp_path: Path) -> Iterator[MakeHouse]:
    """Houses on copies of it; whatever still runs is ended."""
    made: list[House] = []

    def make(folder: Path | None = None, **more: Any) -> House:
        house = House(folder or tmp_path / f"house-{len(made)}", **more)
        shutil.copytree(planted, house.data, dirs_exist_ok=True)
        made.append(house)
        return house

    yield make
    for house in made:
        house.kill_worker()
        house.kill_web()


@pytest.fixture
def house(make_house: MakeHouse) -> House:
    """One house, not started."""
    return make_house()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server that can be killed."""
    made = Cluster()
    made.start()
    yield made
    made.remove()


@pytest.fixture
def moved(cluster: Cluster, tmp_path: Path, post: PostOffice) -> Iterator[House]:
    """A house on PostgreSQL."""
    house = House(tmp_path / "moved", database=cluster.create(f"d{time.monotonic_ns()}"), MAIL_HOST="127.0.0.1",
                  MAIL_PORT=str(post.port))  # fmt: skip
    plant(house)
    yield house
    house.kill_worker()
    house.kill_web()


@pytest.fixture
def post() -> Iterator[PostOffice]:
    """A mail server that is open."""
    office = PostOffice()
    office.open()
    yield office
    office.close()
