"""Times of day, their zones, and how long something took."""

from __future__ import annotations

import pytest

from audiogen import normalize
from tests.narration.casefiles import cases

#: Alone or with little around it.
FORMS = cases(
    ("6:13 a.m.", "six thirteen A M."),
    ("6:13 a.m. on Sept. 6", "six thirteen A M on September sixth"),
    ("6 p.m.", "six P M."),
    ("6 p.m", "six P M"),
    ("6pm", "six P M"),
    ("6PM", "six P M"),
    ("6 PM", "six P M"),
    ("6.30pm", "six thirty P M"),
    ("12:00", "twelve o'clock"),
    ("12 p.m.", "twelve P M."),
    ("10:30 GMT", "ten thirty G M T"),
    ("10:30 a.m. EST", "ten thirty A M E S T"),
    ("7:30 p.m. ET", "seven thirty P M Eastern time"),
    ("7:30 p.m. Eastern", "seven thirty P M Eastern"),
    ("8:15 p.m. ET/5:15 p.m. PT", "eight fifteen P M Eastern time five fifteen P M Pacific time"),
    ("(1700 GMT)", "seventeen hundred G M T"),
    ("0900 GMT", "oh nine hundred G M T"),
    ("17:45", "seventeen forty-five"),
    ("9:05", "nine oh five"),
    ("00:15", "zero fifteen"),
    ("7:00", "seven o'clock"),
    ("at 0900", "at oh nine hundred"),
    ("at 0630", "at oh six thirty"),
    ("9-5", "nine to five"),
    ("9 a.m.-5 p.m.", "nine A M to five P M."),
    ("9am to 5pm", "nine A M to five P M"),
    ("9-11 a.m.", "nine to eleven A M."),
    ("1:30–3:00 p.m.", "one thirty to three P M."),
    ("2:03:23", "two hours, three minutes and twenty-three seconds"),
    ("1:32:05.123", "one hour, thirty-two minutes and five point one two three seconds"),
    ("3:59.4", "three fifty-nine point four"),
    ("It starts at 6 p.m.", "It starts at six P M."),
    ("He came at 6 p.m. The end.", "He came at six P M. The end."),
    ("At 6 p.m. Tuesday it opens.", "At six P M Tuesday it opens."),
    ("3 o'clock", "three o'clock"),
    ("1:59 p.m. est", "one fifty-nine P M E S T"),
    ("5 a.m. and 5 p.m.", "five A M and five P M."),
    ("11 PM BST", "eleven P M B S T"),
    ("14:30 UTC", "fourteen thirty U T C"),
    ("open 09:30-17:00 GMT", "open nine thirty to seventeen hundred G M T"),
    ("open 8:00-11:30", "open eight o'clock to eleven thirty"),
    ("The gun went at 0515 hrs.", "The gun went at oh five fifteen hours."),
    ("at 1745 hrs and 2100 hours", "at seventeen forty-five hours and two thousand one hundred hours"),
    ("at 12:00 noon", "at twelve noon"),
    ("until 4 p.m. Wed.", "until four P M Wednesday."),
    ("a lap of 1m 28.4s", "a lap of one minute twenty-eight point four seconds"),
    ("at 18h45", "at eighteen forty-five"),
)

