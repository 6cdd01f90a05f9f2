"""Counts and amounts in a parsed post → figures with their bounds."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from onrecord.statements import dates as time_expressions
from onrecord.statements import figures_glued, numbers
from onrecord.statements import figures_totals as totals
from onrecord.statements import figures_victims as victims
from onrecord.statements.draft import DateDraft, FigureDraft
from onrecord.statements.figures_amounts import DEGREES, Seen, draft, measured
from onrecord.statements.figures_what import CASUALTIES, PEOPLE, Node, speaks, what_of
from onrecord.statements.figures_words import Label, bases, kind_of, words
from onrecord.statements.numbers import Number
from onrecord.statements.parse import Parse

_OLD = re.compile(r"[\s-]{1,3}(?:year|month|week|day)s?[\s-]{1,3}olds?\b", re.IGNORECASE)
_PIECE_AFTER = re.compile(r"\s?[-–:/]\s?\w|[.,]\s?\d|\s\d/\d|\sand\s\d/\d|\s(?:[ap]\.?\s?m\b|gmt\b)", re.IGNORECASE)
_PIECE_BEFORE = re.compile(r"(?:\d\s?[-–:/.,]|(?<!\w)[A-Z]{1,4}\s?-)\s?$")
_OF = re.compile(r"\s{1,3}(?:out\s{1,3})?of\s{1,3}(?:the\s|its\s|their\s|those\s|these\s|his\s|her\s)?", re.IGNORECASE)
_RATIO = re.compile(r"\s{1,3}(in|out\s{1,3}of)\s{1,3}(?:every\s{1,3})?$", re.IGNORECASE)
_HYPHENED = re.compile(r"-([a-z]{3,9})\b", re.IGNORECASE)
_TESTED = re.compile(
    r"\s{1,3}(?:(?:have |had |has |were |was )?(?:tested|confirmed) )?(negative|positive)\b", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"(?:(?:up|down|increase|decrease) from|against|compared (?:with|to)|put(?:s|ting)? it at|revised to"
    r"|(including|among them)(?: at least)?)"
    r"(?: about| around| some| the| an earlier)?\s{1,3}$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:[\d.,]+ |the |its |their )+")
_MORE = re.compile(r"\s{1,3}(?:of (?:them|whom)\b|more\b(?! than)|others\b)", re.IGNORECASE)
_OF_THEM = re.compile(r"\s{1,3}of (?:them|whom)\b", re.IGNORECASE)
_PART_OF_TIME = re.compile(r"\b(?:first|second|other|latter|last|final|third)\s{1,3}$", re.IGNORECASE)
_TWIN = re.compile(r"\s{0,3}(?:\(|,? or |/)\s?(?:about |around |some )?", re.IGNORECASE)


_THERE = re.compile(
    r"\s(?:in|at|on|near|across)\s[^.;:!?\"“”]{2,60}?(?:,| and|, and| while) (?:at least |about |another |some )?$"
)
_IN_PLACE = re.compile(
    r"\s(?:in|at|on|near|across)\s(?:the\s)?(?:neighbou?ring\s|nearby\s)?(?:north|south|east|west|[A-Z])"
)
_COLON = re.compile(r":\s{1,2}$")
_LETTERS = re.compile(r"[a-z]+")
_FOR_WHAT = re.compile(r"\s(?:for|on suspicion of|over|on charges of)\s", re.IGNORECASE)
_TOLD = frozenset(
    {"dead", "killed", "injured", "wounded", "missing", "arrested", "hurt", "hospitalised", "hospitalized"}
)
_NOMINAL = frozenset({"dead", "deceased", "wounded", "injured"})
_FEW = 10
_TOLLS = CASUALTIES | {"other: deaths from disease"}
_ARMS = frozenset({"drones", "missiles", "buildings", "troops"})


def find(parsed: Parse, dates: Sequence[DateDraft] | None = None) -> list[FigureDraft]:
    """Figures in text order. `dates` are the post's time expressions, found here when not given."""
    taken = time_expressions.find(parsed) if dates is None else dates
    seen = list(_numbers(parsed, taken))
    found = list(figures_glued.find(parsed.text))
    found += [f for f in _counted(parsed, seen) if not any(o.start < f.end and f.start < o.end for o in found)]
    for others in (totals.more(parsed), victims.find(parsed), _fractions(parsed, taken)):
        found += [f for f in others if not any(o.start < f.end and f.start < o.end for o in found)]
    return _joined(parsed.text, sorted(found, key=lambda f: f.start))


