/**
 * Words and phrases of other languages with the English that the parser reads. Matching ignores accents and
 * case; the longest phrase wins. Words that are English too count only once a language has been recognised.
 */
export type Translation = readonly [foreign: string, english: string];

function table(lines: string): Translation[] {
  return lines
    .split(/[\n;]/)
    .map(line => line.split("="))
    .flatMap(([foreign, english]) =>
      (foreign ?? "").split("|").map((phrase): Translation => [phrase.trim(), (english ?? "").trim()]),
    )
    .filter(([foreign]) => foreign !== "");
}

const spanish = table(`
  que|cual|cuales = which; como esta|como va|como anda|que tal|que tal va|como le va a = how is; como estan|como van = how are
  monedas|criptomonedas|criptos|divisas|tokens = coins; moneda|criptomoneda|cripto = coin; hoy = today; ayer = yesterday; ahora|ahora mismo = now
  esta semana|la ultima semana|semana pasada|ultima semana|la semana = this week; este mes|ultimo mes|el ultimo mes|mes pasado|del mes = this month
  ultimas 24 horas = last 24 hours; ultimos = last; ultimas = last; este ano|ultimo ano = this year; dias = days; dia = day; semanas = weeks; meses = months; horas = hours; ultima hora = last hour; fin de semana = weekend; desde = since
  tendencia alcista|tendencia al alza|en alza|alcistas|alcista = uptrend; tendencia bajista|tendencia a la baja|a la baja|bajistas|bajista = downtrend; lateral|laterales|tendencia lateral = sideways; tendencia|tendencias = trend
  estan subiendo|esta subiendo|subiendo|suben|sube = up; estan bajando|bajando|bajan|baja|cayendo|caen = falling; han subido mas|ha subido mas|subieron mas|subio mas|mas han subido|mas subieron|mas suben = gained the most; han caido mas|ha caido mas|cayeron mas|cayo mas|mas han caido|mas cayeron|han bajado mas|mas han bajado|bajaron mas|mas caen = lost the most
  ha subido|han subido|subio|subieron = gained; ha caido|han caido|cayo|cayeron|ha bajado|bajo|han bajado = lost; mayores ganancias|mayores ganadoras|mayores subidas|ganadores|ganadoras|mas ganadoras = gainers; mayores perdidas|mayores caidas|perdedores|perdedoras = losers
  mejor|mejores = best; peor|peores = worst; mejor rendimiento = best performing; mas volatiles|mas volatil = most volatile; menos volatiles|menos volatil = least volatile; volatil|volatiles = volatile; volatilidad = volatility; alta volatilidad = high volatility; baja volatilidad = low volatility; estables|estable = stable; tranquilas = calm
  volumen anormal|volumen inusual|volumen raro|volumen extrano|anomalias de volumen|picos de volumen|pico de volumen = volume anomaly; volumen = volume; tocado fondo|tocaron fondo|toco fondo|tocar fondo = bottomed out; senales|senal = signals; ultimas senales = latest signals
  el mercado|mercado|mercado cripto|mercado de criptomonedas = the market; precio|precios = price; precio de|precio del = price of; cuanto vale|cuanto cuesta|a cuanto esta|cuanto esta = price of; comparar|compara = compare; contra|frente a = versus; o = or; y = and; con = with; sin = without; excepto|salvo|menos = except; de = of; del = of the; en = in; el|la|los|las = the; un|una = a; tienen|tiene = have; son|estan|esta|es = is; mas = more; muestrame|muestra|dame|ensename|lista = show me; cinco = five; diez = ten; tres = three; por favor = please; entre = among
  ayuda|ayudame|socorro|necesito ayuda = help; que puedes hacer|que sabes hacer|que haces|para que sirves = what can you do; hola|buenos dias|buenas = hello; como funciona = how does this work
  donde compro|donde puedo comprar|donde comprar|como compro|como comprar = where to buy; debo comprar|deberia comprar|debo vender|deberia vender|debo|deberia|conviene = should i; comprar = buy; vender = sell; invertir = invest; va a subir|subira|va a bajar|bajara|llegara a|va a = will; manana = tomorrow; proxima semana = next week; que es = what is a; tiempo hace|el tiempo|clima = weather; perdi mis llaves = lost keys weather; receta = recipe; chiste = joke
  avisame cuando|avisame si|notificame cuando|alertame cuando|alertame si|dime cuando = alert me when; criptos|criptomonedas = coins; dime = show me; toque fondo = bottoms out; entre en = enters
`);

