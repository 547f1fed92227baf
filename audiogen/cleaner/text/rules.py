"""Rules that correct the model's probabilities for a capture: lines that are never narrated, reasons for the ledger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.phrases import phrases
from audiogen.cleaner.verdict import Verdict
from audiogen.model import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from audiogen.cleaner.text.features import Line

    #: A number for each line, 0 to 1.
    Chances = NDArray[np.float64]

#: Probability from which a line is narrated.
MIN_CHANCE = 0.5
#: Probability from which a heading is kept although it could be the head of a list of links ("Sources", "Overview").
MIN_HEADING_CHANCE = 0.75
#: A line with this many words is narrated only once, unless its repetition has this probability and is more than
#: this many lines away. Of 21 such lines in captures outside the training set, 16 were part of the article.
MIN_REPEATED_WORDS, MIN_REPEATED_CHANCE, MIN_REPEATED_DISTANCE = 5, 0.85, 4
#: The index of the headline in the map of known lines, as it is narrated first.
TITLE_INDEX = -1
_NUMBERS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W_]+")
#: Most lines from the headline to the article's first line; bylines, buttons and pictures are in between.
_MAX_ABOVE = 30
_BYLINES = (Reason.BYLINE, Reason.DATE, Reason.READING_TIME)
#: Probability from which signs of markup or of a link do not count.
_MAX_MARKUP_CHANCE = 0.97
#: Fewest words of a headline with a standfirst; fewest and most words of a standfirst.
_MIN_HEADLINE_WORDS = 3
_DEK_WORDS = (5, 60)
#: Least probability of a sentence that begins an article, and most lines from it to the next sentence.
_MIN_LEADING_CHANCE, _MAX_GAP = 0.3, 2
#: Reasons of lines after an article's end, not inside it.
_ENDS = (Reason.COPYRIGHT, Reason.COMMENTS, Reason.TAGS, Reason.BIOGRAPHY, Reason.REFERENCES)
#: Least probability of a sentence that continues the article's sentences before it, in English and in languages with
#: little training data; most lines after them.
_MIN_FOLLOWING_CHANCE, _MIN_FOLLOWING_CHANCE_ELSEWHERE, _MAX_FOLLOWING = 0.2, 0.03, 12
#: Fewest words of a sentence that continues, and of a line of dialogue; most headings and list items between them.
_MIN_SENTENCE_WORDS, _MIN_SPEECH_WORDS, _MAX_BETWEEN = 8, 3, 4
#: Fewest words of a paragraph, in which the words of an appeal may be the subject.
_MIN_PARAGRAPH_WORDS = 25
#: Most words of a line in which a phrase counts although the line is probably the article's.
_MAX_PHRASE_WORDS = 40
#: Most words of a caption over its credit, and of a teaser under its headline.
_MAX_CAPTION_WORDS, _MAX_TEASER_WORDS = 30, 20
#: The beginning of direct speech: a dash or a quotation mark.
_SPEECH_START = re.compile(r"[—–«„“\"]")
#: Most lines of byline and date under the headline; most words of a byline, and of a date.
_MAX_HEADER_LINES, _MAX_BYLINE_WORDS, _MAX_DATE_WORDS = 12, 12, 6
#: Most lines from the article's last certain line to a further line.
_MAX_AFTER = 2
#: Number of the last narrated lines in which a teaser's headline is searched.
_TEASER_LINES = 4
#: Fewest words of the article before its comments: under a headline, "12 comments" is a link.
_MIN_WORDS_BEFORE_COMMENTS = 100
#: A comment that the article quotes, not the heading of the comments.
_QUOTED_COMMENT = re.compile(r"top comment\b", re.I)
#: Reasons of headings that also apply to the lines under them.
_SECTIONS = (Reason.RELATED, Reason.COMMENTS, Reason.FEED, Reason.TAGS, Reason.BIOGRAPHY, Reason.REFERENCES)
#: The end of a sentence; French and Swiss pages have a space before the closing quotation mark.
_END = re.compile(r"[.!?…。！？:;](?:\s?[\"'”’“‘»)\]」』）])*\Z")
#: Signatures of agencies and editors after the last paragraph: "(dpa)", "(afp/ros)".
_SIGNATURE = re.compile(r"(?<=[.!?\"”“»]) ?\([a-z]{2,4}(?:/[a-z]{2,4})*\)\Z")
#: Invisible characters, at a line's end.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\u2061\u2062\u2063\ufeff"
_CRUMBS = re.compile(r"\s[»›>/|]\s|\s>\S|\S>\s")
#: An arrow at a line's end, as in links to other pages.
_ARROW = re.compile(r"(?:[»→›➔➜▶►]|>>)\s*\Z")
#: The beginning of bylines, and the year of a date, for the ledger's reasons.
_BY = re.compile(r"(?:by|von|par|por|di|autor\w*|автор\w*)\b:? (?-i:[^\W\d_a-zа-яіїєґ])", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: The day of a date: "19 January 2024", "19.01.2024", "January 19, 2024", "2024-01-19".
_DATED = re.compile(r"\b\d{1,2}\b(?!:)")
#: Reasons of phrases that are never a heading of the article.
_NEVER_HEADINGS = frozenset({
    Reason.ADVERTISEMENT, Reason.BYLINE, Reason.CAPTION, Reason.COPYRIGHT, Reason.CREDIT, Reason.DATE, Reason.FORM,
    Reason.LABEL, Reason.READING_TIME, Reason.SHARE,
})  # fmt: skip
_TEMPLATE = re.compile(
    r"\{\{.*\}\}|\[[a-z_]+ [a-z_]+=.*\]|<[a-z/!][^>]{0,200}>|\b(?:function\s*\(|var \w+ ?=|window\.)"
)


def key(line: Line) -> str:
    """Return the letters and digits of *line* in lower case, as the key for comparisons."""
    return " ".join(_LETTERS.findall(line.text.lower()))


def find_title(lines: Sequence[Line], title: Chances, start: int) -> int:
    """Return the index of the headline, by the probabilities in *title*, near the article's first line *start*.

    If a breadcrumb contains the headline, the line with only the headline is returned. Of two candidates above and
    below the byline, the upper one is the headline, and the lower one the first heading. Of two candidates above the
    byline, the upper one is the headline, and the lower one the standfirst.
    """
    chance = np.array([0.0 if not _may_be_title(line, i, start) else title[i] for i, line in enumerate(lines)])
    best = int(chance.argmax() if chance.any() else title.argmax())
    whole = key(lines[best])
    for i in range(min(len(lines), max(start, best) + 3)):
        candidate = key(lines[i])
        ends = candidate and candidate != whole and len(lines[i].words) > 2 and whole.endswith(candidate)
        if ends and (title[i] > 0.2 * title[best] or _CRUMBS.search(lines[best].text)):
            return i
    above = best - 1
    while above >= 0 and best - above <= 4 and _is_byline(lines[above]):
        above -= 1
    likely = above >= 0 and chance[above] > 0.2 * chance[best] and not _CRUMBS.search(lines[above].text)
    return above if likely and (above < best - 1 or _is_over_standfirst(lines, above, best)) else best


def _is_over_standfirst(lines: Sequence[Line], above: int, below: int) -> bool:
    """Return whether the lower of two lines over a byline is a standfirst, not a repeated headline."""
    one, other = key(lines[above]), key(lines[below])
    repeated = one in other or other in one
    headline = lines[above].match is None and len(lines[above].words) >= _MIN_HEADLINE_WORDS
    return headline and not repeated and _is_dek(lines, below)


def _is_dek(lines: Sequence[Line], i: int) -> bool:
    """Return whether a line has the length of a standfirst and is directly above a byline."""
    line = lines[i]
    below = i + 1 < len(lines) and _is_byline(lines[i + 1])
    return below and line.match is None and _DEK_WORDS[0] <= len(line.words) <= _DEK_WORDS[1] and not line.marker


def _may_be_title(line: Line, i: int, start: int) -> bool:
    """Return whether a line may be the headline: near the article's first line, and no long sentence."""
    prose = len(line.words) > 16 and line.text.rstrip().endswith(".")
    return start - _MAX_ABOVE <= i <= start + 3 and not prose and bool(line.words)


