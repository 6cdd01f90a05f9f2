"""`data/cues.toml` → the cue words by base form, with their frames and acts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord import words as word_files

Frames = dict[str, str]
"""Frame → act."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words that give speech, thought, wishes and plans."""

    verbs: dict[str, Frames]
    nouns: dict[str, Frames]
    adjectives: dict[str, Frames]
    particles: dict[str, frozenset[str]]
    """First word of a verb of several words → the words that may follow it."""
    inner: frozenset[str]
    """Verbs that count inside somebody's words too."""
    evidence: frozenset[str]
    """Nouns that say something when they "show" it."""
    no_evidence: frozenset[str]
    counts: frozenset[str]
    """Nouns for numbers, which say something where somebody has put them out."""
    issued: frozenset[str]
    """Words before such a noun that show that somebody has."""
    headline: frozenset[str]
    """Nouns whose words follow a colon in a headline."""
    threats: frozenset[str]
    leading: frozenset[str]
    outcomes: frozenset[str]
    blows: frozenset[str]
    """What follows "if nothing is offered" in a threat: a strike, sanctions."""
    untrue: frozenset[str]
    sayings: frozenset[str]
    assessors: frozenset[str]
    performed: dict[str, str]
    """Verbs that do in the first person what they say: "I urge" → act."""
    passive_futures: frozenset[str]
    """What "we will …" without promising it."""
    silence: frozenset[str]
    participles: frozenset[str]
    answering: frozenset[str]
    """Participles that tell what the words answer: ", sidestepping his remarks"."""
    withholding: frozenset[str]
    """What was left out: ", without giving a date"."""
    """Verbs that, as ", adding …", go on with the speaker's words."""
    conjoined: frozenset[str]
    """Verbs that, after "and", are the speaker's own, not part of what was said."""
    chained: frozenset[str]
    """Verbs that, behind "and", tell what the speaker did rather than what the clause is about."""
    addressed: frozenset[str]
    """Those that are the speaker's even where people are told of."""
    speaking: frozenset[str]
    """The commonest verbs of saying."""
    empty: frozenset[str]
    """Objects that are no content."""
    thin: frozenset[str]
    """Objects that tell nothing alone: "announced the new figures"."""
    topics: frozenset[str]
    """Objects that tell nothing with an "of" either: "raised the issue of rent"."""
    only: dict[str, list[str]]
    """Verbs that give a statement with none but these objects: "contested the result"."""
    times: frozenset[str]
    offers: frozenset[str]
    deeds: frozenset[str]
    """Nouns of things done that one orders: "ordered a recount"."""
    things: frozenset[str]
    promising: frozenset[str]
    """Things of which one says that they promise something: "the truce promises relief"."""
    lemmas: dict[str, str]
    """Words that the parser gives a wrong base form → the right one."""
    forms: dict[str, str]
    """Forms of the commonest cues → their base form."""
    heads: frozenset[str]
    """First words of all verbs."""
    odd: frozenset[str]
    """Words that need a closer look whatever their base form."""
    kept_back: frozenset[str]
    """Verbs whose denial ("did not announce a date") tells nothing."""
    labels: frozenset[str]
    """Words before a colon that name a kind of text, not a speaker ("Full report: …")."""
    counted: frozenset[str]
    """Nouns of what a count gives: "201 dead"."""
    listed: frozenset[str]
    """Nouns that announce a list after a colon: "the figures: …"."""
    denying: re.Pattern[str]
    """Beginnings of a content that deny: "there is no truth in …", "it was not involved"."""
    declining: re.Pattern[str]
    refusing: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, read once."""
    data = word_files.table("cues.toml")
    verbs = _frames(data["verbs"])
    particles: dict[str, set[str]] = {}
    for verb in verbs:
        first, _, rest = verb.partition(" ")
        if rest:
            particles.setdefault(first, set()).add(rest)
    return Lexicon(
        verbs=verbs,
        nouns=_frames(data["nouns"]),
        adjectives=_frames(data["adjectives"]),
        particles={first: frozenset(rest) for first, rest in particles.items()},
        inner=frozenset(word for group in data["verbs"] if group.get("inner") for word in group["words"]),
        evidence=frozenset(data["evidence"]["sources"]),
        no_evidence=frozenset(data["evidence"]["never"]),
        counts=frozenset(data["evidence"]["counts"]),
        issued=frozenset(data["evidence"]["issued"]),
        headline=frozenset(data["headline"]["speakers"]),
        threats=frozenset(data["threats"]["words"]),
        leading=frozenset(data["threats"]["leading"]),
        outcomes=frozenset(data["threats"]["outcomes"]),
        blows=frozenset(data["threats"]["blows"]),
        untrue=frozenset(data["denials"]["untrue"]),
        sayings=frozenset(data["denials"]["sayings"]),
        assessors=frozenset(data["denials"]["assessors"]),
        performed=data["denials"]["performed"],
        passive_futures=frozenset(data["denials"]["futures"]),
        silence=frozenset(data["silence"]["words"]),
        participles=frozenset(data["chains"]["participles"]),
        answering=frozenset(data["chains"]["answering"]),
        withholding=frozenset(data["chains"]["withholding"]),
        conjoined=frozenset(data["chains"]["conjoined"]),
        chained=_chained(verbs, data["chains"]["things_do"]),
        addressed=frozenset(data["chains"]["addressed"]),
        speaking=frozenset(data["chains"]["speaking"]),
        empty=frozenset(data["objects"]["empty"]),
        thin=frozenset(data["objects"]["thin"]),
        topics=frozenset(data["objects"]["topics"]),
        only=data["objects"]["only"],
        times=frozenset(data["times"]["words"]),
        offers=frozenset(data["objects"]["offers"]),
        deeds=frozenset(data["objects"]["deeds"]),
        things=frozenset(data["threats"]["things"]),
        promising=frozenset(data["threats"]["promising"]),
        lemmas=data["lemmas"],
        forms={form: lemma for lemma, forms in data["forms"].items() for form in forms},
        heads=frozenset(verb.partition(" ")[0] for verb in verbs),
        odd=frozenset(data["lemmas"]) | {form for forms in data["forms"].values() for form in forms},
        kept_back=frozenset(data["chains"]["kept_back"]),
        labels=frozenset(data["headline"]["labels"]),
        counted=frozenset(data["counts"]["counted"]),
        listed=frozenset(data["counts"]["listed"]),
        denying=_any(data["denials"]["denying"]),
        declining=_any(data["denials"]["declining"]),
        refusing=frozenset(data["denials"]["refusing"]),
    )


def _chained(verbs: dict[str, Frames], things_do: list[str]) -> frozenset[str]:
    """The first words of all verbs of speech, without those that things do too."""
    spoken = {
        verb.partition(" ")[0]
        for verb, frames in verbs.items()
        if set(frames.values()) - {"thinks", "wants", "plans"} or "clause" in frames
    }
    return frozenset(spoken - set(things_do))


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


def _frames(groups: list[dict[str, list[str]]]) -> dict[str, Frames]:
    """Words → frames → act; a frame's first mention wins."""
    out: dict[str, Frames] = {}
    for group in groups:
        for word in group["words"]:
            frames = out.setdefault(word, {})
            for frame in group["frames"]:
                frames.setdefault(frame, str(group.get("act", "asserts")))
    return out
