"""An address as a page gives it → one that is safe to follow, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urljoin

_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNSAFE = re.compile(r"[<>\"'`\\{}|^]")
_SOUND = re.compile(r"https?://[A-Za-z0-9_.~:/?#@!$&()*+,;=%\[\]-]{1,3900}")
_SOUND_ONES = re.compile(rf"{_SOUND.pattern}(?:\n{_SOUND.pattern})*+")
_LONGEST = 4000


def safe(address: str | None, base: str | None = None) -> str | None:
    """The address, relative ones from `base`; None for what is neither http nor https, such as `javascript:`."""
    if address and _SOUND.fullmatch(address):
        return address
    return _safe(address, base)


def safe_ones(addresses: Sequence[str | None], base: str | None = None) -> Sequence[str | None]:
    """What `safe` gives for each; at once where all are sound, as they mostly are."""
    every = "\n".join(filter(None, addresses))
    if all(addresses) and every.count("\n") == len(addresses) - 1 and _SOUND_ONES.fullmatch(every):
        return addresses
    return [safe(address, base) for address in addresses]


@lru_cache(maxsize=8192)
def _safe(address: str | None, base: str | None) -> str | None:
    clean = _CONTROL.sub("", address or "")
    if not clean or len(clean) > _LONGEST:
        return None
    scheme = _SCHEME.match(clean)
    if scheme and scheme[0].lower() not in ("http:", "https:"):
        return None
    clean = _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", clean)
    if clean.startswith("//"):
        return f"https:{clean}"
    if scheme or not base:
        return clean
    try:
        return urljoin(base, clean)
    except ValueError:
        return None
