/** Answers with an order. */
export async function handler() {
  return { statusCode: 200, body: "{}" };
}
