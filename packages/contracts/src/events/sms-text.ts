/** The alphabet of one SMS of 160 characters (GSM 03.38); a text with any other letter has room for 70 alone. */
const plain = new Set(
  "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** These take the room of two. */
const escaped = new Set("^{}\\[~]|€");
const room = 160;

/** One SMS: other letters become `?`, and the text is cut so that the note after it, which must not be lost, fits. */
export function smsText(text: string, note = ""): string {
  let left = room - roomOf(note);
  let cut = "";
  for (const letter of text) {
    const sent = plain.has(letter) || escaped.has(letter) ? letter : "?";
    left -= roomOf(sent);
    if (left < 0) break;
    cut += sent;
  }
  return `${cut}${note}`;
}

/** The room that a text of that alphabet takes. */
export function roomOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (escaped.has(letter) ? 2 : 1), 0);
}
