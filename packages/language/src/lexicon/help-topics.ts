/** What the product's terms mean, found by the words of the question; the first that fits is told. */
export const helpTopics: readonly { asks: RegExp; says: string }[] = [
  {
    asks: /pump|p&d/i,
    says: "A pump and dump is a steep rise on unusual volume that is given back soon after; it is suspected while the price falls from its peak and confirmed once most of the rise is gone.",
  },
  {
    asks: /bottom|floor/i,
    says: "Bottomed out means that a coin fell far, stopped making new lows and has started to recover from them.",
  },
  {
    asks: /volume/i,
    says: "A volume anomaly is trading volume far above what is usual for that coin, measured against its own recent days.",
  },
  {
    asks: /high.*low|double top/i,
    says: "Two highs, one low is a shape in the price: two peaks of about the same height with a low between them.",
  },
  {
    asks: /volatil|swing/i,
    says: "Volatility is the annualised standard deviation of a coin's log returns over the window asked for: how much its price swings, whichever way.",
  },
  {
    asks: /confiden|sure/i,
    says: 'Confidence, from 0 to 1, says how clearly the prices show a trend or signal; ask for a minimum with "above 80% confidence".',
  },
  {
    asks: /up ?trend|down ?trend|sideways|bull|bear|trend/i,
    says: "An uptrend is a price that rises steadily over the window, a downtrend one that falls, and sideways one that does neither by more than its usual noise.",
  },
  {
    asks: /timeframe|time frame|window|period/i,
    says: 'Any window can be asked for: hours, days, weeks, months or "since Monday"; trends are kept for 24 hours, 7, 30 and 90 days.',
  },
  {
    asks: /signal|alert/i,
    says: "There are four signals: pump and dump, bottomed out, volume anomaly, and two highs one low; each has a state, a confidence and the evidence for it.",
  },
  {
    asks: /data|price|source|updated|refresh|live|real/i,
    says: "Prices, volumes and market caps come from CoinMarketCap listings, or from a simulated or replayed market that every answer then names; each answer says how old its data is.",
  },
];
