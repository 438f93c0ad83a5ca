/** Keys whose form is public: of AWS, GitHub, Slack and Google, and private keys in PEM. */
const knownForms =
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_\w{36}|\bxox[abprs]-[\w-]{10}|\bAIza[\w-]{35}|-----BEGIN [A-Z ]*PRIVATE KEY/;

// The limits of Yelp's detect-secrets, in bits a character, over runs of at least 20 characters.
const longRuns = /[A-Za-z0-9+/_=-]{20,}/g;
const hexadecimal = /^[0-9a-f]+$/i;
const limits = { hexadecimal: 3, other: 4.5 } as const;

/** Whether a text holds what is too random to be a name, an address or a number. */
export function looksLikeSecret(text: string): boolean {
  if (knownForms.test(text)) return true;
  return (text.match(longRuns) ?? []).some(
    run => bitsPerCharacter(run) > (hexadecimal.test(run) ? limits.hexadecimal : limits.other),
  );
}

/** Shannon's entropy of the characters. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => {
    const share = count / text.length;
    return bits - share * Math.log2(share);
  }, 0);
}
