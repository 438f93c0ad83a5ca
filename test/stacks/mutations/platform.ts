import { add, type Change, change, find, type Mistakes, remove } from "../change-graph.ts";

const group = (name: string, changed: Record<string, unknown>) =>
  change("securityGroup:SecurityGroup", changed, name);
const alarm = (name: string, changed: Record<string, unknown>) =>
  change("MetricAlarm", changed, `${name}Alarm`);
const target =
  (changed: (before: Record<string, unknown>) => Record<string, unknown>): Change =>
  graph => {
    const { inputs } = find(graph, "scheduler/schedule:Schedule");
    inputs.target = changed(Object(inputs.target));
  };

/** Against the rules of secrets, network, alarms and schedules. */
export const platformMistakes: Mistakes = {
  44: {
    "gone at once": change("secretsmanager/secret:Secret", { recoveryWindowInDays: 0 }),
    "never rotated": remove("SecretRotation"),
  },
  45: { "no log": remove("FlowLog") },
  46: {
    "the network's own": change("DefaultSecurityGroup", {
      ingress: [{ protocol: "-1", cidrBlocks: ["10.0.0.0/16"] }],
    }),
    "as AWS has it": remove("DefaultSecurityGroup"),
    "a way out": change("DefaultSecurityGroup", { egress: [{ protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }] }),
  },
  47: {
    "as SST's NAT has it": group("NatSecurityGroup", {
      ingress: [{ description: "NAT", fromPort: 0, toPort: 0, protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }],
    }),
    "SSH over IPv6": group("NatSecurityGroup", {
      ingress: [{ description: "SSH", fromPort: 22, toPort: 22, protocol: "tcp", ipv6CidrBlocks: ["::/0"] }],
    }),
    "a rule of its own": add("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
      description: "SSH",
      securityGroupId: "sg-1",
      ipProtocol: "tcp",
      fromPort: 22,
      toPort: 22,
      cidrIpv4: "0.0.0.0/0",
    }),
  },
  48: {
    "everything out": group("LambdaSecurityGroup", {
      egress: [{ description: "All", protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }],
    }),
    "every port out": group("LambdaSecurityGroup", {
      egress: [
        { description: "All", protocol: "tcp", fromPort: 0, toPort: 65_535, cidrBlocks: ["0.0.0.0/0"] },
      ],
    }),
    "a rule of its own": add("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", {
      description: "All",
      ipProtocol: "-1",
      cidrIpv4: "0.0.0.0/0",
    }),
    "no description": group("DatabaseSecurityGroup", { description: undefined }),
    "a rule without one": group("DatabaseSecurityGroup", {
      ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: [] }],
    }),
  },
  49: {
    "metadata without a token": change("ec2/instance:Instance", {
      metadataOptions: { httpTokens: "optional" },
    }),
    "a disk in the clear": change("ec2/instance:Instance", { rootBlockDevice: { encrypted: false } }),
    "no role": change("ec2/instance:Instance", { iamInstanceProfile: undefined }),
  },
  50: { "public addresses": change("ec2/subnet:Subnet", { mapPublicIpOnLaunch: true }) },
  51: {
    "a missing alarm": remove("MetricAlarm", "HeartbeatAlarm"),
    "a new queue": graph => {
      const { inputs, outputs } = find(graph, "sqs/queue:Queue", "AlertDeadLetterQueueQueue");
      const arn = `${outputs.arn}-2`;
      add("aws:sqs/queue:Queue", { ...inputs, name: `${inputs.name}-2`, arn })(graph);
      change("EventSourceMapping", { eventSourceArn: arn })(graph);
    },
    "switched off": alarm("Heartbeat", { actionsEnabled: false }),
    "nobody is told": alarm("Nat1", { alarmActions: [] }),
    "another topic": alarm("Nat1", { alarmActions: ["arn:aws:sns:us-east-2:000000000000:other"] }),
    "silence is well": alarm("Heartbeat", { treatMissingData: "notBreaching" }),
    "too late": alarm("AnalysisQueueAge", { threshold: 9_000 }),
    "the other way round": alarm("DatabaseStorage", { comparisonOperator: "GreaterThanThreshold" }),
    "another resource": alarm("DatabaseCpu", { dimensions: { DBInstanceIdentifier: "other" } }),
    "an average of what happens once": alarm("AnalysisDeadLetters", { statistic: "Average" }),
  },
  52: {
    "no dead letters": target(({ deadLetterConfig: _gone, ...before }) => before),
    "no retries": target(before => ({
      ...before,
      retryPolicy: { ...Object(before.retryPolicy), maximumRetryAttempts: 0 },
    })),
    "for a day": target(before => ({
      ...before,
      retryPolicy: { ...Object(before.retryPolicy), maximumEventAgeInSeconds: 86_400 },
    })),
  },
};
