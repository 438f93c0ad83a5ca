import type { Intent } from "@vibe-charting/contracts";
import type { Question } from "./clauses/question.ts";
import { isLong, relevantRequests, toldRequests } from "./clauses/relevant-requests.ts";
import { groupRequests, type Request } from "./clauses/requests.ts";
import { cutSegments } from "./clauses/segments.ts";
import type { CoinLexicon } from "./coins/coin-lexicon.ts";
import { findCoins } from "./coins/find-coins.ts";
import { markExclusions } from "./coins/mark-exclusions.ts";
import { readConfidence } from "./confidence.ts";
import { wishesAlert } from "./intents/alert-wish.ts";
import { type Decision, decide } from "./intents/decide.ts";
import { namesWhatIsAsked, settle } from "./intents/settle.ts";
import { coinRest, coinWord } from "./phrases/coin-word.ts";
import { matchLayers } from "./phrases/layers.ts";
import { emptySlots, type Reading } from "./reading.ts";
import { fillSlots } from "./slots/fill-slots.ts";
import { findTimes } from "./slots/find-times.ts";
import { correctSpelling } from "./text/correct-spelling.ts";
import { spellOutParameters } from "./text/spell-out-parameters.ts";
import { writeSpokenMarks } from "./text/spoken-marks.ts";
import { stripInjection } from "./text/strip-injection.ts";
import { tokenise } from "./text/tokenise.ts";
import { translate } from "./text/translate.ts";
import { unreadWords } from "./text/unread-words.ts";

export type QuestionInput = { text: string; now: Date; coins: CoinLexicon };

/** Longer texts are read up to here. Callers that answer people refuse them; see `maxQueryLength`. */
const maxTextLength = 4_000;

/** Reads a question. The same text, clock and coins always give the same reading; nothing throws. */
export function parseQuestion(input: QuestionInput): Reading {
  const reading = readText(input, false);
  // "🔥 coins": an emoji that mostly decorates says something when nothing else does.
  if (reading.intents[0] === "unknown" && /\p{Extended_Pictographic}/u.test(input.text)) {
    const closer = readText(input, true);
    if (closer.intents[0] !== "unknown") return closer;
  }
  return reading;
}

function readText({ text, now, coins }: QuestionInput, readDecorations: boolean): Reading {
  const question = analyse(text, now, coins, readDecorations);
  const segments = cutSegments(question);
  const all = groupRequests(question, segments);
  const decideOn = (request: Request): { request: Request; decision: Decision } => {
    const before = all.slice(0, all.indexOf(request));
    return { request, decision: settle(question, request, decide(question, request, before), before) };
  };
  const relevant = relevantRequests(question, all).map(decideOn);
  // "What is this weird volume, show me who has it": what asks leans on what was told.
  const decided = relevant.some(({ decision }) => decision.intents.length > 0)
    ? relevant
    : toldRequests(question, all)
        .map(decideOn)
        .filter(({ decision }) => decision.isStrong);
  const unread = unreadWords(question);
  const answerable = decided.filter(({ decision }) => decision.intents.some(intent => intent !== "help"));
  // Of a story only what names coins or a list of them was meant to be answered, where anything does.
  const explicit = answerable.filter(({ request }) => namesWhatIsAsked(question, request));
  const answered = isLong(question) && explicit.length > 0 ? explicit : answerable;
  const intents = [...new Set(answered.flatMap(({ decision }) => decision.intents))].filter(
    intent => intent !== "help",
  );
  if (intents.length > 0) {
    const slots = fillSlots(question, segments, answered);
    return {
      intents,
      slots,
      confidence: readConfidence(
        question,
        intents,
        answered.map(({ decision }) => decision),
        unread,
      ),
      notUnderstood: unread,
      alert: answered.some(({ request }) => wishesAlert(question, segments, request)),
    };
  }
  const isHelp = decided.some(({ decision }) => decision.intents.includes("help"));
  const intent: Intent = isHelp ? "help" : "unknown";
  return {
    intents: [intent],
    slots: emptySlots(),
    confidence: readConfidence(question, [intent], [], unread),
    notUnderstood: unread,
    alert: false,
  };
}

function analyse(text: string, now: Date, coins: CoinLexicon, readDecorations: boolean): Question {
  const plain = text
    .slice(0, maxTextLength)
    .normalize("NFKC")
    .replace(/[’‘´`ʼ]/g, "'")
    .replace(/[\r\n]+/g, " . ");
  const { text: safe, hadCode } = stripInjection(plain);
  const tokens = tokenise(translate(writeSpokenMarks(spellOutParameters(safe))), readDecorations);
  const { corrected } = correctSpelling(tokens, coins);
  const mentions = findCoins(tokens, coins);
  const words = tokens.map(({ text }) => text);
  for (const { start, end } of mentions) words.fill(coinRest, start, end).fill(coinWord, start, start + 1);
  const layers = matchLayers(words);
  const exclusions = markExclusions(words, mentions, layers);
  const times = findTimes(tokens, now).filter(
    ({ start, end }) => !words.slice(start, end).includes(coinWord),
  );
  return {
    tokens,
    words,
    layers,
    coins: exclusions.coins,
    excludedGroups: exclusions.groups,
    times,
    year: now.getUTCFullYear(),
    hadCode,
    corrected,
  };
}
