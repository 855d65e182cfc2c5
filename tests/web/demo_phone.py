"""The demo's page as somebody uses it in a browser."""

from __future__ import annotations

from typing import Any

from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.web.demo_world import DemoWorld, until

WIDE = (1280, 800)


class Page:
    """The page as somebody uses it."""

    def __init__(self, browser: Chrome, world: DemoWorld) -> None:
        self.browser, self.world = browser, world
        self.size(WIDE)
        browser.get(world.url)
        until(lambda: self.one("[data-part=updated]").text == "Up to date.")

    def size(self, size: tuple[int, int]) -> None:
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def all(self, selector: str) -> list[WebElement]:
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def ask(self, script: str, *args: Any) -> Any:
        return self.browser.execute_script(f"return {script}", *args)

    def texts_of(self, selector: str) -> list[str]:
        """What stands in the elements, also in those out of sight."""
        return list(
            self.ask("[...document.querySelectorAll(arguments[0])].map(n => n.textContent)", selector)
        )

    def press(self, selector: str) -> None:
        self.one(selector).click()

    def call(self, path: str, content: str) -> None:
        """What a script on the page would post."""
        self.ask(
            "fetch(arguments[0], {method: 'POST', body: arguments[1],"
            " headers: {'Content-Type': 'application/json'}}).then(answer => answer.status)",
            path,
            content,
        )

    def write(self, body: str) -> None:
        self.one("#say").send_keys(body, Keys.ENTER)

    def say(self, body: str) -> None:
        """Text, and wait until what was said about it has been delivered."""
        count = len(self.all(".card"))
        self.write(body)
        until(lambda: len(self.all(".card")) > count and not self.all(".fate-outbox:not(li), .pending"))
        until(lambda: not self.all(".bubble .fate-outbox, .bubble .fate-carrier"))

    def enroll(self) -> None:
        self.say("START")
        self.say("AGREE")
