"""A list of addresses is told from a text, whatever its length and script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.sources.addresses import is_address, read_addresses

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = "https://ledger.example/ferry", "http://ledger.example/storm?a=b#c"


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        (ONE, True),
        (TWO, True),
        ("https://ledger.example/Fährschiff", True),
        ("https://", False),
        ("http://", False),
        ("HTTPS", False),
        ("ftp://ledger.example/ferry", False),
        ("ledger.example/ferry", False),
        ("javascript:alert('https://ledger.example')", False),
        ("https://ledger.example/a and more", False),
        ("", False),
    ],
)
def test_an_address_is_what_can_be_fetched(text: str, reported: bool) -> None:
    assert is_address(text) is reported


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param(f"{ONE}\n{TWO}\n", [ONE, TWO], id="a line each"),
        pytest.param(f"{ONE}", [ONE], id="no end of the line"),
        pytest.param(f"\ufeff{ONE}\r\n\r\n  {TWO}  \r\n", [ONE, TWO], id="as Windows writes them"),
        pytest.param(f"# to hear\n{ONE}\n\n# done\n", [ONE], id="with remarks"),
        pytest.param("", None, id="nothing"),
        pytest.param("\n# only remarks\n", None, id="only remarks"),
        pytest.param(f"{ONE}\nThe ferry left.\n", None, id="a capture"),
        pytest.param(f"See {ONE}\n", None, id="an address in a sentence"),
    ],
)
def test_a_list_is_all_addresses(tmp_path: Path, content: str, found: list[str] | None) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(content.encode())
    sources = read_addresses(path)
    assert (None if sources is None else [source.url for source in sources]) == found


@pytest.mark.parametrize("word", ["ferry", "Fährschiff", "пором", "船"])
@pytest.mark.parametrize("shift", range(4))
def test_a_list_longer_than_what_is_looked_at_is_a_list(tmp_path: Path, word: str, shift: int) -> None:
    """What is looked at may end within a line, and within a letter."""
    addresses = [f"https://ledger.example/{'x' * shift}{word}/{number:04}" for number in range(600)]
    path = tmp_path / "list.txt"
    path.write_text("\n".join(addresses), encoding="utf-8")
    assert [source.url for source in read_addresses(path) or ()] == addresses
