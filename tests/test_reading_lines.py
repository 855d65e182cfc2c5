import json

import pytest

from app.content.words import load_words
from app.core.reading.reader import Reader
from app.reading_lines import read_line, segments_line, zones_line


def test_a_line_is_read():
    line = json.dumps(
        {"text": "about a 7", "expect": {"kind": "scale", "low": 0, "high": 10}, "locale": "en"}
    )
    out = json.loads(read_line(line, Reader(load_words())))
    assert (out["value"], out["understood"], out["command"], out["risk"]) == (7, True, None, "none")


def test_a_line_stays_one_line_whatever_the_text_holds():
    out = read_line(json.dumps({"text": "a\u2028b\u0085c", "expect": {"kind": "text"}}), Reader(load_words()))
    assert len(out.splitlines()) == 1


def test_a_line_of_segments():
    assert json.loads(segments_line('{"text": "hi"}'))["segments"] == 1


@pytest.mark.parametrize(
    ("phone", "zones"),
    [("+12025550100", ["America/New_York"]), ("not a number", []), ("5550100", [])],
)
def test_a_line_of_zones(phone, zones):
    assert json.loads(zones_line(json.dumps({"text": phone})))["value"] == zones