def _fractions(parsed: Parse, dates: Sequence[DateDraft]) -> Iterator[FigureDraft]:
    """Two-thirds of the land, half the houses."""
    known = words()
    for low, high in parsed.sentences:
        for found in known.fraction.find(parsed, parsed.start[low], parsed.end[high - 1]):
            start, end = found.span(1)
            if _PART_OF_TIME.search(parsed.text, max(0, start - 12), start):
                continue  # the first half of the decade
            if not any(d.start < end and start < d.end for d in dates):
                bound, _ = numbers.bound(parsed.text, start, end)
                share = known.fractions[" ".join(found[1].lower().split())]
                yield FigureDraft(start, end, share, None, bound, "share percent", None, "percent")


def _numbers(parsed: Parse, dates: Sequence[DateDraft]) -> Iterator[Seen]:
    """Numbers that are no part of a time expression or a name."""
    starts = [d.start for d in dates]
    for low, high in parsed.sentences:
        for number in numbers.find_in(parsed, parsed.start[low], parsed.end[high - 1]):
            at = bisect_right(starts, number.end - 1) - 1
            if at >= 0 and dates[at].end > number.start:
                continue
            first = bisect_right(parsed.start, number.start) - 1
            last = max(first + 1, bisect_left(parsed.start, number.end))
            if not _is_name(parsed, number, first):
                yield Seen(number, first, last)


def _is_name(parsed: Parse, number: Number, first: int) -> bool:
    """Article 5, Mirage 2000, Boeing 737, page 4, +44 20 7946."""
    if (number.start and parsed.text[number.start - 1] in "+#/@:_") or _is_age(parsed, number, first):
        return True
    if number.form == "digits" and (_numbering(parsed, number, first) or _lettered(parsed.text, number)):
        return True
    if first == 0 or parsed.sent[first - 1] != parsed.sent[first]:
        return False
    before = parsed.words[first - 1]
    if before.lower() == "of" and first > 1 and bases(parsed, first - 2) & words().nouns["parents"]:
        return True
    if number.form != "digits":
        if number.value == 1 and parsed.lower[first + 1 : first + 2] in (["point"], ["stage"], ["time"]):
            return True  # at one point
        return number.value == 1 and before.lower() in ("no", "any", "every", "some", "each", "by")
    if _PIECE_BEFORE.search(parsed.text[max(0, number.start - 8) : number.start]):
        return True
    if before.lower() in words().nouns["labels"]:
        return True
    named = before[0].isupper() and parsed.pos[first - 1] == "PROPN"
    if before.isupper():
        low, high = parsed.sentences[parsed.sent[first]]
        mixed = any(w.islower() for w in parsed.words[low:high])
        return mixed and len(before) <= 4 and number.value < 1000 and named
    return named and parsed.dep[first] in ("nummod", "compound", "appos", "npadvmod") and parsed.head[first] <= first


def _numbering(parsed: Parse, number: Number, first: int) -> bool:
    """The number of a list's item: 3. Talks go on."""
    opens = first == parsed.sentences[parsed.sent[first]][0]
    return opens and parsed.text[number.end : number.end + 1] in (".", ")") and number.value < 100


def _lettered(text: str, number: Number) -> bool:
    """Letters right behind that are no unit: 3D, 737s."""
    behind = text[number.end : number.end + 1]
    unit = words().unit.match(text, number.end) or DEGREES.match(text, number.end)
    return behind.isalpha() and text[number.end - 1].isdigit() and not unit


