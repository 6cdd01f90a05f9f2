"""A match of a form → is it really a time expression here?

Words that are names, verbs, counts or scores are turned away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.statements.dates_forms import lexicon
from onrecord.statements.dates_tense import future, tense
from onrecord.statements.parse import Parse

_EDGES = frozenset({"mid", "early", "late"})
_OPENING = frozenset({"the", "early", "late", "", "on", "by", "since", "until"})
_DAY_WORDS = frozenset({*lexicon().sets["weekday"], "yesterday", "tomorrow", "today"})


@dataclass(frozen=True, slots=True)
class At:
    """A match as checks see it: words `first` up to (not including) `last`."""

    parsed: Parse
    first: int
    last: int

    @property
    def word(self) -> str:
        return self.parsed.words[self.first]

    def before(self, back: int = 1) -> str:
        """The lower-case word before, in the same sentence; empty at its start."""
        at = self.first - back
        return self.parsed.lower[at] if at >= 0 and self.parsed.sent[at] == self.parsed.sent[self.first] else ""

    def after(self, on: int = 0) -> str:
        at = self.last + on
        inside = at < len(self.parsed) and self.parsed.sent[at] == self.parsed.sent[self.first]
        return self.parsed.lower[at] if inside else ""

    def next_pos(self) -> str:
        return self.parsed.pos[self.last] if self.after() else ""

    def capitals(self) -> bool:
        """The sentence is in capitals throughout, as far as 40 words around."""
        low, high = self.parsed.sentences[self.parsed.sent[self.first]]
        low, high = max(low, self.first - 40), min(high, self.first + 40)
        return all(w.isupper() for w in self.parsed.words[low:high] if w.isalpha()) and high - low > 2


def holds(check: str, at: At) -> bool:
    """The test that `data/dates.toml` names."""
    return _CHECKS[check](at)


def _words(name: str) -> frozenset[str]:
    return lexicon().words[name]


def _name_around(at: At) -> bool:
    """It stands inside a name: the Sunday Times, Bloody Sunday, the Mail on Sunday."""
    follows = at.after() in _words("not_before") and at.parsed.words[at.last][0].isupper() and not at.capitals()
    return follows or at.before() in _words("not_after") or f"{at.before(2)} {at.before()}" in _words("not_after")


def _weekday(at: At) -> bool:
    return not _name_around(at)


def _today(at: At) -> bool:
    """USA Today and Russia Today are papers, the Today programme is heard on the radio."""
    named = at.before() in _words("papers") or at.after() in _words("shows")
    return not (at.word[0].isupper() and named)


def _short_weekday(at: At) -> bool:
    return at.word[0].isupper() and at.before() in _words("short_before")


def _month(at: At) -> bool:
    low = at.parsed.lower[at.first].rstrip(".")
    if _name_around(at):
        return False
    if at.before() == "-" and at.before(2) in _EDGES and at.word[0].isupper():
        return True  # since mid-March
    if low not in _words("doubtful_months"):
        return True
    if not at.word[0].isupper():
        return False
    prepared = at.before() in _words("before_time")
    if at.before() == "of" and at.before(2) in _words("edges"):
        return True
    if low in ("may", "march", "mar") or len(low) == 3:
        weak = {"and", "to", "for", "on", "about", "around", "of", "from"}
        usual = prepared and not (at.capitals() and at.before() in weak) and at.after() not in {"be", "have", "not"}
        return usual and (at.capitals() or at.parsed.tag[at.first] != "MD")
    return prepared or at.next_pos() != "PROPN"


def _year(at: At) -> bool:
    value = int(at.word) if at.word.isdecimal() and len(at.word) == 4 else 0
    if not value or at.after() in _words("counted") or at.after() in _words("no_clock"):
        return False
    before = at.before()
    if at.parsed.dep[at.first] in {"nsubj", "nsubjpass"} and at.after() in _words("years_do"):
        return 1900 <= value <= 2069
    if before in _words("year_strong") or (before == "-" and at.before(2) in _EDGES):
        return True
    if not 1900 <= value <= 2069:
        return False
    if before == "(":
        return at.after() in {")", ",", "-", "–"}
    if before in _words("year_weak"):
        if before == ",":
            return at.before(2)[-4:].isdecimal()
        return at.next_pos() != "NUM" and (_next_tag(at) != "NNS" or at.after() in _words("dated"))
    return _year_of_noun(at, before)


def _next_tag(at: At) -> str:
    return at.parsed.tag[at.last] if at.after() else ""


def _year_of_noun(at: At, before: str) -> bool:
    """The 2024 election, Moscow's 2014 annexation, the disputed 2020 vote; not Mirage 2000 jets."""
    if at.after() in _words("dated"):
        return True
    if at.after() in {"one", "ones"}:
        return before in {"a", "an", "the", "that"}
    owner = not before or before in _words("owners") or at.parsed.pos[at.first - 1] in {"ADJ", "PRON", "DET"}
    if not before:
        return at.next_pos() in {"AUX", "VERB", "NOUN", "PROPN", "PUNCT"} and at.after() not in {".", ")"}
    return owner and at.next_pos() in {"NOUN", "PROPN", "ADJ"}


