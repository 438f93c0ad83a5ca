/** Reports that it ran. */
export async function run() {
  return "done";
}