const french = table(`
  quelles|quels|quel|quelle|lesquelles = which; comment va|comment se porte|ou en est|que fait = how is; cryptos|cryptomonnaies|monnaies|pieces|jetons|actifs = coins; crypto monnaie|cryptomonnaie|monnaie = coin; aujourd hui|aujourdhui = today; hier = yesterday; en ce moment|maintenant|actuellement = now
  du jour = today; gros gagnants|grands gagnants|plus gros gagnants = top gainers; gros perdants|plus gros perdants|perdants = top losers
  cette semaine|la semaine|semaine derniere|derniere semaine|de la semaine = this week; ce mois|ce mois ci|mois dernier|dernier mois|du mois = this month; cette annee = this year; derniers|dernieres = last; jours = days; semaines = weeks; mois = months; heures = hours; week end = weekend; depuis = since
  tendance haussiere|a la hausse|en hausse|haussier|haussiere|haussieres|haussiers = uptrend; tendance baissiere|a la baisse|en baisse|baissier|baissiere|baissieres|baissiers = downtrend; stagnent|stagne|stagnant|lateral|laterale|laterales = sideways; tendance|tendances = trend; montent|monte = climbing; baissent|baisse|chutent|chute = falling
  ont le plus monte|a le plus monte|le plus monte|le plus augmente|le plus progresse|ont le plus progresse = gained the most; le plus baisse|le plus chute|ont le plus baisse|le plus perdu|ont le plus chute = lost the most; a monte|ont monte = gained; a baisse|ont baisse = lost; plus fortes hausses|meilleures hausses|gagnants|plus gros gains|meilleures performances|meilleurs performances = top gainers; plus fortes baisses|perdants|pires performances|plus grosses pertes = top losers; meilleure|meilleures|meilleur|meilleurs = best; pire|pires = worst
  les plus volatiles|plus volatiles|plus volatile|le plus volatil = most volatile; les moins volatiles|moins volatiles|moins volatile = least volatile; volatiles|volatil = volatile; volatilite = volatility; stables = stable; calmes = calm
  volume anormal|volumes anormaux|volume inhabituel|volumes inhabituels|pics de volume|pic de volume|anomalies de volume = volume anomaly; touche le fond|ont touche le fond|a touche le fond|atteint le fond = bottomed out; signaux = signals; signal = signal
  le marche|marche|marche crypto|du marche = the market; prix|cours = price; combien vaut|combien coute|c est combien|c est quoi le prix de = price of; comparer|compare|comparez = compare; contre|face a = versus; ou = or; et = and; avec = with; sans = without; sauf|hormis|excepte = except; sont|est|ont = is; en|dans = in; le|la|les = the; de|du|des = of; une|un = a; montre moi|montre|donne moi|montrez moi|affiche = show me; plus = more; cinq = five; dix = ten; trois = three; s il vous plait|s il te plait|svp|stp = please; parmi = among
  aide|aide moi|aidez moi|au secours = help; que peux tu faire|que sais tu faire = what can you do; bonjour|salut|bonsoir = hello; comment ca marche = how does this work
  dois je|devrais je|faut il|devrait on|faut il acheter = should i; acheter = buy; vendre = sell; investir = invest; va t il|va t elle|atteindra|va monter|va baisser|montera = will; demain = tomorrow; la semaine prochaine|semaine prochaine = next week; qu est ce que|c est quoi|qu est ce qu = what is a; meteo|quel temps = weather; recette = recipe; blague = joke
  previens moi quand|previens moi si|alerte moi quand|alerte moi si|avertis moi quand|dis moi quand = alert me when; dis moi = show me; depuis le debut de l annee = year to date; touche le fond = bottomed out; comment vont = how are; ambiance = mood
`);

