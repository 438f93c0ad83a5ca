import type { Intent } from "@vibe-charting/contracts";
import { describe, expect, it } from "vitest";
import { buildCoinLexicon } from "./coins/coin-lexicon.ts";
import { wellKnownCoins } from "./lexicon/well-known-coins.ts";
import { parseQuestion } from "./parse-question.ts";

const coins = buildCoinLexicon(wellKnownCoins);
const now = new Date("2026-03-18T12:00:00Z");

/** What people ask in few words, by the one intent that it has. */
const questions: Partial<Record<Intent, string>> = {
  performance: `
    who made the most money this week?
    which cryptos had the best run lately?
    what coins jumped overnight
    biggest risers today
    top risers
    coins that rose the most in the past month
    best returns over 30 days
    highest returns this quarter
    what took off this week
    which tokens did best since January
    who's on top this week
    what's in the lead today
    coins with the largest percentage gain today
    largest % change 24h
    what fell off a cliff today
    which coins got destroyed this week
    worst returns ytd
    what's sinking fastest
    biggest dippers
    which alts have underperformed this month
    coins down double digits this week
    anything down more than 20% today?
    what lost half its value this month
    any coins that doubled this year?
    who's bleeding the most
    what are today's movers
    top ten by 7d change
    sort coins by 30 day return
    rank by weekly gain
    price action leaders
    which coins are green
    what's green today
    show me the red ones
    what's getting crushed
    strongest coins rn
    which coins made new highs this week
    outperformers last month
    what are the weakest coins in the top 100
    which coin has performed the best this year
    coins that gained at least 15 percent in two weeks
  `,
  trend: `
    which coins keep climbing
    what's on the rise
    coins in a clear uptrend
    steadily rising coins
    anything trending up?
    which ones are heading south
    coins going down
    list downtrends
    coins stuck in a range
    flat coins
    what's moving sideways this month
    range bound tokens
    which coins are consolidating
    bullish coins top 50
    bearish alts
    which cryptocurrencies are in an upward trend over the last 90 days
    coins making higher highs
    what's drifting lower
    any coin that's been grinding up for weeks
    tokens without a clear direction
    uptrends with at least 80% confidence
    what is trending
    show trends
    which coins have turned bullish
    what coins flipped bearish this week
    coins not trending down
    coins that aren't in a downtrend
  `,
  signal: `
    any pump and dumps today
    what got pumped and then dumped
    pump & dump alerts
    suspected pump and dumps
    which coins look like a pump and dump
    coins that bottomed
    what has bottomed out recently
    which coins found support at the lows
    coins bouncing off the bottom
    coins that hit rock bottom
    unusual trading volume
    volume outliers
    coins with suspiciously high volume
    volume way above normal
    where is volume exploding
    double tops
    double top formations this month
    which coins show two highs and one low
    two peaks and a trough
    latest signals
    any signals?
    what signals fired today
    new signals since monday
    confirmed signals
    signals with confidence over 90%
    coins recovering from their lows
    reversal from the bottom signals
  `,
  volatility: `
    most volatile coins
    which coins swing the most
    least volatile tokens this month
    calm coins
    boring coins
    which coins have the wildest price swings
    coins with low price fluctuation
    steadiest coins in the top 20
    what's been choppy
    highest volatility last 7 days
    coins that barely moved
    which coins hardly move
    most stable alts
    rank coins by volatility
    low vol names
    riskiest coins by price swings
    what's the most unstable coin
    coins with big daily ranges
  `,
  symbol_overview: `
    btc
    how is bitcoin
    price of eth
    what's sol at
    where's doge trading
    ada stats
    how much is one bitcoin
    xrp trend
    is eth bullish
    has sol bottomed
    what happened to luna
    what's going on with avax
    why is doge down today
    did btc go up this week
    link last 7 days
    tell me about polkadot's price
    eth 24h change
    bnb volatility
    is there a signal on xlm
    how volatile is solana
    current value of litecoin
    give me a read on ATOM
    what do you have on FIL
    chart for uni
    how has ether done since new year
    is bitcoin cash in a downtrend
    anything on hbar?
    matic vs usd
    are doge and shib up?
  `,
  compare: `
    btc vs eth
    sol or ada this month
    which is better eth or sol
    compare doge and shib
    is eth doing better than btc
    who wins, bnb or xrp
    how does link stack up against dot
    difference between ltc and bch performance
    eth against btc last 30 days
    which dropped more, ada or dot
    is sol more volatile than avax
    btc, eth and sol side by side
    did doge beat shib this week
    eth/btc
  `,
  market_overview: `
    how's the market
    market overview
    is the market up or down
    how is crypto doing today
    total market cap
    are we in a bull market
    market sentiment
    is it a red day
    what's the mood
    general state of crypto
    is everything down?
    how are things looking out there
    give me a market recap for the week
    is alt season here
    did the market recover
    why is crypto down
    how bad is it out there
    anything interesting happening in crypto
  `,
  help: `
    help
    what can you do
    hi
    how do you compute volatility
    what is an uptrend
    what does bottomed out mean
    where does your data come from
    which signals do you support
    what does confidence mean
    how often is the data updated
    explain two highs one low
    which coins do you cover
    can I get alerts
    is this free
    how does this work
  `,
  unknown: `
    should I buy bitcoin
    will eth go up
    what's the price of gold
    tell me a joke
    how do I buy crypto
    what is bitcoin
    who invented ethereum
    best wallet
    what's a good investment
    when moon
    price prediction for sol
    is doge going to 1 dollar
    what's the weather
    asdfgh
    !!!
    apple stock
    is bitcoin a scam
    how to stake ada
    latest crypto news
    what did elon tweet
    which exchange is cheapest
    write a poem
    drop table users
    how are trends formed on tiktok
    what's hot on netflix
    is my stomach bottomed out
    turn the volume down
    the volume of a sphere
    which hotels are trending
    signal app vs whatsapp
    bull terrier or bear cub
    volatile organic compounds
  `,
};

describe("plain questions", () => {
  for (const [intent, texts] of Object.entries(questions)) {
    const lines = texts
      .trim()
      .split("\n")
      .map(line => line.trim());
    it.each(lines)(`${intent}: %s`, text => {
      expect(parseQuestion({ text, now, coins }).intents).toEqual([intent]);
    });
  }
});
