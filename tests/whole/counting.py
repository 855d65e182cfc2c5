"""A program that answers every number with the next question: for counting what got through."""

from __future__ import annotations

from pathlib import Path

PROGRAM = """\
title: Counting
sender_name: Counting
languages: [en]
zone: America/Chicago
consent:
  version: counting-1
  say: |
    Counting: automated texts for tests. Msg & data rates may apply. STOP ends, HELP helps. Reply AGREE.
  word: AGREE
  agreed: |
    Good.
  unclear: |
    Reply AGREE to begin.
  declined: |
    Fine.
help:
  service: Counting
  contact: nobody
limits:
  replies_per_hour: 0
  same_reply_per_10_minutes: 0
  all_per_day: 1000
defaults:
  unclear:
    say: |
      Please reply with {{ hint }}.
    times: 1
    gives_up: |
      Fine.
    go: end
  silence:
    - after: 20 h
      go: end
  skip: end
decision_points:
  - id: first
    happens: consented
    rules:
      - id: begin
        choose:
          count: 1
keywords:
  COUNT: count
hub:
  menu:
    - label: Count
      start: count
  unprompted: |
    Got it.
  unprompted_every: always
  nothing_open: |
    Nothing is open.
  paused: |
    Paused.
"""

COUNT = """\
title: Count
goal: feedback
minutes: 1
events:

  - event: next
    say: |
      {% if number is none %}First.{% else %}That was {{ number }}.{% endif %} Which number?
    ask: number
    save: number
    answered:
      - if: answered_n > 100000
        go: end
      - otherwise: next
"""


def write_counting(content: Path) -> Path:
    """Write the program below a content folder; returns its own folder."""
    folder = content / "counting"
    (folder / "interventions").mkdir(parents=True)
    (folder / "items").mkdir()
    (folder / "program.yaml").write_text(PROGRAM)
    (folder / "interventions" / "count.yaml").write_text(COUNT)
    return folder