def _is_byline(line: Line) -> bool:
    """Return whether a line has the author or the date, by a phrase or by its form."""
    if line.match is not None:
        return line.match.reason in _BYLINES
    return _names_author(line) or _names_day(line)


def _names_author(line: Line) -> bool:
    """Return whether a line is a byline by its form: short, without a sentence's end, and with "By" and a capital."""
    return len(line.words) <= _MAX_BYLINE_WORDS and not _END.search(line.text) and bool(_BY.match(line.text))


def _names_day(line: Line) -> bool:
    """Return whether a line is a date by its form: a few words with a year and a day."""
    return len(line.words) <= _MAX_DATE_WORDS and bool(_YEAR.search(line.text)) and bool(_DATED.search(line.text))


def raise_following(lines: Sequence[Line], chances: Chances, span: tuple[int, int], language: str) -> Chances:
    """Return *chances* with `MIN_CHANCE` for sentences that follow the article's own, until a sign of its end.

    The model's probabilities are too low in the lower half of a page, above all of a short one, and a lost paragraph is
    worse than a line too many. Lines with phrases may be in between, and so may a heading or a few list items if prose
    follows them; any other line ends the article.
    """
    raised = chances.copy()
    least = _MIN_FOLLOWING_CHANCE if language.startswith("en") else _MIN_FOLLOWING_CHANCE_ELSEWHERE
    you = _address_words(language)
    inside, between = False, list[int]()
    for i in range(span[0], min(len(lines), span[1] + _MAX_FOLLOWING + 1)):
        line = lines[i]
        if line.match is not None:
            inside = inside and line.match.reason not in _ENDS and line.match.anchor != "head"
        elif chances[i] >= MIN_CHANCE or (inside and chances[i] >= least and _continues(lines, i, you)):
            raised[[*between, i]] = np.maximum(raised[[*between, i]], MIN_CHANCE)
            inside, between = True, []
        elif i > span[1] and inside and least <= chances[i] and len(between) < _MAX_BETWEEN:
            between.append(i)
        elif i > span[1]:
            break
    return raised


