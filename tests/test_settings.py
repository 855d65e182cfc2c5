"""Settings come from the environment, name every problem at once, and keep their secrets."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from app.production import demo_refusals, production_refusals
from app.sandbox.demo_keys import demo_keys
from app.settings import Settings, SettingsError, settings_rows, settings_table
from app.settings_fields import FIELDS

KEY = base64.b64encode(b"k" * 32).decode()
OTHER_KEY = base64.b64encode(b"o" * 32).decode()
PRODUCTION = {
    "CAIRN_MODE": "production",
    "REDIS_URL": "redis://redis.internal:6379/0",
    "CAIRN_PUBLIC_URL": "https://care.example.org",
    "CAIRN_SENDERS": "+13125550100=lighter-days",
    "TWILIO_ACCOUNT_SID": "AC" + "9" * 32,
    "TWILIO_AUTH_TOKEN": "token",
    "CAIRN_KEYS": KEY,
    "CAIRN_STUDY_KEY": OTHER_KEY,
    "CAIRN_SESSION_SECRET": "session",
    "CAIRN_DASHBOARD_PASSWORD": "password",
    "CAIRN_ON_CALL": "none",
}


def problems(environ: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(environ)
    return caught.value.problems


def refusals(**changes: str) -> list[str]:
    return production_refusals(Settings.from_environment(PRODUCTION | changes))


def test_an_empty_environment_is_the_demo() -> None:
    settings = Settings.from_environment({})
    assert settings.mode == "demo"
    assert settings.port == 8790
    assert settings.data == Path(".cairn")
    assert settings == Settings(origins=settings.origins)


def test_an_empty_value_counts_as_not_set() -> None:
    assert Settings.from_environment({"CAIRN_PORT": "", "CAIRN_SENDERS": " "}).port == 8790


def test_port_wins_over_cairn_port() -> None:
    settings = Settings.from_environment({"PORT": "5001", "CAIRN_PORT": "9000"})
    assert settings.port == 5001


def test_the_origin_of_a_port_tells_a_given_one_from_the_default() -> None:
    assert Settings.from_environment({}).origin("CAIRN_PORT") == "default"
    assert Settings.from_environment({"CAIRN_PORT": "8790"}).origin("CAIRN_PORT") == "environment"


def test_senders_carry_number_program_stop_and_rate() -> None:
    text = "+13125550100=lighter-days; stop=carrier; rate=0.5, whatsapp:+13125550101=walk-now"
    first, second = Settings.from_environment({"CAIRN_SENDERS": text}).senders
    assert (first.number, first.program, first.stop, first.rate) == (
        "+13125550100",
        "lighter-days",
        "carrier",
        0.5,
    )
    assert (second.number, second.program, second.stop, second.rate) == (
        "whatsapp:+13125550101",
        "walk-now",
        "cairn",
        1.0,
    )


def test_a_sender_keeps_its_id_when_the_list_is_put_in_another_order() -> None:
    one, two = "+13125550100=lighter-days", "+13125550101=walk-now"
    forward = Settings.from_environment({"CAIRN_SENDERS": f"{one},{two}"}).senders
    backward = Settings.from_environment({"CAIRN_SENDERS": f"{two},{one}"}).senders
    assert {s.number: s.id for s in forward} == {s.number: s.id for s in backward}
    assert forward[0].id != forward[1].id


def test_keys_are_read_newest_first() -> None:
    settings = Settings.from_environment({"CAIRN_KEYS": f"{KEY}, {OTHER_KEY}"})
    assert settings.keys == (b"k" * 32, b"o" * 32)


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("CAIRN_MODE", "prodction", "did you mean production?"),
        ("CAIRN_PORT", "99999", "CAIRN_PORT=99999 is not a port from 1 to 65535."),
        ("CAIRN_PORT", "8790 ,", "CAIRN_PORT=8790 , is not a port from 1 to 65535."),
        ("REDIS_URL", "localhost:6379", "REDIS_URL is not an address like redis://127.0.0.1:6379/0."),
        ("CAIRN_PUBLIC_URL", "care.example.org", "is not an address like https://care.example.org."),
        ("CAIRN_SENDERS", "5550100=lighter-days", "where a number like +13125550100 belongs."),
        ("CAIRN_SENDERS", "+13125550100", "says no program for +13125550100"),
        ("CAIRN_SENDERS", "+13125550100=a;stop=us", "has stop=us where stop=cairn"),
        ("CAIRN_SENDERS", "+13125550100=a;rate=0", "a rate is a number of segments per second"),
        ("CAIRN_SENDERS", "+13125550100=a,+13125550100=b", "names +13125550100 twice."),
        ("CAIRN_KEYS", "c2hvcnQ=", "CAIRN_KEYS holds 5 bytes, not 32."),
        ("CAIRN_STUDY_KEY", "not base64!", "CAIRN_STUDY_KEY is not base64."),
        ("TWILIO_ACCOUNT_SID", "SK123", "is not AC and 32 hexadecimal digits."),
        ("CAIRN_NO_BROWSER", "maybe", "is neither 1 nor 0."),
        ("CAIRN_LOG", "loud", "is not one of debug, info, warning, error."),
        ("CAIRN_PROT", "1", "CAIRN_PROT is no setting of Cairn. Did you mean CAIRN_PORT?"),
        ("CAIRN_KEYS_FILE", "/nowhere/keys", "CAIRN_KEYS_FILE=/nowhere/keys cannot be read"),
    ],
)
def test_a_wrong_setting_is_one_line_that_says_what_to_do(name: str, value: str, line: str) -> None:
    (only,) = problems({name: value})
    assert line in only


def test_every_problem_is_named_at_once() -> None:
    found = problems({"CAIRN_PORT": "x", "CAIRN_MODE": "y", "CAIRN_ZZZZ": "z"})
    assert len(found) == 3


def test_a_secret_never_stands_in_a_problem() -> None:
    assert "hunter2" not in "\n".join(problems({"CAIRN_KEYS": "hunter2", "REDIS_URL": "hunter2"}))


def test_a_secret_can_stand_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("from-a-file\n")
    settings = Settings.from_environment({"TWILIO_AUTH_TOKEN_FILE": str(path)})
    assert settings.auth_token == "from-a-file"
    assert settings.origin("TWILIO_AUTH_TOKEN") == "file"


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    environ = {"TWILIO_AUTH_TOKEN": "a", "TWILIO_AUTH_TOKEN_FILE": str(tmp_path / "token")}
    assert problems(environ) == [
        "TWILIO_AUTH_TOKEN and TWILIO_AUTH_TOKEN_FILE are both set. Keep one of them."
    ]


def test_the_rows_show_values_and_origins_but_no_secret() -> None:
    environ = PRODUCTION | {"REDIS_URL": "redis://:hunter2@redis.internal:6379/0"}
    rows = {row.name: row for row in settings_rows(Settings.from_environment(environ), environ)}
    assert rows["TWILIO_AUTH_TOKEN"].value == "set"
    assert rows["REDIS_URL"].value == "redis://***@redis.internal:6379/0"
    assert rows["CAIRN_PUBLIC_URL"].value == "https://care.example.org"
    assert (rows["CAIRN_PORT"].value, rows["CAIRN_PORT"].origin) == ("8790", "default")
    assert KEY not in repr(Settings.from_environment(environ)) + repr(rows)


def test_the_table_has_a_row_for_each_setting() -> None:
    table = settings_table()
    assert [name for name in (f"| `{field.name}`" for field in FIELDS) if name not in table] == []


def test_each_setting_fills_a_field_of_its_own_but_the_two_ports() -> None:
    attributes = [field.attribute for field in FIELDS]
    assert sorted({*attributes}) == sorted({*Settings.__struct_fields__} - {"origins"})
    assert [name for name in attributes if attributes.count(name) > 1] == ["port", "port"]


def test_a_complete_production_is_not_refused() -> None:
    assert refusals() == []


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("CAIRN_CARRIER_URL", "http://127.0.0.1:8890", "demo carrier, with the demo's phone and clock"),
        ("CAIRN_PUBLIC_URL", "", "CAIRN_PUBLIC_URL is not set"),
        ("CAIRN_PUBLIC_URL", "http://care.example.org", "is not https"),
        ("REDIS_URL", "", "CAIRN_EMBEDDED_REDIS=allow"),
        ("TWILIO_ACCOUNT_SID", "", "TWILIO_ACCOUNT_SID is not set"),
        ("TWILIO_AUTH_TOKEN", "", "TWILIO_AUTH_TOKEN is not set"),
        ("CAIRN_SENDERS", "", "CAIRN_SENDERS is not set"),
        ("CAIRN_KEYS", "", "CAIRN_KEYS is not set"),
        ("CAIRN_STUDY_KEY", "", "CAIRN_STUDY_KEY is not set"),
        ("CAIRN_SESSION_SECRET", "", "CAIRN_SESSION_SECRET is not set"),
        ("CAIRN_DASHBOARD_PASSWORD", "", "CAIRN_DASHBOARD_PASSWORD is not set"),
        ("CAIRN_ON_CALL", "", "CAIRN_ON_CALL is not set"),
    ],
)
def test_production_refuses_by_name_what_is_missing_or_the_demos(name: str, value: str, line: str) -> None:
    (only,) = refusals(**{name: value})
    assert line in only


def test_production_refuses_the_demos_keys(tmp_path: Path) -> None:
    environ = demo_keys(tmp_path).environment()
    found = "\n".join(refusals(**environ))
    for name in ("TWILIO_ACCOUNT_SID is the demo's", "CAIRN_KEYS holds a demo key", "CAIRN_STUDY_KEY is"):
        assert name in found


def test_the_embedded_redis_has_its_own_switch() -> None:
    assert refusals(REDIS_URL="", CAIRN_EMBEDDED_REDIS="allow") == []


def test_the_demo_itself_is_refused_in_production_part_by_part() -> None:
    found = "\n".join(demo_refusals(Settings.from_environment(PRODUCTION)))
    assert all(part in found for part in ("phone", "clock", "carrier", "keys"))
    assert demo_refusals(Settings()) == []


def test_demo_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    first = demo_keys(tmp_path / "data")
    assert demo_keys(tmp_path / "data") == first
    assert demo_keys(tmp_path / "other") != first
    assert (tmp_path / "data" / "keys.json").stat().st_mode & 0o777 == 0o600


def test_demo_keys_are_settings(tmp_path: Path) -> None:
    settings = Settings.from_environment(demo_keys(tmp_path).environment())
    assert len(settings.keys[0]) == len(settings.study_key) == 32
    assert settings.auth_token
