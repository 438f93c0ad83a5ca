import type { AlertDraft } from "./alert-request.ts";

/** What a part of the form works with: the draft, a way to change it, and what the API refused. */
export type AlertFormPart = {
  readonly draft: AlertDraft;
  readonly set: (part: Partial<AlertDraft>) => void;
  readonly wrongWith: (...fields: string[]) => string | undefined;
};