def raise_leading(
    lines: Sequence[Line], chances: Chances, span: tuple[int, int], language: str
) -> tuple[Chances, tuple[int, int]]:
    """Return *chances* and *span*, extended upwards by likely prose right above the article's first line."""
    you = _address_words(language)
    raised, start = chances.copy(), span[0]
    i = start - 1
    while i >= max(0, start - _MAX_GAP):
        if chances[i] >= _MIN_LEADING_CHANCE and lines[i].match is None and _continues(lines, i, you):
            raised[i] = max(raised[i], MIN_CHANCE)
            start = i
        i -= 1
    return raised, (start, span[1])


def _address_words(language: str) -> frozenset[str]:
    """Return the words that address the reader, in lower case: "you", "your"."""
    return frozenset(phrases(language).vocabulary.get("you", ()))


def _continues(lines: Sequence[Line], i: int, you: frozenset[str]) -> bool:
    """Return whether a line may continue the article: prose, and no caption above a picture's credit."""
    line = lines[i]
    over_credit = i + 1 < len(lines) and _is_credit(lines[i + 1]) and len(line.words) <= _MAX_CAPTION_WORDS
    return is_prose(line, you) and not over_credit


def _is_credit(line: Line) -> bool:
    """Return whether a line is only the credit of a picture."""
    if line.match is None:
        return False
    named = line.match.reason is Reason.CAPTION and line.match.anchor == "whole" and len(line.words) > 1
    return named or line.match.reason is Reason.CREDIT


def is_sentence(line: Line) -> bool:
    """Return whether a line ends like a sentence and has no phrase."""
    return line.match is None and line.text.rstrip("\"'”’“‘»)").endswith((".", "!", "。"))


