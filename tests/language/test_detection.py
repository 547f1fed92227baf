"""The language of a text."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from audiogen.language import detection
from audiogen.language.detection import choose_language, detect, guess_language, likeness, same_language, tag_of

TEXTS = {
    "en": "The harbour was frozen and the ferries did not leave for a week.",
    "uk": "Порт замерз, і пороми не виходили в море цілий тиждень, як це було й раніше.",
    "ru": "Порт замёрз, и паромы не выходили в море целую неделю, как это было и раньше.",
    "de": "Der Hafen war zugefroren, und die Fähren fuhren eine Woche lang nicht.",
    "fr": "Le port était gelé et les ferries ne sont pas partis de la semaine.",
    "es": "El puerto estaba helado y los barcos no salieron en una semana.",
    "pt": "O porto estava gelado e os barcos não saíram durante uma semana.",
    "it": "Il porto era gelato e i traghetti non sono partiti per una settimana.",
    "pl": "Port był zamarznięty i promy nie wypłynęły przez tydzień, a na to się nie zanosiło.",
    "ja": "港は凍り、フェリーは一週間出なかった。",
    "ar": "تجمد الميناء ولم تغادر العبارات لمدة أسبوع.",
}


@pytest.mark.parametrize(("tag", "text"), TEXTS.items(), ids=TEXTS)
def test_a_sentence_tells_its_language(tag: str, text: str) -> None:
    assert detect(text) == tag


def test_a_few_english_labels_do_not_make_a_page_english() -> None:
    assert detect("Share Tweet Subscribe\n" + TEXTS["de"]) == "de"


def test_numbers_tell_nothing() -> None:
    assert detect("12 : 30 — 14 : 00") == ""


def test_a_language_is_more_like_itself_than_its_bytes_read_wrongly() -> None:
    text = TEXTS["ru"]
    assert likeness(text) > likeness(text.encode("cp1251").decode("cp1252"))


OTHERS = {
    "nl": "De haven was bevroren en de veerboot is een week lang niet van de kade vertrokken, maar dat is voorbij.",
    "sv": "Hamnen var frusen och färjan gick inte på en vecka, men det är över nu och alla är glada för det.",
    "da": (
        "Havnen var frosset til, og færgen sejlede ikke i en uge, men det er forbi nu, og vejen blev åbnet af politiet."
    ),
    "nb": (
        "Havnen var frosset til, og ferja gikk ikke på en uke, men det er over nå, og veien ble åpnet av "
        "politiet ved broen."
    ),
    "fi": (
        "Satama oli jäässä eikä lautta lähtenyt viikkoon, mutta nyt se on ohi ja kaikki ovat iloisia, vaikka "
        "hän ei ole."
    ),
    "cs": "Přístav byl zamrzlý a trajekt týden nevyplul, ale už je to pryč, a lidé jsou rádi, že se na něj dostali.",
    "sk": "Prístav bol zamrznutý a trajekt týždeň nevyplával, ale už je to preč, a ľudia sú radi, že sa naň dostali.",
    "ro": (
        "Portul era înghețat și feribotul nu a plecat o săptămână, dar acum s-a terminat și toți sunt "
        "fericiți pentru că este cald."
    ),
    "hu": (
        "A kikötő befagyott, és a komp egy hétig nem indult el, de már vége van, és mindenki örül, hogy az "
        "út meg lett nyitva."
    ),
    "tr": "Liman donmuştu ve feribot bir hafta boyunca kalkmadı, ama bu sona erdi ve herkes için çok iyi bir gün oldu.",
    "be": (
        "Порт замёрз, і паромы не выходзілі ў мора цэлы тыдзень, але гэта скончылася, і людзі былі рады, што "
        "яны прыйшлі."
    ),
    "bg": (
        "Пристанището замръзна и фериботът не тръгна цяла седмица, но това вече е минало и хората са "
        "доволни, че се върна."
    ),
    "sr": (
        "Лука је била залеђена и трајект није кренуо недељу дана, али је то сада готово и људи су срећни што се вратио."
    ),
    "el": (
        "Το λιμάνι ήταν παγωμένο και το πλοίο δεν έφυγε για μια εβδομάδα, αλλά τώρα τελείωσε και όλοι είναι χαρούμενοι."
    ),
    "zh": "港口结冰了，渡轮一个星期都没有离开，现在一切都好了。",
    "ko": "항구가 얼어서 페리가 일주일 동안 떠나지 않았지만 이제 끝났다.",
    "he": "הנמל קפא והמעבורת לא יצאה במשך שבוע, אבל עכשיו זה נגמר.",
    "hi": "बंदरगाह जम गया था और नौका एक सप्ताह तक नहीं गई, लेकिन अब सब ठीक है।",
    "th": "ท่าเรือเป็นน้ำแข็งและเรือข้ามฟากไม่ได้ออกเป็นเวลาหนึ่งสัปดาห์",
    "ka": "ნავსადგური გაიყინა და ბორანი ერთი კვირა არ გასულა.",
    "hy": "Նավահանգիստը սառել էր, և լաստանավը մեկ շաբաթ չէր մեկնել։",
}


@pytest.mark.parametrize(("tag", "text"), OTHERS.items(), ids=OTHERS)
def test_other_languages_are_known_so_that_none_is_taken_for_ours(tag: str, text: str) -> None:
    assert detect(text) == tag


MIXED = {
    "a quotation in another": ("en", TEXTS["en"] * 3 + " „" + TEXTS["de"] + "“"),
    "names in another script": ("en", TEXTS["en"] * 2 + " The ferry is called Порт, and the other one 港."),
    "English labels in Ukrainian": ("uk", "Share Tweet Read more\n" + TEXTS["uk"] + "\nSubscribe"),
    "Japanese with Chinese letters": ("ja", "東京湾岸警察署は十三日、男を逮捕した。男は容疑を認めている。"),
    "shouting": ("en", TEXTS["en"].upper()),
    "a long text and a late change": ("en", TEXTS["en"] * 1400 + TEXTS["de"] * 1000),
}


@pytest.mark.parametrize(("tag", "text"), MIXED.values(), ids=MIXED)
def test_what_most_of_a_text_is_in_decides(tag: str, text: str) -> None:
    assert detect(text) == tag


SILENT = {
    "nothing": "",
    "signs": "— … — !?",
    "one word": "Harbour",
    "names": "Ana Ruiz, Tom Lee, Mai Ito",
    "an address": "x.y",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_too_little_tells_nothing(text: str) -> None:
    assert detect(text) == ""


def test_letters_alone_are_not_like_a_language() -> None:
    assert likeness("qwx zvk jjp") == 0
    assert likeness("") == 0
    assert likeness(TEXTS["en"]) > 3


#: Three paragraphs each in 47 languages.
PARAGRAPHS = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("tag", PARAGRAPHS)
def test_a_short_article_tells_its_language(tag: str) -> None:
    assert same_language(detect("\n".join(PARAGRAPHS[tag])), tag)


@pytest.mark.parametrize("tag", PARAGRAPHS)
def test_a_paragraph_is_never_taken_for_another_language(tag: str) -> None:
    assert [found for text in PARAGRAPHS[tag] if (found := detect(text)) and not same_language(found, tag)] == []


@pytest.mark.parametrize("tag", PARAGRAPHS)
def test_a_wrong_declaration_is_denied_by_the_text(tag: str) -> None:
    declared = "de" if tag == "en" else "en-US"
    assert same_language(choose_language(declared, "\n".join(PARAGRAPHS[tag])), tag)


@pytest.mark.parametrize(
    ("declared", "text", "settles"),
    [
        ("pt-BR", TEXTS["pt"], "pt-BR"),
        ("en-GB", TEXTS["en"], "en-GB"),
        ("no", OTHERS["nb"], "no"),
        ("", TEXTS["pl"], "pl"),
        # Too little to tell: the declaration holds, unless the letters deny it.
        ("nl", "Amsterdam 2024", "nl"),
        ("en", "Київ", ""),
        ("uk", "Київ", "uk"),
        ("sr", "Београд", "sr"),
        ("", "Amsterdam 2024", ""),
        ("", "", ""),
    ],
)
def test_the_text_decides_and_the_declaration_breaks_ties(declared: str, text: str, settles: str) -> None:
    assert choose_language(declared, text) == settles


def test_common_words_that_leave_no_doubt_spare_the_classifier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detection, "classify", lambda text: pytest.fail("the classifier was asked"))
    assert [tag for tag in ("en", "de", "fr", "hu", "th") if guess_language("\n".join(PARAGRAPHS[tag]))[0] != tag] == []


def test_where_common_words_of_two_languages_are_near_the_classifier_is_asked() -> None:
    words = ["og", "i", "er", "på", "av", "for", "med", "til", "har", "den", "det", "en", "et", "som"] * 3
    assert detection._clear(words) is None


@pytest.mark.parametrize(
    ("declared", "tag"),
    [("en_GB.UTF-8", "en-GB"), ("de", "de"), ("x", ""), ("", ""), ("zh-Hans", "zh"), ("und", "und")],
)
def test_the_first_tag_of_a_declaration_is_read(declared: str, tag: str) -> None:
    assert tag_of(declared) == tag
