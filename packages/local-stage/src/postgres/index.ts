export { findFreePort } from "../free-port.ts";
export { type PostgresServer, startPostgresServer } from "./postgres-server.ts";
export { removeLinkedData } from "./reachable-place.ts";
