import { join } from "node:path";
import { evaluateGraph, openStateDirectory, startLocalStage } from "@vibe-charting/local-stage";
import { Command, InvalidArgumentError, Option } from "commander";
import { exitCodes } from "../exit-codes.ts";
import { checkOperations, describeSubscriptions } from "../stage/check-wiring.ts";
import { startLambdaServer } from "../stage/lambda-server.ts";
import {
  localApiKey,
  localStageName,
  localValues,
  projectDirectory,
  stateDirectoryPath,
} from "../stage/project.ts";
import { announceStage, withdrawStage } from "../stage/running-stage.ts";
import { isCoinMarketCapReachable } from "../up/coinmarketcap-access.ts";
import { loadFirstData, type MarketDriver, playOn, playToEnd } from "../up/drive-market.ts";
import { EndpointFlagError, readEndpoints } from "../up/local-endpoints.ts";
import {
  checkMarketFlags,
  describeMarket,
  MarketFlagError,
  type MarketFlags,
  rememberedMarket,
  rememberMarket,
  settleMarket,
} from "../up/market-choice.ts";
import { openMarket } from "../up/open-market.ts";
import { stageOperator } from "../up/stage-operator.ts";

/** As often as the demo market lists; a tab that is open for a day stays within the page's quota. */
const pagePollSeconds = "5";

type UpOptions = Omit<MarketFlags, "workingDirectory"> & {
  readonly port: number;
  readonly reset?: boolean;
  readonly interval: number;
  readonly endpoint?: readonly string[];
  readonly endpointCa?: readonly string[];
};

export function upCommand(): Command {
  return new Command("up")
    .description("Run the whole product on this machine, from the same stacks that are deployed.")
    .addOption(
      new Option(
        "--source <source>",
        "where prices come from; auto takes CoinMarketCap, or offline the demo",
      ).choices(["auto", "coinmarketcap", "demo", "replay"]),
    )
    .option("--data <file>", "replay: the CSV of daily listings")
    .option("--from <date>", "replay: the first day, YYYY-MM-DD")
    .option("--to <date>", "replay: the last day, YYYY-MM-DD")
    .option("--port <port>", "the port of the API", parsePort, 4000)
    .option(
      "--interval <seconds>",
      "demo: seconds between listings, an hour of the market each",
      parseSeconds,
      5,
    )
    .option(
      "--endpoint <host=address:port...>",
      "alerts over HTTPS: a public host that is on this machine, such as hooks.example.com=127.0.0.1:8443",
    )
    .option("--endpoint-ca <file...>", "certificates, in PEM, that such hosts are trusted by")
    .option("--reset", "drop the state of earlier starts first")
    .action(async (options: UpOptions, command: Command) => {
      const flags = { ...options, workingDirectory: process.env.INIT_CWD ?? process.cwd() };
      try {
        checkMarketFlags(flags);
        await runStage(flags);
      } catch (error) {
        if (error instanceof MarketFlagError || error instanceof EndpointFlagError)
          command.error(`error: ${error.message}`, { exitCode: exitCodes.wrongUse });
        throw error;
      }
    });
}

/** Starts the stage, feeds it, and returns when it was told to stop and everything has stopped. */
async function runStage({ port, reset, interval, ...flags }: UpOptions & MarketFlags): Promise<void> {
  const endpoints = readEndpoints(flags.endpoint ?? [], flags.endpointCa ?? [], flags.workingDirectory);
  const log = (message: string) => void process.stderr.write(`${message}\n`);
  const stopping = new AbortController();
  const stops: (() => Promise<unknown>)[] = [];
  const stopRequested = onStopRequest(stopping);
  try {
    const state = await openStateDirectory(stateDirectoryPath, reset ? { reset } : {});
    stops.push(() => state.release());
    const choice = await settleMarket(flags, rememberedMarket(state.path), {
      isOnline: isCoinMarketCapReachable,
      now: Date.now,
    });
    log(`market: ${describeMarket(choice)}`);
    const market = await openMarket(choice);
    if (market.simulated) stops.push(market.simulated.server.stop);
    await rememberMarket(state.path, choice);

    const values = localValues(state, port);
    log("evaluating the stacks ...");
    const graph = await evaluateGraph({
      projectDirectory,
      stage: localStageName,
      values,
      buildDirectory: join(state.path, "build"),
      environment: { VIBE_PAGE_POLL_SECONDS: pagePollSeconds, ...process.env },
    });
    checkOperations(graph);
    log(`starting ${graph.functions.length} functions ...`);
    const stage = await startLocalStage({
      graph,
      stateDirectory: state,
      apiPort: port,
      values,
      secretValues:
        market.secret === undefined
          ? {}
          : { [`vibe-charting-${localStageName}/coinmarketcap`]: market.secret },
      endpoints,
      clock: market.simulated ? { kind: "market", startMs: market.simulated.server.now() } : { kind: "wall" },
      log,
    });
    stops.push(stage.stop);
    const lambda = await startLambdaServer(stage);
    stops.push(lambda.stop);
    await announceStage({
      pid: process.pid,
      apiUrl: values.apiUrl,
      lambdaUrl: lambda.url,
      messagingUrl: stage.messagingEndpoint,
      region: graph.region,
    });
    stops.push(withdrawStage);

    const operator = stageOperator(stage, values.apiUrl);
    const driver = market.simulated && {
      ...market.simulated,
      stage,
      operator,
      subscriptions: describeSubscriptions(graph),
      log,
      signal: stopping.signal,
    };
    if (driver) {
      // The driver takes a listing in when the market has one; the schedule would only repeat it.
      stage.schedules.setEnabled("data-ingestion", false);
      await loadFirstData(driver);
    } else if ((await operator.health()).checks.data.newestAt === null) {
      await operator.run("data-ingestion", {});
      await operator.drained();
    }
    process.stdout.write(`ready ${values.apiUrl}\n`);
    log(`x-api-key: ${localApiKey}; Ctrl-C stops everything`);
    if (driver) await play(driver, choice.source, interval);
    await stopRequested;
  } catch (error) {
    // What fails because everything is being stopped is no failure.
    if (!stopping.signal.aborted) throw error;
  } finally {
    stopping.abort();
    for (const stop of stops.reverse()) await stop().catch(error => log(`while stopping: ${String(error)}`));
  }
}

async function play(driver: MarketDriver, source: string, intervalSeconds: number): Promise<void> {
  await driver.operator.settle();
  if (source === "replay") await playToEnd(driver);
  else await playOn(driver, intervalSeconds * 1_000);
}

/** Resolves at Ctrl-C, at a request to end, or when the process that started this one is gone. */
function onStopRequest(stopping: AbortController): Promise<void> {
  return new Promise(resolve => {
    const stop = () => {
      stopping.abort();
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
    if (process.channel) {
      process.on("disconnect", stop);
      // The channel alone does not keep this process alive.
      process.channel.unref();
    }
  });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a whole number from 1 to 65535.");
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds >= 0.1 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError("Seconds are a number from 0.1 to 86400.");
}
