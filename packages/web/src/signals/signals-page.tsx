import { Link, useSearchParams } from "wouter";
import { AlertMe } from "../alerts/alert-me.tsx";
import type { SignalFilter } from "../api/client.ts";
import { useSignals } from "../api/queries.ts";
import { isOpen, signalNames, stateNames } from "../format/words.ts";
import { Failure, Interrupted } from "../layout/failure.tsx";
import { Loading } from "../layout/loading.tsx";
import { Page } from "../layout/page.tsx";
import { SignalList } from "./signal-list.tsx";

const confidences = { "0.5": "50%", "0.6": "60%", "0.7": "70%", "0.8": "80%" } as const;
const filterNames = ["type", "state", "minConfidence", "symbol"] as const;

/** What signals are there, narrowed by filters that the address holds. */
export function SignalsPage() {
  const [parameters, setParameters] = useSearchParams();
  const filter: SignalFilter = Object.fromEntries(
    filterNames.flatMap(name => {
      const value = parameters.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const onlyOpen = parameters.get("open") === "1";
  const { data, error, isError, isPending, isPlaceholderData, refetch } = useSignals(filter);
  const signals = (data?.signals ?? []).filter(({ state }) => !onlyOpen || isOpen(state));
  const set = (name: string, value: string) =>
    setParameters(
      before => {
        const after = new URLSearchParams(before);
        if (value === "") after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  const isFiltered = onlyOpen || Object.keys(filter).length > 0;
  return (
    <Page title="Signals">
      <h1>Signals</h1>
      <p className="lead">
        A signal is one episode: it opens, is confirmed or not, and ends. The latest change stands first, each
        with the evidence it rests on.
      </p>
      <search className="filters" aria-label="Filters">
        <Filter
          label="Kind"
          value={filter.type ?? ""}
          names={signalNames}
          any="All kinds"
          set={v => set("type", v)}
        />
        <Filter
          label="State"
          value={filter.state ?? ""}
          names={stateNames}
          any="All states"
          set={v => set("state", v)}
        />
        <Filter
          label="At least"
          value={filter.minConfidence ?? ""}
          names={confidences}
          any="Any confidence"
          set={value => set("minConfidence", value)}
        />
        <label className="filter check">
          <input
            type="checkbox"
            checked={onlyOpen}
            onChange={event => set("open", event.target.checked ? "1" : "")}
          />
          Only open ones
        </label>
        <a className="jump" href="#alert-title">
          Be alerted
        </a>
        {filter.symbol && (
          <button
            type="button"
            onClick={() => set("symbol", "")}
            aria-label={`Remove coin: ${filter.symbol}`}
          >
            {filter.symbol} ×
          </button>
        )}
      </search>
      {isError && !data && <Failure error={error} retry={refetch} />}
      {isError && data && <Interrupted error={error} />}
      {isPending && !isError && <Loading what="the signals" lines={6} />}
      {data && (
        <section aria-label="Signals" aria-busy={isPlaceholderData}>
          <p role="status" className="count-line">
            {signals.length} {signals.length === 1 ? "signal" : "signals"}
            {data.nextCursor !== null && ", the latest"}
          </p>
          {signals.length === 0 ? (
            <p className="empty">
              {isFiltered ? (
                <>
                  No signal fits these filters. <Link href="/signals">Show all</Link>
                </>
              ) : (
                "No signal has been raised yet. Every coin is evaluated with each listing; this fills by itself."
              )}
            </p>
          ) : (
            <SignalList signals={signals} />
          )}
        </section>
      )}
      <AlertMe filter={filter} />
    </Page>
  );
}

function Filter({
  label,
  value,
  names,
  any,
  set,
}: {
  label: string;
  value: string;
  names: Readonly<Record<string, string>>;
  any: string;
  set: (value: string) => void;
}) {
  return (
    <label className="filter">
      {label}
      <select value={value} onChange={event => set(event.target.value)}>
        <option value="">{any}</option>
        {Object.entries(names).map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
