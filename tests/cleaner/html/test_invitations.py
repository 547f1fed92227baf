"""Each language's words for inviting a reader: lines that begin so, ask so and aim so, and lines that do not."""

from __future__ import annotations

import pytest

from audiogen.cleaner.html.invitations import invitations, plain_line

#: Lines that begin as an invitation and aim at the outlet's own.
INVITING = {
    "en": [
        "Check out our guide to the islands.",
        "For more, listen to this episode.",
        "Read more in my new article on tides.",
        "Visit our museum shop for the books.",
        "Tip: see our list of harbours.",
    ],
    "de": [
        "Lesen Sie unseren Ratgeber zu den Inseln.",
        "Schau dir diesen Artikel an.",
        "Mehr Infos gibt es hier.",
        "Entdecken Sie unsere Reisen.",
        "Hier finden Sie unseren Fahrplan.",
    ],
    "fr": [
        "Découvrez notre guide des îles.",
        "Pour en savoir plus, lisez cet article.",
        "Consultez nos horaires.",
        "Cliquez ici pour la carte.",
        "N'hésitez pas à consulter notre boutique.",
    ],
    "es": [
        "Consulta nuestra guía de las islas.",
        "Descubre aquí los horarios.",
        "Lea este artículo sobre las mareas.",
        "Para saber más, visita nuestra web.",
        "No te pierdas nuestro podcast.",
    ],
    "it": [
        "Leggi la nostra guida alle isole.",
        "Scopri qui gli orari.",
        "Per saperne di più, ascolta questo episodio.",
        "Visita il nostro negozio.",
        "Consulta i nostri consigli.",
    ],
    "pt": [
        "Confira o nosso guia das ilhas.",
        "Clique aqui para ver os horários.",
        "Leia este artigo sobre as marés.",
        "Para saber mais, visite a nossa loja.",
        "Conheça os nossos cursos.",
    ],
    "pl": [
        "Sprawdź nasz przewodnik po wyspach.",
        "Przeczytaj ten artykuł o pływach.",
        "Więcej informacji znajdziesz tutaj.",
        "Zobacz nasze rozkłady.",
        "Zajrzyj do naszego sklepu.",
    ],
    "ru": [
        "Читайте наш путеводитель по островам.",
        "Подробнее об этом можно узнать здесь.",
        "Посмотрите наше расписание.",
        "Узнайте больше в этой статье.",
        "Загляните в наш магазин.",
    ],
    "uk": [
        "Читайте наш путівник островами.",
        "Докладніше про це тут.",
        "Перегляньте наш розклад.",
        "Дізнайтеся більше в цій статті.",
        "Завітайте до нашої крамниці.",
    ],
}
#: Questions that an offer follows.
ASKING = {
    "en": [
        "Ready to sail?",
        "Are you looking for a clock?",
        "Want to know the tide?",
        "Planning a trip to the islands?",
        "Still not sure what to buy?",
    ],
    "de": [
        "Sind Sie auf der Suche nach einer Uhr?",
        "Möchten Sie mehr wissen?",
        "Brauchst du Hilfe?",
        "Noch Fragen?",
        "Lust auf eine Reise?",
    ],
    "fr": [
        "Vous cherchez une horloge?",
        "Besoin d'aide?",
        "Envie de partir?",
        "Vous avez des questions?",
        "Prêts à partir?",
    ],
    "es": [
        "¿Buscas un reloj?",
        "¿Necesitas ayuda?",
        "¿Quieres saber más?",
        "¿Estás listo para zarpar?",
        "¿Te interesa la mar?",
    ],
    "it": [
        "Vuoi saperne di più?",
        "Cerchi un orologio?",
        "Hai bisogno di aiuto?",
        "Sei pronto a partire?",
        "Ti interessa il mare?",
    ],
    "pt": ["Quer saber mais?", "Procura um relógio?", "Precisa de ajuda?", "Está pronto para partir?", "Tem dúvidas?"],
    "pl": ["Chcesz wiedzieć więcej?", "Szukasz zegara?", "Potrzebujesz pomocy?", "Masz pytania?", "Czy jesteś gotowy?"],
    "ru": ["Хотите узнать больше?", "Ищете часы?", "Вы готовы к отплытию?", "Остались вопросы?", "Нужна помощь?"],
    "uk": [
        "Хочете дізнатися більше?",
        "Шукаєте годинник?",
        "Ви готові до відплиття?",
        "Маєте запитання?",
        "Потрібна допомога?",
    ],
}
#: Sentences of articles that neither invite nor ask so.
PLAIN = {
    "en": [
        "The clock is right again.",
        "She reads our tide better than any pilot.",
        "Our guide lost his way twice.",
        "Who filed the tooth?",
        "He wanted to check the list here.",
    ],
    "de": [
        "Die Uhr geht wieder richtig.",
        "Unser Führer verlief sich zweimal.",
        "Wer hat den Zahn gefeilt?",
        "Er wollte hier nur schlafen.",
        "Das Mehr an Wasser freut die Fischer.",
    ],
    "fr": [
        "L'horloge est de nouveau à l'heure.",
        "Notre guide s'est perdu deux fois.",
        "Qui a limé la dent?",
        "Il voulait dormir ici.",
        "Le port lisait ses marées sur elle.",
    ],
    "es": [
        "El reloj vuelve a ir bien.",
        "Nuestro guía se perdió dos veces.",
        "¿Quién limó el diente?",
        "Quería dormir aquí.",
        "El puerto leía en él sus mareas.",
    ],
    "it": [
        "L'orologio va di nuovo bene.",
        "La nostra guida si perse due volte.",
        "Chi ha limato il dente?",
        "Voleva dormire qui.",
        "Il porto ci leggeva le maree.",
    ],
    "pt": [
        "O relógio voltou a andar certo.",
        "O nosso guia perdeu-se duas vezes.",
        "Quem limou o dente?",
        "Só pensava em dormir aqui.",
        "O porto lia nele as marés.",
    ],
    "pl": [
        "Zegar znów chodzi dobrze.",
        "Nasz przewodnik zgubił się dwa razy.",
        "Kto spiłował ząb?",
        "Wolał spać tutaj.",
        "Port czytał z niego pływy.",
    ],
    "ru": [
        "Часы снова идут верно.",
        "Наш проводник заблудился дважды.",
        "Кто спилил зуб?",
        "Он просто спал здесь.",
        "Порт узнавал по ним приливы.",
    ],
    "uk": [
        "Годинник знову йде правильно.",
        "Наш провідник заблукав двічі.",
        "Хто спиляв зуб?",
        "Він просто спав тут.",
        "Порт дізнавався з нього припливи.",
    ],
}
#: How the outlet speaks of its merits.
TRUSTED_CHANCE = {
    "en": "Why you can trust the Quay Post",
    "de": "Warum Sie uns vertrauen können",
    "fr": "Pourquoi nous faire confiance",
    "es": "¿Por qué confiar en nosotros?",
    "it": "Perché puoi fidarti di noi",
    "pt": "Por que confiar em nós",
    "pl": "Dlaczego warto nam zaufać",
    "ru": "Почему нам можно доверять",
    "uk": "Чому нам можна довіряти",
}


