"""Measures: quantities with a unit, percentages, temperatures, sizes, heights."""

from __future__ import annotations

import pytest

from audiogen import normalize
from tests.narration.casefiles import cases

#: In the middle of the news.
SENTENCES = cases(
    ("He drove at 120 km/h.", "He drove at one hundred twenty kilometers per hour."),
    ("It was 35°C in the shade.", "It was thirty-five degrees Celsius in the shade."),
    ("It was -10 °F at dawn.", "It was minus ten degrees Fahrenheit at dawn."),
    ("The flat has 850 sq. ft.", "The flat has eight hundred fifty square feet."),
    ("They fired 155mm shells.", "They fired one hundred fifty-five millimeter shells."),
    ("A 1,200-acre fire burned.", "A one thousand two hundred-acre fire burned."),
    ("A 5-foot-11 guard fell.", "A five-foot-eleven guard fell."),
    ("He is 6'2\" tall.", "He is six foot two tall."),
    ("She is 5ft 4in.", "She is five feet four inches."),
    ("The 2x4 broke.", "The two by four broke."),
    ("The room is 10 x 12 ft.", "The room is ten by twelve feet."),
    ("A 4x4 got stuck.", "A four by four got stuck."),
    ("It weighs 3 lb. 4 oz.", "It weighs three pounds four ounces."),
    ("About 2.5 million tons sank.", "About two point five million tons sank."),
    ("It used 500 kWh.", "It used five hundred kilowatt-hours."),
    ("A 30-kW motor hums.", "A thirty kilowatt motor hums."),
    ("The file is 20 MB.", "The file is twenty megabytes."),
    ("It has 16GB of RAM.", "It has sixteen gigabytes of RAM."),
    ("The phone charges at 45W.", "The phone charges at forty-five watts."),
    ("CO2 levels reached 420 ppm.", "C O two levels reached four hundred twenty parts per million."),
    ("It fell 3 in. in an hour.", "It fell three inches in an hour."),
    ("The pipe is 8 in. wide.", "The pipe is eight inches wide."),
    ("Drink 2 L of water.", "Drink two liters of water."),
    ("The quake struck 10 km deep.", "The quake struck ten kilometers deep."),
    ("They ran the 100m final.", "They ran the one hundred meter final."),
    ("A 26.2-mile race followed.", "A twenty-six point two-mile race followed."),
    ("The 5K was cancelled.", "The five K was cancelled."),
    ("He swam the 200m in 1:45.", "He swam the two hundred meters in one forty-five."),
    ("The tank holds 55 gal.", "The tank holds fifty-five gallons."),
    ("It is 1/4 full.", "It is one quarter full."),
    ("It grew by 2/3.", "It grew by two thirds."),
    ("It took 3 1/2 years.", "It took three and a half years."),
    ("He ate 1½ pies.", "He ate one and a half pies."),
    ("The rate is 3.75%.", "The rate is three point seven five percent."),
    ("Some 40-50% agreed.", "Some forty to fifty percent agreed."),
    ("Turnout was under 5 per cent.", "Turnout was under five per cent."),
    ("At 51°30'N the ship turned.", "At fifty-one degrees thirty minutes north the ship turned."),
    ("The 70mm film jammed.", "The seventy millimeter film jammed."),
    ("A 9mm pistol was found.", "A nine millimeter pistol was found."),
    ("The .45-caliber gun jammed.", "The forty-five-caliber gun jammed."),
    ("They dug 6ft down.", "They dug six feet down."),
    ("The screen has 120Hz refresh.", "The screen has one hundred twenty hertz refresh."),
    ("Blood pressure of 120/80 is normal.", "Blood pressure of one hundred twenty over eighty is normal."),
    ("The pH is 7.4.", "The P H is seven point four."),
    ("It does 0-60 in 3.2 seconds.", "It does zero to sixty in three point two seconds."),
    ("He has 20/20 vision.", "He has twenty twenty vision."),
    ("Wind gusts of 90 mph hit.", "Wind gusts of ninety miles per hour hit."),
    ("A 12-ft. wall fell.", "A twelve foot wall fell."),
    ("The lake is 12 ft. deep.", "The lake is twelve feet deep."),
    ("He ran 5 mi.", "He ran five miles."),
    ("He ran 5 mi. in the rain.", "He ran five miles in the rain."),
    ("Cars do 30 mpg.", "Cars do thirty miles per gallon."),
    ("A 500-lb. bomb fell.", "A five hundred pound bomb fell."),
    ("The ship is 1,100 ft long.", "The ship is one thousand one hundred feet long."),
    ("It covers 3,000 sq km.", "It covers three thousand square kilometers."),
    ("Areas are in km² here.", "Areas are in square kilometers here."),
    ("The price is in $/m² today.", "The price is in dollars per square meter today."),
    ("They planted 40 ha.", "They planted forty hectares."),
    ("It needs 12V power.", "It needs twelve volt power."),
    ("The beam is 5m wide.", "The beam is five meters wide."),
    ("A 2m-tall fence fell.", "A two meter-tall fence fell."),
    ("Sound hit 110 dB.", "Sound hit one hundred ten decibels."),
    ("It weighs 2kg.", "It weighs two kilograms."),
    ("Add 250ml of milk.", "Add two hundred fifty milliliters of milk."),
    ("The 6.1-magnitude quake hit.", "The six point one-magnitude quake hit."),
    ("A magnitude 7.8 quake hit.", "A magnitude seven point eight quake hit."),
    ("It was 98.6°.", "It was ninety-eight point six degrees."),
    ("It was 20 degrees C.", "It was twenty degrees Celsius."),
    ("Use 1 tsp. of salt.", "Use one teaspoon of salt."),
    ("Use 2 tbsp. sugar.", "Use two tablespoons sugar."),
    ("It flies at Mach 2.", "It flies at Mach two."),
    ("A 16:9 screen is standard.", "A sixteen to nine screen is standard."),
    ("The 8-by-10 photo faded.", "The eight-by-ten photo faded."),
    ("He is 6-foot-3.", "He is six-foot-three."),
    ("She weighs 9st 4lb.", "She weighs nine stone four pounds."),
    ("It fell 2-3 inches.", "It fell two to three inches."),
    ("The 1,500-meter race began.", "The one thousand five hundred-meter race began."),
    ("They swam 4x100m.", "They swam four by one hundred meters."),
    ("The 4x100 relay is next.", "The four by one hundred relay is next."),
    ("It has a 50mm lens.", "It has a fifty millimeter lens."),
    ("Winds of 20-25 knots blew.", "Winds of twenty to twenty-five knots blew."),
    ("At 30,000 feet it broke.", "At thirty thousand feet it broke."),
    ("He earned a 1600 on the SAT.", "He earned a sixteen hundred on the S A T."),
    ("The 4WD got stuck.", "The four W D got stuck."),
    ("A level of 150 mg/dL is fine.", "A level of one hundred fifty milligrams per deciliter is fine."),
)


