"""Figures in the shapes that the press and the web print them in, each kind with its near misses."""

from __future__ import annotations

import pytest

from audiogen import normalize
from tests.narration.casefiles import cases

INDIAN = cases(
    ("The state will lay ₹1,50,000 crore of roads.",
     "The state will lay one lakh fifty thousand crore rupees of roads."),
    ("About 3,25,000 farmers signed up.", "About three lakh twenty-five thousand farmers signed up."),
    ("The budget rose to Rs 2,00,000 crore.", "The budget rose to two lakh crore rupees."),
    ("In all, 1,02,34,567 ballots were cast.",
     "In all, one crore two lakh thirty-four thousand five hundred sixty-seven ballots were cast."),
    ("He paid Rs. 45,67,890 in tax.",
     "He paid forty-five lakh sixty-seven thousand eight hundred ninety rupees in tax."),
    ("A flat there costs ₹12.5 lakh.", "A flat there costs twelve point five lakh rupees."),
    ("A fine of ₹10,00,000 was set.", "A fine of ten lakh rupees was set."),
    # near misses
    ("The state will spend ₹50,000 crore.", "The state will spend fifty thousand crore rupees."),
    ("Some 1,234,567 people came.",
     "Some one million two hundred thirty-four thousand five hundred sixty-seven people came."),
    ("See rows 1,20,300.", "See rows one lakh twenty thousand three hundred."),
)  # fmt: skip

SPACED = cases(
    ("Nearly 14 600 homes went dark.", "Nearly fourteen thousand six hundred homes went dark."),
    ("The rally is 3 000 km long.", "The rally is three thousand kilometers long."),
    ("It sold 1 250 000 copies.", "It sold one million two hundred fifty thousand copies."),
    ("The prize is €12 500 a year.", "The prize is twelve thousand five hundred euros a year."),
    ("The town has 48\u202f300 residents.", "The town has forty-eight thousand three hundred residents."),
    ("Some 10\u00a0000 marched.", "Some ten thousand marched."),
    ("It weighs 2 400 kg.", "It weighs two thousand four hundred kilograms."),
    # near misses
    ("On May 12 400 people marched.", "On May twelfth four hundred people marched."),
    ("In 2023 400 people left.", "In twenty twenty-three four hundred people left."),
    ("In Game 7 300 fans came.", "In Game seven three hundred fans came."),
    ("Ring 020 7946 0958 now.", "Ring zero two zero, seven nine four six, zero nine five eight now."),
)

MARKS = cases(
    ("The phone scored 4.5/5 in our test.", "The phone scored four point five out of five in our test."),
    ("She gave the hotel 8/10.", "She gave the hotel eight out of ten."),
    ("Rating: 3/5", "Rating: three out of five"),
    ("The series holds 9.2/10 on the site.", "The series holds nine point two out of ten on the site."),
    ("He got 92/100 for the essay.", "He got ninety-two out of one hundred for the essay."),
    ("A fair 4/5 stars.", "A fair four out of five stars."),
    ("Verdict: ★★★★☆", "Verdict: four out of five stars"),
    ("It earns ★★★ from us.", "It earns three stars from us."),
    ("★★★★½ A fine film.", "four and a half stars A fine film."),
    # near misses
    ("About 8/10 of an inch fell.", "About eight tenths of an inch fell."),
    ("A 3/5 majority is needed.", "A three fifths majority is needed."),
    ("The store opened on 8/10.", "The store opened on August tenth."),
    ("Add 1/5 cup of oil.", "Add one fifth cup of oil."),
    ("★ Open all year", "Open all year"),
    ("★★★★★★★★★★★★", ""),
    ("The flag has 50 ★ on it.", "The flag has fifty on it."),
)

