import { matchLayers } from "../phrases/layers.ts";
import { isDescribing } from "../text/ordinary-words.ts";
import type { Token } from "../text/token.ts";
import { isClauseEnd, isTimeUpToClauseEnd } from "./time-up-to-clause-end.ts";

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** After these an English word that is also a ticker is the coin. */
const asksAbout = words(
  "price prices chart charts value performance volatility trend overview status signals signal stats update quote",
);
const objectPrepositions = words(
  "about for of on with in into than vs versus v against except excluding besides ignoring minus including and or like at is-about check compare comparing skip omit beat beats outperform outperforming beating without from exclude not by to show me",
);
const subjectVerbs = words("is has did does was hows are were can had");
const followsSubject = words(
  "beaten surpassed up down doing looking going trading at worth bullish bearish trending in performing do does did perform move moved pump pumped dump dumped holding been green red an a rising falling volatile ranging flat sideways still pumping dumping mooning climbing sliding consolidating bottomed bottoming stable calm go gone fare faring looks gained lost crashing tanking recovering looking stack stacked measure match compare line rate hold having behaving fallen risen dropped jumped moving show showing have had drop fall rise gain lose today now this last over since any performed trended behaved changed performing strong weak compared against overbought more less better worse stronger weaker outperforming beating bouncing finding hit outperform outperformed beat been sitting stuck ok smoke smoked destroy destroyed crush crushed thrash thrashed worth add shed make made react hold drift slide bounce recover climb rally surge spike tank crash break reach",
);
const describesCoin = words(
  "price prices chart charts trend trends volatility performance overview status signal signals update stats value vs versus v usdt coin's usd pump volume analysis trending market-cap mcap sentiment info",
);
const times = words(
  "today now this last past over since yesterday week weekly daily lately recently month currently weekend 24h 7d 30d 90d 1h latest pls please rn for in the",
);
const notBefore = words(
  "which this that these those the a an any every each no some only another other single same my your what who it more most so very really is-not number",
);
const excluders = words(
  "except excluding besides ignoring skipping minus omit omitting skip exclude without bar barring sans ignore",
);

const comparingVerbs =
  /^(compare|compares|compared|stack|stacks|stacked|measure|measures|measured|match|matches|matched|relative)$/;

type Place = { start: number; end: number };

/** The tokens that are coins, those that may be, and whether anything is compared. */
type Places = {
  readonly coins: ReadonlySet<number>;
  readonly possible: ReadonlySet<number>;
  readonly isComparing: boolean;
};

