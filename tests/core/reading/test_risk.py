import pytest

NOW = 0


@pytest.mark.parametrize(
    ("text", "tier", "kind", "about"),
    [
        ("I keep thinking about killing myself", "active", "suicide", "self"),
        ("i wanna die so bad", "active", "suicide", "self"),
        ("going to kill myself tonight", "imminent", "suicide", "self"),
        ("I took all my pills", "imminent", "medical", "self"),
        ("some days I don’t want to be alive", "passive", "suicide", "self"),
        ("they'd be better off without me", "passive", "suicide", "self"),
        ("I cut myself again last week", "active", "self_harm", "self"),
        ("my sister doesn't want to be here anymore", "passive", "suicide", "other"),
        ("my friend says he wants to die", "active", "suicide", "other"),
        ("I'm afraid I'm going to hurt my kids", "active", "violence_to", "self"),
        ("he threatened to kill me", "active", "violence_by", "self"),
        ("i threw up after every meal", "passive", "eating", "self"),
        ("I hear voices again", "passive", "psychosis", "self"),
        ("the voices are telling me to jump", "imminent", "suicide", "self"),
        ("bad chest pain, having chest pains now", "active", "medical", "unclear"),
        ("i might hurt somebody", "active", "violence_to", "self"),
        ("my son keeps hurting himself", "active", "self_harm", "other"),
        ("I want to go home and die", "active", "suicide", "self"),
        ("mi hermano piensa en suicidarse", "active", "suicide", "other"),
        ("help me", "check", "", "self"),
        ("me quiero morir", "active", "suicide", "self"),
        ("ya no quiero vivir", "passive", "suicide", "self"),
        ("pienso en quitarme la vida", "active", "suicide", "self"),
        ("mi novio me pega", "active", "violence_by", "self"),
    ],
)
def test_danger_is_read_with_tier_kind_and_whose(reader, text, tier, kind, about):
    risk = reader.read(text, None, "en", NOW).risk
    assert (risk.tier, risk.kind, risk.about) == (tier, kind, about)
    assert risk.row
    assert risk.words


@pytest.mark.parametrize(
    "text",
    [
        "su1c1de",
        "k1ll mys3lf",
        "I feel sucidal",
        "want to unalive",
        "kms",
        "i want 2 die",
        "k i l l  m y s e l f",
        "KILLLL MYSELFFF",
        "ki\u200bll myself",
    ],
)
def test_slang_slips_and_disguise_are_read_through(reader, text):
    assert reader.read(text, None, "en", NOW).risk.tier == "active"


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("I don't want to kill myself", "passive"),
        ("I am not suicidal", "passive"),
        ("I used to cut myself", "passive"),
        ("years ago I tried to kill myself", "passive"),
        ("I never wish i was dead", "check"),
        ("I can't stop thinking about killing myself", "active"),
        ("i used to want to die and now it is back", "active"),
        ("no quiero matarme", "passive"),
    ],
)
def test_negation_and_past_lower_ones_own_by_one_and_never_to_none(reader, text, tier):
    assert reader.read(text, None, "en", NOW).risk.tier == tier


@pytest.mark.parametrize(
    "text",
    [
        "this heat is killing me",
        "dying to see you",
        "I almost died laughing",
        "that cake is to die for",
        "ran 5 kms today",
        "my phone died again",
        "we watched Suicide Squad",
        "cut myself shaving",
        "I cut my hair",
        "shot myself in the foot at work",
        "there is no point in going on about it",
        "I don't want to wake up early",
        "killing time before work",
        "me muero de risa",
        "quiero morirme de hambre no, de sueño",
    ],
)
def test_idioms_and_titles_are_no_risk(reader, text):
    assert reader.read(text, None, "en", NOW).risk.tier == "none"


def test_the_last_texts_are_read_joined(reader):
    assert reader.risk(["I want to"], "en").tier == "none"
    assert reader.risk(["I want to", "die"], "en").tier == "active"


def test_quoted_words_of_ours_are_never_scanned(reader):
    assert reader.risk(['Liked "If you think of suicide, call 988"'], "en").tier == "none"
