import type { Mistakes } from "../change-graph.ts";
import { apiMistakes } from "./api.ts";
import { databaseMistakes } from "./database.ts";
import { functionMistakes } from "./function.ts";
import { messagingMistakes } from "./messaging.ts";
import { platformMistakes } from "./platform.ts";
import { siteMistakes } from "./site.ts";

/** For each rule, by its id, mistakes that break it: at least one for each part of what the rule says. */
export const mistakes: Mistakes = {
  ...databaseMistakes,
  ...messagingMistakes,
  ...functionMistakes,
  ...apiMistakes,
  ...platformMistakes,
  ...siteMistakes,
};
