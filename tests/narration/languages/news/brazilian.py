"""Brazilian Portuguese news: figures, dates, names and abbreviations in whole sentences, and prose without any."""

from __future__ import annotations

#: What is printed, and what is said.
SPOKEN = [
    ("O governo liberou R$ 2,5 bilhões.", "O governo liberou dois vírgula cinco bilhões de reais."),
    ("A passagem custa R$ 4,40.", "A passagem custa quatro reais e quarenta centavos."),
    ("O dólar fechou a R$ 5,12.", "O dólar fechou a cinco reais e doze centavos."),
    ("O prejuízo é de R$ 1,5 milhão.", "O prejuízo é de um vírgula cinco milhão de reais."),
    ("O pão custa R$ 0,90.", "O pão custa noventa centavos."),
    ("Foram 16 mortos e 17 feridos.", "Foram dezesseis mortos e dezessete feridos."),
    ("No século XIX, o café dominava.", "No século dezenove, o café dominava."),
    (
        "Em 7 de setembro de 1822, veio a independência.",
        "Em sete de setembro de mil oitocentos e vinte e dois, veio a independência.",
    ),
    ("No dia 1º de maio, há atos.", "No dia primeiro de maio, há atos."),
    ("A 2ª Turma do STF julgou o caso.", "A segunda Turma do esse tê efe julgou o caso."),
    ("O trem sai às 7h05.", "O trem sai às sete horas e cinco."),
    ("O jogo começa às 21h30.", "O jogo começa às vinte e uma horas e trinta."),
    ("Choveu 120 mm em 24 horas.", "Choveu cento e vinte milímetros em vinte e quatro horas."),
    ("O vento chegou a 90 km/h.", "O vento chegou a noventa quilômetros por hora."),
    ("A inflação foi de 0,26% em maio.", "A inflação foi de zero vírgula vinte e seis por cento em maio."),
    ("O Flamengo venceu por 3 a 1.", "O Flamengo venceu por três a um."),
    ("O Palmeiras ganhou de 2x0.", "O Palmeiras ganhou de dois a zero."),
    ("A BR-101 foi interditada.", "A bê erre cento e um foi interditada."),
    ("D. Pedro II foi deposto.", "dom Pedro segundo foi deposto."),
    ("O PT e o PSDB negociam.", "O pê tê e o pê esse dê bê negociam."),
    ("Os EUA anunciaram tarifas.", "Os Estados Unidos anunciaram tarifas."),
    ("São 14 estados e 514 cidades.", "São catorze estados e quinhentas e catorze cidades."),
    ("A Selic caiu para 10,75% ao ano.", "A Selic caiu para dez vírgula setenta e cinco por cento ao ano."),
    ("Cerca de 200 mil pessoas foram às ruas.", "Cerca de duzentas mil pessoas foram às ruas."),
    ("O dep. Silva falou na tribuna.", "O deputado Silva falou na tribuna."),
]
