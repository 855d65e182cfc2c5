"""Reads what a text says about danger: how grave, of what kind, and whose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.core.reading.model import About, Risk, Tier
from app.core.reading.normalize import Plain
from app.core.reading.phrases import Match, PhraseBook, outside
from app.core.reading.tables import RiskRow
from app.core.reading.words import RiskBook

TIERS: tuple[Tier, ...] = ("none", "check", "passive", "active", "imminent")
OWN: dict[About, int] = {"self": 2, "unclear": 1, "other": 0, "": 0}
NEGATION_REACH = 3
WHO_REACH = 12
REFLEXIVE = ("self", "selves", "rse")
HASTENED = frozenset({"suicide", "self_harm", "violence_to"})


def risk_of(text: Plain, books: Sequence[RiskBook]) -> Risk:
    """The gravest risk that a text tells of."""
    found = [(book, matches) for book in books if (matches := matches_in(text, book))]
    if not found:
        return Risk()
    masks = [mask for book in books for mask in book.apart.find(text)]
    return gravest(risk for book, matches in found for risk in risks(text, book, outside(matches, masks)))


def matches_in(text: Plain, book: RiskBook) -> list[Match]:
    """Every phrase of one language's table in a text, and the row that the whole text is."""
    row = book.whole.whole(text)
    return [*book.phrases.find(text), *([Match(row, 0, len(text.words))] if row else [])]


def gravest(risks: Iterable[Risk]) -> Risk:
    """The highest tier, one's own before another's; no risk when there is none."""
    return max(risks, key=gravity, default=Risk())


def gravity(risk: Risk) -> tuple[int, int, bool]:
    """What orders risks: tier, whose, and what was taken before what is meant, for minutes count there."""
    poisoned = risk.tier == "imminent" and risk.kind == "medical"
    return TIERS.index(risk.tier), OWN[risk.about], poisoned


def risks(text: Plain, book: RiskBook, found: list[Match]) -> list[Risk]:
    """The risks that the phrases found in one language's table come to."""
    if not found:
        return []
    around = Around(text, book)
    return [around.risk(match, book.rows[match.row]) for match in found]


class Around:
    """What stands round the risk words of one text: negation, past, haste, and who is spoken of."""

    def __init__(self, text: Plain, book: RiskBook) -> None:
        self._text, self._book = text, book
        negations = outside(book.negations.find(text), book.not_negations.find(text))
        self._negation_ends = {negation.end: text.clauses[negation.start] for negation in negations}
        self._past = self._sentences(book.past) - self._sentences(book.present)
        self._soon = self._sentences(book.soon)

    def _sentences(self, phrases: PhraseBook) -> frozenset[int]:
        return frozenset(self._text.sentences[match.start] for match in phrases.find(self._text))

    def risk(self, match: Match, row: RiskRow) -> Risk:
        """The risk of one phrase found, as what stands round it makes it."""
        about = row.about or self.about(match)
        lowered = about != "other" and not row.fixed and (self.negated(match) or self.past(match))
        tier = one_lower(row.tier) if lowered else row.tier
        if tier == "active" and not lowered and about == "self" and self.soon(match, row):
            tier = "imminent"
        words = " ".join(self._text.words[match.start : match.end])
        return Risk(
            tier=tier, kind=row.kind, about=about, row=row.row, words=words, language=self._book.language
        )

    def soon(self, match: Match, row: RiskRow) -> bool:
        """Whether a time or a means close at hand stands in the same sentence."""
        return row.kind in HASTENED and self._text.sentences[match.start] in self._soon

    def past(self, match: Match) -> bool:
        """Whether the sentence speaks of a past that is over."""
        return self._text.sentences[match.start] in self._past

    def negated(self, match: Match) -> bool:
        """Whether a negation stands just before, in the same clause."""
        ends = range(match.start - NEGATION_REACH, match.start + 1)
        clause = self._text.clauses[match.start]
        return any(self._negation_ends.get(end) == clause for end in ends)

    def about(self, match: Match) -> About:
        """Whose risk it is, by the nearest person named in the words or before them."""
        text, book = self._text, self._book
        for at in range(match.start, match.end):
            if text.words[at] in book.self:
                return "self"
            if text.words[at] in book.other and text.words[at].endswith(REFLEXIVE):
                return "other"
        for at in range(match.start - 1, max(-1, match.start - WHO_REACH - 1), -1):
            if text.sentences[at] != text.sentences[match.start]:
                break
            if text.words[at] in book.other:
                return "other"
            if text.words[at] in book.self:
                return "self"
        starts = match.start == 0 or text.sentences[match.start - 1] != text.sentences[match.start]
        return "self" if starts and match.end - match.start > 1 else "unclear"


def one_lower(tier: Tier) -> Tier:
    """The tier below, never below `check`."""
    return TIERS[max(1, TIERS.index(tier) - 1)]
