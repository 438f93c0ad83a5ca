import type { Edge } from "./faults.ts";

/** A call of SNS (a form) or SQS (JSON), as far as faults look at it. */
export type ServiceCall = {
  readonly action: string;
  readonly edge: Edge;
  readonly label: string;
  readonly entries: number;
  readonly isJson: boolean;
  /** Whether its messages have an order within a group. */
  readonly isOrdered: boolean;
};

const edges: Readonly<Record<string, Edge>> = {
  PublishBatch: "publish",
  ReceiveMessage: "receive",
  DeleteMessageBatch: "delete",
};

/** Reads a call by the target in its header, or by the action in its form. Throws for one that no process makes. */
export function readCall(target: string | undefined, body: string): ServiceCall {
  const action = target?.split(".").at(-1) ?? new URLSearchParams(body).get("Action") ?? "";
  const edge = edges[action];
  if (!edge) throw new Error(`No process calls ${action}`);
  const ids = target ? (JSON.parse(body).Entries ?? []).map(({ Id }: { Id: string }) => Id) : formIds(body);
  return {
    action,
    edge,
    label: `${action} ${ids.length > 0 ? ids.length : ""}`.trim(),
    entries: ids.length,
    isJson: !!target,
    isOrdered: body.includes("MessageGroupId"),
  };
}

const entryName = /^PublishBatchRequestEntries\.(?:member|entry)\.(\d+)\./;

function formIds(body: string): readonly string[] {
  return [...new URLSearchParams(body)].flatMap(([name, value]) => (name.endsWith(".Id") ? value : []));
}

/**
 * The call with the first half of its entries only, and how to complete its answer so that it says of the others
 * that they failed.
 */
export function onlyPart(
  call: ServiceCall,
  body: string,
): { body: string; complete: (answer: string) => string } | null {
  if (call.entries < 2) return null;
  const taken = Math.floor(call.entries / 2);
  if (call.isJson) {
    const parsed = JSON.parse(body);
    const Failed = parsed.Entries.slice(taken).map(({ Id }: { Id: string }) => ({ Id, ...failure }));
    return {
      body: JSON.stringify({ ...parsed, Entries: parsed.Entries.slice(0, taken) }),
      complete: answer => JSON.stringify({ ...JSON.parse(answer), Failed }),
    };
  }
  const form = [...new URLSearchParams(body)];
  const numbers = [...new Set(form.flatMap(([name]) => entryName.exec(name)?.[1] ?? []))];
  const dropped = new Set(numbers.slice(taken));
  const isDropped = (name: string) => dropped.has(entryName.exec(name)?.[1] ?? "");
  const failed = form
    .filter(([name]) => isDropped(name) && name.endsWith(".Id"))
    .map(
      ([, id]) =>
        `<member><Id>${id}</Id><Code>${failure.Code}</Code><Message>not now</Message><SenderFault>false</SenderFault></member>`,
    );
  return {
    body: new URLSearchParams(form.filter(([name]) => !isDropped(name))).toString(),
    complete: answer => answer.replace("<Failed></Failed>", `<Failed>${failed.join("")}</Failed>`),
  };
}

const failure = { Code: "InternalError", Message: "not now", SenderFault: false };

/** What SNS answers when it has taken every entry. */
export function acceptanceOf(body: string): string {
  const members = formIds(body).map(id => `<member><Id>${id}</Id><MessageId>late-${id}</MessageId></member>`);
  const result = `<Successful>${members.join("")}</Successful><Failed></Failed>`;
  return `<PublishBatchResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishBatchResult>${result}</PublishBatchResult></PublishBatchResponse>`;
}

/** The same messages under other deduplication ids: what a topic takes as new once its five minutes are over. */
export function withOtherDeduplication(body: string): string {
  const form = [...new URLSearchParams(body)].map(([name, value]): [string, string] => [
    name,
    name.endsWith(".MessageDeduplicationId") ? `again-${value}`.slice(0, 128) : value,
  ]);
  return new URLSearchParams(form).toString();
}
