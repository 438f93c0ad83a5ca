import { availabilityZones, natSecurityGroup, vpc } from "./network.ts";
import { settings } from "./settings.ts";
import { physicalName } from "./stage.ts";

/** One instance serves both zones unless the stage is to survive the loss of a zone. */
const zones = settings.multiAz ? availabilityZones : availabilityZones.slice(0, 1);

const role = new aws.iam.Role("NatRole", {
  name: physicalName("nat"),
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
  // Session Manager instead of SSH: no open port and no keys.
  managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"],
});

const profile = new aws.iam.InstanceProfile("NatProfile", { name: physicalName("nat"), role: role.name });

/** The name stands for one image in each region: a deploy never takes another by itself. */
const image = aws.ec2.getAmiOutput({
  owners: ["568608671756"],
  filters: [{ name: "name", values: [settings.natImage] }],
  mostRecent: true,
});

export const natInstances = zones.map((_zone, index) => {
  const instance = new aws.ec2.Instance(`NatInstance${index + 1}`, {
    ami: image.id,
    instanceType: "t4g.nano",
    subnetId: vpc.publicSubnets.apply(subnets => subnetAt(subnets, index)),
    vpcSecurityGroupIds: [natSecurityGroup.id],
    iamInstanceProfile: profile.name,
    sourceDestCheck: false,
    tags: { Name: physicalName(`nat-${index + 1}`) },
  });
  const address = new aws.ec2.Eip(`NatAddress${index + 1}`, {
    domain: "vpc",
    tags: { Name: physicalName(`nat-${index + 1}`) },
  });
  const association = new aws.ec2.EipAssociation(`NatAddressAssociation${index + 1}`, {
    instanceId: instance.id,
    allocationId: address.id,
  });
  return { instance, association };
});

const routes = availabilityZones.map((_zone, index) => {
  const { instance } = natInstances[index] ?? natInstances[0] ?? noInstance();
  return new aws.ec2.Route(`NatRoute${index + 1}`, {
    routeTableId: vpc.nodes.privateRouteTables.apply(tables => subnetAt(tables, index).id),
    destinationCidrBlock: "0.0.0.0/0",
    networkInterfaceId: instance.primaryNetworkInterfaceId,
  });
});

/** What must exist before a function can reach AWS or a provider. */
export const internetAccess = [...routes, ...natInstances.map(({ association }) => association)];

function subnetAt<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error(`The network has no availability zone ${index + 1}`);
  return item;
}

function noInstance(): never {
  throw new Error("stacks/nat.ts declares no NAT instance");
}
