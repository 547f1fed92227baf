"""The phrase files: what every language must hold, and what English ones tell apart."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from audiogen.cleaner.phrases import all_phrases, languages, make_plain, phrases
from audiogen.model import Reason

ENGLISH = {
    "an appeal": ("Become a member today", Reason.CALL_TO_ACTION),
    "an appeal in a sentence": (
        "Our newsroom is small; become a member now and help us keep the lights on.",
        Reason.CALL_TO_ACTION,
    ),
    "a newsletter": ("Sign up for our weekly newsletter", Reason.CALL_TO_ACTION),
    "related": ("Read more: The bridge that nobody wanted", Reason.RELATED),
    "a head of related stories": ("Related stories", Reason.RELATED),
    "share": ("Share on Facebook", Reason.SHARE),
    "share buttons in one line": ("Facebook Twitter Email Print", Reason.SHARE),
    "reading time": ("7 min read", Reason.READING_TIME),
    "a label of the audio": ("This audio is created with AI assistance", Reason.LABEL),
    "a caption": ("Photo: The harbour at dawn", Reason.CAPTION),
    "a caption by its credit": ("The harbour at dawn. (Ada Lind/Northern Post)", Reason.CAPTION),
    "a credit": ("Getty Images", Reason.CREDIT),
    "navigation": ("Skip to content", Reason.NAVIGATION),
    "a form": ("* indicates required", Reason.FORM),
    "comments": ("Leave a comment", Reason.COMMENTS),
    "copyright": ("© 2024 Northern Post. All rights reserved.", Reason.COPYRIGHT),
    "tags": ("Tags: harbour, ferries", Reason.TAGS),
    "an advertisement": ("Advertisement", Reason.ADVERTISEMENT),
    "an affiliate note": ("We may earn a commission if you buy through links here.", Reason.ADVERTISEMENT),
    "where it was printed": ("This article appears in the September issue of Quay and Coast.", Reason.RELATED),
    "where it was first": ("This story was originally published on Quaynotes.", Reason.RELATED),
    "a full report elsewhere": ("Click here to read the full report.", Reason.RELATED),
    "how the outlet works": ("What we consider before using anonymous sources", Reason.CALL_TO_ACTION),
    "a wall of registration": ("Create a free account to continue reading", Reason.CALL_TO_ACTION),
    "exclusive articles": ("Exclusive articles by the best pilots of the coast", Reason.CALL_TO_ACTION),
    "a question to readers": ("Have you been affected by the storm? Tell us your story", Reason.CALL_TO_ACTION),
    "an app": ("Download our app for the latest tides", Reason.CALL_TO_ACTION),
    "a request for comments": ("Which clock do you like? Let us know in the comments below.", Reason.CALL_TO_ACTION),
    "an address to write to": (
        "Was the clock wrong where you live? Get in touch at desk@quay.example",
        Reason.CALL_TO_ACTION,
    ),
    "an author's handle": ("Connect with me @adalind", Reason.CALL_TO_ACTION),
    "who reported and edited": ("Reporting by Ada Lind; editing by Bo Roe", Reason.BYLINE),
    "an agency's files": ("With files from The Northern Press", Reason.BYLINE),
    "a licence": ("Licence: CC BY 4.0", Reason.COPYRIGHT),
    "a feed": ("News Feed", Reason.FEED),
    "a film beside the text": ("WATCH | The harbour freezes over", Reason.RELATED),
    "a question of consent": ("Please accept YouTube cookies to play this video.", Reason.EMBED),
    "a question of consent, answered": ("If you accept this notice, your choice will be saved.", Reason.EMBED),
    "a bank account": ("Our account: IBAN DE00 1234 5678 9012 3456 78", Reason.CALL_TO_ACTION),
    "a time": ("1:40 PM", Reason.DATE),
    "a disclaimer": ("The views expressed in this article are the author's own.", Reason.DISCLAIMER),
}
SENTENCES = [
    "She subscribed to the paper for forty years and never wrote a letter to it.",
    "The minister followed the advice of his doctors.",
    "A photo of the harbour hung behind the mayor as she spoke.",
    "Members voted to share the costs of the new roof.",
    "“Read more books,” he told the class, and the class laughed.",
    "The newsletter was printed on a hand press in the cellar.",
    "More than two hundred people commented on the plan.",
    "This article of the treaty was published in full by the harbour board.",
    "The exclusive articles by which the guild was founded are kept in a drawer.",
    "She said that reporting by telephone had been slow, and that editing by candle had not helped.",
    "He was asked to create an account for the board, and wrote a poem.",
    "Watch the water long enough and it will tell you what the wind is going to do.",
    "She asked the bank for its IBAN and was given a calendar.",
]


@pytest.mark.parametrize(("line", "reason"), ENGLISH.values(), ids=ENGLISH)
def test_an_english_phrase_is_known_by_its_reason(line: str, reason: Reason) -> None:
    match = phrases("en").match(line)
    assert match is not None
    assert match.reason is reason


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_of_an_article_is_not_a_phrase(sentence: str) -> None:
    assert all_phrases().match(sentence) is None


def test_a_rule_names_its_language_reason_and_place() -> None:
    match = phrases("en-GB").match("Advertisement")
    assert match is not None
    assert match.rule == "phrases.en.advertisement.whole"


def test_a_hint_is_evidence_and_no_match() -> None:
    line = "The newsletter was printed on a hand press in the cellar."
    assert Reason.CALL_TO_ACTION in phrases("en").hint(line)


def test_an_unknown_language_has_the_english_words() -> None:
    assert phrases("xx").language == "en"
    assert phrases("xx").match("Advertisement") is not None


def test_a_refusal_gives_the_kind_of_the_page() -> None:
    assert phrases("en").refusal("Verify you are human") == "bot check"
    assert phrases("en").refusal("Subscribe to continue reading") == "paywall stub"
    assert phrases("en").refusal("The harbour froze in the third week of January.") == ""


def test_markers_and_typographic_quotes_do_not_hide_a_phrase() -> None:
    assert make_plain("  * “Don’t miss out” » ") == "Don't miss out"
    assert phrases("en").match("→ EDITORS’ PICKS ←") is not None


def test_every_file_has_only_known_tables() -> None:
    known = {reason.name.lower() for reason in Reason} | {"refusal", "vocabulary"}
    import tomllib
    from pathlib import Path

    import audiogen.cleaner.phrases as module

    folder = Path(module.__file__ or "").with_name("phrases")
    for name in languages():
        assert set(tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))) <= known


CASES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in Path(__file__).with_name("phrases").glob("*.toml")
}


def rows(table: str) -> list[Any]:
    """List (language, name, line) of a table in all the files."""
    return [
        pytest.param(language, name, line, id=f"{language}: {line}")
        for language, file in sorted(CASES.items())
        for name, lines in file[table].items()
        for line in lines
    ]


@pytest.mark.parametrize(("language", "reason", "line"), rows("phrases"))
def test_a_phrase_is_known_by_its_reason(language: str, reason: str, line: str) -> None:
    match = phrases(language).match(line)
    assert match is not None
    assert match.reason is Reason(reason)


@pytest.mark.parametrize(("language", "kind", "line"), rows("sentences"))
def test_a_sentence_of_an_article_is_left(language: str, kind: str, line: str) -> None:
    match = phrases(language).match(line)
    assert match is None, match


@pytest.mark.parametrize(("language", "kind", "line"), rows("refusals"))
def test_a_page_without_an_article_is_known_by_its_kind(language: str, kind: str, line: str) -> None:
    assert phrases(language).refusal(line) == kind


def test_every_language_but_english_has_its_cases() -> None:
    assert set(CASES) | {"en"} == set(languages())


@pytest.mark.parametrize("language", languages())
def test_a_language_knows_the_words_that_bylines_and_the_model_need(language: str) -> None:
    vocabulary = phrases(language).vocabulary
    assert {"by", "and", "months", "common", "you", "we"} <= set(vocabulary)
    assert len(vocabulary["months"]) % 12 == 0
    assert len(make_plain("Ж" * 5000)) <= 2000


CALL, RELATED, SHARE, CAPTION = Reason.CALL_TO_ACTION, Reason.RELATED, Reason.SHARE, Reason.CAPTION
BYLINE, DATE, AD, COPYRIGHT = Reason.BYLINE, Reason.DATE, Reason.ADVERTISEMENT, Reason.COPYRIGHT
COMMENTS, TAGS, TIME, NAVIGATION = Reason.COMMENTS, Reason.TAGS, Reason.READING_TIME, Reason.NAVIGATION

PAIRS = {
    "en": [
        (
            CALL,
            "Support us for the price of a coffee",
            "He supported us with coffee and dry socks until the ferry came.",
        ),
        (
            CALL,
            "Do you value independent reporting from the coast?",
            "Do they value the reports of their own pilots at all?",
        ),
        (
            CALL,
            "Share your memories in the comments below",
            "They share their memories over soup on the last evening of the year.",
        ),
        (CALL, "Thanks for reading!", "Thanks to the readers of the barometer, nobody was at sea that night."),
        (CALL, "Pin this for later", "He pinned the note to the door for the next keeper."),
        (
            CALL,
            "There is more on our sister site, Quay Weekly.",
            "There is more rain on the site of the old harbour than anywhere else.",
        ),
        (CALL, "Why you can trust our content", "Why nobody can trust the barometer in March"),
        (
            CALL,
            "The Quay Hour is out each Friday, wherever you get your podcasts.",
            "Wherever you get your fish, ask who caught it.",
        ),
        (CALL, "Catch up on the storm on our weekly podcast", "To catch up on the storm, the ferry sailed at night."),
        (RELATED, "For more tales of clocks, see this episode.", "For more than a year nobody saw the tooth."),
        (RELATED, "Read our full review of the brass clock", "They read our full names aloud and closed the book."),
        (RELATED, "See also: The bridge that hums", "You can also see the bridge from the lighthouse."),
        (SHARE, "Share on WhatsApp", "They have a share in the mill on the island."),
        (CAPTION, "Image: A ferry in the ice", "The image of a ferry in the ice was on every wall."),
        (BYLINE, "By Ada Lind, Harbour Correspondent", "By and large, the harbour was at peace with its clock."),
        (DATE, "Published March 5, 2024", "The plan was published in March and forgotten in April."),
        (TIME, "4 minute read", "It took the clerk four minutes to read the note."),
        (AD, "Sponsored content", "The mill sponsored the contents of the museum."),
        (COPYRIGHT, "Copyright 2024 The Quay Post", "The copyright in the tide table is held by nobody."),
        (COMMENTS, "12 comments", "The minister had twelve comments to make and made one."),
        (TAGS, "Topics: harbour, ferries", "The topics of the evening were the harbour and the ferries."),
        (NAVIGATION, "Back to top", "He went back to the top of the stairs."),
    ],
    "de": [
        (CALL, "Unterstützen Sie uns mit einer Spende", "Die Fischer unterstützten den Pfarrer mit einer Spende."),
        (CALL, "Schätzen Sie unabhängigen Journalismus?", "Die Leute schätzen unabhängige Köpfe mehr als laute."),
        (
            CALL,
            "Für den Preis eines Kaffees lesen Sie alles.",
            "Der Preis des Kaffees stieg in jenem Winter auf das Doppelte.",
        ),
        (
            RELATED,
            "Lesen Sie hier: Die Brücke, die summt",
            "Lesen lernten die Kinder der Insel bei der Frau des Wärters.",
        ),
        (SHARE, "Auf WhatsApp teilen", "Die Brüder teilen sich ein Boot und einen Mantel."),
        (CAPTION, "Bild: Ada Lind", "Das Bild der Fähre hing in jeder Küche."),
        (AD, "Anzeige", "Die Anzeige der Fischer blieb ohne Folgen."),
        (TIME, "Lesezeit: 3 Min.", "Die Zeit zum Lesen nahm er sich nur im Winter."),
        (COPYRIGHT, "Alle Rechte vorbehalten", "Das Recht auf den Steg behielt sich der Müller vor."),
    ],
    "fr": [
        (CALL, "Soutenez-nous pour le prix d'un café", "Le prix du café doubla cet hiver-là."),
        (CALL, "Vous appréciez le journalisme indépendant ?", "Les pêcheurs apprécient peu les nouvelles horloges."),
        (RELATED, "À lire aussi : Le pont qui chante", "Il aimait lire aussi tard que sa lampe le permettait."),
        (SHARE, "Partager sur Facebook", "Les deux frères partagent un bateau et un manteau."),
        (CAPTION, "Photo : Ada Lind", "La photo du bac pendait dans toutes les cuisines."),
        (AD, "Publicité", "La publicité de la vente fit rire tout le port."),
        (COPYRIGHT, "Tous droits réservés", "Il avait réservé tous les bancs du quai."),
        (COMMENTS, "Laisser un commentaire", "Le ministre quitta la salle sans un commentaire."),
    ],
    "es": [
        (CALL, "Apóyanos por el precio de un café", "El precio del café se dobló aquel invierno."),
        (CALL, "¿Valoras el periodismo independiente?", "Los pescadores valoran poco los relojes nuevos."),
        (RELATED, "Lea también: El puente que canta", "Quien lea el aviso también sabrá la hora."),
        (SHARE, "Compartir en Facebook", "Los dos hermanos comparten una barca y un abrigo."),
        (CAPTION, "Foto: Ada Lind", "La foto del transbordador colgaba en todas las cocinas."),
        (AD, "Publicidad", "La publicidad de la venta hizo reír al puerto."),
        (COPYRIGHT, "Todos los derechos reservados", "Tenía reservados todos los bancos del muelle."),
        (COMMENTS, "Deja un comentario", "El ministro dejó la sala sin comentario alguno."),
    ],
    "it": [
        (CALL, "Sostienici al prezzo di un caffè", "Il prezzo del caffè raddoppiò in quell'inverno."),
        (CALL, "Apprezzi il giornalismo indipendente?", "I pescatori apprezzano poco gli orologi nuovi."),
        (RELATED, "Leggi anche: Il ponte che canta", "Leggeva anche di notte, finché la lampada lo permetteva."),
        (SHARE, "Condividi su Facebook", "I due fratelli condividono una barca e un cappotto."),
        (CAPTION, "Foto: Ada Lind", "La foto del traghetto pendeva in ogni cucina."),
        (AD, "Pubblicità", "La pubblicità della vendita fece ridere il porto."),
        (COPYRIGHT, "Tutti i diritti riservati", "Aveva riservato tutte le panche del molo."),
        (COMMENTS, "Lascia un commento", "Il ministro lasciò la sala senza un commento."),
    ],
    "pt": [
        (CALL, "Apoie-nos pelo preço de um café", "O preço do café dobrou naquele inverno."),
        (CALL, "Valoriza o jornalismo independente?", "Os pescadores valorizam pouco os relógios novos."),
        (RELATED, "Leia também: A ponte que canta", "Lia também de noite, enquanto a lâmpada deixava."),
        (SHARE, "Compartilhar no Facebook", "Os dois irmãos compartilham um barco e um casaco."),
        (CAPTION, "Foto: Ada Lind", "A foto da balsa pendia em todas as cozinhas."),
        (AD, "Publicidade", "A publicidade da venda fez rir o porto."),
        (COPYRIGHT, "Todos os direitos reservados", "Tinha reservado todos os bancos do cais."),
        (COMMENTS, "Deixe um comentário", "O ministro deixou a sala sem um comentário."),
    ],
    "pl": [
        (CALL, "Wesprzyj nas w cenie kawy", "Kawa podrożała tej zimy dwukrotnie."),
        (CALL, "Cenisz niezależne dziennikarstwo?", "Rybacy mało cenią nowe zegary."),
        (RELATED, "Czytaj także: Most, który śpiewa", "Czytała także w nocy, dopóki starczało nafty."),
        (SHARE, "Udostępnij na Facebooku", "Gmina udostępnia rybakom barkę i dwa magazyny."),
        (CAPTION, "Fot. Ada Lind", "Fotografia promu wisiała w każdej kuchni."),
        (AD, "Reklama", "Reklama wyprzedaży rozśmieszyła cały port."),
        (COPYRIGHT, "Wszelkie prawa zastrzeżone", "Zastrzegł sobie prawo do wszystkich ławek na nabrzeżu."),
        (COMMENTS, "Dodaj komentarz", "Minister wyszedł z sali bez komentarza."),
    ],
    "ru": [
        (CALL, "Поддержите нас по цене чашки кофе", "Кофе в ту зиму подорожал вдвое."),
        (CALL, "Вы цените независимую журналистику?", "Рыбаки мало ценят новые часы."),
        (RELATED, "Читайте также: Мост, который поёт", "Он читал также по ночам, пока хватало керосина."),
        (SHARE, "Поделиться в Telegram", "Братья делят одну лодку и одно пальто."),
        (CAPTION, "Фото: Ада Линд", "Фотография парома висела на каждой кухне."),
        (AD, "Реклама", "Реклама распродажи рассмешила весь порт."),
        (COPYRIGHT, "Все права защищены", "Он защищал право рыбаков сидеть на причале."),
        (COMMENTS, "Оставить комментарий", "Министр вышел из зала без комментариев."),
    ],
    "uk": [
        (CALL, "Підтримайте нас ціною кави", "Кава тієї зими подорожчала вдвічі."),
        (CALL, "Ви цінуєте незалежну журналістику?", "Рибалки мало цінують нові годинники."),
        (RELATED, "Читайте також: Міст, що співає", "Він читав також уночі, доки вистачало гасу."),
        (SHARE, "Поділитися у Telegram", "Брати ділять один човен і одне пальто."),
        (CAPTION, "Фото: Ада Лінд", "Фотографія порома висіла в кожній кухні."),
        (AD, "Реклама", "Реклама розпродажу розсмішила весь порт."),
        (COPYRIGHT, "Усі права захищено", "Він захищав право рибалок сидіти на причалі."),
        (COMMENTS, "Залишити коментар", "Міністр вийшов із зали без коментарів."),
    ],
}
ROWS = [(language, *pair) for language, pairs in PAIRS.items() for pair in pairs]


@pytest.mark.parametrize(("language", "reason", "line", "sentence"), ROWS, ids=[f"{row[0]}: {row[2]}" for row in ROWS])
def test_a_phrase_is_told_from_a_sentence(language: str, reason: Reason, line: str, sentence: str) -> None:
    match = phrases(language).match(line)
    assert match is not None
    assert match.reason is reason
    assert match.rule.startswith(f"phrases.{language}.")
    assert phrases(language).match(sentence) is None


@pytest.mark.parametrize("language", [language for language in PAIRS if language != "en"])
def test_english_labels_are_known_on_foreign_pages(language: str) -> None:
    match = phrases(language).match("Advertisement")
    assert match is not None
    assert match.reason is AD
    assert phrases(language).match("The harbour froze in the third week of January, and no ferry left it.") is None


@pytest.mark.parametrize(
    ("language", "line"),
    [(language, line) for language, pairs in PAIRS.items() for reason, line, _ in pairs if reason in {CALL, AD}],
)
def test_capitals_and_marks_around_a_phrase_change_nothing(language: str, line: str) -> None:
    known = phrases(language)
    assert known.match(f"» {line.upper()} «") is not None
    assert known.match(f"  * {line}  ") is not None
