export { buildSqsEvent, settledMessages } from "../functions/sqs-event.ts";
export { type Emulator, startEmulator } from "./emulator.ts";
