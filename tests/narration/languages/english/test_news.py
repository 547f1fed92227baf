"""What a newsreader says: sentences in the style of wire copy, and prose that is left alone."""

from __future__ import annotations

import pytest

from audiogen import normalize
from tests.narration.casefiles import HERE, cases, sentences

#: Several kinds in one sentence, each of which could disturb the other.
DENSE = cases(
    (
        "The 6'4\" forward scored 31 pts in a 112-98 win.",
        "The six foot four forward scored thirty-one points in a one hundred twelve to ninety-eight win.",
    ),
    (
        "Two Su-34s and a Tu-22M3 took off from Engels-2 air base.",
        "Two Su thirty-fours and a T U twenty-two M three took off from Engels two air base.",
    ),
    (
        "The U.S. will send 31 M1A1 Abrams tanks and ATACMS.",
        "The U S will send thirty-one M one A one Abrams tanks and ATACMS.",
    ),
    (
        "The firm, founded c. 1890, employs 12k staff in 40+ countries.",
        "The firm, founded circa eighteen ninety, employs twelve thousand staff in forty plus countries.",
    ),
    (
        "The Airbus A320neo burns 15-20% less fuel than the A320.",
        "The Airbus A three twenty neo burns fifteen to twenty percent less fuel than the A three twenty.",
    ),
    (
        "The ICC's warrant, dated Mar. 17, 2023, names 2 men.",
        "The I C C's warrant, dated March seventeenth, twenty twenty-three, names two men.",
    ),
    (
        "Temps fell to -12°C (10°F) overnight.",
        "Temps fell to minus twelve degrees Celsius, ten degrees Fahrenheit, overnight.",
    ),
    ("COP29, in Baku, ran Nov. 11-22.", "COP twenty-nine, in Baku, ran November eleventh to twenty-second."),
    (
        "The $61bn aid bill includes $13.8bn for weapons.",
        "The sixty-one billion dollar aid bill includes thirteen point eight billion dollars for weapons.",
    ),
    (
        "Police found 2.3kg of cocaine, 3 handguns & £14k in cash.",
        "Police found two point three kilograms of cocaine, three handguns and fourteen thousand pounds in cash.",
    ),
    (
        "The 5th U.S. Circuit Court of Appeals ruled 2-1 on Fri.",
        "The fifth U S Circuit Court of Appeals ruled two to one on Friday.",
    ),
    (
        "Dr. Lena Orr, 52, joined St. Mary's in the late '90s.",
        "Doctor Lena Orr, fifty-two, joined Saint Mary's in the late nineties.",
    ),
    ("The WHO says 1 in 6 has a disability.", "The W H O says one in six has a disability."),
    (
        "The yen slid past ¥155/$ for the first time since 1990.",
        "The yen slid past one hundred fifty-five yen per dollar for the first time since nineteen ninety.",
    ),
    (
        "A kilo costs 250 rupees ($3), up from 180.",
        "A kilo costs two hundred fifty rupees, three dollars, up from one hundred eighty.",
    ),
    (
        "It is 1,250 miles (2,010km) from the coast.",
        "It is one thousand two hundred fifty miles, two thousand ten kilometers, from the coast.",
    ),
    (
        "The No. 2 seed won 6-3, 3-6, 7-6 (7-4).",
        "The number two seed won six three, three six, seven six, tie-break seven four.",
    ),
    (
        "He was sentenced to 7½ years at HMP Wandsworth.",
        "He was sentenced to seven and a half years at H M P Wandsworth.",
    ),
    (
        "Some 60 percent of 18- to 29-year-olds agree.",
        "Some sixty percent of eighteen- to twenty-nine-year-olds agree.",
    ),
    ("Her first LP sold 2m+ copies.", "Her first L P sold two million plus copies."),
    (
        "The Nasdaq rose 1.1 per cent to 16,340.87.",
        "The Nasdaq rose one point one per cent to sixteen thousand three hundred forty point eight seven.",
    ),
    ("In 4Q, EBITDA was $1.1B.", "In the fourth quarter, Ebitda was one point one billion dollars."),
    (
        "The AH-64E crashed near Fort Cavazos, formerly Ft. Hood.",
        "The A H sixty-four E crashed near Fort Cavazos, formerly Fort Hood.",
    ),
    (
        "NASA's $10B JWST launched Dec. 25, 2021.",
        "NASA's ten billion dollar J W S T launched December twenty-fifth, twenty twenty-one.",
    ),
    ("The 2.4GHz band is full.", "The two point four gigahertz band is full."),
    (
        "Trump won 312 electoral votes to Harris's 226.",
        "Trump won three hundred twelve electoral votes to Harris's two hundred twenty-six.",
    ),
    (
        "It happened at ~3:15 p.m. on I-90 near Exit 21.",
        "It happened at about three fifteen P M on I ninety near Exit twenty-one.",
    ),
    (
        "The strike killed at least 12 (incl. 3 children).",
        "The strike killed at least twelve, including three children.",
    ),
    (
        "The G7's $50bn loan will be repaid by 2054.",
        "The G seven's fifty billion dollar loan will be repaid by twenty fifty-four.",
    ),
    ("Wheat hit $7.20/bu.", "Wheat hit seven dollars and twenty cents per bushel."),
    ("Gas costs €34/MWh.", "Gas costs thirty-four euros per megawatt-hour."),
    ("CO2 emissions fell 0.8Gt.", "C O two emissions fell zero point eight gigatonnes."),
    ("The dam holds 18 km³.", "The dam holds eighteen cubic kilometers."),
    ("It's a 4K TV with HDMI 2.1.", "It's a four K T V with H D M I two point one."),
    ("Their 2-yr. deal ends 6/30/25.", "Their two year deal ends June thirtieth, twenty twenty-five."),
    ("The 10-yr yield is 4.21%.", "The ten year yield is four point two one percent."),
    ("They flew 3x weekly.", "They flew three times weekly."),
    ("He has had 2 DUIs since '19.", "He has had two D U I's since nineteen."),
    ("Prices start at 99p/$1.20.", "Prices start at ninety-nine pence one dollar and twenty cents."),
    ("About 3/4 of the 48 MPs left.", "About three quarters of the forty-eight M P's left."),
    ("The K9 unit came in 4 mins.", "The K nine unit came in four minutes."),
    ("Ph.D.s and M.D.s signed it.", "P H D's and M D's signed it."),
    ("Lt. Cmdr. Jo Fox, USN (Ret.), spoke.", "Lieutenant Commander Jo Fox, U S N, retired, spoke."),
)


