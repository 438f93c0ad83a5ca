import type { LexiconEntry } from "./entry.ts";

export const performance: readonly LexiconEntry[] = [
  {
    means: { kind: "performance", value: "best" },
    say: [
      "(top |best |biggest )?gainer(s)?",
      "(winner|winners|outperformer|outperformers|parabolic|gone parabolic|going parabolic|moonshot|moonshots|rocket|rockets|high flyer|high flyers|highflyers|leader|leaders|overperformers|leading the (market|pack|way|charge|board|field)|winning|market leaders|leaderboard|top of the board)",
      "(in|into) (the )?(green|black)",
      "in profit",
      "green (today|coins|ones)?",
      "hot(test)?( right now| rn| coins| tokens)?",
      "(on fire|sending|sending it|sendin it|on a tear|flying|popping off|poppin|poppin off|popping|going crazy|killing it|crushing it|cooking|lit)",
      "(moon|moons|mooning|mooned|moonin|moonng)",
      "(pump|pumps|pumped|pumping|pumpin)( hard| hardest| it)?",
      "(rip|rips|ripped|ripping|rippin)( hard| hardest)?",
      "(soar|soars|soared|soaring|skyrocket|skyrockets|skyrocketed|skyrocketing|rocketing|rocketed|rally|rallies|rallied|rallying|surge|surges|surged|surging|jumped|jumping|exploded|exploding|explode|takes off|took off|taking off|blew up|blowing up|boomed|booming|breaking out|broke out)",
      "(printing|printing money|goat|goated|vertical|to the races|bulldozing|crushing|money makers|moneymakers|bangers|banger|going (bananas|brrr|bonkers|nuts|wild|vertical|ballistic)|eating good|stonks|bussin|straight up|up only|top dogs|big winners)",
      "(best|star|stellar|strong|great|solid|standout) (performance|performer|performers)",
      "(strong |most |positive |good |great )?momentum",
      "(did|done|doing|do|does) (really |so |very )?(well|great|good|best)",
      "(performed|performing|perform) (really |so |very )?(well|great|strongly)",
      "(look|looks|looking|looked) (really |so |very )?(good|great|healthy)",
      "(strong|strength|showing strength|most profitable|profitable|most lucrative)",
      "positive (return|returns|performance)",
      "(strong|stronger) (performance|performers|momentum|coins|gains)",
      "(doubled|tripled|quadrupled)",
      "doubled in (price|value)",
    ],
  },
  {
    means: { kind: "performance", value: "worst" },
    say: [
      "(top |worst |biggest )?loser(s)?",
      "(underperformer|underperformers|laggard|laggards|stinkers|duds|dud|dogs of the market|lagging|lagging the market|losing|tail enders)",
      "(in|into) (the )?red",
      "(underwater|under water|at a loss)",
      "(rekt|wrecked|get rekt|getting rekt|got rekt|getting wrecked|got wrecked|got crushed|getting crushed|crushed|smoked|getting smoked|got smoked|slaughtered|getting slaughtered|destroyed|getting destroyed|hammered|getting hammered|got hammered|obliterated|annihilated|butchered|cooked)",
      "(dump|dumps|dumped|dumping|dumpin)( hard| hardest| it)?",
      "(bleed|bleeds|bled|bleeding|bleedin)( out| hard| hardest| red| the most)?",
      "(nuke|nukes|nuked|nuking|crater|cratered|cratering|tank|tanks|tanked|tanking|crash|crashes|crashed|crashing|plunge|plunges|plunged|plunging|plummet|plummets|plummeted|plummeting|collapse|collapsed|collapsing|tumble|tumbled|tumbling|melting down|freefall|in freefall|in free fall|imploded|imploding|capitulating|puking|shitting the bed)",
      "(hit|hits|getting hit|got hit|was hit|were hit|been hit) (the )?(hardest|worst|hard|badly)",
      "(took|taken|taking|take) (the )?(biggest |worst |hardest |a )?(hit|beating|hammering|dump|nosedive|dive)",
      "(did|done|doing|do|does) (really |so |very )?(badly|poorly|bad|worst|terribly)",
      "(performed|performing|perform) (really |so |very )?(badly|poorly)",
      "(look|looks|looking|looked) (really |so |very )?(bad|awful|terrible|ugly|rough)",
      "(rugged|got rugged|dumpster fire(s)?|bags of shame|ngmi|in shambles|shambles|down bad|down horrendous|bagholders|bag holders|getting cooked|free falling)",
      "(weak|weakness|showing weakness)",
      "negative (return|returns|performance)",
      "(weak|poor) (performance|performers|performer)",
      "(halved|cut in half)",
      "(bloody|bloodiest|bloodied|(fell|fall|fallen|falling|dropped|went|going|gone) off (a |the )?cliff|in the gutter|in the toilet|down the drain|down the toilet|going to zero|shit show)",
      "red (today|coins|ones)?",
    ],
  },
  {
    means: { kind: "performance", value: null },
    say: [
      "(big |biggest |top |largest )?(price )?(mover|movers)( and shakers)?",
      "(biggest |largest )(price )?(move|moves|change|changes|mover|movers)",
      "(price )?(performance|performances)",
      "(most|biggest) price (change|changes|action)",
      "(up or down|down or up|either (way|direction)|both (ways|directions)|whichever (way|direction)|regardless of direction|gains or losses)",
    ],
  },
  {
    means: { kind: "gain", value: "best" },
    say: [
      "(gain|gains|gained|gaining|returned|returning|returns|return|earned|made|advanced|added|grew|grown|growing|increased|increase|increases|appreciated|up|profit|profits|green candles|upside|appreciation)",
      "(shot|zoomed|flew) up",
      "(put|putting) on",
    ],
  },
  {
    means: { kind: "gain", value: "worst" },
    say: [
      "(lose|loses|lost|losing|loss|losses|down|shed|shedding|decreased|decrease|depreciated|drawdown|drawdowns|red candles|dip|dips|dipped|dipping|shrunk|given back|gave back)",
      "(pullback|pullbacks|correction|corrections|selloff|selloffs|sell off|sell offs)",
    ],
  },
  {
    means: { kind: "gain", value: null },
    say: [
      "(move|moves|moved|moving|movement|movements|performer|performers|performed|performing|perform|performs|change|changes|changed)",
    ],
  },
  {
    means: { kind: "superlative", value: "best" },
    say: ["(number one|number 1|# 1|no 1|nr 1|best|strongest|greatest|finest|most successful|healthiest)"],
  },
  {
    means: { kind: "superlative", value: "worst" },
    say: ["(worst|weakest|poorest|bottom|ugliest|shittiest|crappiest|baddest)"],
  },
  {
    means: { kind: "superlative", value: "most" },
    say: [
      "(the )?(most|biggest|largest|highest|hardest|fastest|sharpest|steepest|heaviest|furthest|farthest|quickest|deepest|hugest|greatest)",
    ],
  },
  {
    means: { kind: "superlative", value: "least" },
    say: ["(the )?(least|smallest|lowest|slowest|fewest|tiniest)"],
  },
  { means: { kind: "superlative", value: "top" }, say: ["top"] },
  {
    means: { kind: "comparative", value: "best" },
    say: [
      "(better|stronger|healthier|greener|faster|further|higher)",
      "(did|do|doing|done|does) more",
      "(was|is|been|come out|came out|coming out) ahead",
      "(wins|won|win)",
      "held up better",
      "(leading|lead|leads)",
    ],
  },
  {
    means: { kind: "comparative", value: "worst" },
    say: [
      "(worse|weaker|slower|redder|lower)",
      "(lost|dropped|fell|dumped|bled|bleeding|dumping|declined|fallen|losing|dropping|falling|down) (harder|faster)",
      "harder hit",
    ],
  },
  { means: { kind: "comparative", value: "more" }, say: ["(more|bigger|harder|larger)"] },
  { means: { kind: "comparative", value: "less" }, say: ["(less|smaller|fewer)"] },
];
