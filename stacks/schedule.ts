import { undelivered } from "./operations.ts";
import { accountId, namePrefix, physicalName, region } from "./stage.ts";

/** Seconds for which the scheduler tries to start a run that it could not start. */
const maximumEventAgeSeconds = 60 * 60;

const group = new aws.scheduler.ScheduleGroup("ScheduleGroup", { name: namePrefix });
export const scheduleGroupName = namePrefix;

/** Starts a function again and again; what could not be started goes to the undelivered queue. */
export function schedule(
  name: string,
  options: { physicalName: string; expression: sst.aws.CronV2Args["schedule"]; function: sst.aws.Function },
): sst.aws.CronV2 {
  return new sst.aws.CronV2(
    name,
    {
      schedule: options.expression,
      function: options.function.arn,
      // A run that starts late, or again, still knows for when it was meant.
      event: { time: "<aws.scheduler.scheduled-time>" },
      retries: 5,
      dlq: undelivered.arn,
      transform: {
        schedule: args => {
          args.name = physicalName(options.physicalName);
          args.groupName = group.name;
          args.target = $output(args.target).apply(target => ({
            ...target,
            retryPolicy: {
              ...target.retryPolicy,
              maximumEventAgeInSeconds: maximumEventAgeSeconds,
            },
          }));
        },
        role: args => {
          args.assumeRolePolicy = $jsonStringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "scheduler.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: {
                  StringEquals: {
                    "aws:SourceAccount": accountId,
                    "aws:SourceArn": $interpolate`arn:aws:scheduler:${region}:${accountId}:schedule-group/${namePrefix}`,
                  },
                },
              },
            ],
          });
        },
      },
    },
    { dependsOn: [group] },
  );
}
