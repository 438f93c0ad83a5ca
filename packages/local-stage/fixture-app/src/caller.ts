/** Says where it would call. */
export async function handler() {
  return "calling";
}
