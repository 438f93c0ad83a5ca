export type JsonAnswer = { readonly status: number; readonly body: unknown };