TIE_BREAKS = cases(
    ("Nadal won 7-6 (5), 6-3.", "Nadal won seven six, tie-break five, six three."),
    ("She lost 6-4, 6-7 (3), 7-5 in Rome.", "She lost six four, six seven, tie-break three, seven five in Rome."),
    ("It ended 7-6(4) 7-6(9).", "It ended seven six, tie-break four, seven six, tie-break nine."),
    ("They won 7–6 (10–8), 6–2 on clay.", "They won seven six, tie-break ten eight, six two on clay."),
    ("The final finished 3-6, 6-3, 7-6 (7-2).",
     "The final finished three six, six three, seven six, tie-break seven two."),
    ("Gauff won 6-7 (7/9), 6-1, 6-2.", "Gauff won six seven, tie-break seven nine, six one, six two."),
    # near misses
    ("The court ruled 7-6 on Monday.", "The court ruled seven to six on Monday."),
    ("The panel voted 7-6 (two were absent).", "The panel voted seven to six, two were absent."),
    ("They won 6-3, 6-4.", "They won six to three, six to four."),
)  # fmt: skip

VERSIONS = cases(
    ("PyCharm 2024.1.3 is out.", "PyCharm twenty twenty-four point one point three is out."),
    ("Ubuntu 22.04.4 ships in spring.", "Ubuntu twenty-two point oh four point four ships in spring."),
    ("It needs Python 3.11 or newer.", "It needs Python three point eleven or newer."),
    ("Django 4.10 dropped it.", "Django four point ten dropped it."),
    ("Node.js 18.17.0 fixed the leak.", "Node dot J S eighteen point seventeen point zero fixed the leak."),
    ("Version 1.12 adds a map.", "Version one point twelve adds a map."),
    ("Ubuntu 24.04 is an LTS.", "Ubuntu twenty-four point oh four is an L T S."),
    ("Update to iOS 17.4.1 today.", "Update to I O S seventeen point four point one today."),
    ("Use WebStorm 2023.2.5 then.", "Use WebStorm twenty twenty-three point two point five then."),
    # near misses
    ("Posted 2024.1.3 at noon.", "Posted January third, twenty twenty-four at noon."),
    ("Prices rose 3.11 percent.", "Prices rose three point one one percent."),
    ("A Python 3.11 meters long was caught.", "A Python three point one one meters long was caught."),
    ("It moved on 2024.01.03.", "It moved on January third, twenty twenty-four."),
)

ISO_MONTHS = cases(
    ("The 2023-07 release slipped.", "The July twenty twenty-three release slipped."),
    ("Data from 2024-01 are missing.", "Data from January twenty twenty-four are missing."),
    ("See the 2022-12 issue.", "See the December twenty twenty-two issue."),
    ("It ran until 2021-03.", "It ran until March twenty twenty-one."),
    ("Sales for 2020-02 fell.", "Sales for February twenty twenty fell."),
    ("Last seen: 2019-11", "Last seen: November twenty nineteen"),
    # near misses
    ("The 2023-24 season began.", "The twenty twenty-three to twenty-four season began."),
    ("The 2010-11 winter was cold.", "The twenty ten to eleven winter was cold."),
    ("He ruled from 2003-07.", "He ruled from two thousand three to two thousand seven."),
    ("It holds 2023-07-14 on it.", "It holds July fourteenth, twenty twenty-three on it."),
)

SCIENTIFIC = cases(
    (
        "A mole holds 6.02 × 10^23 atoms.",
        "A mole holds six point zero two times ten to the power of twenty-three atoms.",
    ),
    ("Its mass is 1.6×10⁻¹⁹ grams.", "Its mass is one point six times ten to the power of minus nineteen grams."),
    ("A p value of 3.2e-8 is small.", "A p value of three point two times ten to the power of minus eight is small."),
    ("It made 5e6 copies.", "It made five times ten to the power of six copies."),
    ("They counted 2.5E+6 cells.", "They counted two point five times ten to the power of six cells."),
    ("A dose of 4 x 10^8 cells.", "A dose of four times ten to the power of eight cells."),
    ("It is 10⁻⁹ of that.", "It is ten to the power of minus nine of that."),
    # near misses
    ("A 4 x 10 grid fits.", "A four by ten grid fits."),
    ("He sat in seat 3E.", "He sat in seat three E."),
    ("They play 5e rules.", "They play five e rules."),
)

