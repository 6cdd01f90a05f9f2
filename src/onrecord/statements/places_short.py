"""Initials of a place in a parsed post → its whole name: `HK`, `UP` where Uttar Pradesh is named, `flew to NY`."""

from __future__ import annotations

from itertools import pairwise

from onrecord.statements.parse import Parse
from onrecord.statements.places_words import Words

_AROUND = frozenset({"of", "for", "between", "across", "and"})
"""Small words before initials that need a noun of people or offices behind them or a known short name."""


class Initials:
    """The initials of a post's own names, and those that papers use without saying more."""

    def __init__(self, parsed: Parse, lists: Words) -> None:
        self._parsed, self._lists = parsed, lists
        self._own: dict[str, str] | None = None

    def whole(self, at: int) -> str | None:
        """The name that the word stands for; None for what is no such initials here."""
        word = self._parsed.words[at]
        if not (1 < len(word) < 5 and word.isalpha() and word.isupper()):
            return None
        own = self._spelt_out().get(word) if word not in self._lists.acronyms else None
        if own:
            return own
        known = self._lists.short.get(word)
        return known if known and self._in_place(at) else None

    def _in_place(self, at: int) -> bool:
        """A place's preposition stands before it, or an office or people that belong to one behind it."""
        parsed, lists = self._parsed, self._lists
        sent = parsed.sent[at]
        before = parsed.lower[at - 1] if at and parsed.sent[at - 1] == sent else ""
        behind = parsed.lower[at + 1] if at + 1 < len(parsed) and parsed.sent[at + 1] == sent else ""
        if before == ",":
            return False  # Spokane, WA
        peopled = behind in lists.public or behind in lists.settled
        return before in lists.strong or before in lists.part or peopled or (before in _AROUND and not behind.isalpha())

    def _spelt_out(self) -> dict[str, str]:
        """Initials of two or three capitalised words in a row that the post has elsewhere, where only one fits."""
        if self._own is None:
            found: dict[str, set[str]] = {}
            words = self._parsed.words
            named = [w[0].isupper() and w[1:].islower() for w in words]
            for at in [i for i, both in enumerate(pairwise(named)) if all(both)]:
                for end in (at + 2, at + 3):
                    row = words[at:end]
                    whole = len(row) == end - at and named[end - 1]
                    if whole and self._parsed.sent[at] == self._parsed.sent[end - 1]:
                        found.setdefault("".join(w[0] for w in row), set()).add(" ".join(row))
            self._own = {short: whole.pop() for short, whole in found.items() if len(whole) == 1}
        return self._own
