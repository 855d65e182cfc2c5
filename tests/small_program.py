"""A complete small program, for tests of everything that needs content."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from app.content.load import load_program
from app.content.problems import printed
from app.core.release import Release

PROGRAM = """\
title: Small Steps
sender_name: Small Steps
languages: [en]
zone: America/Chicago
consent:
  version: small-1
  say: |
    Small Steps: short automated texts, about 2 a day. Nobody reads them live. Msg & data rates may apply.
    STOP ends them, HELP helps. Reply AGREE to begin.
  word: AGREE
  agreed: |
    Good to have you here.
  unclear: |
    Reply AGREE to begin, or STOP and nothing is sent.
  declined: |
    That is fine. Nothing is sent.
help:
  service: Small Steps
  contact: 555-0100
hours:
  opens: "09:00"
  closes: "21:00"
limits:
  unprompted_per_day: 3
  unprompted_per_week: 12
  all_per_day: 40
  asks_per_day: 8
  reserve_for_proximal: 1
  same_text_again: 14 d
  conversation_ends_after: 20 h
tailoring:
  own_goal:
    kind: text
    set_by: participant
  evening:
    kind: time
    default: "19:00"
    set_by: participant
  mood_now:
    kind: scale
    low: 0
    high: 10
    keep: 28
  tired_of_us:
    kind: computed
    is: unanswered_in_a_row >= 3
factors:
  because_line:
    full: 0.5
    plain: 0.5
decision_points:
  - id: evening
    at: evening
    decide_within: 30 min
    proximal:
      item: mood_now
      after: 2 h
      within: 90 min
      chance: 0.6
    rules:
      - id: tired
        when: tired_of_us
        because_staff: Dose goes down before people leave.
        choose:
          nothing: 1
      - id: usual
        choose:
          three-good-things: 0.4
          walk: 0.3
          nothing: 0.3
  - id: first
    happens: consented
    rules:
      - id: begin
        choose:
          welcome: 1
keywords:
  CALM: one-slow-breath
hub:
  menu:
    - label: Something good
      start: three-good-things
    - label: A slow breath
      start: one-slow-breath
  unprompted: |
    Got it. I'm automated and don't understand everything. MENU shows what I can do.
  unprompted_every: 6 h
  nothing_open: |
    Nothing is waiting for you. MENU shows what I can do.
  paused: |
    Paused. MENU brings the texts back when you like.
defaults:
  unclear:
    say: |
      I didn't get that. Please reply with {{ hint }}, or SKIP.
    times: 1
    gives_up: |
      Fine, we leave it for now.
    go: end
  silence:
    - after: 20 h
      go: end
  skip: end
"""

MOOD_NOW = """\
say: |
  How is your mood right now, 0 (very low) to 10 (very good)?
ask: scale 0 to 10
"""

WELCOME = """\
title: Welcome
goal: social_support
minutes: 1
events:

  - event: hello
    say: |
      In a few words: what would a lighter day let you do?
    ask: text
    save: own_goal
    answered:
      - is: none
        say: |
          That is fine. It may come later.
        go: end
      - otherwise: thanks

  - event: thanks
    say: |
      {% if own_goal is quotable %}{{ own_goal | quote }}{% else %}That{% endif %} is a good reason to begin.
    go: end
"""

THREE_GOOD_THINGS = """\
title: Three good things
goal: change_of_perspective
minutes: 1
because: |
  You said {{ own_goal | quote }}. Noticing what works is one way there.
because_plain: |
  Noticing what works is a small step.
assess:
  item: mood_now
  after: 30 min
events:

  - event: notice
    say: |
      {{ because_line }} What is one thing that went OK today, however small?
    ask: text
    save: good_thing
    answered:
      - is: none
        go: small
      - otherwise: helped
    silence:
      - after: 4 h
        say: |
          No hurry. One small OK thing is enough, or reply SKIP.
      - after: 16 h
        go: end

  - event: helped
    say: |
      {% if good_thing is quotable %}{{ good_thing | quote }}{% else %}Good to hear.{% endif %}
      What helped make that happen?
    ask: text
    keep: moment
    answered:
      - otherwise: rate

  - event: rate
    goal: feedback
    say: |
      How much did this help, 0 (not at all) to 10 (a lot)?
    ask: scale 0 to 10
    save: helped_n
    answered:
      - is: 0 to 3
        say: |
          Thanks for telling me.
        go: end
      - is: 4 to 10
        say: |
          Glad it did. That was a {{ helped_n }}.
        go: end

  - event: small
    say: |
      That is fine. Noticing that there was nothing is noticing too.
    go: end
"""

WALK = """\
title: A short walk
goal: trigger_action
minutes: 5
avoid_when: hour >= 20
events:

  - event: pick
    say: |
      Which one fits today?
    ask: choice
    choices:
      walk: A 5 minute walk
      song: One song, loud
      leave: Not today
    save: step
    answered:
      - is: leave
        say: |
          Fine. Not today is an answer too.
        go: end
      - is: [walk, song]
        go: done
    silence:
      - after: 3 h
        go: end

  - event: done
    say: |
      Text DONE when you are back.
    ask: done
    answered:
      - is: done
        say: |
          Well done.
        go: end
      - is: later
        snooze: 2 h
      - is: skip
        go: end
    silence:
      - after: 2 h
        say: |
          Still there? DONE, LATER or SKIP are all fine.
      - after: 10 h
        go: end
"""

ONE_SLOW_BREATH = """\
title: One slow breath
goal: symptom_relief
minutes: 1
events:

  - event: in
    say: |
      Breathe in slowly while you count to four.
    wait: 20 s

  - event: out
    say: |
      And out, counting to six. Again, as often as you like.
    wait: 60 s

  - event: better
    goal: feedback
    say: |
      Is it a little easier now?
    ask: yes_no
    answered:
      - is: "yes"
        say: |
          Good.
        go: end
      - otherwise: end
"""

FILES = {
    "program.yaml": PROGRAM,
    "items/mood_now.yaml": MOOD_NOW,
    "interventions/welcome.yaml": WELCOME,
    "interventions/three-good-things.yaml": THREE_GOOD_THINGS,
    "interventions/walk.yaml": WALK,
    "interventions/one-slow-breath.yaml": ONE_SLOW_BREATH,
}


def write_small_program(folder: Path) -> Path:
    """Write the small program into the folder and return the folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@cache
def small_release() -> Release:
    """Return the small program as a release, compiled once."""
    with tempfile.TemporaryDirectory() as place:
        loaded = load_program(write_small_program(Path(place) / "small-steps"))
    if loaded.release is None:
        raise AssertionError(printed(loaded.problems))
    return loaded.release