def _season(at: At) -> bool:
    before = at.before() if at.last - at.first == 1 else at.parsed.lower[at.first]
    name = at.parsed.words[at.last - 1]
    if not at.capitals() and name[0].isupper() and at.first != at.parsed.sentences[at.parsed.sent[at.first]][0]:
        return False
    if at.parsed.pos[at.last - 1] not in {"NOUN", "PROPN"}:
        return False
    if name.lower() in ("spring", "fall", "springtime"):
        usual = _words("spring_before")
        return before in usual and at.after() not in {"of", "from", "in"} and at.parsed.tag[at.last - 1] == "NN"
    return True


def _quarter(at: At) -> bool:
    text = at.parsed.between(at.first, at.last).lower()
    return "quarter" in text or text[-1].isdecimal() or text[0] in "qh"


def _unit(at: At) -> bool:
    low = at.parsed.lower[at.last - 1]
    words = at.parsed.lower[at.first : at.last]
    if low in ("second", "minute", "hour") and "this" not in words and "next" not in words and "past" not in words:
        return False
    if "past" in words or "previous" in words or (at.after() == "of" and "this" not in words):
        return False
    return not (low == "day" and "next" in words) and low != "second"


def _the_unit(at: At) -> bool:
    return at.parsed.lower[at.first] != "the" or at.before() in {"during", "throughout"}


def _part(at: At) -> bool:
    low = at.parsed.lower[at.last - 1]
    name = at.parsed.words[at.last - 1]
    before = at.before() if at.parsed.lower[at.first] not in ("the", "early", "late") else at.parsed.lower[at.first]
    if low.endswith("s") and low != "hours":
        return False
    if at.before().rstrip(",") in _DAY_WORDS or (at.after() in {"of", "on"} and before in _OPENING):
        return True
    if before in _words("no_part"):
        return False
    if not at.capitals() and name[0].isupper() and at.first != at.parsed.sentences[at.parsed.sent[at.first]][0]:
        return False
    if low in {"midday", "lunchtime"} and before in _words("before_dawn"):
        return True
    if before in {"at", "by"} and low == "night":
        return True
    if at.next_pos() in {"NOUN", "PROPN"} and at.parsed.dep[at.last - 1] in {"compound", "amod", "nmod"}:
        return low != "night" or (before in {"the", "a"} and at.after() not in _words("nightly"))
    return before in {"the", "early", "late"} and at.before() in {
        "in",
        "during",
        "through",
        "throughout",
        "into",
        "from",
        "by",
        "since",
        "until",
        "on",
        "",
    }


def _at(at: At) -> bool:
    return at.before() in _words("before_dawn")


def _duration(at: At) -> bool:
    words = at.parsed.lower[at.first : at.last]
    after = at.after()
    if after in {"old", "-", "olds"} or words[-1] == "old" or at.before() in {"aged", "$", "£", "€"}:
        return False
    if _in_terms(at) or (words[0] == "many" and at.before() == "as"):
        return False
    if words[-1] in {"second", "min"} and words[0] != "one":
        return False
    if words[0] in {"a", "an", "one"} and len(words) == 2:
        return _one_unit(at, words[0], after)
    return True


def _one_unit(at: At, article: str, after: str) -> bool:
    """`a day` is often a rate (100 a day), `one day` often no length at all."""
    if after in _words("leaning"):
        return True
    if article == "one":
        return at.before() in _words("length_before")
    return at.before() in _words("length_before") and at.next_pos() != "NOUN"


