"""Portuguese of Brazil: what a newsreader says for what the page prints."""

from __future__ import annotations

import pytest

from audiogen import normalize

CASES = [
    # Números
    ("1.999 pessoas", "mil novecentas e noventa e nove pessoas"),
    ("16 anos", "dezesseis anos"),
    ("17 feridos", "dezessete feridos"),
    ("19 estados", "dezenove estados"),
    ("14 dias", "catorze dias"),
    ("2 mulheres", "duas mulheres"),
    ("200.000 casas", "duzentas mil casas"),
    ("1.000.000.000", "um bilhão"),
    ("2.500.000 eleitores", "dois milhões e quinhentos mil eleitores"),
    ("3,14", "três vírgula catorze"),
    ("0,05", "zero vírgula zero cinco"),
    ("1 em cada 3", "um em cada três"),
    # Dinheiro
    ("R$ 5", "cinco reais"),
    ("R$ 1", "um real"),
    ("R$ 3,50", "três reais e cinquenta centavos"),
    ("R$ 0,99", "noventa e nove centavos"),
    ("R$ 1.200,00", "mil e duzentos reais"),
    ("R$ 4,5 bilhões", "quatro vírgula cinco bilhões de reais"),
    ("R$ 1,5 bilhão", "um vírgula cinco bilhão de reais"),
    ("R$ 20 mi", "vinte milhões de reais"),
    ("R$ 2 bi", "dois bilhões de reais"),
    ("US$ 500", "quinhentos dólares"),
    ("US$ 3,50", "três dólares e cinquenta centavos"),
    ("€ 200 milhões", "duzentos milhões de euros"),
    ("R$ 10-20", "dez a vinte reais"),
    ("£200", "duzentas libras"),
    # Porcentagens e medidas
    ("5%", "cinco por cento"),
    ("2,5%", "dois vírgula cinco por cento"),
    ("5-7%", "cinco a sete por cento"),
    ("38 °C", "trinta e oito graus Celsius"),
    ("120 km/h", "cento e vinte quilômetros por hora"),
    ("2 km", "dois quilômetros"),
    ("8,5 milhões de km²", "oito vírgula cinco milhões de quilômetros quadrados"),
    ("25 m²", "vinte e cinco metros quadrados"),
    ("2 t", "duas toneladas"),
    ("no km 25", "no quilômetro vinte e cinco"),
    ("3/4 dos eleitores", "três quartos dos eleitores"),
    # Datas e horas
    ("7 de setembro de 1822", "sete de setembro de mil oitocentos e vinte e dois"),
    ("1º de maio", "primeiro de maio"),
    ("em 1 de maio", "em primeiro de maio"),
    ("6 a 8 de setembro", "seis a oito de setembro"),
    ("06/09/2024", "seis de setembro de dois mil e vinte e quatro"),
    ("01/01/2023", "primeiro de janeiro de dois mil e vinte e três"),
    ("em 1998", "em mil novecentos e noventa e oito"),
    ("2018-2022", "dois mil e dezoito a dois mil e vinte e dois"),
    ("nesta quinta (7/3)", "nesta quinta, sete de março"),
    ("anos 90", "anos noventa"),
    ("às 18h30", "às dezoito horas e trinta"),
    ("às 9h", "às nove horas"),
    ("à 1h", "à uma hora"),
    ("às 14:05", "às catorze horas e cinco"),
    # Ordinais e romanos
    ("o 3º lugar", "o terceiro lugar"),
    ("a 2ª vez", "a segunda vez"),
    ("a 12ª rodada", "a décima segunda rodada"),
    ("o século XXI", "o século vinte e um"),
    ("D. Pedro II", "dom Pedro segundo"),
    ("João XXIII", "João vinte e três"),
    ("a II Guerra Mundial", "a segunda Guerra Mundial"),
    # Palavras
    ("o Dr. Souza", "o doutor Souza"),
    ("os EUA", "os Estados Unidos"),
    ("o STF e o INSS", "o esse tê efe e o i ene esse esse"),
    ("a ONU", "a ONU"),
    ("o PIB", "o PIB"),
    ("arroz, feijão etc.", "arroz, feijão etecétera."),
    ("nº 5", "número cinco"),
    ("art. 5º", "artigo quinto"),
    ("a Covid-19", "a Covid dezenove"),
    ("Souza & Cia.", "Souza e companhia."),
    ("ganhou por 2 a 1", "ganhou por dois a um"),
    # Tipografia
    ("“Vamos”, disse.", '"Vamos", disse.'),
    ("Nós — e só nós — vamos", "Nós, e só nós, vamos"),
    # Both sides of thresholds, and each kind of a rule
    ("na quinta (1/3)", "na quinta, primeiro de março"),
    ("na quinta (31/12)", "na quinta, trinta e um de dezembro"),
    ("na quinta (32/12)", "na quinta, trinta e dois doze"),
    ("na quinta (3/13)", "na quinta, três treze"),
]

PROSE = """
O governo decidiu na terça-feira mudar a lei. Quem diria? A oposição, "muito preocupada", vai recorrer ao Supremo.
Que calor! Em São Paulo não choveu o dia todo; no Rio, sim.
""".strip().splitlines()


@pytest.mark.parametrize(("written", "spoken"), CASES, ids=[written for written, _ in CASES])
def test_brazilian_is_said_as_a_newsreader_does(written: str, spoken: str) -> None:
    assert normalize(written, "pt-BR") == spoken


@pytest.mark.parametrize("line", PROSE)
def test_plain_brazilian_comes_through_unchanged(line: str) -> None:
    assert normalize(line, "pt-BR") == line
