import { createSign, randomUUID } from "node:crypto";
import { generate } from "selfsigned";

/** What SNS signs of a message, in this order, where the message has it. */
const signedFields = {
  Notification: ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
  SubscriptionConfirmation: [
    "Message",
    "MessageId",
    "SubscribeURL",
    "Timestamp",
    "Token",
    "TopicArn",
    "Type",
  ],
  UnsubscribeConfirmation: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
} as const;
export type MessageType = keyof typeof signedFields;

export type MessageSigner = {
  /** The signature's fields of an envelope, by the topic's signature version. */
  sign(
    envelope: Readonly<Record<string, unknown>> & { readonly Type: MessageType },
    version: "1" | "2",
  ): object;
  /** The certificate of a path of this stage's messaging endpoint; undefined for any other path. */
  certificateAt(path: string): string | undefined;
};

/** Signs as SNS does, with a key of this start of the stage; its certificate is served beside the emulator's API. */
export async function messageSigner(endpoint: string): Promise<MessageSigner> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "sns.amazonaws.com" }], {
    algorithm: "sha256",
    keySize: 2048,
  });
  const path = `/SimpleNotificationService-${randomUUID()}.pem`;
  return {
    sign: (envelope, version) => {
      const text = signedFields[envelope.Type]
        .filter(field => envelope[field] !== undefined)
        .map(field => `${field}\n${String(envelope[field])}\n`)
        .join("");
      const signature = createSign(version === "2" ? "RSA-SHA256" : "RSA-SHA1")
        .update(text)
        .sign(key, "base64");
      return { SignatureVersion: version, Signature: signature, SigningCertURL: `${endpoint}${path}` };
    },
    certificateAt: asked => (asked === path ? cert : undefined),
  };
}
