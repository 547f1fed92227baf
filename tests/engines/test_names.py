"""Names of other languages: what their spelling shows, how they are said, and that English stays as it is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.engines import names
from audiogen.engines.hibari import Hibari, _phonemizer
from audiogen.engines.kokoro import Kokoro
from audiogen.engines.names import name_in_misaki, names_in, shown_by, with_names
from audiogen.engines.piper import Piper
from audiogen.engines.pyttsx3 import engine as pyttsx3
from audiogen.model import Pronunciation, Saying, Voice
from audiogen.narration.vocabulary import words
from tests.engines.conftest import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from audiogen.model import Utterance

#: Names, the voice of eSpeak NG that their spelling shows, and how they are said in misaki's alphabet.
SHOWN = [
    ("Modrić", "hr", "mˈOdɹɪʧ"),
    ("Đoković", "hr", "ʤˈOkOvɪʧ"),
    ("Djokovic", "hr", "ʤˈOkOvɪʧ"),
    ("Szczęsny", "pl", "ʃʧˈɛnsnɪ"),
    ("Rzeszów", "pl", "ʒˈɛʃuf"),
    ("Łukasz's", "pl", "wˈukɑʃᵻz"),
    ("Tomáš", "cs", "tˈOmɑʃ"),
    ("Szijjártó", "hu", "sˈijjɑɹtO"),
    ("Băsescu", "ro", "bəsˈɛsku"),
    ("Erdoğan", "tr", "ɛɹdOˈɑn"),
    ("Núñez", "es-419", "nˈunjɛs"),
    ("Mérida", "es-419", "mˈɛɹidɑ"),
    ("Mbappé", "fr", "mbɑpˈA"),
    ("Étienne", "fr", "ɛtjˈɛn"),
    ("Okafor", "sw", "Okˈɑfɔɹ"),
    ("Okoro", "sw", "OkˈOɹO"),
    ("Okoye's", "sw", "OkˈOjAz"),
    ("Nwosu", "sw", "nwˈOsu"),
    ("Nkrumah", "sw", "ŋkɹˈumɑ"),
    ("Ndour", "sw", "ndˈuɹ"),
    ("Adebayo", "sw", "ˌɑdɛbˈɑjO"),
]
#: English, languages that English rules guess better or that were not measured, and what is no name.
NOT_SHOWN = (
    "Baker", "Zoë", "Müller", "Björk", "Guðmundur", "Sinéad", "Máirtín", "Nguyễn", "Văn", "João", "Kjær", "Kęstučiūnas",
    "Sportier", "Titanic", "Okay", "Okun", "Oklahoma", "Okehampton", "Nguyen", "Ngo", "Mbank", "Adele", "Adelaide",
    "modrić", "MODRIĆ", "McŁukasz", "Ł", "",
)  # fmt: skip


@pytest.fixture(scope="module")
def ours() -> Any:
    return _phonemizer(british=False)


@pytest.fixture(scope="module")
def engine() -> Iterator[Hibari]:
    with Hibari(workers=1) as engine:
        yield engine


@pytest.mark.parametrize(("name", "language", "spoken"), SHOWN)
def test_a_name_is_said_as_in_the_language_its_spelling_shows(ours: Any, name: str, language: str, spoken: str) -> None:
    entry = shown_by(name.removesuffix("'s"))
    assert entry is not None
    assert entry.language == language
    assert name_in_misaki(name) == spoken
    assert spoken in ours(f"We met {name} today.", normalize_text=False)


@pytest.mark.parametrize("name", NOT_SHOWN)
def test_other_words_are_left_to_the_guess(name: str) -> None:
    assert name_in_misaki(name) == ""


def test_accents_written_as_letters_of_their_own_are_the_same_name() -> None:
    from unicodedata import normalize

    assert name_in_misaki(normalize("NFD", "Modrić")) == name_in_misaki("Modrić")


@pytest.mark.slow
def test_no_word_changes_that_the_phonemizer_knows(ours: Any) -> None:
    from hibari.g2p import G2P

    unknown = "?"
    plain = G2P(oov=lambda word: unknown)
    signed = [word for word in sorted(words()) if shown_by(word)]
    # Of 118,000 words some 160 have a sign, family names nearly all of them: Brzezinski, Milosevic, Okada.
    assert 50 < len(signed) < 180
    tried = [word.capitalize() for word in (*signed, *sorted(words())[::100])]
    tried += ["Café", "Cafés", "Résumé", "Façade", "Señor", "Noël"]
    known = [word for word in tried if unknown not in plain(word, normalize_text=False)]
    assert len(known) > 400
    assert [word for word in known if ours(word, normalize_text=False) != plain(word, normalize_text=False)] == []


@pytest.mark.parametrize("word", ["Café", "Cafés", "Résumé", "Façade", "Señor", "Noël"])
def test_a_word_that_english_has_without_its_accents_is_no_name(ours: Any, word: str) -> None:
    assert shown_by(word) is not None
    assert name_in_misaki(word) not in ours(word, normalize_text=False)


def test_each_sound_is_one_the_model_knows(engine: Hibari) -> None:
    known = engine._model(Voice("v", "hibari", "heart", "en")).numbers
    for name, _, _ in SHOWN:
        for british in (False, True):
            assert set(name_in_misaki(name, british=british)) <= set(known), name


def test_what_the_engine_was_given_tells_how_names_are_said(engine: Hibari) -> None:
    given = engine.given(say("Luka Modrić of Zagreb"), Voice("v", "hibari", "heart", "en"))
    assert given == "Luka Modrić of Zagreb\nModrić mˈOdɹɪʧ"
    assert names_in("Luka Modrić of Zagreb") == ["Modrić"]


def test_several_threads_are_told_the_same() -> None:
    names._ipa.cache_clear()
    asked = [name for name, _, _ in SHOWN] * 20
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(name_in_misaki, asked)) == [spoken for _, _, spoken in SHOWN] * 20


def test_without_espeak_the_guess_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_library", lambda: None)
    names._ipa.cache_clear()
    assert name_in_misaki("Modrić") == ""
    names._ipa.cache_clear()


def test_a_language_that_espeak_has_not_leaves_the_guess() -> None:
    assert names._ipa("modrić", "xx") == ""


def given_by_espeak(utterance: Utterance, voice: Voice) -> str:
    return "".join(piece.text for _, piece in pyttsx3._given(utterance, voice.language, inline=True))


KYIV = Pronunciation(3, 10, Saying.IPA, "Kyiv", "ˈkiːjɪv")


@pytest.mark.parametrize(
    ("given", "names_said", "lexicon_decides"),
    [
        (Kokoro().given, "mˈOdɹɪʧᵻz goal at ʒˈɛʃuf", "In kˈijɪv"),
        (Piper().given, "[[mˈoʊdɹɪtʃᵻz]] goal at [[ʒˈɛʃuːf]]", "In [[kˈiːjɪv]]"),
        (given_by_espeak, "[[m'oUdrItSIz]] goal at [[Z'ESu:f]]", "In [[k'i:jIv]]"),
    ],
    ids=["kokoro", "piper", "espeak"],
)
def test_every_engine_that_takes_phonemes_is_given_those_of_names(
    given: Callable[[Utterance, Voice], str], names_said: str, lexicon_decides: str
) -> None:
    voice = Voice("v", "any", "af_heart", "en-US")
    assert given(say("Modrić's goal at Rzeszów"), voice) == names_said
    assert given(say("In Modrić", pronunciations=(replace(KYIV, end=9),)), voice) == lexicon_decides
    german = Voice("v", "any", "x", "de")
    assert given(say("Modrić traf in Rzeszów"), german) == "Modrić traf in Rzeszów"


def test_names_are_found_whatever_form_their_accents_have() -> None:
    from unicodedata import normalize

    spoken = normalize("NFD", "Luka Modrić of Kraków, formerly MODRIĆ.")
    found = with_names(say(spoken)).pronunciations
    assert [normalize("NFC", spoken[part.start : part.end]) for part in found] == ["Modrić", "Kraków"]
    assert with_names(plain := say("Ann Baker waved.")) is plain