@pytest.mark.parametrize(("written", "spoken"), sentences("news"))
def test_sentences_of_the_news(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


#: Headlines, and plain sentences with a figure in them.
SIMPLE = cases(
    ("MAYOR QUITS AFTER 3 YEARS", "Mayor Quits After three Years"),
    ("NATO, EU AGREE ON $5B FUND", "NATO, E U Agree on five billion dollar Fund"),
    ("US SENATE PASSES BILL 51-49", "U S Senate Passes Bill fifty-one to forty-nine"),
    ("3 dead, 12 hurt in I-80 crash", "three dead, twelve hurt in I eighty crash"),
    ("Q&A: What is NATO?", "Q and A: What is NATO?"),
    ("5 things to know", "five things to know"),
    ("Opinion | The case for trees", "Opinion, The case for trees"),
    ("Watch: Storm hits Fla.", "Watch: Storm hits Florida."),
    ("Live updates: Day 3 of talks", "Live updates: Day three of talks"),
    ("Part 2: The flood", "Part two: The flood"),
    ("Chapter 3 begins at sea.", "Chapter three begins at sea."),
    ("He is No. 3 in line.", "He is number three in line."),
    ("He left at 3. She left at 4.", "He left at three. She left at four."),
    ("There were 3 in. It was full.", "There were three in. It was full."),
    ("She is 5.", "She is five."),
    ("Act 2 drags.", "Act two drags."),
    ("He had 2, I had 3.", "He had two, I had three."),
    ("It was 1 of 3.", "It was one of three."),
    ("The 3 of us left.", "The three of us left."),
    ("I am 1 of 7.", "I am one of seven."),
    ("Exit 12 is shut.", "Exit twelve is shut."),
    ("Gate 7 is open.", "Gate seven is open."),
    ("Day 1 was calm.", "Day one was calm."),
    ("He is 6 feet 2.", "He is six feet two."),
    ("She got an A in 1998.", "She got an A in nineteen ninety-eight."),
    ("He paid a 10th of it.", "He paid a tenth of it."),
    ("In 1 he fell; in 2 he rose.", "In one he fell; in two he rose."),
    ("The 2 a.m. bus is late.", "The two A M bus is late."),
)


#: Sport, markets and courts.
DESKS = cases(
    ("He was born 4/7/1990.", "He was born April seventh, nineteen ninety."),
    ("Polls open 7 a.m.-8 p.m. Tues.", "Polls open seven A M to eight P M Tuesday."),
    ("She took 3rd in the 4x400m.", "She took third in the four by four hundred meters."),
    ("A 30% off sale ends Sun.", "A thirty percent off sale ends Sun."),
    ("The probe is 1.2bn km away.", "The probe is one point two billion kilometers away."),
    ("The star is 4.2 ly away.", "The star is four point two light-years away."),
    ("He is ranked No. 12 in the ATP.", "He is ranked number twelve in the A T P."),
    ("Its P/E is 15.2.", "Its P E is fifteen point two."),
    (
        "The jobless rate fell 0.1 pt to 3.9%.",
        "The jobless rate fell zero point one points to three point nine percent.",
    ),
    (
        "The bill, H.R. 8035, passed 311-112.",
        "The bill, H R eighty thirty-five, passed three hundred eleven to one hundred twelve.",
    ),
    (
        "The unit's 152-mm howitzers fired 2,000 rds.",
        "The unit's one hundred fifty-two millimeter howitzers fired two thousand rounds.",
    ),
    ("The $1-per-gallon tax passed.", "The one dollar-per-gallon tax passed."),
    ("Prices rose 2.4-2.6 pct.", "Prices rose two point four to two point six percent."),
    ("The U.K.'s FTSE 250 fell.", "The U K's F T S E two fifty fell."),
    ("The Fed's 2% goal is near.", "The Fed's two percent goal is near."),
    ("She was paid $80-100K.", "She was paid eighty to one hundred thousand dollars."),
    ("The 18th-hole putt won it.", "The eighteenth-hole putt won it."),
    ("He shot a 4-under-par 68.", "He shot a four-under-par sixty-eight."),
    ("A 3-pt. lead held.", "A three point lead held."),
    ("He threw for 312 yds. and 3 TDs.", "He threw for three hundred twelve yards and three T D's."),
    ("The QB went 21-of-30.", "The Q B went twenty-one-of-thirty."),
    ("It aired in S2E5.", "It aired in S two E five."),
    ("The Covid-19 R number is 1.1.", "The Covid nineteen R number is one point one."),
    ("Up to 10cm of snow fell.", "Up to ten centimeters of snow fell."),
    ("The 3pm kickoff was moved to 5:30pm BST.", "The three P M kickoff was moved to five thirty P M B S T."),
    ("He got 18 mos. in jail.", "He got eighteen months in jail."),
    ("About $2.50/gal. was saved.", "About two dollars and fifty cents per gallon was saved."),
    ("The 1,000th day came.", "The one thousandth day came."),
    ("The 14-15 Dec. summit failed.", "The fourteenth to the fifteenth of December summit failed."),
    ("Between 1-2 a.m. it rained.", "Between one to two A M it rained."),
    ("The 7/10 score is fair.", "The seven tenths score is fair."),
)


@pytest.mark.parametrize(("written", "spoken"), [*DENSE, *SIMPLE, *DESKS])
def test_sentences_with_figures(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize("line", (HERE / "plain.txt").read_text(encoding="utf-8").splitlines())
def test_plain_prose_comes_through_unchanged(line: str) -> None:
    assert normalize(line) == line
