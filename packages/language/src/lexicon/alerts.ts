import type { LexiconEntry } from "./entry.ts";

const asked = "((can|could|would|will) (you|u) (please )?)?(please )?(make sure to )?";

/** Verbs that can only mean a message later; "tell me" may as well ask now. */
const notifies = [
  "(alert|notify|ping|warn|text|message|email|mail|sms|buzz|poke|page|dm|nudge|flag|wake|call)( to)? (me|us)( up| off)?( by (email|mail|text|sms)| via (email|text|sms))?",
  "(give|send|shoot|drop|get|gimme)( me| us)? (a |an |some )?(shout|shout out|ping|heads up|alert|alerts|notification|notifications|message|text|email|buzz|holler|nudge|warning|line|note|sms|push|push notification|dm|signal alert|call)",
  "(set|create|add|make|put|schedule|configure|activate|enable)( me)? (up )?(a |an |some )?(price |signal |trend |new )?(alert|alerts|alarm|notification|notifications|warning)",
  "((i|we) )?((want|need|like|love|wanna) )?(to )?(be|get) (alerted|notified|pinged|warned|texted|messaged|emailed|informed)",
  "((i|we) )?(want|need|would like|would love|like) (a |an |some )?(alert|alerts|notification|notifications|heads up|ping)",
  "(keep|hold) (me|us) (posted|updated|informed|up to date|in the loop)",
  "(shout|holler|yell|scream)( at me| out)?",
  "hit me up",
];

const tells = "(tell|remind) (me|us)|let (me|us) know|lmk|inform (me|us)|say (so|something)|speak up";

const soon = "( please| pls| asap| immediately| right away| straight away| at once| instantly| again)?";

const conditions =
  "(when|whenever|if|if ever|once|as soon as|the (moment|second|minute|instant)( that| when)?|(every|each|any) time|in case)";

/** Wishes to be told later, once something happens. */
export const alerts: readonly LexiconEntry[] = [
  {
    means: { kind: "alert" },
    say: [
      ...notifies.flatMap(verb => [
        `${asked}${verb}${soon} ${conditions}`,
        `${asked}${verb}${soon} (about|of|on|to|for|regarding|with)`,
      ]),
      `${asked}(${tells})${soon} ${conditions}`,
    ],
  },
  {
    /** A wish only beside a condition of its own: "if it falls, tell me". */
    means: { kind: "notify" },
    say: [...notifies, tells].map(verb => `(${verb})${soon}`),
  },
];
