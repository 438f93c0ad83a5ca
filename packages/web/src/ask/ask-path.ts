/** The path of the page that asks a question; with a time, that answers as the data stood then. */
export function askPath(question: string, asOf?: string): string {
  return `/ask?${new URLSearchParams({ q: question, ...(asOf === undefined ? {} : { asOf }) })}`;
}