#: What is near it, and what is not it.
MILLIONS_AND_CALIBERS = cases(
    ("1.4m km wide", "one point four million kilometers wide"),
    ("5m km²", "five million square kilometers"),
    ("2.5m sq km", "two point five million square kilometers"),
    ("a 5m kilt", "a five meter kilt"),
    ("5 m km", "five meters km"),
    ("a .22-cal. rifle", "a twenty-two-caliber rifle"),
)
NEAR = cases(
    ("It polls at 8 KHz.", "It polls at eight kilohertz."),
    ("The room is at 38 dBA.", "The room is at thirty-eight decibels."),
    ("It has 226 ppi.", "It has two hundred twenty-six pixels per inch."),
    ("It prints at 600 dpi.", "It prints at six hundred dots per inch."),
    ("It emits 2 Gt.", "It emits two gigatonnes."),
    ("They sold 2m+ copies.", "They sold two million plus copies."),
    ("They ran 2m more.", "They ran two meters more."),
    ("He drank 3 L of tea.", "He drank three liters of tea."),
    ("It is 3 L long.", "It is three L long."),
    ("The bar is 3 in. from here.", "The bar is three inches from here."),
    ("It grew 3 in. Then it stopped.", "It grew three in. Then it stopped."),
)


#: Both sides of thresholds, and each kind of a rule.
KINDS = cases(
    ("1/2 m", "one half m"),
    ("1/2 in", "one half in"),
    ("1/2 mile", "one half mile"),
    ("3 in., then", "three inches, then"),
    ("3 in.; then", "three inches; then"),
    ("(3 in.)", "three inches."),
    ("3 in. Then", "three in. Then"),
    ("a 10-in. wall", "a ten inch wall"),
    ("1-in-100", "one-in-one hundred"),
    ("5 cm, then", "five centimeters, then"),
    ("a 5km run", "a five kilometer run"),
    ("5 km run", "five kilometers run"),
    ("155mm shells", "one hundred fifty-five millimeter shells"),
    ("2x3", "two by three"),
    ("3 m x 4 m", "three meters by four meters"),
    ("5 cm x 3", "five centimeters by three"),
    ("X x 3", "X x three"),
    ("100 mm x 3 mm", "one hundred millimeters by three millimeters"),
)


@pytest.mark.parametrize(("written", "spoken"), [*KINDS, *NEAR, *SENTENCES, *MILLIONS_AND_CALIBERS])
def test_a_measure_is_said_in_words(written: str, spoken: str) -> None:
    assert normalize(written) == spoken
