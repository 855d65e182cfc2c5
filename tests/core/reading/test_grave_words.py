"""What was taken, a gun, a farewell, fear of somebody: short texts that must not be missed, and their look-alikes."""

import pytest

NOW = 0


@pytest.mark.parametrize(
    "text", ["die", "Dead.", "DEATH", "dieee", "suicide", "morir", "la muerte", "suicidio"]
)
def test_a_word_for_death_alone_is_answered_as_danger(reader, text):
    assert reader.read(text, None, "en", NOW).risk.tier in ("passive", "active")


@pytest.mark.parametrize(
    "text",
    [
        "i took 30 paracetamol",
        "just took like 20 pills",
        "I took all my pills",
        "took a whole bottle of tylenol",
        "my son took thirty of my pills",
        "i od'd",
        "ive overdosed",
        "I’ve OD’d",
        "swallowed bleach",
        "i drank some antifreeze",
        "i took 30 pills, i want to die tonight",
        "tomé muchas pastillas",
        "me tomé todas las pastillas",
        "me he tomado 30 pastillas",
        "mi hija se tomó todas las pastillas",
        "tomé cloro",
    ],
)
def test_what_was_taken_is_an_emergency_of_the_body_first(reader, text):
    risk = reader.read(text, None, "en", NOW).risk
    assert (risk.tier, risk.kind) == ("imminent", "medical")


@pytest.mark.parametrize(
    ("text", "tier", "kind"),
    [
        ("i took six of my pills", "active", "medical"),
        ("i want to take 30 pills", "active", "suicide"),
        ("quiero tomar veneno", "active", "suicide"),
        ("i have a gun", "active", "suicide"),
        ("I've got a gun", "active", "suicide"),
        ("i have a gun at home and a dog", "check", "suicide"),
        ("tengo una pistola", "active", "suicide"),
        ("goodbye everyone", "imminent", "suicide"),
        ("this is goodbye", "imminent", "suicide"),
        ("tell my kids i love them", "active", "suicide"),
        ("adiós a todos", "active", "suicide"),
        ("diles a mis hijos que los amo", "active", "suicide"),
        ("i'm scared of him", "active", "violence_by"),
        ("he hits me", "active", "violence_by"),
        ("he is going to kill me", "active", "violence_by"),
        ("my husband hit me", "active", "violence_by"),
        ("me pega", "active", "violence_by"),
        ("le tengo miedo", "active", "violence_by"),
        ("me va a matar", "active", "violence_by"),
        ("i want to hurt someone", "active", "violence_to"),
        ("quiero hacerle daño a alguien", "active", "violence_to"),
    ],
)
def test_short_grave_texts(reader, text, tier, kind):
    risk = reader.read(text, None, "en", NOW).risk
    assert (risk.tier, risk.kind) == (tier, kind)


@pytest.mark.parametrize(
    "text",
    [
        "i took 2 paracetamol for my head",
        "i took 400 mg of ibuprofen",
        "took my pills",
        "took all my pills today as prescribed",
        "haven't taken all my pills yet",
        "he took 12 pills a day",
        "the dog ate all the pills",
        "overdosed on chocolate",
        "gonna kill my brother lol",
        "he hits the gym",
        "he hit me up on friday",
        "goodbye",
        "goodbye for now",
        "goodbye everyone, see you tomorrow",
        "goodbye yellow brick road",
        "bye everyone",
        "i tell my kids i love them every day",
        "it was nice to tell my mom i love her",
        "i have a gun license exam",
        "i'm scared of him leaving",
        "die hard is on",
        "the plant is dead",
        "my phone died",
        "me tomé 2 aspirinas",
        "tomé mis pastillas",
        "tomo todas mis pastillas",
        "adiós",
        "tengo una pistola de agua",
        "me pega el sol",
    ],
)
def test_their_look_alikes_are_no_risk(reader, text):
    assert reader.read(text, None, "en", NOW).risk.tier == "none"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("i want to die", "en"),
        ("feeling suicidal", "en"),
        ("soy suicida", "es"),
        ("suicidio", "es"),
        ("pienso en suicidarme", "es"),
        ("mi tía se suicidó", "es"),
        ("me quiero morir", "es"),
        ("die", "en"),
        ("a walk in the park", ""),
    ],
)
def test_a_risk_tells_the_language_of_its_table(reader, text, language):
    assert reader.read(text, None, "en", NOW).risk.language == language