def _is_age(parsed: Parse, number: Number, first: int) -> bool:
    """A 68-year-old man; Ivan Doe, 52, said; aged 12."""
    old = _OLD.match(parsed.text, number.end)
    if old:
        after = bisect_left(parsed.start, old.end())
        things = words().nouns["aged_things"]
        return not any(bases(parsed, k) & things for k in range(after, min(after + 4, len(parsed))))
    before = parsed.lower[first - 1] if first else ""
    if before == "aged":
        return True
    behind = parsed.text[number.end : number.end + 1]
    person = first > 1 and (parsed.pos[first - 2] == "PROPN" or bases(parsed, first - 2) & words().nouns["people"])
    named = bool(person) and before in (",", "(") and behind in ",.);"
    return named and number.form == "digits" and number.value < 120


def _counted(parsed: Parse, seen: list[Seen]) -> list[FigureDraft]:
    out: list[FigureDraft] = []
    kinds: dict[int, str | None] = {}
    done = 0
    for i, one in enumerate(seen):
        if one.number.start < done:
            continue
        other = seen[i + 1] if i + 1 < len(seen) else None
        ratio = _ratio(parsed, one, other) if other else None
        found = ratio or measured(parsed, one) or _count(parsed, one, seen[max(0, i - 1) : i + 2], kinds)
        found = found if ratio else _total(parsed, one, found, out) or _broken_down(parsed, one)
        last = out[-1] if out and out[-1].start >= parsed.start[parsed.sentences[parsed.sent[one.first]][0]] else None
        found = _like(parsed, one, found, last) if last else found
        if found:
            out.append(found)
            done = found.end
    return out


def _like(parsed: Parse, one: Seen, found: FigureDraft | None, last: FigureDraft) -> FigureDraft | None:
    """What leaves out what it counts counts what stands before: up from 143; three more; nine newborns of a toll."""
    text, number = parsed.text, one.number
    before = _GOES_ON.search(text, max(last.end, number.start - 32), number.start)
    if found and _OF_THEM.match(text, number.end):
        told = any(parsed.lower[k] in _TOLD | {"died"} for k in range(one.last, min(one.last + 6, len(parsed))))
        return found if told else replace(found, what=last.what)
    if found:
        part = before and before[1] and last.what in _TOLLS and found.what.startswith("other: ")
        named = found.what in {label.name for label in words().labels}
        people = kind_of(parsed, _noun(parsed, one)[0]) == "people"
        return replace(found, what=last.what) if part and people and not named else found
    noun = _noun(parsed, one)[0]
    alone = noun is None or parsed.lower[one.last] in ("this", "last", "earlier", "others")
    if not alone or _PIECE_AFTER.match(text, number.end) or number.form == "vague":
        return None
    if not before and not _MORE.match(text, number.end) and not _elsewhere(text, last, number):
        return None
    behind = parsed.lower[one.last + 1 : one.last + 2] if parsed.lower[one.last] in ("others", "more") else []
    what = next((label.name for label in words().labels if behind and behind[0] in label.words), last.what)
    return draft(parsed, one, number.start, number.end, what, last.of, last.unit)


def _broken_down(parsed: Parse, one: Seen) -> FigureDraft | None:
    """The first of a list by place: a breakdown of the fatalities: 94 in the capital, 71 in the hills."""
    text, number = parsed.text, one.number
    if not _COLON.search(text, max(0, number.start - 3), number.start) or not _IN_PLACE.match(text, number.end):
        return None
    before = text[max(0, number.start - 140) : number.start].rpartition("\n")[2]
    told = [_tolls()[word] for word in _LETTERS.findall(before.lower()) if word in _tolls()]
    if not told or one.number.value < 1 or _noun(parsed, one)[0] is not None:
        return None
    return draft(parsed, one, number.start, number.end, told[-1], None, None)


@cache
def _tolls() -> dict[str, str]:
    """Word for a toll, of one or several → what it counts."""
    labels = [label for label in reversed(words().labels) if label.name in CASUALTIES | totals.HELD]
    counted = [(word, label.name) for label in labels for word in label.toll or _called(label)]
    plurals = ((word.removesuffix("y") + "ies" if word.endswith("y") else word + "s", what) for word, what in counted)
    return {**dict(plurals), **dict(counted)}


