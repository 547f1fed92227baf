"""English number words.

num2words is not used, because the code is short and importing num2words is slow.
"""

from __future__ import annotations

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ["-", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = ("", *["thousand", "million", "billion", "trillion", "quadrillion", "quintillion", "sextillion", "septillion"])
#: Ordinals that are not the cardinal and "th".
ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
#: The number of digits that the scales can express; longer numbers are read digit by digit.
LONGEST = 3 * len(SCALES)


def cardinal(number: int) -> str:
    """Return a whole number of at most `LONGEST` digits in words.

    >>> cardinal(1_234_005)
    'one million two hundred thirty-four thousand five'
    """
    if number < 0:
        return "minus " + cardinal(-number)
    if number < 1000:
        return _below_thousand(number)
    words = []
    for scale in SCALES:
        number, group = divmod(number, 1000)
        if group:
            words.append(f"{_below_thousand(group)} {scale}".rstrip())
        if not number:
            break
    return " ".join(reversed(words))


def _below_thousand(number: int) -> str:
    """Return a number from 0 to 999 in words."""
    if number < 20:
        return ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return f"{TENS[tens]}-{ONES[ones]}" if ones else TENS[tens]
    hundreds, rest = divmod(number, 100)
    return f"{ONES[hundreds]} hundred {_below_thousand(rest)}" if rest else f"{ONES[hundreds]} hundred"


def ordinal(number: int) -> str:
    """Return an ordinal number in words.

    >>> ordinal(1), ordinal(20), ordinal(121)
    ('first', 'twentieth', 'one hundred twenty-first')
    """
    words = cardinal(number)
    start = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[start:]
    if last in ORDINALS:
        return words[:start] + ORDINALS[last]
    return words[:start] + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def digits(text: str) -> str:
    """Return each digit of *text* in words; other characters are dropped.

    >>> digits("50-05")
    'five zero zero five'
    """
    return " ".join(ONES[int(character)] for character in text if character.isdecimal())


def number(text: str) -> str:
    """Return a written number, with grouping commas, decimal point and sign, in words.

    >>> number("1,200.50"), number("-3"), number(".5"), number("1,50,000")
    ('one thousand two hundred point five zero', 'minus three', 'point five', 'one lakh fifty thousand')
    """
    sign = "minus " if text[:1] in "-−–" and text else ""
    whole, point, decimals = text.lstrip("+-−–").partition(".")
    indian = whole[-7:-6] == "," and whole[-4:-3] == ","
    whole = whole.replace(",", "")
    words = ((_lakhs if indian else _whole)(whole)) if whole else ""
    if point:
        words = f"{words} point {digits(decimals)}" if decimals else words
    return sign + words.strip()


def _whole(text: str) -> str:
    """Return a whole number in words; one that is too long, digit by digit."""
    return digits(text) if len(text) > LONGEST else cardinal(int(text))


def _lakhs(text: str) -> str:
    """Return a number grouped by lakhs (100,000) and crores (10,000,000) in words."""
    if len(text) > LONGEST:
        return digits(text)
    crores, rest = divmod(int(text), 10_000_000)
    lakhs, rest = divmod(rest, 100_000)
    parts = [f"{cardinal(crores)} crore" * bool(crores), f"{cardinal(lakhs)} lakh" * bool(lakhs)]
    return " ".join(filter(None, [*parts, cardinal(rest) if rest else ""])) or "zero"


def year(number: int) -> str:
    """Return a year in words in two halves; the first ten years of a millennium as a number.

    >>> year(1905), year(1900), year(2009), year(2024), year(988)
    ('nineteen oh five', 'nineteen hundred', 'two thousand nine', 'twenty twenty-four', 'nine eighty-eight')
    """
    if number < 100 or number > 9999 or number % 1000 < 10:
        return cardinal(number)
    century, rest = divmod(number, 100)
    if not rest:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def halves(text: str) -> str:
    """Return a number in pairs of digits, as the numbers of houses, flights and models are said.

    >>> halves("123"), halves("2788"), halves("360"), halves("105"), halves("1500")
    ('one twenty-three', 'twenty-seven eighty-eight', 'three sixty', 'one oh five', 'fifteen hundred')
    """
    value = int(text)
    if len(text) not in (3, 4) or text[0] == "0" or value % 1000 == 0 or (len(text) == 3 and value % 100 == 0):
        return cardinal(value) if text[0] != "0" else digits(text)
    return year(value) if value % 1000 >= 10 else digits(text)


def decade(number: int) -> str:
    """Return the decade (or century) that begins with *number* in words.

    >>> decade(1990), decade(80), decade(1900), decade(2000)
    ('nineteen nineties', 'eighties', 'nineteen hundreds', 'two thousands')
    """
    words = year(number) if number >= 100 else cardinal(number)
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


#: Denominators with names of their own, singular and plural; others are ordinals.
PARTS = {2: ("half", "halves"), 4: ("quarter", "quarters")}


def fraction(numerator: int, denominator: int) -> str:
    """Return a fraction in words.

    >>> fraction(3, 4), fraction(1, 2), fraction(2, 3), fraction(7, 100)
    ('three quarters', 'one half', 'two thirds', 'seven hundredths')
    """
    one, many = PARTS.get(denominator) or (ordinal(denominator), ordinal(denominator) + "s")
    if denominator == 100:
        one, many = "hundredth", "hundredths"
    return f"{cardinal(numerator)} {one if numerator == 1 else many}"
