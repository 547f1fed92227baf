"""Turkish: what a newsreader says for what the page prints."""

from __future__ import annotations

import pytest

from audiogen import normalize

CASES = [
    # Sayılar
    ("21 kişi", "yirmi bir kişi"),
    ("1 kişi", "bir kişi"),
    ("100 gün", "yüz gün"),
    ("150 ev", "yüz elli ev"),
    ("1.200 konut", "bin iki yüz konut"),
    ("10.000 gösterici", "on bin gösterici"),
    ("85.372.377 nüfus", "seksen beş milyon üç yüz yetmiş iki bin üç yüz yetmiş yedi nüfus"),
    ("1.000.000 öğrenci", "bir milyon öğrenci"),
    ("5,5 milyon", "beş buçuk milyon"),
    ("1,5 milyon kişi", "bir buçuk milyon kişi"),
    ("3,14", "üç virgül on dört"),
    ("0,5", "sıfır virgül beş"),
    ("10-15 derece", "on ila on beş derece"),
    ("45 yaşındaki adam", "kırk beş yaşındaki adam"),
    ("kod 0815", "kod sıfır sekiz bir beş"),
    ("Galatasaray 2-1 kazandı", "Galatasaray iki bir kazandı"),
    ("maç 0-0 bitti", "maç sıfır sıfır bitti"),
    # Ekler
    ("2024'te", "iki bin yirmi dörtte"),
    ("1990'lı yıllar", "bin dokuz yüz doksanlı yıllar"),
    ("80'li yıllarda", "seksenli yıllarda"),
    ("1980'lerde", "bin dokuz yüz seksenlerde"),
    ("5'i öldü", "beşi öldü"),
    ("27'si tutuklandı", "yirmi yedisi tutuklandı"),
    ("15'inci kez", "on beşinci kez"),
    ("19'uncu yüzyıl", "on dokuzuncu yüzyıl"),
    ("18.30'da", "on sekiz otuzda"),
    ("%20'si", "yüzde yirmisi"),
    ("6 Eylül'de", "altı Eylülde"),
    ("5 km'lik yol", "beş kilometrelik yol"),
    ("100 TL'lik çek", "yüz liralık çek"),
    ("50 TL'ye", "elli liraya"),
    # Sıra sayıları
    ("3. sırada", "üçüncü sırada"),
    ("19. yüzyıl", "on dokuzuncu yüzyıl"),
    ("21. yüzyılda", "yirmi birinci yüzyılda"),
    ("4. kez", "dördüncü kez"),
    ("2. Dünya Savaşı", "ikinci Dünya Savaşı"),
    ("II. Dünya Savaşı'nda", "ikinci Dünya Savaşı'nda"),
    ("II. Abdülhamid", "ikinci Abdülhamid"),
    ("100. yıl", "yüzüncü yıl"),
    ("Üç kişiydiler, sonra 2. Ali geldi.", "Üç kişiydiler, sonra iki. Ali geldi."),
    # Tarih ve saat
    ("6 Eylül 2024", "altı Eylül iki bin yirmi dört"),
    ("1 Ocak 2000", "bir Ocak iki bin"),
    ("24.02.2022", "yirmi dört Şubat iki bin yirmi iki"),
    ("29 Ekim 1923'te", "yirmi dokuz Ekim bin dokuz yüz yirmi üçte"),
    ("4-2 kazandılar", "dört iki kazandılar"),
    ("6-8 Eylül", "altı ila sekiz Eylül"),
    ("2023 yılında", "iki bin yirmi üç yılında"),
    ("1914-1918", "bin dokuz yüz on dört ila bin dokuz yüz on sekiz"),
    ("saat 18.30", "saat on sekiz otuz"),
    ("saat 9.05", "saat dokuz sıfır beş"),
    ("saat 20:00", "saat yirmi"),
    ("10.00-12.30", "on ila on iki otuz"),
    # Para, yüzde, ölçü
    ("5 TL", "beş lira"),
    ("₺5", "beş lira"),
    ("12,50 TL", "on iki lira elli kuruş"),
    ("3 milyar lira", "üç milyar lira"),
    ("$60 milyon", "altmış milyon dolar"),
    ("200 avro", "iki yüz avro"),
    ("%5", "yüzde beş"),
    ("%2,5", "yüzde iki buçuk"),
    ("% 61,78", "yüzde altmış bir virgül yetmiş sekiz"),
    ("%10-15", "yüzde on ila on beş"),
    ("yüzde 20", "yüzde yirmi"),
    ("−5 °C", "eksi beş derece"),
    ("25 m²", "yirmi beş metrekare"),
    ("3/4", "dörtte üç"),
    # Sözcükler
    ("Dr. Yılmaz", "Doktor Yılmaz"),
    ("Prof. Dr. Ayşe Kaya", "Profesör Doktor Ayşe Kaya"),
    ("ekmek, süt vb.", "ekmek, süt ve benzeri."),
    ("No. 5", "numara beş"),
    ("AB ve NATO", "a be ve NATO"),
    ("TBMM Başkanı", "te be me me Başkanı"),
    ("CHP'li vekil", "ce he pe'li vekil"),
    ("F-16", "fe on altı"),
    ("COVID-19", "COVID on dokuz"),
    ("“Gel” dedi.", '"Gel" dedi.'),
    ("Ankara – başkent", "Ankara, başkent"),
    # Both sides of thresholds, and each kind of a rule
    ("39", "otuz dokuz"),
    ("99", "doksan dokuz"),
    ("145", "yüz kırk beş"),
    ("11", "on bir"),
    ("29'da", "yirmi dokuzda"),
]

PROSE = """
Hükümet salı günü yasayı değiştirmeye karar verdi. Kim tahmin ederdi? Muhalefet, "çok kaygılı", mahkemeye gidiyor.
İzmir'de bütün gün yağmur yağmadı; Rize'de ise yağdı.
Işıl ile İpek denize gitti, çünkü bizde tatil.
""".strip().splitlines()


@pytest.mark.parametrize(("written", "spoken"), CASES, ids=[written for written, _ in CASES])
def test_turkish_is_said_as_a_newsreader_does(written: str, spoken: str) -> None:
    assert normalize(written, "tr") == spoken


@pytest.mark.parametrize("line", PROSE)
def test_plain_turkish_comes_through_unchanged(line: str) -> None:
    assert normalize(line, "tr") == line
