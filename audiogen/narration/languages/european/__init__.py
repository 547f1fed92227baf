"""What the languages of the European continent share, from which their packs are made.

A decimal comma, points or spaces between thousands, the sign of a currency after the sum, a clock of twenty-four
hours, the day before the month: the patterns are the same, the words are data, and what a language does with gender
and case is a method of its `Language`. Packs are in `audiogen/narration/languages/`.
"""
