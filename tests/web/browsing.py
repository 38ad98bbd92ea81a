"""Somebody at a real browser: signs in, opens, fills in a move's form by the labels that are on the screen."""

import io
import re
from dataclasses import dataclass, field

from PIL import Image
from playwright.sync_api import Page, expect

from tests.running import PASSWORD


def jpeg(grey: int = 120) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), (grey, grey, 120)).save(out, "JPEG")
    return out.getvalue()


@dataclass
class Desk:
    """`troubles` are what the browser complained about: blocked scripts and styles, errors of our own."""

    page: Page
    address: str
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda m: self.troubles.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def sign_in(self, username: str) -> None:
        self.page.context.clear_cookies()
        self.page.goto(f"{self.address}/sign-in/")
        self.page.get_by_label("工号").fill(username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.locator(".bar .who")).to_be_visible()

    def listening(self) -> None:
        """The page's own script is there: from now on keys are heard."""
        expect(self.page.locator("html[data-ready]")).to_be_attached()

    def open(self, number: str) -> None:
        self.page.goto(f"{self.address}/case/{number}")

    def stage(self) -> str:
        return self.page.locator(".title .stage").inner_text()

    def move(self, name: str, *, photo: bool = False, tick: str = "", **chosen: str) -> None:
        """A move by its Chinese words: opened, filled in, sent. `chosen` are fields by name."""
        moves = self.page.locator("aside.moves")
        button = re.compile(rf"^\s*{name}(给 .+)?\s*[a-z]?\s*$")  # to whom, and the letter of the keyboard
        form = moves.locator("form").filter(has=self.page.locator("button", has_text=button))
        folded = form.locator("xpath=ancestor::details[not(@open)]/summary")
        if folded.count():
            folded.click()
        for field_name, value in chosen.items():
            form.locator(f"[name=f-{field_name}]").select_option(value)
        if photo:
            files = form.locator("input[type=file]")
            files.set_input_files({"name": "after.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
        if tick:
            form.get_by_label(tick).check()
        form.locator("button", has_text=button).click()
        expect(self.page.locator("[role=status]")).to_contain_text(name)
