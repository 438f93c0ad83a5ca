import { accountId, isProduction, region } from "./stage.ts";

// Closes in one place what SST's components leave open. Imported before every other stack: a transformation holds
// for the resources that are declared after it, those inside components too.

/** Days that CloudWatch keeps logs: long enough for an incident to be looked into. */
export const logRetention = isProduction
  ? ({ days: 90, name: "3 months" } as const)
  : ({ days: 30, name: "1 month" } as const);

const fourteenDaysSeconds = 14 * 24 * 60 * 60;

/** Logging and network rights on everything; functions get them for what is theirs instead. */
const broadManagedPolicy = /policy\/service-role\/AWSLambda(Basic|VPCAccess)ExecutionRole$/;

$transform(sst.aws.Function, (args, _options, name) => {
  const functionName = args.name;
  if (!functionName) throw new Error(`The function ${name} has no name: its rights are given by it`);
  args.permissions = $output(args.permissions ?? []).apply(permissions => [
    ...permissions,
    ...runtimePermissions(functionName),
  ]);
});

$transform(aws.iam.Role, args => {
  args.managedPolicyArns = $output(args.managedPolicyArns ?? []).apply(arns =>
    arns.filter(arn => !broadManagedPolicy.test(arn)),
  );
  // A deployed function's role would also trust the whole account; in `sst dev` the developer needs that.
  if (!$dev) args.assumeRolePolicy = $output(args.assumeRolePolicy).apply(withoutAccountTrust);
});

$transform(aws.lambda.Function, args => {
  args.tracingConfig = { mode: "Active" };
});

onEach(aws.sqs.Queue, args => {
  args.sqsManagedSseEnabled = true;
  args.messageRetentionSeconds ??= fourteenDaysSeconds;
});

onEach(aws.sns.Topic, args => {
  // The key that AWS manages lets every principal of the account use it through SNS.
  args.kmsMasterKeyId ??= "alias/aws/sns";
});

onEach(aws.secretsmanager.Secret, args => {
  args.recoveryWindowInDays = isProduction ? 7 : 0;
});

onEach(aws.ec2.DefaultSecurityGroup, args => {
  args.ingress = [];
  args.egress = [];
});

$transform(aws.ec2.Subnet, args => {
  args.mapPublicIpOnLaunch = false;
});

onEach(aws.ec2.Instance, args => {
  args.metadataOptions = { httpTokens: "required", httpEndpoint: "enabled", httpPutResponseHopLimit: 1 };
  args.rootBlockDevice = { encrypted: true, volumeType: "gp3" };
  args.maintenanceOptions = { autoRecovery: "default" };
  // Nobody ends it by mistake; a deploy that replaces it may.
  args.disableApiTermination = isProduction;
  args.forceDestroy = true;
});

$transform(aws.apigateway.Response, args => {
  // Given as an Output by some, of which a spread would take nothing.
  args.responseParameters = $output(args.responseParameters).apply(given => ({
    ...given,
    "gatewayresponse.header.Access-Control-Allow-Headers": "'content-type,x-api-key'",
    "gatewayresponse.header.Access-Control-Expose-Headers": "'retry-after'",
  }));
});

// Of preflights, which come before each request of a page until their answer is kept: as long as browsers keep any.
$transform(aws.apigateway.MethodResponse, args => {
  args.responseParameters = {
    ...args.responseParameters,
    "method.response.header.Access-Control-Max-Age": true,
  };
});

$transform(aws.apigateway.IntegrationResponse, args => {
  args.responseParameters = {
    ...args.responseParameters,
    "method.response.header.Access-Control-Max-Age": "'7200'",
    "method.response.header.Access-Control-Allow-Headers": "'content-type,x-api-key'",
    "method.response.header.Access-Control-Allow-Methods": "'GET,POST,DELETE,OPTIONS'",
  };
});

/** For resources that need no arguments by their type; Pulumi always hands some on. */
function onEach<Resource, Args, Options>(
  resource: new (name: string, args?: Args, options?: Options) => Resource,
  change: (args: Args) => void,
): void {
  $transform(resource, args => args && change(args));
}

/** Its own log group, traces, and network interfaces that only the Lambda service may manage for it. */
function runtimePermissions(functionName: $util.Input<string>): sst.aws.FunctionPermissionArgs[] {
  const logGroup = $interpolate`arn:aws:logs:${region}:${accountId}:log-group:/aws/lambda/${functionName}`;
  const functionArn = $interpolate`arn:aws:lambda:${region}:${accountId}:function:${functionName}`;
  const manageInterfaces = [
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
  ];
  // EC2 knows these on all resources only.
  const lookAtNetwork = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"];
  return [
    {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [$interpolate`${logGroup}:log-stream:*`],
    },
    { actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources: ["*"] },
    { actions: manageInterfaces, resources: [$interpolate`arn:aws:ec2:${region}:${accountId}:*/*`] },
    { actions: lookAtNetwork, resources: ["*"] },
    {
      // As the Lambda manual advises: these rights are the service's, not the code's.
      effect: "deny",
      actions: [...manageInterfaces, ...lookAtNetwork],
      resources: ["*"],
      conditions: [{ test: "ArnEquals", variable: "lambda:SourceFunctionArn", values: [functionArn] }],
    },
  ];
}

function withoutAccountTrust(policy: string | aws.iam.PolicyDocument): string {
  const document: { Statement: { Principal: Record<string, string | string[]> }[] } =
    typeof policy === "string" ? JSON.parse(policy) : policy;
  const Statement = document.Statement.map(statement => {
    const { AWS, ...services } = statement.Principal;
    const others = [AWS ?? []].flat().filter(principal => !principal.endsWith(":root"));
    return { ...statement, Principal: { ...services, ...(others.length > 0 && { AWS: others }) } };
  });
  return JSON.stringify({ ...document, Statement });
}