const german = table(`
  welche|welcher|welches|was = which; wie steht es um|wie steht|wie geht es|wie laeuft|wie lauft|wie lauft es mit|wie macht sich|wie entwickelt sich = how is; munzen|muenzen|kryptos|kryptowahrungen|kryptowaehrungen|coins = coins; munze|kryptowahrung = coin; heute = today; gestern = yesterday; jetzt|gerade|aktuell|momentan = now
  diese woche|letzte woche|vergangene woche|der woche|letzten woche|dieser woche = this week; diesen monat|letzten monat|des monats|diesem monat|letzter monat|im letzten monat = this month; dieses jahr = this year; letzten|letzte|vergangenen = last; tage|tagen = days; wochen = weeks; monate|monaten = months; stunden = hours; am wochenende|wochenende = weekend; seit montag = since monday; seit = since
  aufwartstrend|aufwaertstrend|im aufwartstrend = uptrend; abwartstrend|abwaertstrend|im abwartstrend = downtrend; bullisch|bullische = bullish; barisch|baerisch|barische = bearish; seitwarts|seitwaerts|seitwartstrend|seitwartsbewegung = sideways; trends = trends; steigen|steigt|steigende = climbing; fallen|fallt|sinken|fallende|sinkt = falling
  am meisten gestiegen|am starksten gestiegen|am meisten gewonnen|am meisten zugelegt|starksten gestiegen = gained the most; am meisten gefallen|am starksten gefallen|am meisten verloren|starksten gefallen = lost the most; gestiegen = gained; gefallen = lost; gewinner|grosste gewinner|grossten gewinner|top gewinner = gainers; verlierer|grosste verlierer|grossten verlierer = losers; beste|besten|bester = best; schlechteste|schlechtesten = worst
  grossten kursschwankungen|starksten schwankungen|grossten schwankungen|starksten kursschwankungen|hochste volatilitat|hochsten volatilitat = biggest price swings; kursschwankungen = price swings; geringsten schwankungen|geringste volatilitat = smallest price swings
  volatilsten|am volatilsten|volatilste = most volatile; am wenigsten volatil = least volatile; volatil|volatile = volatile; volatilitat|volatilitaet|schwankungen = volatility; stabil|stabile|stabilsten = stable; ruhig|ruhige|ruhigsten = calm
  ungewohnliches volumen|ungewoehnliches volumen|auffalliges volumen|volumenspitze|volumenspitzen|volumenanomalien|ungewohnlichem volumen|auffalligem volumen = volume anomaly; boden gefunden|den boden erreicht|boden erreicht|talsohle erreicht = bottomed out; signale = signals
  der markt|den markt|markt|kryptomarkt|dem markt|der kryptomarkt = the market; preis|kurs = price; was kostet|wie viel kostet|wieviel kostet = price of; vergleiche|vergleich|vergleichen = compare; gegen|gegenuber = versus; oder = or; und = and; mit = with; ohne = without; ausser|aussser|auser = except; sind|ist|haben|hat = is; im = in; der|die|das|den|dem = the; ein|eine = a; zeig mir|zeige mir|zeig|zeige|gib mir|nenne mir|liste = show me; von|vom = of; funf = five; zehn = ten; drei = three; bitte = please; mehr = more; unter den = among the; als = than; besser = better; schlechter = worse
  hilfe|hilf mir = help; was kannst du|was kannst du tun = what can you do; hallo|guten tag|guten morgen|moin = hello; wie funktioniert das|wie funktioniert = how does this work; wie berechnet ihr|wie berechnest du|wie wird berechnet|wie messt ihr = how do you calculate
  soll ich|sollte ich|sollen wir|lohnt sich|lohnt es sich = should i; kaufen = buy; verkaufen = sell; investieren = invest; wird|werden = will; morgen = tomorrow; nachste woche|naechste woche = next week; was ist = what is a; wetter = weather; rezept = recipe; witz = joke
  sag mir bescheid wenn|sag bescheid wenn|gib mir bescheid wenn|benachrichtige mich wenn|melde dich wenn|warne mich wenn = alert me when; sag mir = show me; stimmung = sentiment; stimmung am markt|marktstimmung = market sentiment; am markt|im markt = the market; seit jahresbeginn = year to date; wie = how; am ruhigsten = least volatile; ausgenommen = except; hat sich|entwickelt = is
`);

