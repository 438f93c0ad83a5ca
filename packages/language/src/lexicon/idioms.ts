import type { LexiconEntry } from "./entry.ts";
import { intensifier } from "./intensifiers.ts";

/** Turns of phrase whose words mean something else here: they say nothing about coins. */
export const idioms: readonly LexiconEntry[] = [
  {
    means: { kind: "filler" },
    say: [
      intensifier,
      "(keep|keeping|make) (it|things|this) (low key|short|simple|brief|calm|real|quiet|steady|hot|boring|quick|chill)",
      "(show|shows|showing|showed|shown|pop|pops|popping|popped|turn|turns|turning|turned|crop|crops|cropping|cropped|light|lights|lighting|pull|pulls|pulling|pulled|bring|brings|bringing|brought|call|dig|dug|throw|throws|serve|cough) up",
      "have (yourself )?(a )?(nice|good|great|lovely|wonderful|pleasant) (day|one|weekend|evening|week|time|morning|afternoon|night)",
      "(written|wrote|writing|put|note|noted|jot|jotted|nail|nailed|pin|pinned) down",
      "(up|hot) one (minute|day|moment|second|week) and (down|cold) the next",
      "(the|that|this|my|each|last|next|one|every) (slide|slides)",
      "or are we (cooked|doomed|screwed|done|fine|rekt|toast)",
      "(low|high) key",
      "go with the flow",
      "(at|on) (a |the )?high level",
      "(heads up|hurry up|cheer up|catch up|catch me up|sum up|sum it up|summed up|summing up|wrapped up|wrapping up|rounded up|wrap up|round up|line up|set up|sign up|give up|fed up|made up|look up|speed up|warm up|back up|follow up|made up my mind|wake up|woke up|show up|shut up|mixed up|messed up|stood up|growing up|grew up)",
      "up to (date|speed|you|now|par|scratch|no good)",
      "(calm down|slow down|settle down|sit down|write down|break it down|break down|cut down|let me down|down to earth|down to the wire|down the line|boil it down|narrow it down|come down to|feeling down|upside down)",
      "(the |a |my |your )?bottom line",
      "(top of mind|top of the morning|over the top|on top of (that|it|things|this|my)|from top to bottom|at the top of my|top notch|top secret|tip top)",
      "(drop me a line|drop it|drop me|drop by (the|my|your|for|and)|at the drop of a hat|fall for|fall in love|rise and shine|move on|moving on|on the move|call it a day|made my day|moved on|moving (house|home|office|boxes)|office is moving)",
      "(best wishes|best regards|all the best|best of luck|do your best|at best|at worst|best friend|best bet|for the best|worst case)",
      "(stay|keep) (calm|steady|cool|quiet|safe)",
      "(quiet|calm) (please|moment|evening|night|sunday|weekend)",
      "(hot take|hot takes|hot potato|hot seat|hot air|hot mess|hot water|hot day|hot weather|piping hot|hot dog|hot dogs|hot chocolate|hot tub)",
      "(high five|high time|high school|high hopes|high and dry|low blow|lie low|lay low)",
      "(in the long run|day in day out|ups and downs|up and running|so to speak)",
      "(green light|red light|red flag|red tape|green thumb|in the black friday)",
      "(more or less|for what it is worth|what is more ,|once more|one more)",
      "(make|making|made) up (their|its|my|your) mind",
      "(bear with (me|us)|bear in mind|can not bear|teddy bear|bull in a china shop|no bull)",
      "(fall|falling|fell) asleep",
      "what can i do",
      "(be |are |is )?most (grateful|kind|obliged|welcome|helpful|appreciated|appreciative|thankful)",
      "(i am|am|feel|feeling|got) (so |a bit |totally |completely )?lost",
      "hot (tip|tips|topic|topics|date|sauce|yoga|coffee|meal|water bottle)",
    ],
  },
];
