"""Rulers, centuries, compounds and children of the Slavic languages."""

from __future__ import annotations

import pytest

from audiogen import normalize

RULERS = [
    ("uk", "Чарльз III", "Чарльз Третій"),
    ("uk", "Карла III", "Карла Третього"),
    ("uk", "Миколи I", "Миколи Першого"),
    ("uk", "Микола II", "Микола Другий"),
    ("uk", "за Людовіка XIV", "за Людовіка Чотирнадцятого"),
    ("uk", "Катерині II", "Катерині Другій"),
    ("ru", "Петра I", "Петра Первого"),
    ("ru", "при Николае II", "при Николае Втором"),
    ("ru", "с Карлом III", "с Карлом Третьим"),
    ("ru", "Рамзес XII", "Рамзес Двенадцатый"),
    ("ru", "Екатериной II", "Екатериной Второй"),
    ("pl", "Zygmunta III Wazy", "Zygmunta Trzeciego Wazy"),
    ("pl", "Jana Pawła II", "Jana Pawła Drugiego"),
    ("pl", "z Henrykiem VIII", "z Henrykiem Ósmym"),
    ("pl", "Elżbietę II", "Elżbietę Drugą"),
    # A foreign name is no ruler.
    ("uk", "Windows XI", "Windows одинадцять"),
    ("ru", "Apple II", "Apple два"),
]


CENTURIES = [
    ("uk", "кінця XVI століття", "кінця шістнадцятого століття"),
    ("uk", "почалося XXI століття", "почалося двадцять перше століття"),
    ("uk", "у ІІ читанні", "у другому читанні"),
    ("uk", "XIX та XX століть", "дев'ятнадцятого та двадцятого століть"),
    ("uk", "частина II", "частина друга"),
    ("uk", "у XIX–XX ст. жили", "у дев'ятнадцятому-двадцятому століттях жили"),
    ("ru", "XIX и XX веков", "девятнадцатого и двадцатого веков"),
    ("ru", "в III чтении", "в третьем чтении"),
    ("ru", "часть II", "часть вторая"),
    ("ru", "во II квартале", "во втором квартале"),
    ("pl", "XIX i XX wieku", "dziewiętnastego i dwudziestego wieku"),
    ("pl", "w I połowie", "w pierwszej połowie"),
    ("pl", "III RP", "trzecia er pe"),
    ("pl", "II tura", "druga tura"),
    ("uk", "у XIV конференції", "у чотирнадцятій конференції"),
    ("uk", "XII фестиваль", "дванадцятий фестиваль"),
    ("ru", "на XV сессии", "на пятнадцатой сессии"),
    ("ru", "тип II встречается", "тип два встречается"),
    ("pl", "po XV zjeździe", "po piętnastym zjeździe"),
]


COMPOUNDS = [
    ("uk", "155-мм снаряди", "стоп'ятдесятип'ятиміліметрові снаряди"),
    ("uk", "тисячі 155-мм снарядів", "тисячі стоп'ятдесятип'ятиміліметрових снарядів"),
    ("uk", "500-кг бомбу", "п'ятисоткілограмову бомбу"),
    ("uk", "20-хвилинна пауза", "двадцятихвилинна пауза"),
    ("uk", "20%-й", "двадцятивідсотковий"),
    ("ru", "из 122-мм гаубиц", "из стодвадцатидвухмиллиметровых гаубиц"),
    ("ru", "20-км зона", "двадцатикилометровая зона"),
    ("ru", "10-12-летние", "десяти-двенадцатилетние"),
    ("ru", "300-летие", "трёхсотлетие"),
    ("ru", "10%-го", "десятипроцентного"),
    ("pl", "155-mm haubica", "stupięćdziesięciopięciomilimetrowa haubica"),
    ("pl", "300-lecie", "trzystulecie"),
    ("pl", "21-letni", "dwudziestojednoletni"),
    ("pl", "3-krotnie", "trzykrotnie"),
]


SUFFIXES = [
    ("uk", "90-ті", "дев'яності"),
    ("uk", "1991-го", "тисяча дев'ятсот дев'яносто першого"),
    ("uk", "на 20-ту годину", "на двадцяту годину"),
    ("uk", "5-ти років", "п'яти років"),
    ("ru", "90-е", "девяностые"),
    ("ru", "80-е место", "восьмидесятое место"),
    ("ru", "лихие 90-е прошли", "лихие девяностые прошли"),
    ("ru", "2-я и 3-я армии", "вторая и третья армии"),
    ("ru", "для 3-х человек", "для трёх человек"),
    ("pl", "w 2. meczu", "w drugim meczu"),
    ("pl", "od 4. klasy", "od czwartej klasy"),
    ("pl", "to 3. gol", "to trzeci gol"),
    ("pl", "Było ich 3. Potem wyszli.", "Było ich trzy. Potem wyszli."),
]


CHILDREN = [
    ("pl", "2 dzieci", "dwoje dzieci"),
    ("pl", "5 dzieci", "pięcioro dzieci"),
    ("pl", "12 dzieci", "dwanaście dzieci"),
    ("pl", "dla 3 dzieci", "dla trzech dzieci"),
]


INITIALS = [
    ("uk", "С. Бандера", "С. Бандера"),
    ("uk", "М. Грушевський", "М. Грушевський"),
    ("uk", "м. Київ", "місто Київ"),
    ("uk", "у с. Роботине", "у селі Роботине"),
    ("ru", "А. С. Пушкин", "А. С. Пушкин"),
    ("ru", "Г. Державин", "Г. Державин"),
    ("ru", "г. Москва", "город Москва"),
    ("pl", "z dr. Nowakiem", "z doktorem Nowakiem"),
    ("pl", "w ub. roku", "w ubiegłym roku"),
    ("pl", "25 lipca br. w Sejmie", "dwudziestego piątego lipca bieżącego roku w Sejmie"),
]


