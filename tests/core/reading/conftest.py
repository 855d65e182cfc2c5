import pytest

from app.content.words import load_words
from app.core.reading.reader import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(load_words())