#: In the middle of the news.
SENTENCES = cases(
    ("It opens at 9 a.m. on weekdays.", "It opens at nine A M on weekdays."),
    ("The call began at 6:05 p.m.", "The call began at six oh five P M."),
    ("Doors close at 10pm sharp.", "Doors close at ten P M sharp."),
    ("He won in 44s.", "He won in forty-four seconds."),
    ("She swam it in 52.3s.", "She swam it in fifty-two point three seconds."),
    ("The clock read T+8:30.", "The clock read T plus eight thirty."),
    ("At T-minus 10 the engines lit.", "At T-minus ten the engines lit."),
    ("The blast came at 0300 GMT.", "The blast came at oh three hundred G M T."),
    ("It starts at 7:30 p.m. ET.", "It starts at seven thirty P M Eastern time."),
    ("Trading ends at 4 p.m. EST.", "Trading ends at four P M E S T."),
    ("The train left at 18:45.", "The train left at eighteen forty-five."),
    ("The shop is open from 9-5.", "The shop is open from nine to five."),
    ("It ran from 10 a.m.-2 p.m.", "It ran from ten A M to two P M."),
    ("Polls close at 8 p.m. local time.", "Polls close at eight P M local time."),
    ("She ran the marathon in 2:11:53.", "She ran the marathon in two hours, eleven minutes and fifty-three seconds."),
    ("The lap took 1:23.4.", "The lap took one twenty-three point four."),
    ("He slept at 12:00.", "He slept at twelve o'clock."),
    ("At 00:15 the siren sounded.", "At zero fifteen the siren sounded."),
    ("It lasted 1h 20m.", "It lasted one hour twenty minutes."),
    ("They met at noon (1600 GMT).", "They met at noon, sixteen hundred G M T."),
    ("The vote is due by 11:59 p.m. tonight.", "The vote is due by eleven fifty-nine P M tonight."),
    ("At 5.30pm the doors opened.", "At five thirty P M the doors opened."),
    ("The show starts at 8.15pm on Friday.", "The show starts at eight fifteen P M on Friday."),
    ("At 3:00 a.m. it rained.", "At three A M it rained."),
    ("At 12 p.m. it stopped.", "At twelve P M it stopped."),
    ("By 6am they left.", "By six A M they left."),
    ("The 7 o'clock news began.", "The seven o'clock news began."),
    ("A 2:30 p.m.-4 p.m. slot is free.", "A two thirty P M to four P M slot is free."),
    ("It is 5 p.m. PT.", "It is five P M Pacific time."),
    ("It happened at 23:59 UTC.", "It happened at twenty-three fifty-nine U T C."),
    ("The game is at 7:05.", "The game is at seven oh five."),
    ("He finished in 9.58s.", "He finished in nine point five eight seconds."),
    ("It takes 5 mins.", "It takes five minutes."),
    ("It lasts 2 hrs. 5 min.", "It lasts two hours five minutes."),
    ("He woke at 4.45am.", "He woke at four forty-five A M."),
    ("The 08:15 train left.", "The eight fifteen train left."),
    ("A 90-min. film opened.", "A ninety minute film opened."),
    ("Call between 9 a.m. and 5 p.m.", "Call between nine A M and five P M."),
)


#: What is near it, and what is not it.
NEAR = cases(
    ("The log read T+1:05:30.", "The log read T plus one oh five thirty."),
    ("Abort came at T+90.", "Abort came at T plus ninety."),
    ("T-1:30 and counting.", "T minus one thirty and counting."),
    ("A T-72 burned.", "A T seventy-two burned."),
    ("He ran it in 51s.", "He ran it in fifty-one seconds."),
    ("Fans in their 50s came.", "Fans in their fifties came."),
    ("The two 44s fired.", "The two forty-fours fired."),
)


#: Both sides of thresholds, and each kind of a rule.
KINDS = cases(
    ("at 0910", "at oh nine ten"),
    ("at 0909", "at oh nine oh nine"),
    ("at 0010", "at zero hundred ten"),
    ("13:30 p.m.", "thirteen thirty."),
    ("24:00", "twenty-four hundred"),
    ("24:15", "twenty-four fifteen"),
    ("13:00", "thirteen hundred"),
    ("0:00", "zero hundred"),
    ("10:10", "ten ten"),
    ("1:01:01", "one hour, one minute and one second"),
    ("0:05:00", "five minutes"),
    ("2:00:00", "two hours"),
    ("0:00:00", "zero seconds"),
    ("0:01:00", "one minute"),
    ("1:02:03.5", "one hour, two minutes and three point five seconds"),
    ("0:00:05.5", "five point five seconds"),
    ("1:05.4", "one oh five point four"),
    ("2h 5m", "two hours five minutes"),
    ("1h 1m", "one hour one minute"),
    ("1m 1s", "one minute one second"),
    ("1m 2s", "one minute two seconds"),
    ("2m 1s", "two minutes one second"),
    ("at 1000", "at one thousand"),
    ("0630 hrs", "oh six thirty hours"),
    ("0430 hours", "oh four thirty hours"),
    ("1200 hours of work", "one thousand two hundred hours of work"),
    ("at 1200 hours", "at twelve hundred hours"),
    ("13:00-14:00", "thirteen hundred to fourteen hundred"),
    ("9:00-10:00", "nine o'clock to ten o'clock"),
    ("14:30-15:30 UTC", "fourteen thirty to fifteen thirty U T C"),
    ("9am to 5pm ET", "nine A M to five P M Eastern time"),
)


@pytest.mark.parametrize(("written", "spoken"), [*KINDS, *NEAR, *FORMS, *SENTENCES])
def test_a_time_is_said_in_words(written: str, spoken: str) -> None:
    assert normalize(written) == spoken