def is_prose(line: Line, you: frozenset[str] = frozenset()) -> bool:
    """Return whether a line is a full sentence or direct speech, and no appeal to the reader.

    A line with hints of an appeal ("supports", "costs") is an appeal if it is short, ends in "!" or has one of the
    words in *you*, which address the reader. Without *you*, each such line is taken for an appeal.
    """
    text = _without_signature(line.text)
    if not _END.search(text) or text.endswith(("…", "...", ":")) or line.marker:
        return False
    if _SPEECH_START.match(text):
        return len(line.words) >= _MIN_SPEECH_WORDS
    return len(line.words) >= _MIN_SENTENCE_WORDS and not (
        Reason.CALL_TO_ACTION in line.hints and _may_be_appeal(line, you)
    )


def _may_be_appeal(line: Line, you: frozenset[str]) -> bool:
    """Return whether a line with hints of an appeal is one: it is short, ends in "!" or addresses the reader."""
    urgent = len(line.words) < _MIN_PARAGRAPH_WORDS or line.text.rstrip().endswith("!")
    return urgent or not you or any(word.lower() in you for word in line.words)


def _without_signature(text: str) -> str:
    """Return *text* without a signature and invisible characters after its last sentence.

    >>> _without_signature("The wind was to blame. (dpa/ros)")
    'The wind was to blame.'
    """
    return _SIGNATURE.sub("", text.rstrip().rstrip(_INVISIBLE).rstrip())


def extend_span(lines: Sequence[Line], chances: Chances, span: tuple[int, int], title: int) -> tuple[int, int]:
    """Return *span* extended by likely lines below the headline, and by likely lines shortly after its end."""
    start, end = span
    over = [i for i in range(title + 1, start) if chances[i] >= MIN_CHANCE] if 0 <= title < start else []
    for i in range(end + 1, len(lines)):
        if i > end + _MAX_AFTER or any(lines[i].is_heading_of(reason) for reason in _SECTIONS):
            break
        end = i if chances[i] >= MIN_CHANCE else end
    return (over[0] if over else start), end


def judge(
    lines: Sequence[Line], chances: Chances, title: int, span: tuple[int, int]
) -> tuple[int, list[Verdict | None]]:
    """Return the index of the standfirst (-1 for none), and the verdict on each line (None if it is narrated)."""
    verdicts: list[Verdict | None] = []
    seen: dict[str, int] = {key(lines[title]): TITLE_INDEX} if title >= 0 else {}
    comments = _find_comments(lines, chances, span)
    for i, line in enumerate(lines):
        verdict = _judge_line(line, float(chances[i]), span[0] <= i <= span[1])
        if i == title:
            verdict = Verdict(Reason.TITLE, "capture.title")
        elif verdict is None and _is_repetition(line, i, float(chances[i]), seen):
            verdict = Verdict(Reason.DUPLICATE, "capture.repeated")
        elif verdict is None and 0 <= title < i <= title + _MAX_HEADER_LINES and _is_date(line):
            verdict = Verdict(Reason.DATE, "capture.date")
        elif verdict is None and i > comments:
            verdict = Verdict(Reason.COMMENTS, "capture.comments")
        if verdict is None:
            seen.setdefault(key(line), i)
        verdicts.append(verdict)
    for i in _find_last_teaser(lines, verdicts) | _find_linked_headlines(lines, verdicts, chances):
        verdicts[i] = Verdict(Reason.RELATED, "capture.teaser")
    dek = _find_dek(lines, verdicts, title)
    if dek >= 0:
        verdicts[dek] = Verdict(Reason.TITLE, "capture.dek")
        for i, line in enumerate(lines):
            if verdicts[i] is None and key(line) == key(lines[dek]):
                verdicts[i] = Verdict(Reason.DUPLICATE, "capture.repeated")
    return dek, _explain(lines, verdicts, title, span)