const portuguese = table(`
  quais|qual = which; como esta|como vai|como anda = how is; moedas|criptomoedas = coins; moeda|criptomoeda = coin; hoje = today; ontem = yesterday; agora = now; esta semana|essa semana|ultima semana|semana passada|da semana = this week; este mes|ultimo mes|mes passado|do mes = this month; ultimos|ultimas = last; dias = days; semanas = weeks; meses = months; horas = hours; fim de semana = weekend; desde = since
  tendencia de alta|em alta|altistas = uptrend; tendencia de baixa|em baixa|em queda = downtrend; lateralizadas|lateralizada|lateral|de lado = sideways; mais subiram|subiram mais|mais subiu|mais valorizaram = gained the most; mais cairam|cairam mais|mais caiu|mais desvalorizaram = lost the most; subindo = up; caindo = falling; maiores altas|maiores ganhos = top gainers; maiores quedas|maiores perdas = top losers; melhor|melhores = best; pior|piores = worst
  mais volateis|mais volatil = most volatile; menos volateis|menos volatil = least volatile; volateis|volatil = volatile; volatilidade = volatility; estaveis = stable; volume anormal|volume incomum|picos de volume = volume anomaly; atingiram o fundo|chegaram ao fundo|fundo do poco|atingiu o fundo = bottomed out; sinais = signals
  o mercado|mercado = the market; preco|precos|preco do|preco da = price; quanto custa|quanto vale|quanto esta = price of; compare|comparar = compare; contra = versus; ou = or; e = and; sem = without; exceto|menos = except; estao|esta|sao = is; em|no|na = in; o|os|as = the; do|da|de = of; um|uma = a; mostre|mostre me|me mostre|liste = show me; mais = more; por favor = please
  ajuda|ajude me|socorro = help; o que voce sabe fazer|o que voce pode fazer|o que voce faz = what can you do; ola|oi|bom dia = hello; onde compro|onde posso comprar|onde comprar|como compro|como comprar = where to buy; devo comprar|devo vender|devo|vale a pena = should i; comprar = buy; vender = sell; investir = invest; vai subir|vai cair|vai chegar|vai = will; amanha = tomorrow; o que e = what is a; previsao do tempo = weather
  me avise quando|avise me quando|me avise se|me alerte quando = alert me when; vale a pena comprar = should i buy; fundo = bottom
`);

const italian = table(`
  quali|quale = which; come va|come sta|come sta andando = how is; monete|criptovalute|cripto = coins; moneta|criptovaluta = coin; oggi = today; ieri = yesterday; adesso|ora = now; questa settimana|settimana scorsa|ultima settimana|della settimana = this week; questo mese|ultimo mese|mese scorso|del mese = this month; ultimi|ultime = last; giorni = days; settimane = weeks; mesi = months; ore = hours; fine settimana = weekend
  trend rialzista|al rialzo|in rialzo|rialziste|rialzista|in salita = uptrend; trend ribassista|al ribasso|in ribasso|ribassiste|ribassista|in calo = downtrend; laterali|laterale = sideways; sono salite di piu|salite di piu|e salita di piu = gained the most; sono scese di piu|scese di piu|perso di piu = lost the most; migliori|migliore = best; peggiori|peggiore = worst; salgono = climbing; scendono = falling
  piu volatili|piu volatile = most volatile; meno volatili|meno volatile = least volatile; volatili = volatile; volatilita = volatility; stabili = stable; volume anomalo|volumi anomali|picchi di volume = volume anomaly; toccato il fondo|hanno toccato il fondo = bottomed out; segnali = signals
  il mercato|mercato = the market; prezzo|prezzo di|prezzo del = price; quanto costa|quanto vale = price of; confronta|confrontare|paragona = compare; contro = versus; o = or; e = and; senza = without; eccetto|tranne = except; sono|hanno = is; il|lo|la|le|gli = the; di|del = of; un|una = a; mostrami|dammi|elenca = show me; con = with; in = in; per favore = please
  aiuto|aiutami = help; cosa puoi fare|cosa sai fare = what can you do; ciao|buongiorno = hello; dovrei comprare|dovrei|conviene = should i; comprare = buy; vendere = sell; investire = invest; salira|scendera|arrivera = will; domani = tomorrow; che cosa e|cos e = what is a; che tempo fa = weather
  avvisami quando|avvisami se|dimmi quando = alert me when; dimmi = show me; miglior performance = best performing; piu perso = lost the most; piu guadagnato = gained the most
`);

