import type { Question } from "../clauses/question.ts";
import type { Segment } from "../clauses/segments.ts";

/** "Help me" may also open a request; from this many words on a help phrase is a question about the product. */
const minStrongHelpWords = 3;

const termKinds = new Set(["trend", "signal", "volatility", "confidence"]);

export function asksForHelp(question: Question, segment: Segment): "strong" | "weak" | undefined {
  const { words } = question;
  const hasTerm = segment.subject.some(
    ({ means, start }) =>
      termKinds.has(means.kind) ||
      words[start] === "sentiment" ||
      (means.kind === "market" && words[start] === "fear"),
  );
  for (const { means, start, end } of segment.scope) {
    // "What can you tell me about LINK" asks about the coin.
    const asksThrough =
      /^(me|show|find|up)$/.test(words[end - 1] ?? "") &&
      (words[end] === "about" ||
        segment.subject.some(span => span.start >= end && termKinds.has(span.means.kind)));
    // "What do you have on FIL".
    const asksOfCoin =
      segment.coins.length > 0 &&
      /^(have|got|know|see|show|offer|track)$/.test(words[end - 1] ?? "") &&
      /^(on|about|for|of)$/.test(words[end] ?? "");
    // "What fresh signals do you have" lists them.
    const asksForOwn =
      /^(have|offer|provide|follow|there)$/.test(words[end - 1] ?? "") &&
      /^(what|which|any)$/.test(words[segment.start] ?? "") &&
      segment.subject.some(span => span.start < end && termKinds.has(span.means.kind)) &&
      question.times.some(time => time.start >= segment.start && time.end <= segment.end);
    if (asksThrough || asksOfCoin || asksForOwn) continue;
    if (
      means.kind === "help" &&
      end - start >= minStrongHelpWords &&
      !/^(help|i|assist)$/.test(words[start] ?? "")
    )
      return "strong";
    // "Signals, pump and dumps I mean" puts right what was said; it asks for no meaning.
    const putsRight = /^(i|we)$/.test(words[start - 1] ?? "") && words[start] === "mean";
    if (means.kind === "helpAbout" && hasTerm && segment.coins.length === 0 && !putsRight) return "strong";
  }
  // "What's up?" by itself greets.
  const isGreeting = segment.scope.some(
    ({ means, start, end }) =>
      means.kind === "greeting" && start === segment.start && end === segment.end && end - start > 1,
  );
  if (isGreeting && segment.subject.length > 0) return "strong";
  if (
    asksForMeaning(question, segment) ||
    asksOfOwnData(question, segment) ||
    asksWhatIsSupported(question, segment) ||
    asksOfOwnTerm(question, segment) ||
    asksOfQuestions(question, segment) ||
    (hasTerm && asksOfOwnMethod(question, segment))
  )
    return "strong";
  return segment.scope.some(({ means }) => means.kind === "help" || means.kind === "greeting")
    ? "weak"
    : undefined;
}

/** "Is your volatility the standard deviation": a term as the product means it. */
function asksOfOwnTerm({ words }: Question, segment: Segment): boolean {
  if (segment.coins.length > 0) return false;
  if (!/^(is|are|does|do|what|how|why)$/.test(words[segment.start] ?? "")) return false;
  return segment.subject.some(
    ({ means, start }) =>
      termKinds.has(means.kind) && words[start - 1] === "your" && start - segment.start <= 4,
  );
}

/** "Can you handle questions typed in German?" */
function asksOfQuestions({ words }: Question, segment: Segment): boolean {
  const text = words.slice(segment.start, segment.end).join(" ");
  return (
    /^(can|could|do|does|will|are|is) (you|this|it|the bot|this bot|this thing)( able to)? (handle|understand|read|take|answer|accept|process|cope with|deal with|speak)( |$)/.test(
      text,
    ) && /(^| )(questions?|queries|query|sentences|languages?|typos|slang|emojis?)( |$)/.test(text)
  );
}

const ownThings =
  /^(data|prices|feed|source|sources|history|accuracy|coverage|limits|api|languages|timezone|currency|method|methodology|methods|database|numbers|figures|answers|information|info)$/;

/** "Are timeframes under an hour supported?" */
function asksWhatIsSupported({ words }: Question, segment: Segment): boolean {
  const said = words.slice(segment.start, segment.end);
  return (
    segment.coins.length === 0 &&
    /^(is|are|what|which|any|how)$/.test(said[0] ?? "") &&
    (said.some(word => /^(supported|unsupported)$/.test(word)) ||
      (said.some(word => /^(available|offered|possible|allowed|selectable)$/.test(word)) &&
        said.some(word =>
          /^(windows?|timeframes?|frames?|periods?|intervals?|languages?|filters?|commands?|options?|features?|formats?)$/.test(
            word,
          ),
        )))
  );
}

/** "How far back does your data go": something that the product has. */
function asksOfOwnData({ words }: Question, segment: Segment): boolean {
  if (segment.coins.length > 0 || segment.subject.some(({ means }) => termKinds.has(means.kind)))
    return false;
  if (!/^(how|what|where|which|is|are|does|do|can|when|why|who)$/.test(words[segment.start] ?? ""))
    return false;
  return words
    .slice(segment.start, segment.end)
    .some((word, at, own) => ownThings.test(word) && own.slice(Math.max(0, at - 2), at).includes("your"));
}

const workings =
  /(^| )(do|does|did|would|will) (you|it|this|the (bot|tool|app|system|site)) (\w+ly )?(use|need|require|apply|determine|decide|define|detect|compute|calculate|measure|classify|class|call|label|flag|judge|treat|count|tell|identify|establish|conclude|work out|figure out|come up with)( |$)/;

/** "By what method do you determine that volume is abnormal": how the product works something out. */
function asksOfOwnMethod({ words }: Question, segment: Segment): boolean {
  if (segment.coins.length > 0) return false;
  const text = words.slice(segment.start, segment.end).join(" ");
  if (/^what (makes|made|leads|causes|gets) (you|it|this|the bot)( |$)/.test(text)) return true;
  if (/(^| )for you$/.test(text) && /^(at|from|above|beyond) what( |$)/.test(text)) return true;
  return /^((by|on|with|in|from|at|using) )?(what|which|how|why|when)( |$)/.test(text) && workings.test(text);
}

const nouns = new Set(
  "volatility uptrend uptrends downtrend downtrends sideways anomaly anomalies dump dumps p&d low lows spike spikes signal signals confidence sentiment vol".split(
    " ",
  ),
);

/** "What is volatility", "what are volume anomalies": a term of the product, bare and last. */
function asksForMeaning({ words }: Question, segment: Segment): boolean {
  const opening = words.slice(segment.start, segment.start + 2).join(" ");
  if (opening !== "what is" && opening !== "what are") return false;
  const terms = segment.subject.filter(({ means }) => termKinds.has(means.kind));
  const [term] = terms;
  if (!term || terms.length > 1 || segment.coins.length > 0) return false;
  const between = words.slice(segment.start + 2, term.start);
  if (!between.every(word => /^(a|an|exactly|actually|even)$/.test(word))) return false;
  const rest = words.slice(term.end, segment.end);
  // "What is recovering from the lows" lists; of the signals named by lows only "two highs, one low" is a noun.
  if (/^lows?$/.test(words[term.end - 1] ?? "") && !/^(two|2|double)$/.test(words[term.start] ?? ""))
    return false;
  return (
    nouns.has(words[term.end - 1] ?? "") &&
    rest.every(word => /^(pattern|patterns|exactly|please|anyway|signal|signals|mean|coin|setup)$/.test(word))
  );
}
