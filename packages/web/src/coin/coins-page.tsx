import { useState } from "react";
import { useCoins, useMarket } from "../api/queries.ts";
import { amount, price } from "../format/numbers.ts";
import { Failure, Interrupted } from "../layout/failure.tsx";
import { Loading } from "../layout/loading.tsx";
import { Page } from "../layout/page.tsx";
import { ScrollTable } from "../layout/scroll-table.tsx";
import { Change } from "./change.tsx";
import { CoinLink } from "./coin-link.tsx";

/** Every coin that is followed. */
export function CoinsPage() {
  const coins = useCoins();
  const market = useMarket("24h");
  const [wanted, setWanted] = useState("");
  const changes = new Map(market.data?.coins.map(({ cmcId, changePct }) => [cmcId, changePct]));
  const shown = (coins.data?.coins ?? []).filter(({ symbol, name }) =>
    `${symbol} ${name}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  return (
    <Page title="Coins">
      <h1>Coins</h1>
      {coins.isError && !coins.data && <Failure error={coins.error} retry={coins.refetch} />}
      {coins.data && (coins.isError || market.isError) && <Interrupted error={coins.error ?? market.error} />}
      {coins.isPending && <Loading what="the coins" lines={6} />}
      {coins.data && (
        <>
          <label className="filter">
            Find a coin
            <input
              type="search"
              dir="auto"
              value={wanted}
              onChange={event => setWanted(event.target.value)}
            />
          </label>
          <p className="hidden" role="status">
            {shown.length} of {coins.data.coins.length} coins
          </p>
          {coins.data.nextCursor !== null && (
            <p className="note">
              These are the {coins.data.coins.length} highest-ranked coins; the API's <code>/coins</code>{" "}
              pages through all of them.
            </p>
          )}
          {shown.length === 0 ? (
            <p className="empty">
              {coins.data.coins.length === 0
                ? "No listing has been taken in yet. The first one comes with the next schedule."
                : "No coin of the listing has that name."}
            </p>
          ) : (
            <ScrollTable label="Coins">
              <thead>
                <tr>
                  <th scope="col" className="number">
                    Rank
                  </th>
                  <th scope="col">Coin</th>
                  <th scope="col" className="number">
                    Price
                  </th>
                  <th scope="col" className="number">
                    24 hours
                  </th>
                  <th scope="col" className="number narrow-hidden">
                    Market cap
                  </th>
                  <th scope="col" className="number narrow-hidden">
                    Volume, 24 hours
                  </th>
                </tr>
              </thead>
              <tbody>
                {shown.map(({ cmcId, rank, symbol, name, price: usd, marketCap, volume24h }) => (
                  <tr key={cmcId}>
                    <td className="number">{rank ?? "n/a"}</td>
                    <th scope="row">
                      <CoinLink coin={{ cmcId, symbol, name }} />
                    </th>
                    <td className="number">{price(usd)}</td>
                    <td className="number">
                      <Change percent={changes.get(cmcId)} />
                    </td>
                    <td className="number narrow-hidden">{amount(marketCap)}</td>
                    <td className="number narrow-hidden">{amount(volume24h)}</td>
                  </tr>
                ))}
              </tbody>
            </ScrollTable>
          )}
        </>
      )}
    </Page>
  );
}
