"""The model's rules for cutting text into words → the same with ours, loaded once.

spaCy sets up the language's own rules, then the model's, then takes all in again when a rule is added: three times a
twentieth of a second at each start.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from spacy import util
from spacy.tokenizer import Tokenizer
from spacy.util import registry

_PREFIXED = r"(?:[Cc]o|[Rr]e)-[a-z]{3,}$"
"""Words that a hyphen doesn't cut in two: "co-operating", "re-elected"."""
_CUT = {"X.": [{"ORTH": "X"}, {"ORTH": "."}]}
"""What is cut otherwise: "posted on X." ends a sentence."""
_PARTS = (
    "prefix_search",
    "suffix_search",
    "infix_finditer",
    "token_match",
    "url_match",
    "exceptions",
    "faster_heuristics",
)
TOKENS = {"nlp": {"tokenizer": {"@tokenizers": "onrecord.Tokens.v1"}}}
"""Settings with which a model is loaded."""


class Tokens(Tokenizer):  # type: ignore[misc]
    """Without rules until the model's are loaded."""

    def from_bytes(self, bytes_data: bytes, *, exclude: Any = ()) -> Tokens:
        """Take in the model's rules and ours."""
        rules: dict[str, Any] = {}
        util.from_bytes(bytes_data, {part: _setter(rules, part) for part in _PARTS}, ())
        rules["token_match"] = _PREFIXED
        rules["exceptions"] |= _CUT
        both = util.to_bytes({part: _getter(rule) for part, rule in rules.items()}, ())
        return cast(Tokens, super().from_bytes(both, exclude=exclude))


def _setter(rules: dict[str, Any], part: str) -> Callable[[Any], None]:
    return lambda rule: rules.__setitem__(part, rule)


def _getter(rule: Any) -> Callable[[], Any]:
    return lambda: rule


@registry.tokenizers("onrecord.Tokens.v1")  # type: ignore[untyped-decorator]
def _tokens() -> Callable[[Any], Tokens]:
    return lambda nlp: Tokens(nlp.vocab)