def _in_terms(at: At) -> bool:
    """Years in prison are a figure, no time expression."""
    low = max(0, at.first - 5)
    near = at.parsed.lower[low : at.first] + at.parsed.lower[at.last : at.last + 5]
    return not _words("terms").isdisjoint(near)


def _for(at: At) -> bool:
    return (
        at.before() in {"for", "within", "after", "in"} and at.after() not in {"to", "old"}
    ) or at.after() in _words("leaning") - {"on", "from"}


def _clock(at: At) -> bool:
    text = at.parsed.between(at.first, at.last)
    if len(text) > 5 and text[-1].isalpha():
        return True
    after = at.after()
    if after in _words("no_clock"):
        return False
    if at.before() in {"$", "£", "€", "by"} and "." in text:
        return False
    prepared = at.before() in _words("before_clock") or (f"{at.before()}" in {"(", "["} and ":" in text)
    if ":" in text:
        return (
            prepared
            or after in _words("after_clock")
            or (len(text) == 5 and at.before() not in {"won", "beat", "lost"})
        )
    return (prepared and at.next_pos() not in {"NOUN", "NUM", "SYM"}) or after in _words("after_clock")


def _weekend(at: At) -> bool:
    return at.after() != "of"


def _lasting(at: At) -> bool:
    """Since the war, throughout the conflict; during the campaign names no more time than the campaign."""
    return at.parsed.lower[at.first] in ("since", "throughout")


def _past_hour(at: At) -> bool:
    """Half past six; at ten to six."""
    return at.parsed.lower[at.first + 1 : at.first + 2] == ["past"] or at.before() in _words("before_clock")


def _military(at: At) -> bool:
    """At 1200 on 19 March; in capitals, at 1430."""
    year_like = 1800 <= int(at.word) <= 2059 if at.word.isdecimal() else True
    return at.before() in {"at", "about", "around", "by"} and (
        at.after() in {"on", "today", "yesterday"} or (not year_like and at.capitals())
    )


def _adverb(at: At) -> bool:
    return at.parsed.pos[at.first] == "ADV"


def _now(at: At) -> bool:
    """Not the Now that ends an outlet's name."""
    if at.word == "Now" and at.before() and at.parsed.words[at.first - 1][0].isupper() and not at.capitals():
        return False
    return at.before() != "until" or at.first == at.last - 1


def _vague(at: At) -> bool:
    words = at.parsed.lower[at.first : at.last]
    if words[0] == "last" and (at.parsed.pos[at.first] == "VERB" or at.parsed.tag[at.first - 1 : at.first] == ["MD"]):
        return False  # could last weeks
    if words == ["soon"] and (at.before() == "as" or at.after() == "as"):
        return False
    if words[0] == "shortly" and at.after() in {"after", "before"}:
        return False
    if words == ["soon"] and at.after() == "after":
        return False
    if words in (["one", "day"], ["some", "day"], ["someday"]):
        return future(at.parsed, at.first)
    return True


def _at_the_time(at: At) -> bool:
    return at.after() != "of"


def _later(at: At) -> bool:
    leaning = at.before() in {
        "days",
        "weeks",
        "months",
        "years",
        "hours",
        "minutes",
        "day",
        "week",
        "month",
        "year",
        "hour",
    }
    return not leaning and at.after() in {"", ".", ",", "”", '"', "’"} and tense(at.parsed, at.first) == "future"


def _day_of_month(at: At) -> bool:
    """On the 24th, by the 3rd; not the 24th floor."""
    named = at.next_pos() in {"NOUN", "PROPN", "ADJ", "NUM"} or at.after() in {"of", "-", "and", "to"}
    return at.before() in {"on", "by", "until", "since"} and not named


def _no_past(at: At) -> bool:
    """This past Christmas, but not: past Christmas lights."""
    return at.parsed.lower[at.first] != "past" or at.before() == "this"


_CHECKS: dict[str, Callable[[At], bool]] = {
    "weekday": _weekday, "short_weekday": _short_weekday, "month": _month, "year": _year, "season": _season,
    "quarter": _quarter, "unit": _unit, "the_unit": _the_unit, "part": _part, "at": _at, "duration": _duration,
    "for": _for, "clock": _clock, "adverb": _adverb, "today": _today, "military": _military, "lasting": _lasting,
    "past_hour": _past_hour,
    "weekend": _weekend, "now": _now, "vague": _vague, "at_the_time": _at_the_time, "later": _later,
    "day_of_month": _day_of_month, "no_past": _no_past,
}  # fmt: skip