def _called(label: Label) -> frozenset[str]:
    """A label's nouns and the words made of them: arrest, arrested."""
    return label.nouns | {word for word in label.words if word.startswith(tuple(label.nouns))}


def _elsewhere(text: str, last: FigureDraft, number: Number) -> bool:
    """The same of another place: 40 people died in Tete and 12 in Beira."""
    between = text[last.end : number.start]
    held = last.what in totals.HELD  # twelve for breach of the peace
    if held and len(between) < 80 and "." not in between and _FOR_WHAT.match(text, number.end):
        return True
    counts = last.what in CASUALTIES or (last.unit is None and last.value >= 2 and last.what.startswith("other: "))
    return counts and bool(_THERE.search(between)) and bool(_IN_PLACE.match(text, number.end))


def _total(parsed: Parse, one: Seen, found: FigureDraft | None, before: list[FigureDraft]) -> FigureDraft | None:
    """The figure as the total that it stands for, where no word of its own tells what it counts."""
    told = one.last < len(parsed) and parsed.lower[one.last] in _TOLD
    if told or one.number.form == "vague" or (found is not None and (found.unit or found.end > one.number.end)):
        return found
    if _PIECE_AFTER.match(parsed.text, one.number.end) or _noun(parsed, one)[0] is not None:
        return found
    what = totals.total(parsed, one.first, before)
    return draft(parsed, one, one.number.start, one.number.end, what, None, None) if what else found


# -- amounts -----------------------------------------------------------------------------------------------------------


def _ratio(parsed: Parse, one: Seen, other: Seen) -> FigureDraft | None:
    """One in eight, nine out of ten: a share in per cent."""
    gap = _RATIO.fullmatch(parsed.text[one.number.end : other.number.start])
    low, high = one.number.value, other.number.value
    if not gap or not 0 < low < high or high > 100 or (high > 20 and high != 100):
        return None
    if gap[1].lower() != "in" and (high not in (3, 4, 5, 10, 100) or kind_of(parsed, _noun(parsed, other)[0]) in _ARMS):
        return None
    share = Number(one.number.start, other.number.end, round(100 * low / high, 4), None, one.number.form)
    seen = Seen(share, one.first, other.last)
    return draft(parsed, seen, share.start, share.end, "share percent", _noun_text(parsed, other), "percent")


# -- counts ------------------------------------------------------------------------------------------------------------


def _count(parsed: Parse, one: Seen, near: Sequence[Seen], kinds: dict[int, str | None]) -> FigureDraft | None:
    if sized := _sized(parsed, one) or _tested(parsed, one):
        return sized
    if _PIECE_AFTER.match(parsed.text, one.number.end) and not _of_hyphen(parsed, one):
        return None
    noun, inside = _noun(parsed, one)
    if noun is not None and not _countable(parsed, one, noun):
        return None
    if noun is not None and any(one.first < other.first <= noun for other in near):
        inside = False  # 12 Somali and 11 Yemeni pirates
    partitive = noun is not None and bool(_OF.match(parsed.text, one.number.end))
    sentence = parsed.sent[one.first]
    found = kind_of(parsed, noun) if noun is not None else kinds.get(sentence)
    if noun is not None:
        kinds[sentence] = found
    last = noun + 1 if noun is not None and inside else one.last
    node = Node(one.first, last, noun, found, partitive)
    total = any(_OF.fullmatch(parsed.text[other.number.end : one.number.start]) for other in near if other != one)
    what = what_of(parsed, node, near=not (partitive and one.number.value == 1), total=total)
    if what is None:
        what = _in_group(parsed, one, node) or _cared_for(parsed, one, node) or _otherwise(parsed, one, node)
    if what is None or (one.number.form == "vague" and one.number.value < 10 and what not in CASUALTIES):
        return None
    end = parsed.end[noun] if noun is not None and inside else one.number.end
    return draft(parsed, one, one.number.start, end, what, _words_of(parsed, one, noun), None)


