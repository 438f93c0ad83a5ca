const spoken: readonly (readonly [RegExp, string])[] = [
  [/\s+question mark\b/gi, "?"],
  [/\s+exclamation (?:mark|point)\b/gi, "!"],
  [/\s+full stop\b/gi, "."],
];

/** Writes the marks of dictated text: "is it up question mark". */
export function writeSpokenMarks(text: string): string {
  if (!/mark|point|stop/i.test(text)) return text;
  return spoken.reduce((written, [words, mark]) => written.replace(words, mark), text);
}
