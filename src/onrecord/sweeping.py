"""When Python looks for garbage: not through all that is remembered while somebody waits for a fold."""

from __future__ import annotations

import gc
from itertools import count

_WHOLE = 500
"""Folds after which all is looked through once."""
_folds = count(1)


def swept() -> None:
    """After a fold: collect what it left, and leave what stayed out of later searches for garbage.

    A search costs then what came since the last fold, and not what the process remembers.
    """
    if next(_folds) % _WHOLE == 0:
        gc.unfreeze()
    gc.collect()
    gc.freeze()
