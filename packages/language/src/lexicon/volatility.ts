import type { LexiconEntry } from "./entry.ts";
import { intensifier } from "./intensifiers.ts";

export const volatility: readonly LexiconEntry[] = [
  {
    means: { kind: "volatility", value: "high" },
    say: [
      "(hi|high|higher|highest|most|more|high-|increased|elevated|extreme|big|huge|lots of|a lot of|lot of|plenty of|rising|crazy|strong|great|max|maximum|heavy|significant|biggest|greatest|loads of|tons of|much|massive|insane) (price )?(volatility|vol)",
      "(volatile|erratic|whipsaw(s|ing|ed|y)?|whippy|whip(s|ping|ped)? around|jumpy|choppiest|choppy|chop|chopping|swingy|swingiest|unstable|turbulent|unpredictable|jumpiest|craziest|bounciest|spikiest|rockiest|shakiest|shaky|rollercoaster|roller coaster|wild|wilder|wildest|choppier|jumpier|bouncier|shakier|rockier|jittery|twitchy|bouncy|crazy price|nervous|hectic|spiky|jumping around|bouncing around|all over the place|all over the shop|up and down|swinging around|restless|agitated|excitable|fluctuating|fluctuate|fluctuated|fluctuates|jerky|frantic|degen)( price| prices)?",
      "(most |very |really |super |extremely |highly )(volatile|erratic|choppy|unstable|turbulent|unpredictable|jumpy)",
      "(high|heavy|big|long) on (the )?(volatility|vol|drama|swings)",
      "(volatility|vol) (is |being |was |that is )?(high|highest|up|elevated|through the roof|extreme|crazy)",
      "(wild|big|biggest|large|largest|huge|massive|crazy|wildest|violent|sharp|extreme|bigger|insane|widest|wide|greatest|sharpest|serious|high) (price )?(swing|swings|fluctuation|fluctuations|oscillation|oscillations|price range|price ranges|daily range|daily ranges|daily swings|daily moves|intraday range|intraday ranges|trading range|trading ranges)",
      `(swung|swing|swings|swinging|fluctuated|fluctuating) (the )?(most|wildly|hard|hardest|a lot|violently|around|${intensifier})`,
      "(riskiest|risky|spicy|spiciest|bipolar|manic|moody|unhinged|wobbly|shaky|flighty)",
      `(move|moves|moved|moving|moves around|move around) (a lot|wildly|violently|too much|all the time|${intensifier})`,
      "(erratically|unpredictably|(moving|trading|swinging|behaving) (wildly|violently|crazily))",
      "(jump|jumps|jumped|bounce|bounces|bounced|swing|swings|thrash|thrashes|thrashing|lurch|lurches|lurching|whip|hop|hops) (around|about|all over)( the place)?",
      "(price )?swings",
    ],
  },
  {
    means: { kind: "volatility", value: "low" },
    say: [
      "(lo|low|lower|lowest|least|less|low-|reduced|minimal|little|small|no|without|without much|not much|hardly any|minimum|barely any|smallest|almost no|without any|zero|minimal|very little) (price )?(volatility|vol)",
      "(calm|calmer|calmest|steady|steadier|steadiest|boring|boringest|stable|stabler|stablest|quiet|quieter|quietest|sleepy|sleepiest|tame|tamest|placid|smooth|smoothest|predictable|low key|chill|chillest|snoozing|snoozers|dull|dullest|mellow|serene|tranquil|safest|low risk|least risky|nonvolatile|non volatile|unexciting|rock solid|docile|gentle|gentlest|consistent)( price| prices| and calm)?",
      "most (boring|stable|steady|calm|predictable|quiet|consistent)",
      "(hardly|barely|scarcely|seldom) (ever )?(volatile|erratic|choppy|unstable|jumpy|swing|swings|swinging|swung|wobble|wobbles|wobbled|jump|jumps)",
      "(boringly|very|really|super|pretty) (calm|steady|boring|stable|quiet|predictable)",
      "(least|less) (volatile|erratic|choppy|unstable|turbulent|unpredictable|jumpy|wild|risky|agitated|jittery|nervous|bouncy|shaky|rocky|fluctuating|hectic|crazy|swingy|excitable|restless)",
      "(volatility|vol) (is |being |was |that is )?(low|lowest|minimal|subdued|contained|muted|in check|on the low side)",
      "(low|light|short|easy) on (the )?(volatility|vol|drama|swings)",
      "(stable|steady|calm) (price|prices)",
      "(chillin|chilling|no drama|zero drama|drama free|smooth sailing|snoozy|snooze|snooze fest|snoozefest|sleeping|half asleep|watching paint dry)",
      "(price )?(swing|swings|fluctuations|oscillations) (have been|has been|are|were|is|was|stay|stayed|look|remain|remained) (so |very )?(tiny|small|minimal|narrow|low|mild|modest|tight|smallest|limited)",
      "(small|smallest|tiny|tiniest|narrow|narrowest|tight|tightest|minimal|smaller|mild|little|low|lowest|least) (price )?(swing|swings|fluctuation|fluctuations|oscillations|price range|price ranges|daily range|daily ranges|daily swings|daily moves|trading range|trading ranges)",
      "(barely|hardly|scarcely|rarely|never) (move|moves|moved|moving|budge|budged|budges|budging|fluctuate|fluctuates|fluctuated|fluctuating|twitch|twitched)",
      "(moved|moves|moving|move|swung|swings|swing|fluctuated|fluctuates) (the )?least",
      "not (move|moving|moved|budge|budging|budged|swing|swinging|fluctuate|fluctuating|jump|bounce)( around)?( much| a lot| at all| that much)?",
      "(barely|hardly|scarcely) (any|a) (movement|change|swings|volatility)",
      "(least|little|less|minimal) (price )?movement",
      "swing the least",
    ],
  },
  {
    means: { kind: "volatility", value: null },
    say: [
      "how (volatile|calm|stable|choppy|steady|erratic)",
      "(realised |realized |historical |historic |annualised |annualized |daily |intraday |price )?(volatility|vol|price swings)( ranking| rankings| list| levels| level| reading)?",
    ],
  },
];
