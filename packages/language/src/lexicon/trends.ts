import type { LexiconEntry } from "./entry.ts";

export const trends: readonly LexiconEntry[] = [
  {
    means: { kind: "trend", value: "uptrend" },
    say: [
      "(up( )?|upward |upwards |rising |bull |bullish |positive )trend(s|ing|ed|er|ers)?",
      "up(-)?trend(s|ing)?",
      "(trend|trends|trending|trended|heading|headed|going|moving|pointing|drifting|grinding|edging|ticking|marching|inching|creeping) (up|upward|upwards|higher|north)( steady| steadily| slowly| smoothly)?",
      "bull(ish|ishness|ishly)?( phase| momentum| structure| territory| mode| zone| pattern| state| side)?",
      "bulls",
      "(higher|making higher|made higher|printing higher) highs( and higher lows)?",
      "higher lows",
      "(ascending|uptick)",
      "on the way up",
      "on (a|an) (steady )?(upswing|up swing|up trend|rise|climb)",
      "(keeps|keep|kept) (rising|climbing|going up)",
      "stair stepping up",
    ],
  },
  {
    means: { kind: "trend", value: "downtrend" },
    say: [
      "(down( )?|downward |downwards |falling |bear |bearish |negative )trend(s|ing|ed|er|ers)?",
      "(trend|trends|trending|trended|heading|headed|going|moving|pointing|drifting|grinding|edging|ticking|marching|inching|creeping) (down|downward|downwards|lower|south)",
      "bear(ish|ishness|ishly)?( phase| momentum| structure| territory| mode| zone| pattern| state| side)?",
      "bears",
      "(making |made |printing )?lower lows( and lower highs)?",
      "lower highs",
      "descending",
      "on the way down",
      "on (a|an) (steady )?(downswing|slide|decline)",
      "(keeps|keep|kept) (falling|sliding|dropping|going down)",
    ],
  },
  {
    means: { kind: "trend", value: "sideways" },
    say: [
      "side(s)?way(s)?( trend| trends| trending| action| movement| range| mode| phase)?",
      "side ways",
      "(trend|trends|trending|moving|going|chopping|trading|drifting) sideways",
      "rang(ing|ed|e bound|ebound)",
      "(stuck|trading|moving|trapped|locked|sitting|staying) in (a |an )?(tight |narrow |trading )?(range|channel|box)",
      "in a (tight |narrow |trading )?(range|channel)",
      "(flat|flatline|flatlining|flatlined|flat lining)( trend| trends)?",
      "consolidat(ing|ion|e|ed|es)( phase| mode)?",
      "crab(bing|bed|s|by)?( mode| walk| walking)?",
      "(went|going|gone|go|goes|getting|got|headed|heading) (nowhere|no where)",
      "not (going|gone|go|went|getting|moved|moving|headed|heading) (anywhere|any where)",
      "neither (up|rising|climbing) (nor|or) (down|falling|dropping)",
      "neither (down|falling|dropping) (nor|or) (up|rising|climbing)",
      "neither (pumping|mooning|gaining|bullish|green|winning) (nor|or) (dumping|crashing|losing|bearish|red)",
      "neither (dumping|crashing|losing|bearish|red) (nor|or) (pumping|mooning|gaining|bullish|green|winning)",
      "(treading water|trading flat|moving flat|horizontal|rangy|trendless|directionless)",
      "(no|without|without a|without any) (clear |real |particular )?(trend|direction)",
    ],
  },
  {
    means: { kind: "trend", value: null },
    say: ["trend(s|ing|ed)?( state| states| direction| status)?", "trending( up)?( or)( down)"],
  },
  {
    means: { kind: "climb", value: "best" },
    say: [
      "(climbing|climb|climbs|climbed)( steadily| up| higher)?",
      "(rising|rise|rises|rose|risen|went up|gone up|goes up|go up)",
      "(going|move|moves|moved|shot|climbed) up",
    ],
  },
  {
    means: { kind: "climb", value: "worst" },
    say: [
      "(falling|fall|falls|fell|fallen|sliding|slide|slides|slid|declin(e|es|ed|ing))",
      "(dropping|drop|drops|dropped|sink|sinks|sinking|sank|slipping|slip|slipped|slumping|slump|slumped)",
      "(went|gone|goes|go) down",
    ],
  },
];