/** Whether a word that is also a ticker must be the coin where it stands. */
export function needsCoin(tokens: readonly Token[], place: Place, places: Places): boolean {
  const at = (index: number): string => tokens[index]?.text ?? "";
  const before = at(place.start - 1);
  const after = at(place.end);
  const isEnd = place.end >= tokens.length || /^[?!.,;:)]$/.test(after);
  const isStart = place.start === 0 || /^[.,;:!?(]$/.test(before);
  if (
    excluders.has(before) ||
    ((before === "than" || before === "from") && /other|apart|aside/.test(at(place.start - 2)))
  ) {
    return !/^(the|a|an|of|that|those|these|in|with)$/.test(after) || isEnd;
  }
  // "The mask network token", "price of near protocol".
  if (
    place.end - place.start > 1 &&
    (/^(token|coin|tokens)$/.test(after) || asksAbout.has(after) || /^(about|on|of)$/.test(before))
  )
    return true;
  if (before === "but" && /^(everything|all|anything)$/.test(at(place.start - 2))) return true;
  if (
    /^(what|where|why)$/.test(before) &&
    at(place.start) !== "one" &&
    /^(has|did|was)$/.test(after) &&
    (followsSubject.has(at(place.end + 1)) || isDone(at(place.end + 1)))
  )
    return true;
  // "My sister bought some stellar ages ago".
  const owns = /^(bought|sold|own|owns|owned|hold|holds|holding|holdings)$/;
  const isOwned =
    owns.test(before) || (/^(some|my|her|his|their)$/.test(before) && owns.test(at(place.start - 2)));
  if (isOwned && at(place.start) !== "one" && !/^(the|a|an|to|on|my|it|of)$/.test(after)) return true;
  if (notBefore.has(before)) return false;
  // "The calmer one, BNB or TRX": a comparative's noun.
  if (at(place.start) === "one" && /^(?!.*(than|after|over|her|other)$).+er$/.test(before)) return false;
  if (at(place.start) === "one" && /^(another|more|thing|last|by)$/.test(after)) return false;
  // "Set one against the other".
  if (at(place.start) === "one" && after === "against" && /^(the|each|another)$/.test(at(place.end + 1)))
    return false;
  // "One chart of", "one overview with", "one week" count.
  if (at(place.start) === "one" && /^(hour|day|week|weekend|month|quarter|year)$/.test(after)) return false;
  if (
    at(place.start) === "one" &&
    /^(of|with|for|about|that|showing)$/.test(at(place.end + 1)) &&
    !subjectVerbs.has(after)
  )
    return false;
  if (/^(\/|-)$/.test(after) && /^(usdt|usd|usdc|btc|eth|eur)$/.test(at(place.end + 1))) return true;
  if (/^(vs|versus|v|against)$/.test(after) || /^(vs|versus|v|against)$/.test(before)) return true;
  if (/^(compare|comparing)$/.test(before)) return true;
  // "Stack up to near", "measured up with one".
  if (
    /^(to|with)$/.test(before) &&
    (isEnd || times.has(after)) &&
    [at(place.start - 2), at(place.start - 3)].some(word => comparingVerbs.test(word))
  )
    return true;
  if (/^(than|beat|beats|beating|outperform|outperforms|outperformed|outperforming|beaten)$/.test(before))
    return isEnd || times.has(after);
  // A list with a coin: "near, one and btc"; with another doubtful word only where something is compared.
  const joins = /^(or|and|,|\/|vs|with|to|nor|plus)$/;
  const mayBeCoinAt = (index: number): boolean => places.possible.has(index) || places.coins.has(index);
  const isListed = (index: number): boolean =>
    places.coins.has(index) || (places.isComparing && places.possible.has(index));
  if (joins.test(after) && isListed(place.end + 1)) return true;
  if (joins.test(before) && isListed(place.start - 2)) return true;
  if (isStart && !saysCondition(at(place.start)) && isTimeUpToClauseEnd(tokens, place.end)) return true;
  if (describing(tokens, place))
    return (
      describesCoin.has(after) &&
      !/^(trending|trend|trends|signal|signals|volume|pump)$/.test(after) &&
      (isStart || objectPrepositions.has(before))
    );
  if (
    describesCoin.has(after) &&
    (isStart || objectPrepositions.has(before) || subjectVerbs.has(before) || before === "'s")
  )
    return true;
  if (after === "'s" && describesCoin.has(at(place.end + 1))) return true;
  if (
    isStart &&
    after === "or" &&
    mayBeCoinAt(place.end + 1) &&
    (isClauseEnd(at(place.end + 2)) || isTimeUpToClauseEnd(tokens, place.end + 2))
  )
    return true;
  if (
    before === "or" &&
    mayBeCoinAt(place.start - 2) &&
    isClauseEnd(at(place.start - 3)) &&
    isTimeUpToClauseEnd(tokens, place.end)
  )
    return true;
  if (asksAbout.has(before) && (isEnd || times.has(after))) return true;
  if (before === "how" && /^(has|is|did|does|was|have|looks|looked|performed)$/.test(after)) return true;
  if (
    isStart &&
    /^(or|and|,|\/)$/.test(after) &&
    mayBeCoinAt(place.end + 1) &&
    isClauseEnd(at(place.end + 2))
  )
    return true;
  if (
    isEnd &&
    /^(or|and|,|\/)$/.test(before) &&
    mayBeCoinAt(place.start - 2) &&
    isClauseEnd(at(place.start - 3))
  )
    return true;
  if (before === "of" || before === "for" || before === "about" || before === "on" || before === "with") {
    return (
      (isEnd || times.has(after)) &&
      (asksAbout.has(at(place.start - 2)) ||
        /^(tell|what|how|me|up|trend|update|info|going|signals|doing|happening|deal|it)$/.test(
          at(place.start - 2),
        ))
    );
  }
  const opensHow =
    at(place.start - 3) === "how" &&
    /^(much|far|well|badly|hard|high|low|fast|strong|bad|good|volatile|bullish|bearish)$/.test(
      at(place.start - 2),
    );
  if (
    subjectVerbs.has(before) &&
    (opensHow || isSubject(at(place.start - 2))) &&
    (followsSubject.has(after) || isEnd)
  )
    return true;
  // "I put 200 in near", "half my money is in one": money is put in coins.
  if (/^(in|into)$/.test(before) && isMoney(tokens[place.start - 2]) && !/^(a|the)$/.test(after)) return true;
  // A fragment: the word alone, or with a time.
  return (
    isStart && (isEnd || times.has(after) || isTime(tokens[place.end])) && fragmentLength(tokens, place) <= 3
  );
}

/** In "what is hot" and "which is near" the wh-word is the subject already; "how is near" has none. */
function isSubject(beforeVerb: string): boolean {
  return /^(|how|why|what|where|when|and|but|so|also|then|hey|hi|yo|please|ok|or|plus|because|[.,;:?!(-])$/.test(
    beforeVerb,
  );
}

function isDone(word: string): boolean {
  return /^(up|done|been|doing|close|closed|go)$/.test(word);
}

/** An amount, or a word for money. */
function isMoney(token: Token | undefined): boolean {
  if (token?.kind === "number") return token.unit === "" || /^(k|usd|eur)$/.test(token.unit);
  return /^(money|savings|cash|dollars|bucks|euros|quid|grand|usd|pounds)$/.test(token?.text ?? "");
}

/** An adjective with nothing after it that only a coin takes is read as an adjective. */
function describing(tokens: readonly Token[], place: Place): boolean {
  const token = tokens[place.start];
  if (!token || !isDescribing(token.text)) return false;
  const before = tokens[place.start - 1]?.text ?? "";
  const after = tokens[place.end]?.text ?? "";
  if (place.start === 0 && place.end === tokens.length) return false;
  if (/^(trading|doing|worth|sitting|at)$/.test(after) && subjectVerbs.has(before)) return false;
  const subject =
    subjectVerbs.has(before) &&
    isSubject(tokens[place.start - 2]?.text ?? "") &&
    tokens[place.start - 2]?.text !== "what";
  return !(subject && followsSubject.has(after));
}

function isTime(token: Token | undefined): boolean {
  return token?.kind === "number" && /^(h|d|w|y|hr|hrs|wk|mo)$/.test(token.unit);
}

/** Whether the word by itself asks for a list: "hot this week". */
function saysCondition(word: string): boolean {
  return matchLayers([word]).subject.length > 0;
}

/** Words in the fragment that the place is in. */
function fragmentLength(tokens: readonly Token[], place: Place): number {
  let length = 0;
  for (let at = place.start; at < tokens.length && !/^[?!.,;:]$/.test(tokens[at]?.text ?? ""); at++)
    length += 1;
  return length;
}