CLOCK = cases(
    ("The ship sank at 0100 GMT.", "The ship sank at oh one hundred G M T."),
    ("Polls close at 1830 UTC.", "Polls close at eighteen thirty U T C."),
    ("Kickoff is 1500 BST on Sunday.", "Kickoff is fifteen hundred B S T on Sunday."),
    ("Talks begin at 0730 EST (1230 GMT).", "Talks begin at oh seven thirty E S T, twelve thirty G M T."),
    ("Lunch is at 12 p.m. sharp.", "Lunch is at twelve P M sharp."),
    ("It shuts from 12 p.m. to 1 p.m. daily.", "It shuts from twelve P M to one P M daily."),
    ("The quake hit at 0415 JST.", "The quake hit at oh four fifteen J S T."),
    # near misses
    ("The BBC made 1500 GMT clocks.", "The B B C made fifteen hundred G M T clocks."),
    ("He was one of 0100 agents.", "He was one of zero one zero zero agents."),
)

TELEPHONES = cases(
    ("Call +44 20 7946 0958.", "Call plus four four, two zero, seven nine four six, zero nine five eight."),
    ("Text +1-202-555-0143 now.", "Text plus one, two zero two, five five five, zero one four three now."),
    ("Her line is +1 (202) 555-0143.", "Her line is plus one, two zero two, five five five, zero one four three."),
    ("Ring +91 98765 43210.", "Ring plus nine one, nine eight seven six five, four three two one zero."),
    ("Use +493012345678 for that.",
     "Use plus four nine three zero one two three four five six seven eight for that."),
    ("Write to +352 26 12 34 56.", "Write to plus three five two, two six, one two, three four, five six."),
    # near misses
    ("It rose +12 percent.", "It rose plus twelve percent."),
    ("A gain of +5,000 jobs.", "A gain of plus five thousand jobs."),
)  # fmt: skip

MONEY = cases(
    ("The debt hit $40T in May.", "The debt hit forty trillion dollars in May."),
    ("A $1.2T deal passed.", "A one point two trillion dollar deal passed."),
    ("The Fight for $15 movement grew.", "The Fight for fifteen movement grew."),
    ("He paid for a $4 or $5 sandwich.", "He paid for a four or five dollar sandwich."),
    ("A £5 or £10 note will do.", "A five or ten pound note will do."),
    ("It carries a $100 or $200 fine.", "It carries a one hundred or two hundred dollar fine."),
    ("The $1 million or $2 million home sold.", "The one million or two million dollar home sold."),
    ("Each $5 and $10 ticket counts.", "Each five and ten dollar ticket counts."),
    # near misses
    ("She had $2 or $3 left.", "She had two dollars or three dollars left."),
    ("They fight for $15 an hour.", "They fight for fifteen dollars an hour."),
    ("The Fight for $15 million began.", "The Fight for fifteen million dollars began."),
    ("Pay a $2 or more.", "Pay a two dollars or more."),
)

SLASHES = cases(
    ("A positive/negative result came.", "A positive or negative result came."),
    ("Each answer is yes/no.", "Each answer is yes or no."),
    ("It is a pass/fail course.", "It is a pass or fail course."),
    ("Tick true/false below.", "Tick true or false below."),
    ("Every patient said his/her name.", "Every patient said his or her name."),
    ("The on/off switch broke.", "The on or off switch broke."),
    ("Levels are told in ppm/ppb.", "Levels are told in parts per million or parts per billion."),
    # near misses
    ("The writer/director spoke.", "The writer director spoke."),
    ("Bring cash and/or a card.", "Bring cash and or a card."),
    ("About 400 ppm is safe.", "About four hundred parts per million is safe."),
    ("Visit example.com/yes/no soon.", "Visit example dot com slash yes slash no soon."),
)

VERSES = cases(
    ("He read John 3:16-17 aloud.", "He read John three sixteen to seventeen aloud."),
    ("Psalm 23:1 is on the stone.", "Psalm twenty-three one is on the stone."),
    ("She cited Matthew 5:3–12.", "She cited Matthew five three to twelve."),
    ("Rom. 8:28 is her favorite.", "Romans eight twenty-eight is her favorite."),
    ("The card says 1 Cor. 13:4-8.", "The card says First Corinthians thirteen four to eight."),
    ("Read Isaiah 40:31 tonight.", "Read Isaiah forty thirty-one tonight."),
    # near misses
    ("Luke scored at 3:16 p.m. today.", "Luke scored at three sixteen P M today."),
    ("A ratio of 16:90 is rare.", "A ratio of sixteen to ninety is rare."),
)

