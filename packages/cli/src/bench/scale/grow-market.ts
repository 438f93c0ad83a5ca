import { benchCoins } from "../bench-market.ts";
import type { BenchInput } from "../with-bench-stage.ts";
import { connectAsOwner } from "./connect-as-owner.ts";
import { multiplyMarket } from "./multiply-market.ts";

/** Takes a first listing in, and makes the market of the stage as large as it is asked for, once. */
export async function growMarket({ stage, size, log }: Omit<BenchInput, "runs">): Promise<void> {
  const owner = await connectAsOwner(stage);
  try {
    const { rows } = await owner.query("SELECT FROM cryptocurrencies");
    if (rows.length >= size.coins) return;
    if ((await stage.operator.health()).checks.data.newestAt === null) {
      await stage.operator.run("data-ingestion", {});
      await stage.operator.drained();
    }
    await stage.operator.run("signal-record", {});
    log(`multiplying the ${benchCoins} coins to ${size.coins} ...`);
    const { priceRows } = await multiplyMarket(owner, size.coins);
    stage.feed.setCoins(size.coins);
    log(`the market has ${size.coins} coins and ${priceRows} prices`);
  } finally {
    await owner.end();
  }
}
