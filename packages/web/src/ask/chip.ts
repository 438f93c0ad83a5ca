type ChipOption = { readonly name: string; readonly question: string };

/** One part of how a question was read: what it is now, what else it could be, and the question without it. */
export type Chip = {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly ChipOption[];
  /** Null where the question would be none without it. */
  readonly without: string | null;
};
