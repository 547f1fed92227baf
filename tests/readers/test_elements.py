from __future__ import annotations

import pytest

from audiogen.readers.elements import is_own

OWN = {
    "relative": ("/a", True),
    "same": ("https://www.post.example/a", True),
    "other": ("https://a.example", False),
    "anchor": ("#a", False),
}


@pytest.mark.parametrize(("address", "own"), OWN.values(), ids=OWN)
def test_a_link_to_the_pages_own_site_is_known(address: str, own: bool) -> None:
    assert is_own(address, "post.example") is own
