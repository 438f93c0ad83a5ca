import { describe, expect, test } from "vitest";
import { parsePolicyStatements, renderPolicyDocument } from "./policy-document.ts";

describe("a rendered policy document", () => {
  test("has single values as strings, several as lists, and no empty fields", () => {
    expect(
      renderPolicyDocument({
        statements: [
          {
            sid: "Send",
            effect: "Allow",
            actions: ["sqs:SendMessage"],
            resources: ["arn:aws:sqs:us-east-2:000000000000:one", "arn:aws:sqs:us-east-2:000000000000:two"],
            principals: [
              { type: "Service", identifiers: ["sns.amazonaws.com"] },
              { type: "AWS", identifiers: ["arn:aws:iam::000000000000:root"] },
              { type: "AWS", identifiers: ["arn:aws:iam::111111111111:root"] },
            ],
            conditions: [
              {
                test: "ArnEquals",
                variable: "aws:SourceArn",
                values: ["arn:aws:sns:us-east-2:000000000000:t"],
              },
              { test: "ArnEquals", variable: "aws:PrincipalArn", values: ["a", "b"] },
            ],
          },
        ],
      }),
    ).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Send",
          Effect: "Allow",
          Action: "sqs:SendMessage",
          Resource: ["arn:aws:sqs:us-east-2:000000000000:one", "arn:aws:sqs:us-east-2:000000000000:two"],
          Principal: {
            Service: "sns.amazonaws.com",
            AWS: ["arn:aws:iam::000000000000:root", "arn:aws:iam::111111111111:root"],
          },
          Condition: {
            ArnEquals: {
              "aws:SourceArn": "arn:aws:sns:us-east-2:000000000000:t",
              "aws:PrincipalArn": ["a", "b"],
            },
          },
        },
      ],
    });
  });

  test("denies to everybody with a bare asterisk", () => {
    expect(
      renderPolicyDocument({
        statements: [
          {
            effect: "Deny",
            notActions: ["sqs:ReceiveMessage"],
            notResources: ["*"],
            principals: [{ type: "*", identifiers: ["*"] }],
          },
        ],
      }).Statement,
    ).toEqual([{ Effect: "Deny", NotAction: "sqs:ReceiveMessage", NotResource: "*", Principal: "*" }]);
  });

  test("takes over source documents, and overrides statements with the same id", () => {
    const statement = (Sid: string, Effect: string) => ({
      Sid,
      Effect,
      Action: "s3:GetObject",
      Resource: "*",
    });
    expect(
      renderPolicyDocument({
        policyId: "both",
        sourcePolicyDocuments: [
          JSON.stringify({ Statement: [statement("Read", "Allow"), statement("Other", "Allow")] }),
        ],
        overridePolicyDocuments: [
          JSON.stringify({ Statement: [statement("Read", "Deny"), statement("New", "Deny")] }),
        ],
      }),
    ).toEqual({
      Version: "2012-10-17",
      Id: "both",
      Statement: [statement("Read", "Deny"), statement("Other", "Allow"), statement("New", "Deny")],
    });
  });
});

test("parsed statements have lists where the document has single values, and one statement counts as a list", () => {
  expect(
    parsePolicyStatements(
      JSON.stringify({
        Statement: { Effect: "Allow", Action: "sns:Publish", Resource: ["arn:aws:sns:::t"] },
      }),
    ),
  ).toEqual([{ Effect: "Allow", Action: ["sns:Publish"], Resource: ["arn:aws:sns:::t"] }]);
});
