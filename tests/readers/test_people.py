from __future__ import annotations

import pytest

from audiogen.readers.people import people, without_outlet

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
    "an outlet in a company's name": ("Harbour Clinic Foundation", ()),
    "an outlet's address": ("quaypost.info", ()),
    "a long role": ("Ana Ruiz, Home and Garden Expert & Tom Lee, Senior Editor", ("Ana Ruiz", "Tom Lee")),
    "a role in a firm": ("Ana Ruiz, CEO of Quay Boats", ("Ana Ruiz",)),
    "a role and another person": ("Ana Ruiz, Tom Lee and Mai Ito, reporters", ("Ana Ruiz", "Tom Lee", "Mai Ito")),
    "a role after a dot": ("By Ana Ruiz ⋅ Harbour Master ⋅ Updated May 6, 2021", ("Ana Ruiz",)),
    "a sentence that says it": ("This article was written by Ana Ruiz", ("Ana Ruiz",)),
    "a reviewer": ("Reviewed by Tom Lee", ()),
    "a later hand": ("Updated by Tom Lee", ()),
    "an author and a reviewer": ("By Ana Ruiz Medically reviewed by Tom Lee", ("Ana Ruiz",)),
    "a photographer": ("Photos: Tom Lee", ()),
    "an outlet without its person": (", QUAY POST", ()),
    "a weekday": ("Sat", ()),
    "a month": ("Feb", ()),
    "a script's nothing": ("undefined", ()),
    "a label": ("Read more", ()),
    "a button": ("Text Size", ()),
    "a torn phrase": ("Insights from", ()),
    "a name that is a label elsewhere": ("Min Ji Read", ("Min Ji Read",)),
    "nothing": ("", ()),
}


@pytest.mark.parametrize(("text", "names"), NAMES.values(), ids=NAMES)
def test_only_people_are_named(text: str, names: tuple[str, ...]) -> None:
    assert people([text]) == names


def test_a_person_is_named_once() -> None:
    assert people(["Ana Ruiz", "By ana ruiz", "Tom Lee"]) == ("Ana Ruiz", "Tom Lee")


OUTLETS = {
    "behind a name": ("Ana Ruiz The Quay Post", "The Quay Post", "Ana Ruiz"),
    "with a bar": ("Ana Ruiz | Quay Post", "Quay Post", "Ana Ruiz"),
    "a person's own site": ("Ana Ruiz", "Ana Ruiz", "Ana Ruiz"),
    "none": ("Ana Ruiz", "", "Ana Ruiz"),
}


@pytest.mark.parametrize(("name", "site", "expected"), OUTLETS.values(), ids=OUTLETS)
def test_the_outlet_behind_a_name_is_taken_off(name: str, site: str, expected: str) -> None:
    assert without_outlet([name], site) == (expected,)


def test_an_outlets_department_among_people_is_left_out() -> None:
    assert without_outlet(["Ana Ruiz", "Quay Post Health"], "Quay Post") == ("Ana Ruiz",)
    assert without_outlet(["Quay Post Health"], "Quay Post") == ("Quay Post Health",)
