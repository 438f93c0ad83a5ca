import { Socket } from "node:net";

const thisMachine = ["localhost", "127.0.0.1", "::1"];

/** Makes this process refuse connections to other machines, so that no stack hangs on or depends on the network. */
export function refuseForeignConnections(): void {
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
    // Either (port, host) or an options object, and Node's own callers put either into one array.
    const [first, second] = args.flat();
    const options = typeof first === "object" && first !== null ? first : { host: second };
    const { host, path } = options as { host?: unknown; path?: unknown };
    const name = typeof host === "string" ? host : "localhost";
    if (!path && !thisMachine.includes(name)) {
      throw new Error(`The stacks tried to connect to ${name}. Stacks are evaluated without the network.`);
    }
    // The overloads of connect are passed through as they came.
    return Reflect.apply(connect, this, args) as Socket;
  } as Socket["connect"];
}