const dutch = table(`
  hoe gaat het met|hoe doet = how is; welke munten|welke coins = which coins; vandaag = today; deze week = this week; stijgende trend|opwaartse trend = uptrend; dalende trend|neerwaartse trend = downtrend; de markt = the market; vergelijk = compare; hoe is de markt = how is the market; grootste stijgers|stijgers = gainers; grootste dalers|dalers = losers; hulp = help; alle munten = all coins; munten|coins = coins; gevallen|gedaald = lost; gestegen = gained; het meest = the most; volatiel|volatiele = volatile; zijwaarts = sideways; moet ik = should i; kopen = buy; prijs|koers = price; wat is = what is a; weer = weather; morgen = tomorrow; en = and; of = or; van = of; zonder = without
`);

const polish = table(`
  jak stoi|jak sie ma = how is; dzisiaj|dzis = today; w tym tygodniu = this week; ktore monety|jakie monety = which coins; trend wzrostowy|w trendzie wzrostowym = uptrend; trend spadkowy|w trendzie spadkowym = downtrend; rynek = the market; pomoc|pomocy = help; cena = price; porownaj = compare; najbardziej zmienne = most volatile; najwieksze wzrosty = top gainers; najwieksze spadki = top losers; czy warto|czy kupic = should i buy; pogoda = weather; jutro = tomorrow; monety = coins; rynku = the market; i = and; lub|czy = or
`);

/** A word that ends in "*" stands for all its inflections. */
const turkish = table(`
  nasil|ne durumda = how is; bugun = today; dun = yesterday; bu hafta|haftalik|haftanin|gecen hafta = this week; bu ay|aylik|gecen ay = this month; son = last; gun* = days; saat* = hours; hafta* = weeks; hangi coin*|hangi kripto*|hangi = which coins; coin*|kripto*|altcoin* = coins; piyasa* = the market
  yukselis trend*|yukseliste|yukselen* trend* = uptrend; dusus trend*|dususte|dusen* trend* = downtrend; yatay|yatayda = sideways; trend* = trend; en cok yukselen*|en cok kazandiran*|en cok artan* = top gainers; en cok dusen*|en cok kaybettiren*|en cok kaybeden* = top losers; yukselen* = climbing; dusen* = falling; en iyi = best; en kotu = worst; en volatil|en oynak|en dalgali = most volatile; oynak|dalgali|volatil = volatile; en sakin = least volatile; oynaklik|volatilite = volatility
  hacim anomali*|anormal hacim*|olagandisi hacim* = volume anomaly; dip yapan*|dip yap*|dip gor*|dipten don*|dibi goren*|dibe vuran* = bottomed out; sinyal* = signals; fiyat* = price; ne kadar|kac para|kac dolar = price; karsilastir* = compare; ile|ve = and; mi yoksa|veya|ya da = or; haric|disinda = excluded; listele|goster = show me; yardim = help; merhaba|selam = hello; ne yapabilirsin|neler yapabilirsin = what can you do
  almali miyim|satmali miyim|alayim mi|satayim mi|alinir mi = should i buy; yukselecek*|dusecek*|olacak* = will; yarin = tomorrow; hava durumu|hava = weather; nedir = what is a; bitcoin* = bitcoin; ethereum* = ethereum; solana* = solana; haber ver = alert me when
`);

