/** Coins' names that are English words: the words before or after which they are meant as such. */
type NameIdiom = { after: readonly string[]; before: readonly string[] };

function idiom(after: string, before: string): NameIdiom {
  return { after: after.split(" ").filter(Boolean), before: before.split(" ").filter(Boolean) };
}

export const nameIdioms: ReadonlyMap<string, NameIdiom> = new Map([
  [
    "stellar",
    idiom(
      "a an so truly absolutely",
      "performance performances performer performers gains gain returns return run month week day job coins coin growth results year",
    ),
  ],
  ["optimism", idiom("the any much some more of with market cautious investor", "in about among is-high")],
  ["harmony", idiom("in perfect some of with any much more no", "between among with")],
  ["avalanche", idiom("an the-snow snow", "of")],
  ["ripple", idiom("a", "effect effects")],
  ["tether", idiom("a the-end", "of")],
  ["polygon", idiom("a regular", "shape shapes")],
  ["cosmos", idiom("the", "")],
  ["near", idiom("", "me the a an its their my zero future term all-time all ath support resistance")],
  ["link", idiom("a the this that your", "me to between")],
  ["flow", idiom("work cash traffic", "chart charts diagram state")],
  ["op", idiom("the", "")],
  ["gas", idiom("natural", "fee fees price-at station prices")],
  ["sand", idiom("the of", "")],
  ["mask", idiom("a best face", "to")],
]);