THINGS = cases(
    ("A 747-400 freighter landed.", "A seven forty-seven four hundred freighter landed."),
    ("Both 737-800s were grounded.", "Both seven thirty-seven eight hundreds were grounded."),
    ("The 787-9 flies far.", "The seven eighty-seven nine flies far."),
    ("A Boeing 767-300ER turned back.", "A Boeing seven sixty-seven three hundred E R turned back."),
    ("He scored in the 67th min. to win.", "He scored in the sixty-seventh minute to win."),
    ("It came in the 12th min.", "It came in the twelfth minute."),
    ("Crashes closed US 101 on Monday.", "Crashes closed U S one oh one on Monday."),
    ("Take US 66 to the west.", "Take U S sixty-six to the west."),
    ("Sellers got a 1099-K form.", "Sellers got a ten ninety-nine K form."),
    ("File the 1099-MISC soon.", "File the ten ninety-nine MISC soon."),
    ("Chapter 05 opens at sea.", "Chapter five opens at sea."),
    ("Watch episode 07 first.", "Watch episode seven first."),
    # near misses
    ("Between 700-800 people came.", "Between seven hundred to eight hundred people came."),
    ("It gave the US 101 medals.", "It gave the U S one hundred one medals."),
    ("Agent 007 is back.", "Agent zero zero seven is back."),
    ("It sold 1099-1200 units.", "It sold one thousand ninety-nine to one thousand two hundred units."),
    ("Cook it for 5 min. only.", "Cook it for five minutes only."),
)

#: What pages beyond the first sets showed, and what is near each kind.
FOUND = cases(
    ("It cost Rs.250 then.", "It cost two hundred fifty rupees then."),
    ("Losses hit Rs.3,200 crore.", "Losses hit three thousand two hundred crore rupees."),
    ("Fire took 3 400 km2 of scrub.", "Fire took three thousand four hundred square kilometers of scrub."),
    ("It holds 3 N/m² at most.", "It holds three newtons per square meter at most."),
    ("With 45 people/km² it is empty.", "With forty-five people per square kilometer it is empty."),
    ("The 1.3m-strong force left.", "The one point three million-strong force left."),
    ("Kent were 287/6 at stumps.", "Kent were two hundred eighty-seven for six at stumps."),
    ("Kent were 120/3 in 14.2 overs.", "Kent were one hundred twenty for three in fourteen point two overs."),
    ("She got an A- in maths.", "She got an A minus in maths."),
    ('Rain: 2.5", and hail.', "Rain: two point five inches, and hail."),
    ("Winds: NW winds of 15kt.", "Winds: north-west winds of fifteen knots."),
    ("He served 2001–present.", "He served two thousand one to present."),
    ("A Cat. 4 storm is near.", "A Category four storm is near."),
    ("The 7.8-mag. quake hit.", "The seven point eight magnitude quake hit."),
    ("It plays at 1080p only.", "It plays at ten eighty P only."),
    ("Add ¾ tsp. of salt.", "Add three quarters teaspoon of salt."),
    ("It is 5 × 7 = 35.", "It is five times seven equals thirty-five."),
    ("The line y = 3x + 2 is up.", "The line y equals three x plus two is up."),
    ("It fell.[13, 14] Then it rose.", "It fell. Then it rose."),
    # near misses
    ("The A- and B-roads froze.", "The A- and B-roads froze."),
    ('She said "it was 2.5", and left.', 'She said "it was two point five", and left.'),
    ("A 3m-long wall fell.", "A three meter-long wall fell."),
    ("It is 3x as big.", "It is three times as big."),
    ("A room of 5 × 7 m is big.", "A room of five by seven meters is big."),
    ("It takes 50p coins.", "It takes fifty pence coins."),
)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [*INDIAN, *SPACED, *MARKS, *TIE_BREAKS, *VERSIONS, *ISO_MONTHS, *SCIENTIFIC, *CLOCK, *TELEPHONES, *MONEY, *SLASHES,
     *VERSES, *THINGS, *FOUND],
)  # fmt: skip
def test_figures_of_the_press_are_said(written: str, spoken: str) -> None:
    assert normalize(written) == spoken