def rows(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    """List (language, line) of a table."""
    return [(language, line) for language, lines in table.items() for line in lines]


@pytest.mark.parametrize(("language", "line"), rows(INVITING))
def test_a_line_begins_as_an_invitation_and_aims_at_the_outlet(language: str, line: str) -> None:
    known = invitations(language)
    assert known.begins.match(plain_line(line))
    assert known.aims.search(plain_line(line))


@pytest.mark.parametrize(("language", "line"), rows(ASKING))
def test_a_question_asks_the_reader_before_an_offer(language: str, line: str) -> None:
    assert invitations(language).asks.match(plain_line(line))


@pytest.mark.parametrize(("language", "line"), rows(PLAIN))
def test_a_sentence_of_an_article_neither_invites_nor_asks(language: str, line: str) -> None:
    known = invitations(language)
    assert not (known.begins.match(plain_line(line)) and known.aims.search(plain_line(line)))
    assert not known.asks.match(plain_line(line))


@pytest.mark.parametrize(("language", "line"), TRUSTED_CHANCE.items())
def test_the_outlets_word_for_itself_is_known(language: str, line: str) -> None:
    known = invitations(language)
    assert known.trust.match(plain_line(line))
    assert not any(known.trust.match(plain_line(text)) for text in PLAIN[language])


@pytest.mark.parametrize("language", sorted(INVITING))
def test_english_invitations_are_known_on_every_page(language: str) -> None:
    assert invitations(language).begins.match(plain_line(INVITING["en"][0]))


@pytest.mark.parametrize(("language", "lines"), INVITING.items())
def test_where_the_language_is_not_known_any_will_do(language: str, lines: list[str]) -> None:
    assert all(invitations("").begins.match(plain_line(line)) for line in lines), language


def test_a_question_mark_stays_where_a_line_is_folded() -> None:
    assert plain_line("“Ready to sail?”") == "ready to sail?"
    assert plain_line("* Ready to sail.") == "ready to sail"


def test_only_the_beginning_of_a_long_line_is_looked_at() -> None:
    assert len(plain_line("tide " * 1000)) <= 400
    within, beyond = ("tide " * 79 + "stop", "tide " * 80 + "stop")
    assert len(within) == 399
    assert (plain_line(within).endswith("stop"), plain_line(beyond).endswith("stop")) == (True, False)
