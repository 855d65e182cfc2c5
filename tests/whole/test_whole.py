"""Everything together over HTTP: real processes, a real Redis, the carrier's API, and kill -9."""

from __future__ import annotations

import threading

import pytest

from app.sandbox.run_files import running_pids
from app.settings import Settings
from app.wiring import Parts
from tests.whole.conftest import Deployment, until

pytestmark = pytest.mark.whole


def rows(deployment: Deployment, number: str, kind: str) -> list[dict]:
    environment = {**deployment.environment, "CAIRN_SENDERS": "+13125550100=counting"}
    parts = Parts(Settings.from_environment(environment))
    who = parts.participants.find(number)
    return [row.data for row in parts.journal.rows(who) if row.kind == kind]


def test_twenty_replies_three_times_each_from_sixty_threads_are_answered_twenty_times(counting):
    phone = "+13125550140"
    counting.enroll(phone)
    before = len(counting.answers(phone))
    sids = [f"SM{number:032x}" for number in range(1, 21)]
    threads = [
        threading.Thread(target=counting.text, args=(phone, str(100 + n)), kwargs={"sid": sids[n]})
        for n in range(20)
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = counting.wait_for_answers(phone, before + 20)
    heard = rows(counting, phone, "heard")
    assert sorted(row["sid"] for row in heard if row["sid"] in sids) == sids
    assert len(answers) == before + 20
    assert len({text["sid"] for text in counting.texts(phone) if text["direction"] == "out"}) == len(answers)


@pytest.mark.parametrize("victim", ["web", "worker-1", "clock", "redis"])
def test_a_killed_process_loses_no_text_and_sends_none_twice(counting, victim):
    phone = f"+1312555015{('web', 'worker-1', 'clock', 'redis').index(victim)}"
    counting.enroll(phone)
    before = len(counting.answers(phone))
    for number in range(12):
        counting.text(phone, str(number))
        if number in (3, 8):
            counting.kill(victim)
    answers = counting.wait_for_answers(phone, before + 12)
    assert len(answers) == before + 12
    until(lambda: running_pids(counting.data).get(victim))


FAULTS = {
    "timeout": "+13125550160",
    "reset_before": "+13125550161",
    "reset_after": "+13125550162",
    "server_error": "+13125550163",
    "too_many": "+13125550164",
    "callback_lost": "+13125550165",
    "callback_twice": "+13125550166",
    "callback_early": "+13125550167",
    "text_twice": "+13125550168",
}


def test_an_unkind_carrier_costs_time_and_never_a_second_text(counting):
    for phone in FAULTS.values():
        counting.enroll(phone)
    before = {phone: len(counting.answers(phone)) for phone in FAULTS.values()}
    for fault, phone in FAULTS.items():
        counting.fault(fault, times=1, number=phone)
        counting.text(phone, "5")
    for phone in FAULTS.values():
        counting.wait_for_answers(phone, before[phone] + 1)
        counting.text(phone, "6")
    for fault, phone in FAULTS.items():
        assert len(counting.wait_for_answers(phone, before[phone] + 2)) == before[phone] + 2, fault
    counting.fault("clear")


def test_a_lost_webhook_is_found_in_the_carriers_book(counting):
    phone = "+13125550155"
    counting.enroll(phone)
    before = len(counting.answers(phone))
    counting.fault("silent_webhook", times=1, number=phone)
    counting.text(phone, "5")
    counting.kill("clock")  # whoever comes back asks the carrier at once
    assert len(counting.wait_for_answers(phone, before + 1)) == before + 1


def test_ctrl_c_stops_everything_and_the_next_start_goes_on(counting):
    phone = "+13125550156"
    counting.enroll(phone)
    counting.text(phone, "7")
    counting.wait_for_answers(phone, 4)
    pids = running_pids(counting.data)
    thaw = counting.freeze("worker-1")  # a hung one is stopped too
    printed = counting.stop()
    del thaw
    assert "Your conversation is kept" in printed
    assert counting.process.returncode == 0
    assert running_pids(counting.data) == {}
    assert len(pids) == 6
    counting.start()
    counting.text(phone, "8")
    assert counting.wait_for_answers(phone, 5)[-1].startswith("That was 8")
