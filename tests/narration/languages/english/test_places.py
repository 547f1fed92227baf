"""States, parties, streets, house numbers, saints and boxes."""

from __future__ import annotations

import pytest

from audiogen import normalize
from tests.narration.casefiles import cases

#: Alone or with little around it.
FORMS = cases(
    ("Sen. Graham (R-S.C.)", "Senator Graham, Republican of South Carolina"),
    ("D-Mass.", "Democrat of Massachusetts"),
    ("Rep. Ro Khanna, D-Calif., said", "Representative Ro Khanna, Democrat of California, said"),
    ("Sen. Risch (R)", "Senator Risch, Republican"),
    ("the missile (R)", "the missile, R"),
    ("Galveston, TX", "Galveston, Texas"),
    ("Galveston, TX, and", "Galveston, Texas, and"),
    ("Kansas City, MO.", "Kansas City, Missouri."),
    ("Stroudsburg, PA", "Stroudsburg, Pennsylvania"),
    ("Santa Clara, CA 95051", "Santa Clara, California nine five zero five one"),
    ("Chicago, IL 60601-1234", "Chicago, Illinois six zero six zero one one two three four"),
    ("Washington, D.C.", "Washington, D C."),
    ("Washington, D.C. 20500", "Washington, D C two zero five zero zero"),
    ("Fargo, N.D.", "Fargo, North Dakota."),
    ("Biloxi, Miss.", "Biloxi, Mississippi."),
    ("Miss Lee", "Miss Lee"),
    ("Boise, Idaho", "Boise, Idaho"),
    ("in Calif.", "in California."),
    ("in N.C.", "in North Carolina."),
    ("N.C. Wyeth", "N C Wyeth"),
    ("N.Y. Times", "New York Times"),
    ("Well, OK", "Well, okay"),
    ("Oh, hi", "Oh, hi"),
    ("123 Main St.", "one twenty-three Main Street."),
    ("123 Main St, City", "one twenty-three Main Street, City"),
    ("Main St.", "Main Street."),
    ("St. Louis", "Saint Louis"),
    ("St. Petersburg, Fla.", "Saint Petersburg, Florida."),
    ("St. John St.", "Saint John Street."),
    ("on Wall St. in", "on Wall Street in"),
    ("St Pancras", "Saint Pancras"),
    ("Fifth Ave.", "Fifth Avenue."),
    ("42nd St.", "forty-second Street."),
    ("1600 Pennsylvania Ave. NW", "sixteen hundred Pennsylvania Avenue N W"),
    ("10 Downing Street", "ten Downing Street"),
    ("742 Evergreen Ter.", "seven forty-two Evergreen Terrace."),
    ("Mulholland Dr.", "Mulholland Drive."),
    ("Dr. Drake", "Doctor Drake"),
    ("Dr. Martin Luther King Jr. Dr.", "Doctor Martin Luther King Junior Drive."),
    ("35km NW of Herat", "thirty-five kilometers north-west of Herat"),
    ("Ottawa, Ont.", "Ottawa, Ontario."),
    ("Ft. Worth", "Fort Worth"),
    ("Mt. Everest", "Mount Everest"),
    (
        "Boise, Idaho 83702, and Fargo, North Dakota 58102",
        "Boise, Idaho eight three seven zero two, and Fargo, North Dakota five eight one zero two",
    ),
    ("in Texas 12000 people", "in Texas twelve thousand people"),
    ("ALBANY, N.Y. — The bridge is shut.", "Albany, New York, The bridge is shut."),
)

#: In the middle of the news.
SENTENCES = cases(
    ("The U.N. said no.", "The U N said no."),
    ("The Rev. Al Moss prayed.", "The Reverend Al Moss prayed."),
    ("Sen. John Doe (I-Vt.) left.", "Senator John Doe, independent of Vermont, left."),
    ("Rep. Jane Roe (R-TX) won.", "Representative Jane Roe, Republican of Texas, won."),
    ("Rep. Jo Fay (D-NY-12) won.", "Representative Jo Fay, Democrat of New York twelve, won."),
    ("Lib Dem MP Sue Orr spoke.", "Lib Dem M P Sue Orr spoke."),
    ("He lives at 12 Elm St., Apt. 4.", "He lives at twelve Elm Street, Apartment four."),
    ("P.O. Box 12 is full.", "P O Box twelve is full."),
    ("The Ave. of Stars opened.", "The Avenue of Stars opened."),
    ("Turn at 5th Ave. and W. 42nd St.", "Turn at fifth Avenue and West forty-second Street."),
    ("He was born in St. Paul, Minn.", "He was born in Saint Paul, Minnesota."),
)


#: What is near it, and what is not it.
NEAR = cases(
    ("He lives at 3170 W. County Road 600.", "He lives at thirty-one seventy West County Road six hundred."),
    ("It is at 200 E. Van Buren Street.", "It is at two hundred East Van Buren Street."),
    ("Rep. Lee (D-CA-12) voted.", "Representative Lee, Democrat of California twelve, voted."),
    ("Rep. Lee, R-TX-7, voted.", "Representative Lee, Republican of Texas seven, voted."),
    ("The Ave. of the Americas is long.", "The Avenue of the Americas is long."),
    ("W. Virginia is here.", "W Virginia is here."),
    ("George W. Road tests cars.", "George W Road tests cars."),
)


#: Both sides of thresholds, and each kind of a rule.
KINDS = cases(
    ("Hi, ME!", "Hi, M E!"),
    ("Well, OK 74000", "Well, Oklahoma seven four zero zero zero"),
    ("Yes, IN", "Yes, I N"),
    ("Yes, IN?", "Yes, I N?"),
    ("Galveston, TX!", "Galveston, Texas!"),
    ("Rep. Lee (D-TX) said", "Representative Lee, Democrat of Texas, said"),
    ("Rep. Lee (D-TX), said", "Representative Lee, Democrat of Texas, said"),
    ("Rep. Lee (D-TX-3) said", "Representative Lee, Democrat of Texas three, said"),
    ("Sen. Lee (D).", "Senator Lee, Democrat."),
    ("in Austin, Texas 78701", "in Austin, Texas seven eight seven zero one"),
    ("in Texas 12000", "in Texas twelve thousand"),
    ("5 Main St North", "five Main Street North"),
    ("Main St is", "Main St is"),
    ("Main Dr", "Main Dr"),
    ("5 Main Dr", "five Main Drive"),
    ("Ave. of the Americas", "Avenue of the Americas"),
)


@pytest.mark.parametrize(("written", "spoken"), [*KINDS, *NEAR, *FORMS, *SENTENCES])
def test_a_place_is_said_in_full(written: str, spoken: str) -> None:
    assert normalize(written) == spoken
