"""The demo's page in a real browser: what a newcomer does, and sees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By

from tests.small_program import small_release, write_small_program
from tests.web.browser import chromium, has_browser
from tests.web.demo_phone import WIDE, Page
from tests.web.demo_world import DemoWorld, until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not has_browser(), reason="no chromium with chromedriver is installed"),
]
NARROW, SMALLEST = (390, 844), (320, 640)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One browser for all tests here."""
    with chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture
def page(browser: Chrome, real_redis: redis.Redis, tmp_path: Path) -> Iterator[Page]:
    """The page of a demo on the small program, before the first text."""
    write_small_program(tmp_path / "content" / "small-steps")
    world = DemoWorld(real_redis, tmp_path, tmp_path / "content", small_release())
    browser.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": world.url, "storageTypes": "all"})
    browser.get_log("browser")
    yield Page(browser, world)
    browser.get("about:blank")
    world.close()


def test_the_empty_phone_gives_three_hints_and_the_page_names_real_help(page: Page):
    assert page.texts_of(".hints li") == ["Text START", "Answer how you like", "Jump the clock"]
    safety = page.one(".safety").text
    for words in ("Nothing leaves this computer", "no one reads along", "988", "findahelpline.com"):
        assert words in safety


def test_a_text_gets_a_bubble_a_card_and_an_answer(page: Page):
    page.say("START")
    assert page.texts_of(".bubble.theirs .body") == ["START"]
    assert "Reply AGREE to begin" in page.texts_of(".bubble.ours .body")[0]
    assert page.texts_of(".bubble.ours .state") == ["delivered"]
    labels = page.texts_of(".card dt")
    assert labels == ["read as", "decided", "said", "delivery"]
    assert len(page.all(".card .steps li")) == 4
    assert not page.one(".hints").is_displayed()


def test_every_state_is_a_word_beside_an_icon(page: Page):
    page.enroll()
    for state in page.all(".bubble .state:not([hidden]), .card .steps li"):
        assert state.find_elements(By.CSS_SELECTOR, "svg.icon")
        assert page.ask("arguments[0].textContent.trim()", state)


def test_what_takes_longer_is_shown_as_deciding(page: Page):
    page.call("/sandbox/faults", '{"kind": "silent_webhook"}')
    page.write("START")
    until(lambda: "deciding" in page.texts_of(".bubble.pending .state"))
    assert page.texts_of(".bubble.theirs .body") == ["START"]
    assert until(lambda: page.texts_of(".card.deciding .quote")) == ["“START”"]


def test_a_text_waits_in_the_outbox_while_no_worker_runs(page: Page):
    page.world.working.clear()
    page.write("START")
    until(lambda: page.texts_of(".bubble.ours .state") == ["waiting in the outbox"])
    page.world.working.set()
    until(lambda: page.texts_of(".bubble.ours .state") == ["delivered"])


def test_a_text_that_is_taken_back_becomes_a_line_with_its_reason(page: Page):
    page.enroll()
    page.say("my kids")
    page.world.working.clear()
    until(lambda: page.world.is_idle())
    page.press("[data-clock='22:30']")
    until(lambda: page.texts_of(".bubble.ours .state")[-1] == "waiting in the outbox")
    page.write("hello")
    line = until(lambda: page.all(".bubble.line:not(.quiet)"))[0]
    assert "something newer made it wrong" in line.text
    assert len(line.find_elements(By.CSS_SELECTOR, ".kept")) == 1
    assert line.find_elements(By.CSS_SELECTOR, ".body") == []


def test_a_bubble_and_its_card_mark_each_other(page: Page):
    page.enroll()
    page.all(".bubble.ours .body")[0].click()
    assert page.ask("document.querySelector('.card.selected').dataset.card") == page.ask(
        "document.querySelector('.bubble.ours').dataset.card"
    )
    page.all(".card-head")[-1].click()
    marked = page.ask("[...document.querySelectorAll('.bubble.selected')].map(n => n.dataset.card)")
    assert set(marked) == {page.ask("[...document.querySelectorAll('.card')].at(-1).dataset.card")}


def test_danger_turns_the_column_and_the_button_plays_the_colleague(page: Page):
    page.enroll()
    page.say("tonight i want to kill myself")
    panel = until(lambda: page.all("[role=alert] .crisis"))[0]
    assert "988 and 911" in panel.text
    assert "until a person clears it" in panel.text
    page.press("[data-do=acknowledge]")
    until(lambda: not page.all(".crisis"))
    until(lambda: "A person of the team" in page.texts_of(".card .name"))


def test_danger_is_the_only_thing_announced_as_an_alert(page: Page):
    page.enroll()
    assert page.ask("document.querySelector('[role=alert]').textContent") == ""
    assert page.ask("document.querySelectorAll('[role=alert], [aria-live=assertive]').length") == 1
    assert page.one("[role=log]").get_attribute("aria-live") == "polite"


