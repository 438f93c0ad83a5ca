import { Logger } from "@aws-lambda-powertools/logger";

/** Structured logs; the service's name comes from POWERTOOLS_SERVICE_NAME, which each stack sets. */
export const logger = new Logger();
