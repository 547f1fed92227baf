from __future__ import annotations

import pytest

from audiogen.readers.people import people

NAMES = {
    "a name": ("Ana Ruiz", ("Ana Ruiz",)),
    "by": ("By Ana Ruiz", ("Ana Ruiz",)),
    "two": ("By Ana Ruiz and Tom Lee", ("Ana Ruiz", "Tom Lee")),
    "three": ("Ana Ruiz, Tom Lee & Mai Ito", ("Ana Ruiz", "Tom Lee", "Mai Ito")),
    "a role": ("By Ana Ruiz, Staff Writer", ("Ana Ruiz",)),
    "a date": ("Ana Ruiz | 4 May 2021", ("Ana Ruiz",)),
    "capitals": ("BY ANA RUIZ", ("Ana Ruiz",)),
    "German": ("Von Jana Feld", ("Jana Feld",)),
    "Ukrainian": ("Автор: Олена Гай", ("Олена Гай",)),
    "staff": ("Staff", ()),
    "a desk": ("News Desk", ()),
    "an agency": ("Reuters", ()),
    "an address": ("https://a.example/ana", ()),
    "a handle": ("@ana", ()),
    "nothing": ("", ()),
}


@pytest.mark.parametrize(("text", "names"), NAMES.values(), ids=NAMES)
def test_only_people_are_named(text: str, names: tuple[str, ...]) -> None:
    assert people([text]) == names


def test_a_person_is_named_once() -> None:
    assert people(["Ana Ruiz", "By ana ruiz", "Tom Lee"]) == ("Ana Ruiz", "Tom Lee")
