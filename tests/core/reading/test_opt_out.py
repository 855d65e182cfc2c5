import pytest

NOW = 0


@pytest.mark.parametrize(
    "text",
    [
        "Could you please stop texting me",
        "take me off of your list please",
        "pls remove my number",
        "Sorry, wrong number",
        "you have the wrong number",
        "Leave me alone",
        "Don’t text me again",
        "i dont want these messages anymore",
        "I never signed up for this",
        "stop messaging me!!! I mean it",
        "por favor dejen de escribirme",
        "Ya no quiero recibir mensajes",
        "número equivocado",
        "quiero darme de baja",
        "unsubscribe me from this",
        "unsubscribe me from this program",
    ],
)
def test_asking_us_to_stop_is_an_opt_out(reader, text):
    reading = reader.read(text, None, "en", NOW)
    assert (reading.opt_out, reading.command) == (True, "stop")


@pytest.mark.parametrize(
    "text",
    [
        "waiting at the bus stop",
        "I can't stop crying",
        "I quit smoking last May",
        "cancel my dentist for tomorrow",
        "please don't stop texting me",
        "I told my ex to stop texting me",
        "he won't leave me alone",
        "I dialed the wrong number for the clinic",
        "I want it all to stop",
        "make it stop",
        "no quiero dejar de escribirme con mi hermana",
        "I need to stop drinking",
        "unsubscribe me from netflix",
        "wrong",
        "Wrong.",
    ],
)
def test_life_is_no_opt_out(reader, text):
    assert not reader.read(text, None, "en", NOW).opt_out


def test_opt_out_and_risk_are_read_apart(reader):
    reading = reader.read("stop texting me, I want to die", None, "en", NOW)
    assert reading.opt_out
    assert reading.risk.tier == "active"


def test_wanting_all_to_stop_is_risk_and_no_opt_out(reader):
    reading = reader.read("I want it all to stop", None, "en", NOW)
    assert (reading.opt_out, reading.risk.tier) == (False, "passive")