def _find_comments(lines: Sequence[Line], chances: Chances, span: tuple[int, int]) -> int:
    """Return the index of the line after which readers' comments begin; the number of lines if there are none.

    Of 368 captures, 9 have a phrase of comments after a hundred words of the article, and likely lines after it. They
    are readers' comments on 8, and the article on one, which quotes a "Top Comment".
    """
    words = 0
    for i in range(span[0], len(lines)):
        line = lines[i]
        if line.match is None:
            words += len(line.words) if chances[i] >= MIN_CHANCE else 0
        elif words >= _MIN_WORDS_BEFORE_COMMENTS and _opens_comments(line):
            return i
    return len(lines)


def _opens_comments(line: Line) -> bool:
    """Return whether a line is the heading of readers' comments."""
    known = line.match is not None and line.match.reason is Reason.COMMENTS
    return known and not _QUOTED_COMMENT.match(line.text)


def _find_dek(lines: Sequence[Line], verdicts: Sequence[Verdict | None], title: int) -> int:
    """Return the index of the standfirst, the line between the headline and the byline; -1 if there is none.

    Its probability does not matter, since the model takes many standfirsts for captions.
    """
    if 0 <= title < len(lines) - 1 and not _is_byline(lines[title + 1]) and _is_dek(lines, title + 1):
        return -1 if key(lines[title + 1]) == key(lines[title]) else title + 1
    narrated = [i for i, verdict in enumerate(verdicts) if verdict is None and i > title][:2]
    if title < 0 or len(narrated) < 2 or not _DEK_WORDS[0] <= len(lines[narrated[0]].words) <= _DEK_WORDS[1]:
        return -1
    before = any(_is_byline(line) for line in lines[title + 1 : narrated[0]])
    after = any(_is_byline(line) for line in lines[narrated[0] + 1 : narrated[1]])
    return narrated[0] if after and not before else -1


def _judge_line(line: Line, chance: float, inside: bool) -> Verdict | None:
    """Return the verdict on a line by phrases, form and probability; None if it is narrated."""
    match = line.match
    if match is not None and not (inside and _overrules_phrase(line, chance)):
        return Verdict(match.reason, match.rule)
    if _TEMPLATE.search(line.text) and chance < _MAX_MARKUP_CHANCE:
        return Verdict(Reason.BOILERPLATE, "capture.template")
    if _ARROW.search(line.text) and "«" not in line.text and chance < _MAX_MARKUP_CHANCE:
        return Verdict(Reason.RELATED, "capture.arrow")
    if not inside:
        return Verdict(Reason.BOILERPLATE, "capture.outside")
    return None if chance >= MIN_CHANCE else Verdict(Reason.BOILERPLATE, "capture.model")


def _overrules_phrase(line: Line, chance: float) -> bool:
    """Return whether a line is kept in spite of its phrase: a likely paragraph, or a likely heading."""
    if len(line.words) > _MAX_PHRASE_WORDS:
        return chance >= MIN_CHANCE
    return chance >= MIN_HEADING_CHANCE and _may_be_heading(line)


def _is_date(line: Line) -> bool:
    """Return whether a line is only a date: a year, another number, and at most two words."""
    return bool(_YEAR.search(line.text)) and len(line.words) <= 2 and len(_NUMBERS.findall(line.text)) > 1


def _may_be_heading(line: Line) -> bool:
    """Return whether a line with a phrase may also be a heading of the article: "Sources", "Support", "Privacy"."""
    if line.match is None or line.match.reason in _NEVER_HEADINGS:
        return False
    return line.match.anchor == "head" or (line.match.anchor == "whole" and len(line.words) < 4)


def _is_repetition(line: Line, index: int, chance: float, seen: Mapping[str, int]) -> bool:
    """Return whether a line repeats a line in *seen* and is not part of the article.

    Short lines like "Ingredients" may be repeated in the sections of an article, and so may lines with a high
    probability, as in minutes. If both lines are close together, one is a pull quote.
    """
    before = seen.get(key(line))
    if before is None or len(line.words) < MIN_REPEATED_WORDS:
        return False
    return chance < MIN_REPEATED_CHANCE or before == TITLE_INDEX or index - before <= MIN_REPEATED_DISTANCE


