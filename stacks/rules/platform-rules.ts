import { missingAlarms } from "./expected-alarms.ts";
import { isOfAllPorts, isWorldwide, trafficOf } from "./network-traffic.ts";
import { each, nameOf, type Rule, record, records, resourcesOf, texts, types } from "./rule.ts";

export const platformRules: Rule[] = [
  {
    id: 44,
    title: "A deleted secret can be restored, and secrets are rotated",
    sources: "CKV2_AWS_57, AwsSolutions-SMG4, SecretsManager.1",
    violations: graph => {
      const rotated = new Set(
        resourcesOf(graph, "aws:secretsmanager/secretRotation:SecretRotation").map(
          ({ inputs }) => inputs.secretId,
        ),
      );
      return [
        ...each(
          graph,
          types.secret,
          inputs => !(Number(inputs.recoveryWindowInDays) >= 7) && "is gone at once when it is deleted",
        ),
        ...each(graph, types.secret, (_inputs, { id }) => !rotated.has(id) && "is not rotated by itself"),
      ];
    },
  },
  {
    id: 45,
    title: "The network's connections are logged",
    sources: "CKV2_AWS_11, AwsSolutions-VPC7, EC2.6",
    violations: graph => {
      const logged = new Set(resourcesOf(graph, "aws:ec2/flowLog:FlowLog").map(({ inputs }) => inputs.vpcId));
      return each(graph, types.vpc, (_inputs, { id }) => !logged.has(id) && "has no flow log");
    },
  },
  {
    id: 46,
    title: "The network's default security group is closed",
    sources: "CKV2_AWS_12, EC2.2, G3",
    violations: graph => {
      const closed = new Set(
        resourcesOf(graph, types.defaultSecurityGroup)
          .filter(({ inputs }) => records(inputs.ingress).length + records(inputs.egress).length === 0)
          .map(({ inputs }) => inputs.vpcId),
      );
      return each(
        graph,
        types.vpc,
        (_inputs, { id }) => !closed.has(id) && "has a default security group that lets something through",
      );
    },
  },
  {
    id: 47,
    title: "Nothing listens to the whole internet",
    sources:
      "CKV_AWS_277, CKV_AWS_24, CKV_AWS_25, CKV_AWS_260, AwsSolutions-EC23, EC2.13, EC2.18, EC2.19, G1, G2",
    violations: graph =>
      trafficOf(graph, "ingress")
        .filter(isWorldwide)
        .map(({ resource, fromPort }) => `${nameOf(resource)} lets the internet in on port ${fromPort}`),
  },
  {
    id: 48,
    title: "Security groups say what they are for, and let out no more than that",
    sources: "CKV_AWS_23, AwsSolutions-EC27, CKV_AWS_382",
    violations: graph => {
      const leaving = trafficOf(graph, "egress");
      return [
        ...each(
          graph,
          types.securityGroup,
          ({ description }) => (!description || description === "Managed by Pulumi") && "has no description",
        ),
        ...[...trafficOf(graph, "ingress"), ...leaving]
          .filter(({ description }) => description === "")
          .map(({ resource }) => `${nameOf(resource)} has a rule without a description`),
        ...leaving
          .filter(traffic => isWorldwide(traffic) && isOfAllPorts(traffic))
          .map(({ resource }) => `${nameOf(resource)} lets everything out`),
      ];
    },
  },
  {
    id: 49,
    title: "Instances have an encrypted disk, a role, and a metadata service that asks for a token",
    sources: "CKV_AWS_79, CKV_AWS_8, AwsSolutions-EC26, CKV2_AWS_41, EC2.8, G4",
    violations: graph =>
      each(graph, types.instance, inputs => {
        if (record(inputs.metadataOptions).httpTokens !== "required")
          return "answers metadata requests without a token";
        if (record(inputs.rootBlockDevice).encrypted !== true) return "has a plain disk";
        return !inputs.iamInstanceProfile && "has no role";
      }),
  },
  {
    id: 50,
    title: "No subnet gives out public addresses by itself",
    sources: "CKV_AWS_130, EC2.15",
    violations: graph =>
      each(
        graph,
        types.subnet,
        inputs => inputs.mapPublicIpOnLaunch === true && "gives out public addresses",
      ),
  },
  {
    id: 51,
    title: "Whatever can fail has an alarm that reaches the operators",
    sources: "CKV_AWS_319, CT.CLOUDWATCH.PR.1, CloudWatch.15, CloudWatch.17, G14",
    violations: graph => {
      const topics = new Set(resourcesOf(graph, types.topic).map(({ outputs }) => outputs.arn));
      const silent = each(graph, types.alarm, ({ actionsEnabled, alarmActions }) => {
        const actions = texts(alarmActions);
        return (actionsEnabled !== true || !actions.some(arn => topics.has(arn))) && "tells nobody";
      });
      return [...silent, ...missingAlarms(graph)];
    },
  },
  {
    id: 52,
    title: "What a schedule could not start is tried again for an hour and then kept",
    sources: "serverless-rules ES4000, G11",
    violations: graph =>
      each(graph, types.schedule, inputs => {
        const { deadLetterConfig, retryPolicy } = record(inputs.target);
        const { maximumRetryAttempts, maximumEventAgeInSeconds } = record(retryPolicy);
        if (!record(deadLetterConfig).arn) return "has no dead-letter queue";
        if (!(Number(maximumRetryAttempts) > 0)) return "is not tried again";
        return !(Number(maximumEventAgeInSeconds) <= 3_600) && "is tried for longer than an hour";
      }),
  },
];
