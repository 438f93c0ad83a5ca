/** A list price of AWS in us-east-2, without free tiers. */
export type Price = {
  readonly usd: number;
  readonly per: string;
  readonly source: string;
  readonly asOf: string;
};

const noted = "2026-11";
/** Read on AWS's own page, or on one that quotes it. */
const page = (usd: number, per: string, source: string): Price => ({ usd, per, source, asOf: noted });

/** Every price that an estimate uses. */
export const prices = {
  databaseHour: {
    "db.t4g.micro": page(0.016, "hour", "infratally.com/articles/aws-rds-pricing-explained-2026.html"),
    "db.t4g.small": page(0.032, "hour", "infratally.com/articles/aws-rds-pricing-explained-2026.html"),
  },
  databaseStorage: page(0.115, "GB-month", "infratally.com/articles/aws-rds-pricing-explained-2026.html"),
  instanceHour: { "t4g.nano": page(0.0042, "hour", "egresscost.com/nat-gateway") },
  publicAddress: page(0.005, "hour", "aws.amazon.com/vpc/pricing"),
  blockStorage: page(0.08, "GB-month", "aws.amazon.com/ebs/pricing"),
  hostedZone: page(0.5, "month", "aws.amazon.com/route53/pricing"),
  secret: page(0.4, "month", "aws.amazon.com/secrets-manager/pricing"),
  key: page(1, "month", "aws.amazon.com/kms/pricing"),
  alarm: page(0.1, "month", "aws.amazon.com/cloudwatch/pricing"),
  dashboard: page(3, "month", "aws.amazon.com/cloudwatch/pricing"),
  metric: page(0.3, "month, by the hours with data", "aws.amazon.com/cloudwatch/pricing"),
  logs: page(0.5, "GB", "aws.amazon.com/cloudwatch/pricing"),
  traces: page(5, "million traces", "aws.amazon.com/xray/pricing"),
  functionRequests: page(0.2, "million requests", "aws.amazon.com/lambda/pricing"),
  functionTime: page(0.0000133334, "GB-second on arm64", "aws.amazon.com/lambda/pricing"),
  fifoPublish: page(0.3, "million publications", "factualminds.com, of aws.amazon.com/sns/pricing"),
  standardPublish: page(0.5, "million publications", "aws.amazon.com/sns/pricing"),
  fifoRequests: page(0.5, "million requests", "cloudburn.io/blog/amazon-sqs-pricing"),
  standardRequests: page(0.4, "million requests", "cloudburn.io/blog/amazon-sqs-pricing"),
  schedules: page(1, "million runs", "aws.amazon.com/eventbridge/pricing"),
  apiRequests: page(3.5, "million requests", "awsforengineers.com, of aws.amazon.com/api-gateway/pricing"),
  cdnRequests: page(1, "million HTTPS requests", "kindatechnical.com, of aws.amazon.com/cloudfront/pricing"),
  cdnTraffic: page(0.085, "GB to North America and Europe", "aws.amazon.com/cloudfront/pricing"),
  cdnFunction: page(0.1, "million invocations", "aws.amazon.com/cloudfront/pricing"),
  cdnKeyReads: page(0.03, "million reads", "aws.amazon.com/cloudfront/pricing"),
} as const;