def _find_last_teaser(lines: Sequence[Line], verdicts: Sequence[Verdict | None]) -> set[int]:
    """Return the indexes of a teaser at the end: a headline, a text that ends with "…", and what is kept after it."""
    narrated = [i for i, verdict in enumerate(verdicts) if verdict is None]
    if len(narrated) < 3:
        return set()
    for headline in sorted({narrated[-1] - 1, *narrated[-_TEASER_LINES:]}):
        if headline + 1 < len(lines) and _is_teaser(lines[headline], lines[headline + 1]):
            after = [i for i in narrated if i > headline + 1]
            if sum(len(lines[i].words) for i in after) < len(lines[headline + 1].words):
                return {headline, headline + 1, *after} & set(narrated)
    return set()


def _find_linked_headlines(lines: Sequence[Line], verdicts: Sequence[Verdict | None], chances: Chances) -> set[int]:
    """Return the indexes of short headlines of other articles: under "Read also", or above "Read more"."""
    found = set()
    for i, line in enumerate(lines):
        if (
            verdicts[i] is not None
            or len(line.words) > _MAX_TEASER_WORDS
            or chances[i] >= MIN_HEADING_CHANCE
            or line.marker
        ):
            continue
        below = i > 0 and _is_link_head(lines[i - 1])
        above = i + 1 < len(lines) and _is_link_head(lines[i + 1]) and not _END.search(_without_signature(line.text))
        if below or above:
            found.add(i)
    return found


def _is_link_head(line: Line) -> bool:
    """Return whether a line is only a phrase before or after a link to another article."""
    if line.match is None or line.match.reason is not Reason.RELATED:
        return False
    return line.match.anchor in ("whole", "head")


def _is_teaser(above: Line, below: Line) -> bool:
    """Return whether two lines are a headline and a text that is cut off by an ellipsis."""
    cut = below.text.rstrip().endswith(("…", "...", "[…]", "[...]")) and len(below.words) >= 12
    return cut and not _END.search(above.text) and len(above.words) >= 3 and above.match is None


def _explain(
    lines: Sequence[Line], verdicts: list[Verdict | None], title: int, span: tuple[int, int]
) -> list[Verdict | None]:
    """Return the verdicts with better reasons for lines that only the model dropped: by headings, position, hints."""
    out: list[Verdict | None] = []
    section: Reason | None = None
    for i, (line, verdict) in enumerate(zip(lines, verdicts, strict=True)):
        if verdict is None:
            section = None
        elif line.match is not None and (line.match.anchor == "head" or _is_section_label(line)):
            section = line.match.reason if line.match.reason in _SECTIONS else None
        elif verdict.reason is Reason.BOILERPLATE and verdict.rule != "capture.template":
            verdict = _judge_position(line, i, title, span, section) or verdict
        out.append(verdict)
    return out


def _is_section_label(line: Line) -> bool:
    """Return whether a label of one or two words is the heading of a section: "Comments", "Tags"."""
    match = line.match
    return match is not None and match.anchor == "whole" and len(line.words) <= 2 and match.reason in _SECTIONS


def _judge_position(line: Line, i: int, title: int, span: tuple[int, int], section: Reason | None) -> Verdict | None:
    """Return a verdict on a doubted line by its position, its section and its hints; None if they show nothing."""
    if title < i <= title + _MAX_HEADER_LINES:
        if _names_author(line):
            return Verdict(Reason.BYLINE, "capture.by")
        if _YEAR.search(line.text) and len(line.words) <= _MAX_DATE_WORDS:
            return Verdict(Reason.DATE, "capture.date")
    if section is not None:
        return Verdict(section, "capture.section")
    if Reason.CAPTION in line.hints and span[0] - 6 <= i <= span[1] and len(line.words) > 3:
        return Verdict(Reason.CAPTION, "capture.words")
    if Reason.CALL_TO_ACTION in line.hints:
        return Verdict(Reason.CALL_TO_ACTION, "capture.words")
    if len(line.words) <= 6 and not span[0] <= i <= span[1] and not title < i < span[0]:
        return Verdict(Reason.NAVIGATION, "capture.menu")
    return None
