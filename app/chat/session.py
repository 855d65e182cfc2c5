"""One chat from its first line to its last: lines in, lines out, and the code that the command ends with."""

from __future__ import annotations

from datetime import datetime
from typing import TextIO, assert_never

from app.chat.input_lines import typed
from app.chat.notes import note
from app.chat.opening import BEGIN, Opened, opened, with_a_word_for
from app.chat.phone import Phone, Spinning, Turn
from app.chat.script import COMMANDS, At, Plain, Said, Step, Wait, Wrong, step_of
from app.chat.standing import coming, standing, waited_for
from app.chat.why import explained
from app.chat.words import note_line, prompt, text_line
from app.content.checked import check_lines
from app.content.words import load_words
from app.core.effects import Send
from app.core.reading.reader import Reader
from app.core.release import Release
from app.core.timing import SECOND, instant, next_on_days, zone_info

FINE, FOUND, USAGE, STOPPED = 0, 1, 2, 130
SOON = 300 * SECOND  # a text that follows so soon is announced, since the clock does not move by itself


def run_chat(program: str, begin: str, seed: str, lines: TextIO, out: TextIO) -> int:
    """Chat with a program, or with one intervention's file, until the input ends; returns the exit code.

    `begin` is ISO date and time, local in the program's zone unless it says its offset. The same arguments
    and lines always print the same. 0 fine, 1 mistakes in the content, 2 wrong usage, 130 stopped by hand.
    """
    found = opened(program)
    if found is None:
        return _refuse(out, f"There is no program or intervention {program}. Name a folder or a .yaml file.")
    if found.loaded.release is None:
        print(check_lines(found.loaded), file=out)
        return FOUND
    start = _instant(begin, found.loaded.release)
    if start is None:
        return _refuse(out, f"{begin or 'Nothing'} is no time to begin at. Write it as 2026-03-02T10:30.")
    return _Session(found, found.loaded.release, start, seed, out).run(lines)


class _Session:
    def __init__(self, found: Opened, release: Release, begin: int, seed: str, out: TextIO) -> None:
        self._out = out
        self._alone = found.alone
        speaks = with_a_word_for(release, found.alone) if found.alone else release
        self._phone = Phone(speaks, Reader(load_words()), begin, seed)
        self._reasons: list[str] = []
        self._wrong = False
        self._lines = 0

    def run(self, lines: TextIO) -> int:
        by_hand = lines.isatty()
        try:
            self._open(by_hand)
            for line in typed(lines, self._out, lambda: prompt(self._phone.now, self._phone.zone)):
                if not self._do(line, by_hand):
                    break
        except KeyboardInterrupt:
            print(file=self._out)
            return STOPPED
        except Spinning as fault:
            self._note(f"the clock stands still: {fault}, again and again")
            return FOUND
        return USAGE if self._wrong and not by_hand else FINE

    def _open(self, by_hand: bool) -> None:
        if by_hand:
            begin = "" if self._alone else " Text START."
            self._note(f"{self._phone.release.title}.{begin} :help shows how to move the clock.")
        if self._alone:
            self._phone.agree()
            self._show(self._phone.text(BEGIN))

    def _do(self, line: str, by_hand: bool) -> bool:
        """Do what one line says; whether the chat goes on."""
        step = step_of(line)
        if step is None:
            return True
        if not by_hand:
            print(text_line(self._phone.now, self._phone.zone, f"(you) {line.strip()}"), file=self._out)
        self._take(step)
        return step != Plain("quit")

    def _take(self, step: Step) -> None:
        phone = self._phone
        match step:
            case Said():
                self._answer(phone.text(step.text))
            case Wait():
                self._move(phone.now + step.milliseconds)
            case At():
                self._move(next_on_days(phone.now, step.clock, phone.zone))
            case Plain():
                self._command(step.name)
            case Wrong():
                self._wrong = True
                self._note(step.words)
            case _:
                assert_never(step)

    def _command(self, name: str) -> None:
        match name:
            case "next":
                self._next()
            case "why":
                self._notes(self._reasons or ["nothing has happened yet"])
            case "state":
                self._notes(standing(self._phone))
            case "picture":
                self._answer(self._phone.picture())
            case "clear":
                self._clear()
            case "help":
                self._notes([f"{usage:<10} {what}" for usage, what in COMMANDS.items()])

    def _clear(self) -> None:
        if self._phone.state.holds:
            self._show(self._phone.clear_hold())
        else:
            self._note("nothing is held")

    def _answer(self, turn: Turn) -> None:
        before = self._lines
        self._show(turn)
        if self._lines == before:
            self._note(f"nothing sent: {waited_for(self._phone)}")

    def _next(self) -> None:
        """Meet what comes next; what is put off again and again, a minute at a time, is one thing."""
        phone = self._phone
        self._note(coming(phone))
        before, name = self._lines, phone.ahead
        while phone.state.wake and self._lines == before and phone.ahead == name:
            for turn in phone.live_until(phone.state.wake):
                self._show(turn)
        if phone.state.wake and self._lines == before:
            self._note(f"nothing sent: {waited_for(phone)}")

    def _move(self, until: int) -> None:
        before = self._lines
        for turn in self._phone.live_until(until):
            self._show(turn)
        if self._lines == before:
            self._note(f"nothing sent: {waited_for(self._phone)}")

    def _show(self, turn: Turn) -> None:
        self._reasons = explained(turn) or self._reasons
        for happened in turn:
            if isinstance(happened.what, Send):
                self._print(text_line(happened.at, self._phone.zone, happened.what.body))
            elif said := note(happened.what):
                self._print(note_line(happened.at, self._phone.zone, said))
        self._announce()

    def _announce(self) -> None:
        current = self._phone.state.conversation
        ahead = current.resume_at - self._phone.now if current is not None else 0
        if 0 < ahead <= SOON:
            self._note(f"goes on in {ahead // SECOND} s (:next)")

    def _notes(self, notes: list[str]) -> None:
        for said in notes:
            self._note(said)

    def _note(self, said: str) -> None:
        self._print(note_line(self._phone.now, self._phone.zone, said))

    def _print(self, line: str) -> None:
        self._lines += 1
        print(line, file=self._out, flush=True)


def _instant(begin: str, release: Release) -> int | None:
    try:
        moment = datetime.fromisoformat(begin)
    except ValueError:
        return None
    return instant(moment if moment.tzinfo else moment.replace(tzinfo=zone_info(release.default_zone)))


def _refuse(out: TextIO, words: str) -> int:
    print(words, file=out)
    return USAGE
