import {
  arnOf,
  type OutputRule,
  type ResourceRequest,
  stableHex,
  stableUuid,
  textOf,
} from "./cloud-context.ts";

/** EC2's ids are a prefix and seventeen hexadecimal digits. */
function ec2Id(prefix: string, { urn }: ResourceRequest): string {
  return `${prefix}-${stableHex(urn, 17)}`;
}

/** A rule for the EC2 resources that have an id with a prefix, and an ARN. */
function ec2Resource(prefix: string, kind: string): OutputRule {
  return (request, context) => {
    const id = ec2Id(prefix, request);
    return {
      id,
      outputs: { arn: arnOf(context, "ec2", `${kind}/${id}`), ownerId: context.values.accountId },
    };
  };
}

/** An address of the network 10.0.0.0/16 that depends on nothing but the seed. */
function privateAddress(seed: string): string {
  return `10.0.${Number.parseInt(stableHex(seed, 2), 16)}.${Number.parseInt(stableHex(`${seed}/`, 2), 16)}`;
}

/** An address of TEST-NET-3, which is nobody's (RFC 5737). */
function publicAddress(seed: string): string {
  return `203.0.113.${Number.parseInt(stableHex(seed, 2), 16)}`;
}

const vpc: OutputRule = (request, context) => {
  const id = ec2Id("vpc", request);
  const related = (prefix: string) => `${prefix}-${stableHex(`${request.urn}/${prefix}`, 17)}`;
  return {
    id,
    outputs: {
      arn: arnOf(context, "ec2", `vpc/${id}`),
      defaultSecurityGroupId: related("sg"),
      defaultNetworkAclId: related("acl"),
      defaultRouteTableId: related("rtb"),
      mainRouteTableId: related("rtb"),
      ownerId: context.values.accountId,
      tagsAll: request.inputs.tags ?? {},
    },
  };
};

const securityGroup: OutputRule = (request, context) => {
  const id = ec2Id("sg", request);
  return { id, outputs: { arn: arnOf(context, "ec2", `security-group/${id}`), name: request.physicalName } };
};

const elasticIp: OutputRule = (request, context) => {
  const id = ec2Id("eipalloc", request);
  return {
    id,
    outputs: {
      allocationId: id,
      arn: arnOf(context, "ec2", `elastic-ip/${id}`),
      publicIp: publicAddress(request.urn),
      privateIp: privateAddress(request.urn),
    },
  };
};

const instance: OutputRule = (request, context) => {
  const id = ec2Id("i", request);
  return {
    id,
    outputs: {
      arn: arnOf(context, "ec2", `instance/${id}`),
      publicIp: publicAddress(request.urn),
      privateIp: privateAddress(request.urn),
      primaryNetworkInterfaceId: ec2Id("eni", request),
      instanceState: "running",
    },
  };
};

const privateDnsNamespace: OutputRule = ({ urn }, context) => {
  const id = `ns-${stableHex(urn, 16)}`;
  return {
    id,
    outputs: {
      arn: arnOf(context, "servicediscovery", `namespace/${id}`),
      hostedZone: `Z${stableHex(urn, 20).toUpperCase()}`,
    },
  };
};

const instanceProfile: OutputRule = ({ physicalName }, context) => ({
  id: physicalName,
  outputs: {
    arn: `arn:aws:iam::${context.values.accountId}:instance-profile/${physicalName}`,
    name: physicalName,
  },
});

const vpcEndpoint: OutputRule = (request, context) => {
  const id = ec2Id("vpce", request);
  return {
    id,
    outputs: {
      arn: arnOf(context, "ec2", `vpc-endpoint/${id}`),
      dnsEntries: [{ dnsName: `${id}.${textOf(request.inputs, "serviceName") ?? "vpce"}`, hostedZoneId: "" }],
    },
  };
};

const association: OutputRule = ({ urn }) => ({ id: stableUuid(urn), outputs: {} });

export const networkOutputs: Record<string, OutputRule> = {
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": securityGroup,
  "aws:ec2/eip:Eip": elasticIp,
  "aws:ec2/eipAssociation:EipAssociation": association,
  "aws:ec2/flowLog:FlowLog": ec2Resource("fl", "vpc-flow-log"),
  "aws:ec2/instance:Instance": instance,
  "aws:ec2/internetGateway:InternetGateway": ec2Resource("igw", "internet-gateway"),
  "aws:ec2/natGateway:NatGateway": elasticIp,
  "aws:ec2/route:Route": association,
  "aws:ec2/routeTable:RouteTable": ec2Resource("rtb", "route-table"),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": association,
  "aws:ec2/securityGroup:SecurityGroup": securityGroup,
  "aws:ec2/subnet:Subnet": ec2Resource("subnet", "subnet"),
  "aws:ec2/vpc:Vpc": vpc,
  "aws:ec2/vpcEndpoint:VpcEndpoint": vpcEndpoint,
  "aws:iam/instanceProfile:InstanceProfile": instanceProfile,
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": privateDnsNamespace,
};
