"""The servers: the real ones once for all tests that a process runs, the one in memory anew for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.caldav_servers import ONE_REAL_SERVER, SERVERS, Server, radicale, xandikos
from tests.services.conftest import Desk
from tests.services.sync.fake_server import FakeServer
from tests.services.sync.rig import Rig


@pytest.fixture
def server_in_memory() -> FakeServer:
    return FakeServer()


@pytest.fixture(scope="session")
def radicale_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with radicale(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture(scope="session")
def xandikos_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with xandikos(tmp_path_factory.mktemp("xandikos")) as server:
        yield server


@pytest.fixture(params=SERVERS)
def rig(request: pytest.FixtureRequest, desk: Desk) -> Iterator[Rig]:
    """The desk and a server: each test is made with all of them."""
    rig = Rig(desk, request.getfixturevalue(request.param))
    yield rig
    rig.close()


@pytest.fixture(params=ONE_REAL_SERVER)
def rig_once(request: pytest.FixtureRequest, desk: Desk) -> Iterator[Rig]:
    """The desk and a server, for what doesn't hang on the server."""
    rig = Rig(desk, request.getfixturevalue(request.param))
    yield rig
    rig.close()
