"""What the tests of the web process start from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from flask.testing import FlaskClient

from app.sandbox.redis_server import RedisServer
from app.wiring import Parts
from tests.web.dashboard_world import dashboard_app, parts_on


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Redis of our own."""
    folder: Path = tmp_path_factory.mktemp("redis")
    with RedisServer(folder) as server:
        yield server.url


@pytest.fixture
def real_redis(redis_server: str) -> Iterator[redis.Redis]:
    """A real Redis with nothing in it."""
    connection = redis.Redis.from_url(redis_server)
    connection.flushall()
    yield connection
    connection.close()


@pytest.fixture
def dashboard(real_redis: redis.Redis) -> Parts:
    """A deployment whose dashboard has a password."""
    return parts_on(real_redis)


@pytest.fixture
def visitor(dashboard: Parts) -> FlaskClient:
    """Somebody at the dashboard's door."""
    return dashboard_app(dashboard).test_client()
