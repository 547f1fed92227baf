"""Rules and number words shared by the European languages; the language packs build on them.

These languages write a decimal comma, points or spaces between thousands, the currency after the sum, 24-hour clock
times, and the day before the month. The patterns are shared, the words are data files, and gender and case are methods
of each `Language`. The packs are in `audiogen/narration/languages/`.

A *callback* of a rule takes the `Language` and the match of the rule's pattern. It returns the spoken text, or None if
the rule does not apply here; then the next rule is tried.
"""
