"""When Python looks for garbage: not while thousands of values are made, nor through all that is remembered."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from threading import Lock

_WHOLE = 500
"""Folds after which all is looked through once."""
_ANSWERS = 200
"""Answers after which it is."""
_folds = count(1)
_answers = count(1)
_lock = Lock()
_unswept = [0]
"""How many ask for no search at the moment."""


def swept() -> None:
    """After a fold: collect what it left, and leave what stayed out of later searches for garbage.

    A search costs then what came since the last fold, and not what the process remembers.
    """
    if next(_folds) % _WHOLE == 0:
        gc.unfreeze()
    gc.collect()
    gc.freeze()


@contextmanager
def unswept(*, kept: bool = True) -> Iterator[None]:
    """No search for garbage till then, in no thread: what is put together for an answer, or of a page, is no garbage.

    Nor does a later search look through it if it is `kept`: what nobody holds any more goes by itself, but for what
    holds itself.
    """
    with _lock:
        on = _unswept[0] > 0 or gc.isenabled()
        _unswept[0] += on
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _unswept[0] -= on
            if on and not _unswept[0]:
                if kept:
                    gc.freeze()
                    if next(_answers) % _ANSWERS == 0:
                        gc.unfreeze()
                gc.enable()
