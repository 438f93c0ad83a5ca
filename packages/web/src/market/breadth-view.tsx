import type { MarketResponse } from "@vibe-charting/contracts";
import { change } from "../format/numbers.ts";
import { type Breadth, breadthOf } from "./breadth.ts";

/** How many coins rose and fell, as a sentence, as bars, and as a table. */
export function BreadthView({ coins, over }: { coins: MarketResponse["coins"]; over: string }) {
  const breadth = breadthOf(coins);
  const { up, down, flat, medianPct, bins } = breadth;
  const most = Math.max(...bins.map(({ count }) => count));
  return (
    <figure className="breadth">
      <figcaption>
        <strong>{up}</strong> rose, <strong>{down}</strong> fell{flat > 0 && `, ${flat} did not move`} over{" "}
        {over}; the middle change is {change(medianPct)}.
      </figcaption>
      <BreadthBar breadth={breadth} />
      <table className="histogram">
        <caption className="hidden">Coins by their change over {over}</caption>
        <thead className="hidden">
          <tr>
            <th scope="col">Change</th>
            <th scope="col">Coins</th>
          </tr>
        </thead>
        <tbody>
          {bins.map(({ name, count }, place) => (
            <tr key={name} className={place < bins.length / 2 ? "down" : "up"}>
              <th scope="row">{name}</th>
              <td>
                <span className="bar" style={{ inlineSize: `${(100 * count) / most}%` }} aria-hidden="true" />
                <span>{count}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function BreadthBar({ breadth: { up, down, flat } }: { breadth: Breadth }) {
  return (
    <div className="breadth-bar" aria-hidden="true">
      {down > 0 && <span className="down" style={{ flexGrow: down }} />}
      {flat > 0 && <span className="flat" style={{ flexGrow: flat }} />}
      {up > 0 && <span className="up" style={{ flexGrow: up }} />}
    </div>
  );
}
