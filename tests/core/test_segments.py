import pytest

from app.core.segments import segments, smart_encode


@pytest.mark.parametrize(
    ("text", "encoding", "parts"),
    [
        ("", "GSM-7", 1),
        ("a" * 160, "GSM-7", 1),
        ("a" * 161, "GSM-7", 2),
        ("a" * 306, "GSM-7", 2),
        ("a" * 307, "GSM-7", 3),
        ("€" * 80, "GSM-7", 1),
        ("€" * 81, "GSM-7", 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 3),
        ("ñ¿é" * 10, "GSM-7", 1),
        ("á" * 70, "UCS-2", 1),
        ("á" * 71, "UCS-2", 2),
        ("á" * 134, "UCS-2", 2),
        ("😀" * 35, "UCS-2", 1),
        ("😀" * 36, "UCS-2", 2),
        ("á" * 66 + "😀" + "á" * 66, "UCS-2", 3),
        ("a\r\nb", "GSM-7", 1),
    ],
)
def test_segments_are_counted_as_the_carrier_counts(text, encoding, parts):
    counted = segments(text)
    assert (counted.encoding, counted.segments) == (encoding, parts)


@pytest.mark.parametrize(
    ("text", "parts"), [("a" * 160, 1), ("a" * 304, 2), ("a" * 305, 3), ("á" * 132, 2), ("á" * 133, 3)]
)
def test_a_toll_free_part_has_less_room(text, parts):
    assert segments(text, toll_free=True).segments == parts


@pytest.mark.parametrize(
    ("text", "costly"), [("plain", ()), ("5 € or {6} €", ("€", "{", "}")), ("it’s 5 €", ("’",))]
)
def test_the_characters_that_cost_are_named_once(text, costly):
    assert segments(text).costly == costly


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("“It’s fine” – really…", '"It\'s fine" - really...'),
        ("no\u00a0break\u200b", "no break"),
        ("mañana a las 8, ¿sí?", "mañana a las 8, ¿sí?"),
    ],
)
def test_look_alikes_are_swapped_and_accents_are_not(text, plain):
    assert smart_encode(text) == plain
