import type { LexiconEntry } from "./entry.ts";

/** How things are asked for: what the request is about, comparing words, negation, exclusion, filters. */
export const requests: readonly LexiconEntry[] = [
  {
    means: { kind: "ask" },
    say: [
      "(please )?(show|list|give|get|find|display|fetch|gimme|pull up|pull|return|tell|send|hit me with|run me|dig out|name|want|need|looking for|look for|searching for|search for|i want|interested in|after|like to see|like to know|let me see|lets see|let us see|see|screen for|filter for|filter|scan for|scan|check|rank|sort|pick|share|spot|identify|track down|dig up|surface|bring up|point out|point me to|provide|lemme see|curious about|curious)( me| us| out)?",
      "would (like|love|prefer|appreciate|enjoy|welcome)( to (see|know|have|get|hear|find|look at))?",
      "(summari(s|z)e|sum up|sum|outline|describe|brief me on|run through|run me through|walk me through|talk me through)",
      "(can|could|may) i (get|have|see)",
      "(can|could|will|would) you",
      "(any|anyone|some|who|whats|what|which|how many|got any|are there any|are there|is there any|is there|have any)",
    ],
  },
  {
    means: { kind: "item" },
    say: [
      "(crypto |digital )?(coins|tokens|cryptos|cryptocurrencies|crypto currencies|alts|altcoins|alt coins|shitcoins|currencies|assets|bags|projects|pairs|names|picks|charts|plays|caps|meme coins|memecoins|memes|gems|largecaps|smallcaps|tickers|symbols|movers|large caps|small caps|mid caps|big caps|majors|microcaps|listings)",
      "(whatever|everything|anything|those that|ones that) (did|has|is|was|went|does|fell|rose|dropped|gained|lost|made|have)",
      "(which ones|what ones|anything|something|everything that|everything thats|stuff)",
    ],
  },
  {
    means: { kind: "oneItem" },
    say: [
      "(coin|token|cryptocurrency|altcoin|alt|shitcoin|crypto currency|currency|bag|ticker|project|asset|performer|mover|gem|chart|play)",
    ],
  },
  {
    means: { kind: "which" },
    say: ["(which|whichever)( one| ones| of| of these| of the two| of them)?", "(what|whats|who|whos)"],
  },
  {
    means: { kind: "market" },
    say: [
      "(the |whole |entire |overall |general |broader |broad |wider |global |total )?(the |whole |entire |overall |general |broader |broad |wider |global |total |crypto |cryptocurrency |crypto's |alt |altcoin |coin )?market(s)?( of (crypto|cryptos|coins|cryptocurrencies))?( as a whole| in general| overall| wide| conditions| condition| mood| sentiment| outlook| recap| summary| overview| update| report| pulse| health| snapshot| state| status| vibe| vibes| temperature| today| breadth| wrap| situation)?",
      "(overall|general|market|crypto|investor|trader) (sentiment|mood|vibe|vibes|trend|direction|picture|state|conditions|climate|outlook|situation|feeling)",
      "(people|everyone|everybody|traders|investors|folks) (all |so |feeling |getting |too )?(scared|greedy|fearful|panicking|panicked|nervous|euphoric|optimistic|pessimistic|afraid|bullish|bearish)( or (scared|greedy|fearful|panicking|nervous|euphoric|optimistic|pessimistic|calm|bullish|bearish))?",
      "(fear or greed|greed or fear)",
      "(optimism|pessimism|fear|greed|panic|euphoria|fud|hype|enthusiasm|confidence|nervousness)( is| do we have)?( there| out there)?( in| around| about| on)? (the )?(crypto |overall |coin )?(market|markets|crypto|space)",
      "(is|was|has) (it|this|today|yesterday)( been)? (a |another )?(very |really )?(red|green|good|bad|rough|bloody|quiet|wild|ugly|big|boring) (day|week|month|one|session|weekend)( for (crypto|the market|everyone|coins|us|alts))?",
      "how (bad|good|ugly|red|green|rough|bloody|grim) (is|are|was) (it|everything|things)( out there| looking| over there)?",
      "(anything|something|much|lots) (interesting |new |exciting |big |notable |special )?(happening|going on|up|new|cooking|brewing) (in|with|on) (the )?(crypto |coin )?(crypto|market|markets|world|space|scene)",
      "temperature check( on| of)?( the)?( crypto| market)?( as a whole)?",
      "(marketwise|market wise)",
      "(are|were) we( still)?( in)?( a)?",
      "(sentiment|fear and greed|fear & greed|greed index|fear and greed index|fear index|risk on|risk off|market recap|recap|daily recap|weekly recap|tldr|big picture|whole board|across the board|overview|macro|the vibe|the mood|the vibes|vibe check|bloodbath)",
      "(total|global|overall|combined|aggregate|entire|whole|crypto|crypto's) (crypto |cryptocurrency )?(market cap|mcap|marketcap|market capitalisation|market capitalization|capitalization|capitalisation)( of (all |the |all the )?(coins|cryptos|everything|crypto|market|cryptocurrencies))?( together| combined)?",
      "crypto",
      "(everything|everyone|everybody|every coin|all coins|all the coins|all of crypto|crypto land|cryptoland|crypto space|the space|crypto world|cryptoverse|crypto scene)",
      "(alt|altcoin) season",
      "(altseason|alt szn|altszn)",
      "how (are|is) (the )?(alts|altcoins|coins|cryptos|majors|meme coins|memecoins|large caps|small caps) (doing|looking|holding up|performing|faring)",
      "(bull|bear|bullish|bearish) (market|run|season|cycle)( or (a )?(bull|bear|bullish|bearish) (market|run|season|cycle))?",
      "(how|how is|hows) (are )?(things|it|everything|we)( looking| doing| going| out there)",
      "(what|whats) (is )?(going on|happening|the situation|the story|new|cooking)( out there| in here| in crypto| with crypto| in the crypto world| around| today)?",
      "(what|whatd) (did )?i miss(ed)?",
    ],
  },
  {
    means: { kind: "compare", value: null },
    say: [
      "(differ|differs|differed|differing|vs|v|versus|verses|vrs|against|compare(s|d)?|comparing|comparison|compared (to|with)|side by side|head to head|stack up|stacks up|match up|matched up|match(es)? up against|relative to|difference(s)?( between)?|contrast|face off|faceoff|showdown|pit|up against|measure up|next to)",
    ],
  },
  {
    means: { kind: "compare", value: "best" },
    say: [
      "(beat|beats|beating|beaten|outperform(s|ed|ing)?|out perform(s|ed|ing)?|outpac(e|es|ed|ing)|outdo(es|ing|ne)?|outdid|top(ped|ping)|ahead of|outshin(e|es|ed|ing)|outshone|outrun|outran|surpass(es|ed|ing)?|outgain(s|ed|ing)?|smoke(s)?|smoking|destroy(s|ing)?|crush(es)?|thrash(es|ed|ing)?|trounce(s|d)?|demolish(es|ed|ing)?|whoop(s|ed|ing)?)",
    ],
  },
  {
    means: { kind: "compare", value: "worst" },
    say: [
      "(underperform(s|ed|ing)?|lag(s|ged|ging)?|lagging behind|behind|trail(s|ed|ing)?|trailing behind|losing to|lost to|loses to)",
    ],
  },
  { means: { kind: "than" }, say: ["(then|than)"] },
  { means: { kind: "or" }, say: ["or"] },
  {
    means: { kind: "not" },
    say: [
      "(no|not|never|nothing|isnt|aint|arent|hasnt|havent|wasnt|werent|doesnt|dont|didnt|no longer|nope|non|without|without any|neither|nor|stopped|quit|far from|lack|lacking|lacks|free of|absent|hardly any|failed to|fails to|failing to|yet to|cannot)",
    ],
  },
  {
    means: { kind: "neverMind" },
    say: [
      "(not (only|just|necessarily|sure|bad|really sure)|(do|did|does|am|is) not (want|need|care|know|mind|like|understand|remember|think|believe)|(i|we|you|he|she|people|everyone) (do|did|does) not (get|have)|why (do|does|are|is) not (you|we)|can not|could not|would not|will not|no (thanks|problem|worries|need|rush|idea|clue|offense|offence|joke|cap|fluff|bs|nonsense|charts|advice|news|opinions|explanation|explanations|matter|doubt|more))",
    ],
  },
  {
    means: { kind: "exclude" },
    say: [
      "(do not|does not|did not|am not|is not|not|never) (care about|want to see|want to hear about|interested in|looking for|give me|care for|want any|show me any)",
      "(except|excepting|except for|exclud(e|es|ed|ing)|exclusive of|besides|beside|other than|apart from|aside from|ignor(e|ing|es)|leav(e|ing) out|leaving aside|leave aside|skip(ping)?|omit(ting)?|minus|bar|barring|without|not counting|not including|(do|does) not (include|count|show|list|want|need|like|show me|give me)|drop|remove|removing|leave|leaving|avoid|avoiding|ditch|ditching|filter out|filtering out|but not|and not|just not|not|no|sans|none (on|of|in|from|for|with)|save for|all but|everything but|anything but|outside of|rather than|instead of|ex|discounting|disregard(ing)?|setting aside|hide|hiding|taking out|take out|cut out|but no|with no|and no|no need for|spare me|forget|forget about|never mind|non|never)",
    ],
  },
  {
    means: { kind: "stablecoins" },
    say: [
      "(stable|stables|stable(-)?coin(s)?|stable coin(s)?|stable token(s)?|usd pegged( coins)?|dollar pegged( coins)?|pegged coins|dollar coins)",
    ],
  },
  {
    means: { kind: "memecoins" },
    say: [
      "(meme|memes|meme(-)?coin(s)?|meme coin(s)?|meme token(s)?|dog coin(s)?|memecoin stuff|meme stuff|memeshit|shit coins|joke coins)",
    ],
  },
  {
    means: { kind: "topic" },
    say: [
      "(price|prices|pric|value|worth|trading at|cost|chart|price action|quote|quotes|rate|stats|statistics|figures|numbers|data|info|information|details|summary|rundown|status|update|snapshot|overview|report|analysis|breakdown|story|deal|state|situation|picture|look|numbers|market cap of|mcap of|ath|all time high)",
      "(doing|holding up|holding|looking|performing|faring|going on|happening|been up to|at|sitting|trading|behaving|standing|stand|stands|fare|fared)",
      "tell me about",
      "what about",
      "how about",
    ],
  },
  {
    means: { kind: "marketCap" },
    say: [
      "(market cap(s)?|market(-)?cap(s)?|mcap(s)?|mkt cap(s)?|m cap|cap|caps|capped|capitali(z|s)ation(s)?|market capitali(z|s)ation(s)?|market value|valuation(s)?|valued( at)?|worth|mc|marketcap(s)?)",
    ],
  },
  {
    means: { kind: "confidence" },
    say: [
      "(confidence|confident|conf|certainty|certain|sure|conviction|probability|likelihood|reliability)( score| level| rating| of)?",
    ],
  },
  {
    means: { kind: "rank" },
    say: [
      "(by (market cap|mcap|marketcap|size|cap|rank|market capitalization|market capitalisation|market value|capitalization|capitalisation)|ranked|rank|ranking)",
    ],
  },
  {
    means: { kind: "atLeast" },
    say: [
      "(more than|over|above|at least|greater than|exceeding|exceed|exceeds|beyond|upwards of|north of|minimum( of)?|min|bigger than|larger than|no less than|not less than|>|>=|≥|or more|or higher|or worse|or better|or above|plus|and up|and above|upward of)",
    ],
  },
  {
    means: { kind: "atMost" },
    say: [
      "(less than|under|below|at most|no more than|not more than|fewer than|up to|maximum( of)?|smaller than|lower than|<|<=|≤|or less|or lower|south of)",
    ],
  },
];

/** Words that may stand inside any phrase without changing it. */
export const fillers: readonly string[] =
  "a an the really very just so quite pretty still currently now already finally actually totally completely absolutely clearly recently lately all kind sort basically literally currently rn ever even af ass lookin freaking fucking fuckin damn bloody super hella their its his been being be much bit 's lol pls please own most recently of-a".split(
    " ",
  );
