"""Days of the week that are written short, and words that look like them."""

from __future__ import annotations

import pytest

from audiogen import normalize

DAYS = [
    ("de", "Mo.–Fr. 9–18 Uhr", "Montag bis Freitag neun bis achtzehn Uhr"),
    ("de", "Mo-Fr 9-18 Uhr", "Montag bis Freitag neun bis achtzehn Uhr"),
    ("de", "Sonntags, Mo. geschlossen", "Sonntags, Montag geschlossen"),
    ("de", "Di, Mi und Do 9-12 Uhr", "Dienstag, Mittwoch und Donnerstag neun bis zwölf Uhr"),
    ("de", "Offen ist Di.–So. Heute nicht.", "Offen ist Dienstag bis Sonntag. Heute nicht."),
    ("fr", "Ouvert lun.–ven. de 9h à 18h", "Ouvert du lundi au vendredi de neuf heures à dix-huit heures"),
    ("fr", "du mar. au sam.", "du mardi au samedi."),
    ("fr", "lun. fermé", "lundi fermé"),
    ("es", "lun.–vie.", "lunes a viernes."),
    ("es", "L-V de 9 a 14 h", "Lunes a viernes de nueve a catorce horas"),
    ("es", "el vie. 3 de mayo", "el viernes tres de mayo"),
    ("it", "lun–ven 9–18", "dal lunedì al venerdì nove a diciotto"),
    ("it", "lun. chiuso", "lunedì chiuso"),
    ("it", "da mar. a sab.", "da martedì a sabato."),
    ("pt", "seg.–sex.", "segunda a sexta."),
    ("pt", "sáb. 10h–14h", "sábado dez horas a catorze horas"),
    ("pl", "pn.–pt. 9–17", "od poniedziałku do piątku od dziewięciu do siedemnastu"),
    ("pl", "w pon., śr. i pt. 10-14", "w poniedziałek, środę i piątek od dziesięciu do czternastu"),
    ("ru", "пн–пт с 9 до 18", "с понедельника по пятницу с девяти до восемнадцати"),
    ("ru", "Сб. и вс. — выходной", "Суббота и воскресенье выходной"),
    ("uk", "Пн.-Пт. 9:00–18:00", "З понеділка до п'ятниці з дев'ятої до вісімнадцятої"),
    ("nl", "open ma–vr", "open maandag tot en met vrijdag"),
    ("nl", "ma t/m vr 9-12 uur", "maandag tot en met vrijdag negen tot twaalf uur"),
    ("nl", "di–zo. Di en do 10–17 uur.", "dinsdag tot en met zondag. Dinsdag en donderdag tien tot zeventien uur."),
    ("sv", "Öppet mån–fre kl. 9–17", "Öppet måndag till fredag klockan nio till sjutton"),
    ("sv", "mån. stängt", "måndag stängt"),
    ("nb", "Åpent man.–fre.", "Åpent mandag til fredag."),
    ("nb", "man. stengt", "mandag stengt"),
    ("da", "Åbent man.-fre. kl. 9-17", "Åbent mandag til fredag klokken ni til sytten"),
    ("cs", "po–pá 9–17 hod.", "pondělí až pátek devět až sedmnáct hodin."),
    ("cs", "út–ne 10–18; po zavřeno.", "úterý až neděle deset až osmnáct; pondělí zavřeno."),
    ("tr", "Pzt–Cum 09.00–18.00", "Pazartesi Cuma dokuz ila on sekiz"),
    ("tr", "Pzt. kapalı", "Pazartesi kapalı"),
]
WORDS = [
    ("de", "So 10 Leute", "So zehn Leute"),
    ("de", "Do it yourself", "Do it yourself"),
    ("de", "Di und Fr", "Di und Fr"),
    ("fr", "Il aime la mer. Fermée, elle dort.", "Il aime la mer. Fermée, elle dort."),
    ("fr", "La mer fermée", "La mer fermée"),
    ("es", "la mar. Barcos", "la mar. Barcos"),
    ("nl", "Zo open was hij nooit.", "Zo open was hij nooit."),
    ("nl", "De ma en pa", "De ma en pa"),
    ("da", "Man lukkede.", "Man lukkede."),
    ("da", "On to something", "On to something"),
    ("cs", "Po válce a ne vždy.", "Po válce a ne vždy."),
    ("sv", "Han tors inte.", "Han tors inte."),
    ("pt", "Qui está", "Qui está"),
    ("tr", "Per aspera", "Per aspera"),
]


@pytest.mark.parametrize(("language", "written", "spoken"), DAYS)
def test_short_days_are_said_in_full(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language=language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), WORDS)
def test_words_that_look_like_short_days_are_left(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language=language) == spoken
