import { readSettings } from "./read-settings.ts";

/** The settings of this stage. Imported before anything is declared, so that a wrong one creates nothing. */
export const settings = readSettings($app.stage, process.env);

/** The settings that functions read. */
export const stageSettings = new sst.Linkable("Settings", {
  properties: { trackedCoins: settings.trackedCoins, retentionDays: settings.retentionDays },
});
