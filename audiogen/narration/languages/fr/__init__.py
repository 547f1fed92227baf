"""The language pack of French, after the manual of the Imprimerie nationale and the news agencies."""

from __future__ import annotations

from audiogen.narration.languages.european import romance
from audiogen.narration.languages.european.pack import pack_of
from audiogen.narration.languages.fr.french import French, ordinal_rules, special_rules

LANGUAGE = French("fr", __file__)
PACK = pack_of(
    LANGUAGE,
    special_rules=[*special_rules(LANGUAGE), *romance.special_rules(LANGUAGE)],
    ordinal_rules=ordinal_rules(LANGUAGE),
)
