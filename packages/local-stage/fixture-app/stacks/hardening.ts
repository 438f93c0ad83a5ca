$transform(aws.sqs.QueuePolicy, args => {
  args.policy = aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        sid: "TopicsOnly",
        actions: ["sqs:SendMessage"],
        resources: ["*"],
        principals: [{ type: "Service", identifiers: ["sns.amazonaws.com"] }],
        conditions: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["000000000000"] }],
      },
    ],
  }).json;
});

$transform(sst.aws.Function, args => {
  args.memory ??= "256 MB";
});

export {};