def test_next_names_the_wake_up_and_goes_there(page: Page):
    page.enroll()
    assert "Next:" in page.one("[data-part=next]").text
    before = page.one("[data-part=next]").text
    page.press("[data-clock=next]")
    until(lambda: page.one("[data-part=next]").text != before)
    assert page.one("[data-part=moved]").text.startswith("moved +")


def test_the_night_is_gone_to_on_their_clock(page: Page):
    page.say("START")
    page.press("[data-clock='22:30']")
    until(lambda: page.one("[data-part=clock]").text.endswith("22:30"))


def test_updates_move_neither_focus_nor_what_is_unfolded(page: Page):
    page.enroll()
    page.press(".card details summary")
    page.press("[data-clock='+1h']")
    page.one("#say").send_keys("half a thou")
    page.call("/texts", '{"body": "HELP"}')
    until(lambda: "HELP" in page.texts_of(".bubble.theirs .body"))
    assert page.ask("document.activeElement.id") == "say"
    assert page.one("#say").get_attribute("value") == "half a thou"
    assert page.one(".card details").get_attribute("open") is not None


def test_a_draft_is_kept_until_it_is_sent(page: Page):
    page.one("#say").send_keys("STA")
    page.browser.refresh()
    until(lambda: page.one("#say").get_attribute("value") == "STA")
    page.write("RT")
    until(lambda: page.all(".card"))
    until(lambda: page.ask("localStorage.getItem('cairn-draft')") is None)


def test_a_text_is_shown_as_text_whatever_stands_in_it(page: Page):
    page.say("<img src=x onerror=alert(1)>")
    assert page.texts_of(".bubble.theirs .body") == ["<img src=x onerror=alert(1)>"]
    assert page.all(".bubble img, .card img") == []


def test_the_tabs_show_what_comes_next_the_rows_and_the_file(page: Page):
    page.enroll()
    page.press("[data-tab=ahead]")
    assert "decision evening" in page.one("#panel-ahead").text
    page.press("[data-tab=row]")
    assert '"kind": "heard"' in page.one("#panel-row").text
    page.press("[data-tab=happened]")
    page.all(".card .source")[-1].click()
    until(lambda: page.all("#panel-file .marked"))
    assert page.one("#panel-file .marked").text.strip() == "- event: hello"


def test_tabs_are_walked_with_the_arrow_keys(page: Page):
    page.press("[data-tab=happened]")
    page.browser.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    assert page.browser.switch_to.active_element.get_attribute("data-tab") == "story"
    assert page.one("#panel-story").is_displayed()


def test_without_room_the_card_unfolds_under_its_bubble(page: Page):
    page.enroll()
    page.size(NARROW)
    until(lambda: not page.one(".cards").is_displayed())
    button = page.all(".bubble.ours .why-button")[-1]
    page.ask("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()
    assert "read as" in page.one(".bubble.ours .sheet .card").text
    assert button.get_attribute("aria-expanded") == "true"
    button.click()
    assert page.all(".sheet .card") == []
    page.size(WIDE)
    until(lambda: len(page.all(".cards > .card")) == 2)


@pytest.mark.parametrize("size", [SMALLEST, NARROW, (700, 500), WIDE])
def test_nothing_is_wider_than_the_page(page: Page, size: tuple[int, int]):
    page.enroll()
    page.say("tonight i want to kill myself")
    page.size(size)
    assert page.ask("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("size", "least"), [(WIDE, 24), (NARROW, 44)])
def test_what_is_pressed_is_large_enough(page: Page, size: tuple[int, int], least: int):
    page.enroll()
    page.size(size)
    small = page.ask(
        "[...document.querySelectorAll('button, textarea, summary')].filter(n => n.offsetParent)"
        ".filter(n => n.getBoundingClientRect().height < arguments[0]).map(n => n.outerHTML.slice(0, 80))",
        least,
    )
    assert small == []


def test_everything_comes_from_this_address_and_nothing_is_refused(page: Page):
    page.enroll()
    page.press("[data-tab=story]")
    loaded = page.ask("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert loaded
    assert [name for name in loaded if not name.startswith(page.world.url)] == []
    assert [entry["message"] for entry in page.browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_start_over_empties_the_phone(page: Page):
    page.enroll()
    page.press("[data-do=start-over]")
    until(lambda: page.one(".hints").is_displayed())
    assert page.all(".bubble, .card") == []


def test_a_program_that_is_away_is_said_in_words_and_the_text_is_not_lost(page: Page):
    page.browser.execute_cdp_cmd("Network.enable", {})
    offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    page.browser.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    page.write("START")
    until(lambda: "trying again" in page.one("[data-part=updated]").text)
    until(lambda: page.one("#say").get_attribute("value") == "START")
    back = {**offline, "offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
    page.browser.execute_cdp_cmd("Network.emulateNetworkConditions", back)
    until(lambda: page.one("[data-part=updated]").text == "Up to date.")
    page.browser.get_log("browser")
