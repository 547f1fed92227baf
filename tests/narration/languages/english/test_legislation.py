"""What parliaments and courts number: sections, bills, resolutions, cases."""

from __future__ import annotations

import pytest

from audiogen import normalize
from tests.narration.casefiles import cases

#: In the middle of the news.
SENTENCES = cases(
    ("It violates 18 U.S.C. § 371.", "It violates eighteen U S C section three seventy-one."),
    ("Under s.18 he can appeal.", "Under section eighteen he can appeal."),
    ("Under s. 18 of the Act he can appeal.", "Under section eighteen of the Act he can appeal."),
    ("Sections 12(b) and 14 apply.", "Sections twelve B and fourteen apply."),
    ("Section 230 protects them.", "Section two thirty protects them."),
    ("The 14th Amendment applies.", "The fourteenth Amendment applies."),
    ("H.R. 1319 passed.", "H R thirteen nineteen passed."),
    ("S. 47 stalled.", "S forty-seven stalled."),
    ("A 501(c)(3) filed.", "A five oh one C three filed."),
    ("His 401(k) shrank.", "His four oh one K shrank."),
    ("Case No. 22-451 is pending.", "Case number twenty-two four fifty-one is pending."),
    ("Art. 5 was cited.", "Article five was cited."),
    ("UN Resolution 1701 holds.", "U N Resolution seventeen oh one holds."),
    ("Res. 2758 was passed.", "Resolution twenty-seven fifty-eight was passed."),
    ("Prop. 8 failed.", "Proposition eight failed."),
    ("Para. 4 is unclear.", "Paragraph four is unclear."),
    ("It is in ss. 4-6.", "It is in sections four to six."),
    ("Reg. 12 was struck.", "Regulation twelve was struck."),
    ("Form 1040 is due.", "Form ten forty is due."),
    ("The Title 42 rule ended.", "The Title forty-two rule ended."),
)


#: What is near it, and what is not it.
NEAR = cases(
    ("See section 12(b)(ii) for it.", "See section twelve B I I for it."),
    ("A 403(b) plan grew.", "A four oh three B plan grew."),
    ("Under s. 4 he lost.", "Under section four he lost."),
    ("The boss's. 18 men came.", "The boss's. eighteen men came."),
    ("Under ss. 4 and 5 he won.", "Under sections four and five he won."),
    ("UN Resolution 242 holds.", "U N Resolution two forty-two holds."),
)


@pytest.mark.parametrize(("written", "spoken"), [*NEAR, *SENTENCES])
def test_a_law_is_said_by_its_number(written: str, spoken: str) -> None:
    assert normalize(written) == spoken
