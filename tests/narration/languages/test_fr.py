"""French: what a newsreader says for what the page prints."""

from __future__ import annotations

import pytest

from audiogen import normalize

CASES = [
    ("voir la fig. 3", "voir la figure trois"),
    ("le Col. Martin", "le Colonel Martin"),
    # Nombres
    ("1 200 personnes", "mille deux cents personnes"),
    ("1.200 personnes", "mille deux cents personnes"),
    ("21 personnes", "vingt et une personnes"),
    ("21 soldats", "vingt et un soldats"),
    ("1 femme", "une femme"),
    ("71 ans", "soixante et onze ans"),
    ("80 ans", "quatre-vingts ans"),
    ("91 blessés", "quatre-vingt-onze blessés"),
    ("nos 5 enfants", "nos cinq enfants"),
    ("les 5 s'en vont", "les cinq s'en vont"),
    ("3,14", "trois virgule quatorze"),
    ("0,05 seconde", "zéro virgule zéro cinq seconde"),
    ("2 000 000 d'habitants", "deux millions d'habitants"),
    # Argent
    ("5 €", "cinq euros"),
    ("1 €", "un euro"),
    ("3,50 €", "trois euros cinquante"),
    ("0,99 €", "quatre-vingt-dix-neuf centimes"),
    ("4,5 milliards d'euros", "quatre virgule cinq milliards d'euros"),
    ("4,5 milliards €", "quatre virgule cinq milliards d'euros"),
    ("4,5 Md€", "quatre virgule cinq milliards d'euros"),
    ("1,5 M€", "un virgule cinq million d'euros"),
    ("20 M$", "vingt millions de dollars"),
    ("$4,5 milliards", "quatre virgule cinq milliards de dollars"),
    ("500 CHF", "cinq cents francs"),
    ("1 £", "une livre"),
    ("entre 10 et 20 €", "entre dix et vingt euros"),
    ("10-20 €", "dix à vingt euros"),
    # Pourcentages et mesures
    ("5 %", "cinq pour cent"),
    ("2,5 %", "deux virgule cinq pour cent"),
    ("5-7 %", "cinq à sept pour cent"),
    ("+3 %", "plus trois pour cent"),
    ("−5 °C", "moins cinq degrés Celsius"),
    ("120 km/h", "cent vingt kilomètres à l'heure"),
    ("25 m²", "vingt-cinq mètres carrés"),
    ("1 t", "une tonne"),
    ("100 kg", "cent kilogrammes"),
    ("3/4 des électeurs", "trois quarts des électeurs"),
    # Dates et heures
    ("le 6 septembre 2024", "le six septembre deux mille vingt-quatre"),
    ("le 1er mai", "le premier mai"),
    ("le 1 mai", "le premier mai"),
    ("du 6 au 8 septembre", "du six au huit septembre"),
    ("6-8 septembre", "six au huit septembre"),
    ("le 12 sept. 1998", "le douze septembre mille neuf cent quatre-vingt-dix-huit"),
    ("le 14 juil. 1789", "le quatorze juillet mille sept cent quatre-vingt-neuf"),
    ("06/09/2024", "six septembre deux mille vingt-quatre"),
    ("en 1998", "en mille neuf cent quatre-vingt-dix-huit"),
    ("de 2014-2022", "de deux mille quatorze à deux mille vingt-deux"),
    ("les années 90", "les années quatre-vingt-dix"),
    ("à 18h30", "à dix-huit heures trente"),
    ("à 18 h 30", "à dix-huit heures trente"),
    ("à 18:30", "à dix-huit heures trente"),
    ("à 1h", "à une heure"),
    ("à 21 h", "à vingt et une heures"),
    ("à 9h05", "à neuf heures cinq"),
    # Ordinaux et chiffres romains
    ("la 1re fois", "la première fois"),
    ("la 1ère fois", "la première fois"),
    ("le 2e tour", "le deuxième tour"),
    ("plus de 1 million d'euros", "plus d'un million d'euros"),
    ("un enfant de 1 an", "un enfant d'un an"),
    ("de 1 personne", "d'une personne"),
    ("de 1 à 3", "de un à trois"),
    ("de 1 kg", "de un kilogramme"),
    ("l'article 49.3", "l'article quarante-neuf trois"),
    ("le 21e siècle", "le vingt et unième siècle"),
    ("le XXIe siècle", "le vingt et unième siècle"),
    ("le XIXe siècle", "le dix-neuvième siècle"),
    ("la Ve République", "la cinquième République"),
    ("Louis XIV", "Louis quatorze"),
    ("François Ier", "François premier"),
    ("Charles III", "Charles trois"),
    ("Charles X", "Charles dix"),
    ("chapitre IV", "chapitre quatre"),
    # Mots
    ("M. Durand", "Monsieur Durand"),
    ("Mme Curie", "Madame Curie"),
    ("MM. Dupont et Durand", "Messieurs Dupont et Durand"),
    ("le Dr Martin", "le Docteur Martin"),
    ("n° 5", "numéro cinq"),
    ("des pommes, etc.", "des pommes, et cetera."),
    ("p. ex. à Lyon", "par exemple à Lyon"),
    ("c.-à-d. demain", "c'est-à-dire demain"),
    ("en 52 av. J.-C.", "en cinquante-deux avant Jésus-Christ."),
    ("l'OTAN et l'ONU", "l'OTAN et l'ONU"),
    ("le PIB et la SNCF", "le P I B et la S N C F"),
    ("TF1", "T F un"),
    ("le BMW", "le B M double vé"),
    ("F-16", "F seize"),
    ("Covid-19", "Covid dix-neuf"),
    ("le G7", "le G sept"),
    ("Dupont & fils", "Dupont et fils"),
    ("2-1", "deux à un"),
    # Typographie
    ("Il a dit : «Nous venons.»", 'Il a dit : "Nous venons."'),
    ("Nous — et nous seuls — venons", "Nous, et nous seuls, venons"),
    ("Kiev (Ukraine) brûle", "Kiev, Ukraine, brûle"),
    ("L’été…", "L'été..."),
    # Both sides of thresholds, and each kind of a rule
    ("1,5 kilo", "un virgule cinq kilo"),
    ("2 heures 1/2", "deux heures et demie"),
    ("2 h 1/2", "deux heures et demie"),
    ("2 M€", "deux millions d'euros"),
    ("chapitre I", "chapitre premier"),
    ("Louis I", "Louis un"),
    ("1re classe", "première classe"),
    ("'68", "soixante-huit"),
    ("1 h", "une heure"),
    ("0 h 30", "zéro heure trente"),
    ("à 1 h 30", "à une heure trente"),
    ("3 Md€", "trois milliards d'euros"),
]

PROSE = """
Le gouvernement a décidé mardi de modifier la loi.
L'opposition, elle, dénonce un "déni de démocratie" et veut saisir la justice.
Qui l'eût cru ? À Paris, il a plu toute la journée ; ailleurs, il a fait beau !
Y a-t-il un pilote dans l'avion ? Oui, et il s'appelle Étienne.
""".strip().splitlines()


@pytest.mark.parametrize(("written", "spoken"), CASES, ids=[written for written, _ in CASES])
def test_french_is_said_as_a_newsreader_does(written: str, spoken: str) -> None:
    assert normalize(written, "fr") == spoken


@pytest.mark.parametrize("line", PROSE)
def test_plain_french_comes_through_unchanged(line: str) -> None:
    assert normalize(line, "fr") == line
