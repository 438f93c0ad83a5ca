/** Says which order a message is about. */
export function describeOrder(id: string): string {
  return `order ${id}`;
}
