"""Portuguese of Europe: what a newsreader says for what the page prints."""

from __future__ import annotations

import pytest

from audiogen import normalize

CASES = [
    ("o Exmo. Reitor", "o excelentíssimo Reitor"),
    ("a fig. 3", "a figura três"),
    # Números
    ("1.200 pessoas", "mil e duzentas pessoas"),
    ("1 200 soldados", "mil e duzentos soldados"),
    ("2 mulheres", "duas mulheres"),
    ("2 homens", "dois homens"),
    ("1 pessoa", "uma pessoa"),
    ("1 dia", "um dia"),
    ("22 dias", "vinte e dois dias"),
    ("16 anos", "dezasseis anos"),
    ("17 feridos", "dezassete feridos"),
    ("3,14", "três vírgula catorze"),
    ("0,05", "zero vírgula zero cinco"),
    ("200.000 casas", "duzentas mil casas"),
    ("1.000.000 de habitantes", "um milhão de habitantes"),
    ("2 de 5", "dois de cinco"),
    # Dinheiro
    ("5 €", "cinco euros"),
    ("1 €", "um euro"),
    ("3,50 €", "três euros e cinquenta cêntimos"),
    ("0,99 €", "noventa e nove cêntimos"),
    ("4,5 mil milhões €", "quatro vírgula cinco mil milhões de euros"),
    ("4,5 mil milhões de euros", "quatro vírgula cinco mil milhões de euros"),
    ("20 M€", "vinte milhões de euros"),
    ("1,5 milhões €", "um vírgula cinco milhões de euros"),
    ("1,5 M€", "um vírgula cinco milhão de euros"),
    ("$4,5 milhões", "quatro vírgula cinco milhões de dólares"),
    ("£200", "duzentas libras"),
    ("10-20 €", "dez a vinte euros"),
    ("R$ 50", "cinquenta reais"),
    ("EUR 500", "quinhentos euros"),
    # Percentagens e medidas
    ("5%", "cinco por cento"),
    ("2,5 %", "dois vírgula cinco por cento"),
    ("5-7%", "cinco a sete por cento"),
    ("−5 °C", "menos cinco graus Celsius"),
    ("120 km/h", "cento e vinte quilómetros por hora"),
    ("2 km", "dois quilómetros"),
    ("25 m²", "vinte e cinco metros quadrados"),
    ("2 t", "duas toneladas"),
    ("100 kg", "cem quilogramas"),
    ("3/4 dos eleitores", "três quartos dos eleitores"),
    # Datas e horas
    ("a 6 de setembro de 2024", "a seis de setembro de dois mil e vinte e quatro"),
    ("1 de maio", "um de maio"),
    ("1.º de maio", "primeiro de maio"),
    ("6 a 8 de setembro", "seis a oito de setembro"),
    ("12 de out. de 1998", "doze de outubro de mil novecentos e noventa e oito"),
    ("06/09/2024", "seis de setembro de dois mil e vinte e quatro"),
    ("2024-09-06", "seis de setembro de dois mil e vinte e quatro"),
    ("em 1998", "em mil novecentos e noventa e oito"),
    ("2014-2022", "dois mil e catorze a dois mil e vinte e dois"),
    ("nos anos 90", "nos anos noventa"),
    ("às 18h30", "às dezoito horas e trinta"),
    ("às 18:30", "às dezoito horas e trinta"),
    ("às 9h", "às nove horas"),
    ("à 1h", "à uma hora"),
    ("às 22h05", "às vinte e duas horas e cinco"),
    # Ordinais e romanos
    ("o 3.º lugar", "o terceiro lugar"),
    ("a 2.ª vez", "a segunda vez"),
    ("a 21.ª edição", "a vigésima primeira edição"),
    ("o século XXI", "o século vinte e um"),
    ("o século V", "o século quinto"),
    ("D. João II", "dom João segundo"),
    ("Luís XIV", "Luís catorze"),
    ("Maria I", "Maria primeira"),
    ("a II Guerra Mundial", "a segunda Guerra Mundial"),
    ("capítulo IV", "capítulo quarto"),
    # Palavras
    ("o Sr. Silva", "o senhor Silva"),
    ("a Dra. Costa", "a doutora Costa"),
    ("os EUA", "os Estados Unidos"),
    ("p. ex., em Lisboa", "por exemplo, em Lisboa"),
    ("pão, vinho, etc.", "pão, vinho, etecétera."),
    ("n.º 5", "número cinco"),
    ("pág. 12", "página doze"),
    ("em 52 a.C.", "em cinquenta e dois antes de Cristo."),
    ("a NATO e a ONU", "a NATO e a ONU"),
    ("o FMI e o BCE", "o efe eme i e o bê cê é"),
    ("um F-16", "um efe dezasseis"),
    ("a Covid-19", "a Covid dezanove"),
    ("o G20", "o gê vinte"),
    ("Silva & Filhos", "Silva e Filhos"),
    ("ganhou 2-1", "ganhou dois a um"),
    # Tipografia
    ("Disse: «Vamos».", 'Disse: "Vamos".'),
    ("Nós – e só nós – vamos", "Nós, e só nós, vamos"),
    ("Kiev (Ucrânia) arde", "Kiev, Ucrânia, arde"),
    # Both sides of thresholds, and each kind of a rule
    ("1,5 quilo", "um vírgula cinco quilo"),
    ("2 horas e 1/2", "duas horas e meia"),
    ("1/2 litro", "meio litro"),
    ("século X", "século décimo"),
    ("século XI", "século onze"),
    ("sécs. XIX e XX", "séculos dezanove e vinte"),
    ("D. João VI", "dom João sexto"),
    ("2 mil pessoas", "duas mil pessoas"),
]

PROSE = """
O Governo decidiu na terça-feira mudar a lei. Quem diria? A oposição, "muito preocupada", vai recorrer aos tribunais.
Que calor! Em Lisboa não choveu todo o dia; no Porto, sim.
Disse-lhe que a mãe do João não está à espera de ninguém.
""".strip().splitlines()


@pytest.mark.parametrize(("written", "spoken"), CASES, ids=[written for written, _ in CASES])
def test_portuguese_is_said_as_a_newsreader_does(written: str, spoken: str) -> None:
    assert normalize(written, "pt") == spoken


@pytest.mark.parametrize("line", PROSE)
def test_plain_portuguese_comes_through_unchanged(line: str) -> None:
    assert normalize(line, "pt") == line