def _sized(parsed: Parse, one: Seen) -> FigureDraft | None:
    """A 300-seat parliament, the 100,000-soldier army, a five-point lead."""
    found = _HYPHENED.match(parsed.text, one.number.end)
    if not found or one.number.value < 2:
        return None
    noun, nouns = found[1].lower(), words().nouns
    after = bisect_left(parsed.start, found.end())
    if noun == "point":
        if not any(bases(parsed, k) & nouns["points"] for k in range(after, min(after + 3, len(parsed)))):
            return None
    elif noun not in nouns["sized"] or one.number.value < 20:
        return None
    what = "troops" if noun in ("soldier", "troop") else f"other: {noun}s" if noun != "strong" else "other: people"
    return draft(parsed, one, one.number.start, found.end(), what, noun, None)


def _tested(parsed: Parse, one: Seen) -> FigureDraft | None:
    """Thirty-two tested negative and five positive."""
    found = _TESTED.match(parsed.text, one.number.end)
    if not found:
        return None
    end = found.end() if found[0].strip().lower() == found[1].lower() else one.number.end  # five positive
    return draft(parsed, one, one.number.start, end, f"other: tested {found[1].lower()}", None, None)


def _in_group(parsed: Parse, one: Seen, node: Node) -> str | None:
    """A team of 72, a town of 2,300; not a convoy of 60 trucks."""
    if node.noun is not None and node.kind is None and node.noun == one.last:
        return None
    if one.first < 2 or parsed.lower[one.first - 1] not in ("of", "at") or one.number.value < 3:
        return None
    if parsed.lower[one.first - 1] == "at":
        return "other: people" if parsed.lower[one.first - 2] in ("crowd", "attendance") else None
    if one.number.form != "digits" and one.number.value > 1000:
        return None  # thousands of what follows
    held = bases(parsed, one.first - 2)
    if held & words().nouns["settlements"]:
        return "other: inhabitants"
    return "other: people" if held & words().nouns["groups"] else None


def _cared_for(parsed: Parse, one: Seen, node: Node) -> str | None:
    """People in hospital or treated: wounded, or ill where a disease is about."""
    others = parsed.lower[one.last : one.last + 1] == ["others"]
    if node.kind not in PEOPLE and not (node.noun is None and (others or _MORE.match(parsed.text, one.number.end))):
        return None
    if not totals.in_care(parsed, node.last, node.noun):
        return None
    return "other: in hospital" if totals.diseased(parsed, one.first) else "wounded"


def _of_hyphen(parsed: Parse, one: Seen) -> bool:
    return parsed.text[one.number.end : one.number.end + 3] in (" - ", " – ")  # five people - all miners


def _countable(parsed: Parse, one: Seen, noun: int) -> bool:
    """No address (24 Example Street), no length of time."""
    if bases(parsed, noun) & words().nouns["streets"] and parsed.words[noun][0].isupper():
        return False
    units = words().nouns["units"]
    return not (bases(parsed, noun) & units or (one.last < len(parsed) and bases(parsed, one.last) & units))


def _noun(parsed: Parse, one: Seen) -> tuple[int | None, bool]:
    """(the counted noun, whether the figure's words reach to it): five people; 40 | of the missiles."""
    high = parsed.sentences[parsed.sent[one.first]][1]
    partitive = _OF.match(parsed.text, one.number.end)
    high = min(high, bisect_left(parsed.start, parsed.text.find("\n", one.number.end) % (len(parsed.text) + 1)))
    if partitive:
        at = bisect_left(parsed.start, partitive.end())
        noun = _phrase_end(parsed, at, high)
        noun = at if noun is None and parsed.lower[at : at + 1] and parsed.lower[at] in _NOMINAL else noun
        if noun is not None and parsed.lower[noun + 1 : noun + 2] in (["'s"], ["’s"]):
            noun = _phrase_end(parsed, noun + 2, high) or noun  # four of the panel's seven members
        return noun, one.number.form == "vague"
    for word in range(one.last - 1, one.first - 1, -1):
        head = parsed.head[word]
        counts = parsed.dep[word] in ("nummod", "amod", "compound", "nmod") and parsed.pos[head] in ("NOUN", "PROPN")
        if counts and one.last <= head < min(high, one.last + 7) and parsed.pos[one.last] not in ("CCONJ", "VERB"):
            return head, True
    return _phrase_end(parsed, one.last, high), True