const russian = table(`
  как дела у|как там|как себя чувствует|что с|как ведет себя = how is; как = how is; каки* монет*|каки* криптовалют*|каки* = which coins; монет*|криптовалют*|альткоин*|токен* = coins; биткоин*|биткойн*|битк* = bitcoin; эфириум*|эфир* = ethereum; солан* = solana; догикоин*|доги|додж* = dogecoin; рипл* = ripple; лайткоин* = litecoin; кардано = cardano
  сегодня|за день|за сутки = today; вчера = yesterday; сейчас = now; на этой неделе|за неделю|за последнюю неделю|недел* = this week; за месяц|в этом месяце|за последний месяц|месяц* = this month; за год|в этом году = this year; последние|последних = last; дней|дня = days; часов|часа = hours
  раст*|в восходящ* тренд*|восходящ* тренд*|бычь* = uptrend; пада*|в нисходящ* тренд*|нисходящ* тренд*|медвеж* = downtrend; в боковик*|боковик* = sideways; тренд* = trend; больше всего вырос*|сильнее всего вырос*|вырос* больше всего|вырос* сильнее всего|лидер* рост*|самые прибыльные = top gainers; больше всего упал*|упал* больше всего|упал* сильнее всего|сильнее всего упал*|лидер* падени*|самые убыточные = top losers; вырос* = gained; упал* = lost
  самы* волатильн* = most volatile; волатильн* = volatile; волатильность* = volatility; спокойны*|стабильны* = stable; аномальн* объем*|необычн* объем*|всплеск* объем*|объем* = volume anomaly; нащупал* дно|достигл* дна|на дне|дно = bottomed out; памп* и дамп* = pump and dump; сигнал* = signals
  рынок|рынк* = the market; цен*|стоимост*|курс* = price; сколько стоит = price of; сравни*|сравнить = compare; против = versus; и = and; или = or; без = without; кроме = except; покажи*|дай|список = show me; топ = top; лучши* = best; худши* = worst; помощь|помоги* = help; привет|здравствуй* = hello; что ты умеешь|что ты можешь = what can you do; что такое = what is a
  стоит ли|следует ли|надо ли = should i; покупать|купить = buy; продавать|продать = sell; вырастет|упадет|будет = will; завтра = tomorrow; погод* = weather; сообщи когда|предупреди когда|скажи когда|сообщи если|предупреди если = alert me when; в|на = in; у = of; за = over; не = not
`);

const scripts = table(`
  比特币|比特幣|ビットコイン|비트코인|بيتكوين|बिटकॉइन = bitcoin; 以太坊|イーサリアム|이더리움 = ethereum; 索拉纳|ソラナ|솔라나 = solana; 瑞波币|リップル|리플 = ripple; 狗狗币|ドージコイン|도지코인 = dogecoin
  今天|今日|오늘 = today; 本周|这周|今週|이번 주 = this week; 本月|这个月|今月|이번 달 = this month; 怎么样|如何|どう|어때 = how is; 价格|價格|値段|価格|가격 = price; 哪些币|哪些|どのコイン|どの|어떤 코인|어떤 = which coins; 上涨趋势|上升趋势|上昇トレンド|상승 추세|上昇中 = uptrend; 下跌趋势|下降趋势|下降トレンド|하락 추세 = downtrend; 横盘|レンジ相場|횡보 = sideways
  市场|市場|시장 = the market; 帮助|幫助|助けて|ヘルプ|도움말|도와줘 = help; 比较|比較して|比較|비교 = compare; 和|と = and; 涨幅最大|涨得最多|上昇率 = top gainers; 跌幅最大|跌得最多|下落率 = top losers; 波动最大|ボラティリティが高い|변동성이 높은 = most volatile; 异常成交量|成交量异常|出来高急増|거래량 급증 = volume anomaly; 触底|底打ち|바닥 = bottomed out; 天气|天気|날씨 = weather; 你好|こんにちは|안녕하세요|안녕 = hello; 应该买|買うべき|사야 = should i buy; 会涨|上がりますか = will
`);

export const translations: readonly (readonly Translation[])[] = [
  spanish,
  french,
  german,
  portuguese,
  italian,
  dutch,
  polish,
  turkish,
  russian,
];

/** Phrases of scripts that are written without spaces. */
export const scriptTranslations: readonly Translation[] = [...scripts].sort(
  ([left], [right]) => right.length - left.length,
);
