"""Bytes → text: what the bytes are, what the server said, what the page says."""

from __future__ import annotations

import pytest

from onrecord.posts.decode import NotTextError, decode

NORSE = "Ærø said “no” – Ødegård stays, and Ås too."
RUSSIAN = "Мост в Халдене закрыт с полудня, сообщила полиция."


@pytest.mark.parametrize(
    ("body", "charset", "text", "codes"),
    [
        (NORSE.encode("cp1252"), "ISO-8859-1", NORSE, []),  # as browsers read it
        (RUSSIAN.encode("cp1251"), "windows-1251", RUSSIAN, []),
        (NORSE.encode(), "iso-8859-1", NORSE, ["disagreeing-charsets"]),  # the header lies
        (NORSE.encode("utf-8-sig"), "windows-1251", NORSE, ["disagreeing-charsets"]),  # a mark beats all
        (b'<meta charset="koi8-r">' + RUSSIAN.encode("cp1251"), "windows-1251", RUSSIAN, ["disagreeing-charsets"]),
        (b'<meta charset="windows-1251">' + RUSSIAN.encode("cp1251"), None, RUSSIAN, []),
        (b'<meta charset="windows-1251">' + RUSSIAN.encode("cp1251"), "nonsense-8", RUSSIAN, []),
        (b'<meta charset="windows-1251">' + RUSSIAN.encode("cp1251"), "utf-8", RUSSIAN, ["disagreeing-charsets"]),
        (b'<?xml version="1.0" encoding="windows-1251"?>' + RUSSIAN.encode("cp1251"), None, RUSSIAN, []),
        (NORSE.encode("utf-16-le"), "utf-16le", NORSE, []),
        ("橋は閉鎖された".encode("iso2022_jp"), "iso-2022-jp", "橋は閉鎖された", []),
        (b"The bridge is closed.", "utf-7", "The bridge is closed.", []),
        (b"The bridge is closed.", "iso-8859-1", "The bridge is closed.", []),  # no sign in which they differ
    ],
)
def test_the_order_of_what_tells_the_encoding(body: bytes, charset: str | None, text: str, codes: list[str]) -> None:
    found, problems = decode(body, "page", charset=charset)
    assert found.rpartition(">")[2] == text
    assert [p.code for p in problems] == codes
    assert all(p.notice for p in problems)


def test_a_picture_is_no_text_whatever_its_server_says() -> None:
    with pytest.raises(NotTextError):
        decode(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "page", charset="utf-8")
