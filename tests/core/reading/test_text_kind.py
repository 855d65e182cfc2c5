import pytest

from app.core.reading.model import Expect

NOW = 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ok", "small_talk"),
        ("lol thanks!", "small_talk"),
        ("Gracias", "small_talk"),
        ("Loved “How safe do you feel? Thinking about suicide? Call 988”", "reaction"),
        ('Laughed at "Reply STOP to end"', "reaction"),
        ("👍 to “call 988 when suicidal”", "reaction"),
        ("Le encantó “¿Cómo estás?”", "reaction"),
        ("I'm driving with Do Not Disturb While Driving turned on.", "auto_reply"),
        ("Automatic reply: I am away", "auto_reply"),
        ("", "empty"),
        ("\ufffc", "media"),
        ("we walked the dog today", "unprompted"),
    ],
)
def test_what_kind_of_text_came(reader, text, kind):
    reading = reader.read(text, None, "en", NOW)
    assert (reading.kind, reading.command, reading.risk.tier) == (kind, None, "none")
    assert reading.why


def test_words_after_the_quotation_are_the_persons_own(reader):
    reading = reader.read('Liked "How are you?" but i want to die', None, "en", NOW)
    assert (reading.kind, reading.risk.tier) == ("unprompted", "active")


@pytest.mark.parametrize("text", ["*4", "I meant 4", "sorry, i meant 4"])
def test_a_correction_holds_the_new_answer(reader, text):
    reading = reader.read(text, Expect("scale", high=10), "en", NOW)
    assert (reading.kind, reading.value) == ("correction", 4)


def test_a_text_that_does_not_answer_is_unclear(reader):
    reading = reader.read("purple elephants", Expect("scale"), "en", NOW)
    assert (reading.kind, reading.understood, reading.value) == ("answer", False, None)