def _phrase_end(parsed: Parse, at: int, high: int) -> int | None:
    """The last noun of the noun phrase that begins at a word; None where none begins there."""
    noun = None
    for k in range(at, min(high, at + 6)):
        if k == at and parsed.words[k] in "-–—:/.":
            return None
        if parsed.pos[k] in ("NOUN", "PROPN"):
            noun = k
        elif noun is not None or (
            parsed.pos[k] not in ("ADJ", "NUM", "DET") and parsed.tag[k] not in ("VBN", "VBG", "HYPH")
        ):
            break
    return noun


def _noun_text(parsed: Parse, one: Seen) -> str | None:
    noun, _ = _noun(parsed, one)
    return _words_of(parsed, one, noun)


def _words_of(parsed: Parse, one: Seen, noun: int | None) -> str | None:
    """The words that say what is counted, without `of the` before them."""
    if noun is None or noun < one.last:
        return None
    partitive = _OF.match(parsed.text, one.number.end)
    start = partitive.end() if partitive and partitive.end() <= parsed.start[noun] else parsed.start[one.last]
    return _LEADING.sub("", " ".join(parsed.text[start : parsed.end[noun]].lower().split()))


def _otherwise(parsed: Parse, one: Seen, node: Node) -> str | None:
    """The label of a count that nothing is said to have happened to; None where no record would keep it."""
    if node.noun is None or one.number.value < 2 or (one.number.form == "vague" and one.number.value < 20):
        return None
    if node.kind == "drones":
        supplied = bases(parsed, parsed.head[node.noun]) & words().verbs["supply"]
        return "other: drones" if supplied else "drones launched"
    if node.kind in ("missiles", "troops"):
        return f"other: {_words_of(parsed, one, node.noun)}" if totals.civil(parsed, node.noun) else node.kind
    found = bases(parsed, node.noun)
    if found & words().nouns["charges"] and parsed.lower[node.noun + 1 : node.noun + 2] == ["of"]:
        return f"other: counts of {' '.join(parsed.lower[node.noun + 2 : node.noun + 3])}"
    if parsed.tag[node.noun] == "NN" and not found & words().nouns["same_plural"]:
        return None
    if totals.ill(parsed, one.first, node.noun):
        return "other: infections"
    if special := totals.kept(parsed, one.last, node.noun):
        return special
    few = one.number.value < _FEW and found & words().nouns["idle_few"]
    if few or found & words().nouns["idle"] or speaks(parsed, node):
        return None
    if found & words().nouns["fighters"]:
        return "troops"
    definite = one.first > 0 and parsed.lower[one.first - 1] in ("the", "these", "those", "both", "all")
    if one.number.value <= 3 and (definite or node.kind == "people"):
        return None
    if parsed.pos[node.noun] == "PROPN" and not parsed.words[node.noun].isupper() and node.kind is None:
        return None if one.number.form == "digits" and one.number.value < 20 else f"other: {parsed.lower[node.noun]}"
    return f"other: {_words_of(parsed, one, node.noun) or 'items'}"


def _joined(text: str, found: list[FigureDraft]) -> list[FigureDraft]:
    """Amounts given twice point at each other: 3.2 billion roubles (£26m); 10 miles (16km)."""
    out: list[FigureDraft] = []
    for one in found:
        last = out[-1] if out else None
        if last and one.unit and last.unit and one.unit != last.unit and _TWIN.fullmatch(text[last.end : one.start]):
            bound = last.bound if one.bound == "exact" else one.bound
            out.append(replace(one, same_as=last.start, bound=bound, what=last.what))
        else:
            out.append(one)
    return out
