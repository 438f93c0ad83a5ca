import { internetGateway, subnets } from "./network.ts";
import { natSecurityGroup } from "./security-groups.ts";
import { settings } from "./settings.ts";
import { physicalName } from "./stage.ts";

/** One instance serves both zones unless the stage is to survive the loss of a zone. */
const zonesWithInstance = settings.multiAz ? subnets : subnets.slice(0, 1);

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

export const natInstances = zonesWithInstance.map(({ number, publicSubnet }) => {
  const instance = new aws.ec2.Instance(`NatInstance${number}`, {
    ami: image.id,
    instanceType: "t4g.nano",
    subnetId: publicSubnet.id,
    vpcSecurityGroupIds: [natSecurityGroup.id],
    iamInstanceProfile: profile.name,
    sourceDestCheck: false,
    tags: { Name: physicalName(`nat-${number}`) },
  });
  const address = new aws.ec2.Eip(`NatAddress${number}`, {
    domain: "vpc",
    tags: { Name: physicalName(`nat-${number}`) },
  });
  const association = new aws.ec2.EipAssociation(
    `NatAddressAssociation${number}`,
    { instanceId: instance.id, allocationId: address.id },
    // AWS refuses an address in a network that is not connected yet.
    { dependsOn: [internetGateway] },
  );
  return { number, instance, association };
});

const routes = subnets.map(({ number, privateRoutes }) => {
  const nat = natInstances.find(other => other.number === number) ?? natInstances[0];
  if (!nat) throw new Error("stacks/nat.ts declares no NAT instance");
  return new aws.ec2.Route(`NatRoute${number}`, {
    routeTableId: privateRoutes.id,
    destinationCidrBlock: "0.0.0.0/0",
    networkInterfaceId: nat.instance.primaryNetworkInterfaceId,
  });
});

/** What must exist before a function can reach AWS or a provider. */
export const internetAccess = [...routes, ...natInstances.map(({ association }) => association)];
