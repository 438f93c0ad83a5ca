import { hasCore } from "./contents.ts";
import type { Question } from "./question.ts";
import type { Request } from "./requests.ts";
import type { Segment } from "./segments.ts";
import { asksInWords, isOfSpeaker } from "./telling.ts";

/** "For that table I need the ten worst coins": what is wished for comes behind its purpose. */
function wishes({ words }: Question, segment: Segment): boolean {
  return (
    hasCore(segment) &&
    /(^| )(i|we) (really |just |only )?(need|want|would like|am after|am looking for|was looking for) (the|a|all|any|some|to (see|know)|\w+ )/.test(
      words.slice(segment.start, segment.end).join(" "),
    )
  );
}

/** From this many tokens on, a message tells a story around what it asks. */
const longMessageTokens = 70;

export function isLong({ words }: Question): boolean {
  return words.length >= longMessageTokens;
}

/** The requests that ask, without those that only tell. Of a long message only what plainly asks counts. */
export function relevantRequests(question: Question, requests: readonly Request[]): Request[] {
  const asking = requests.filter((request, at) => asks(question, request, requests.slice(at + 1)));
  const told = (request: Request): boolean => isTold(question, request);
  if (asking.length === 0) return requests.filter(request => !isAboutSpeaker(question, request));
  if (isLong(question)) return asking;
  // A statement beside a question is its background: "the market is boring, any coins pumping?"
  const hasQuestion = asking.some(request => !request.refusal);

  return requests.filter(
    request =>
      asking.includes(request) || !(isAboutSpeaker(question, request) || (hasQuestion && told(request))),
  );
}

/** The requests that tell of the market rather than of the speaker, in a short text. */
export function toldRequests(question: Question, requests: readonly Request[]): Request[] {
  return isLong(question)
    ? []
    : requests.filter(request => !request.refusal && !isAboutSpeaker(question, request));
}

function asks(question: Question, request: Request, later: readonly Request[]): boolean {
  const inWords = ({ segments }: Request): boolean =>
    segments.some(segment => asksInWords(question, segment) || wishes(question, segment));
  if (inWords(request)) return true;
  const [asked] = request.segments.filter(({ isQuestion }) => isQuestion);
  if (!asked) return false;
  // The mark that ends "I doubt it, which coins fell?" belongs to what asks.
  const leadsIn = later.some(other => other.segments[0]?.sentence === asked.sentence && inWords(other));
  return !(leadsIn && (isAboutSpeaker(question, request) || isTold(question, request)));
}

/** Whether the request is about the speaker or somebody they know: "I bought SOL last year", "she holds ADA". */
function isAboutSpeaker(question: Question, { segments }: Request): boolean {
  const [first] = segments;
  if (!first || segments.some(segment => segment.frame.some(({ means }) => means.kind === "item")))
    return false;
  return isOfSpeaker(question, first);
}

const stating = /^(is|was|are|were|has|have|went|looks|seems|keeps|holds|hold|owns|own|bought|sold)$/;

/** "Today's gainers", "bitcoin's price": a time or a coin that owns what follows, and no verb. */
function owns({ times, layers, coins }: Question, at: number): boolean {
  return (
    times.some(({ end }) => end === at) ||
    (coins.some(({ end }) => end === at) &&
      layers.subject.some(({ means, start }) => means.kind === "topic" && start === at + 1))
  );
}

/** Whether the request states something: a subject and then a verb, "the market is boring". */
function isTold(question: Question, { segments }: Request): boolean {
  const { words } = question;
  return segments.every(segment => {
    // "A ton of coins fell", told of no coins in particular.
    if (
      /^(a (ton|lot|bunch|load|few|couple|number) of|(lots|tons|loads|plenty) of|so many|many|most) /.test(
        `${words.slice(segment.start, segment.start + 4).join(" ")} `,
      )
    )
      return true;
    const states = words
      .slice(segment.start + 1, segment.start + 6)
      .some((word, at) => stating.test(word) || (word === "'s" && !owns(question, segment.start + 1 + at)));
    return states && !segment.frame.some(({ means }) => means.kind === "item");
  });
}