@pytest.mark.parametrize(("language", "written", "spoken"), RULERS, ids=[f"{tag} {text}" for tag, text, _ in RULERS])
def test_a_ruler_is_numbered_in_the_case_of_the_name(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"), CENTURIES, ids=[f"{tag} {text}" for tag, text, _ in CENTURIES]
)
def test_a_numeral_takes_the_case_of_what_it_numbers(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"), COMPOUNDS, ids=[f"{tag} {text}" for tag, text, _ in COMPOUNDS]
)
def test_figures_inside_a_word_are_one_with_it(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"), SUFFIXES, ids=[f"{tag} {text}" for tag, text, _ in SUFFIXES]
)
def test_an_ordinal_ends_as_it_is_written_and_as_its_noun_asks(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"), CHILDREN, ids=[f"{tag} {text}" for tag, text, _ in CHILDREN]
)
def test_polish_children_are_counted_by_words_of_their_own(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"), INITIALS, ids=[f"{tag} {text}" for tag, text, _ in INITIALS]
)
def test_a_capital_letter_with_a_stop_is_an_initial(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


#: Halves, decimals, parts, ranges, prices: each in the cases that the words around it ask for.
QUANTITIES = [
    ("uk", "1,5 млн грн", "півтора мільйона гривень"),
    ("uk", "близько 1,5 млн грн", "близько півтора мільйона гривень"),
    ("uk", "близько 2,5 млн грн", "близько двох з половиною мільйонів гривень"),
    ("uk", "0,5 млн грн", "нуль цілих і п'ять десятих мільйона гривень"),
    ("uk", "2,5 млн грн", "два з половиною мільйони гривень"),
    ("uk", "1,5 року", "півтора року"),
    ("uk", "2,50 року", "два з половиною року"),
    ("uk", "1,25", "одна ціла і двадцять п'ять сотих"),
    ("uk", "до 1,25 метра", "до однієї цілої двадцяти п'яти сотих метра"),
    ("uk", "21,2 метра", "двадцять одна ціла і дві десятих метра"),
    ("uk", "до 21,2 метра", "до двадцяти однієї цілої двох десятих метра"),
    ("uk", "1,0", "один"),
    ("uk", "1,2345", "один кома два три чотири п'ять"),
    ("uk", "0,5", "нуль цілих і п'ять десятих"),
    ("uk", "3/4", "три чверті"),
    ("uk", "до 3/4", "до трьох чвертей"),
    ("uk", "1/2 року", "пів року"),
    ("uk", "до 1/8 фіналу", "до однієї восьмої фіналу"),
    ("uk", "в 1/8 фіналу", "в одну восьму фіналу"),
    ("uk", "5–7 днів", "від п'яти до семи днів"),
    ("uk", "до 5–7 днів", "до п'яти-семи днів"),
    ("uk", "6–8 вересня", "шостого-восьмого вересня"),
    ("uk", "з 6 до 8 вересня", "з шостого до восьмого вересня"),
    ("uk", "на 6 вересня", "на шосте вересня"),
    ("uk", "9:00–18:00", "з дев'ятої до вісімнадцятої"),
    ("uk", "з 9:00 до 18:00", "з дев'ятої години до вісімнадцятої години"),
    ("uk", "1000-річний", "тисячорічний"),
    ("uk", "999-річний", "дев'ятисотдев'яностодев'ятирічний"),
    ("uk", "1001-річний", "тисяча один-річний"),
    ("uk", "5 грн/т", "п'ять гривень на тонну"),
    ("uk", "5 грн/кг", "п'ять гривень на кілограм"),
    ("uk", "2 загиблих", "двоє загиблих"),
    ("uk", "8 загиблих", "вісім загиблих"),
    ("ru", "0,5 года", "ноль целых пять десятых года"),
    ("ru", "1,5 года", "полтора года"),
    ("ru", "2,5 года", "два с половиной года"),
    ("ru", "около 2,5 млн рублей", "около двух с половиной миллионов рублей"),
    ("ru", "около 1,5 млн рублей", "около полутора миллионов рублей"),
    ("ru", "1/2 стакана", "полстакана"),
    ("ru", "с 1 тонной", "с одной тонной"),
    ("ru", "1 тонну", "одну тонну"),
    ("ru", "6–8 сентября", "шестого-восьмого сентября"),
    ("pl", "0,5 roku", "pół roku"),
    ("pl", "1,5 roku", "półtora roku"),
    ("pl", "2,5 mln zł", "dwa i pół miliona złotych"),
    ("pl", "około 2,5 mln zł", "około dwóch i pół miliona złotych"),
    ("pl", "1/2 roku", "pół roku"),
    ("pl", "1000-letni", "tysiącletni"),
    ("cs", "2,5 milionu", "dva a půl milionu"),
    ("cs", "se 3 km/h", "se třemi kilometry za hodinu"),
    ("cs", "se 2 m²", "se dva metry čtvereční"),
    ("cs", "s 5 %", "s pěti procenty"),
    ("pl", "1 osobę", "jedną osobę"),
    ("pl", "2 osoby", "dwie osoby"),
]


@pytest.mark.parametrize(
    ("language", "written", "spoken"), QUANTITIES, ids=[f"{tag} {text}" for tag, text, _ in QUANTITIES]
)
def test_a_quantity_is_said_in_the_case_that_is_asked_for(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken
