/** What the mocked cloud answers with, so that the outputs in the graph can be used on this machine as they are. */
export interface LocalValues {
  /** Twelve digits. */
  accountId: string;
  /** Where SNS and SQS answer, such as `http://127.0.0.1:4566`; queue URLs start with it. */
  awsEndpoint: string;
  database: { host: string; port: number };
  /** Result of every random password. */
  databasePassword: string;
  /** Where the REST API answers; stands wherever the stacks would give an execute-api URL. */
  apiUrl: string;
  /** Values of API keys by their logical names; a key that is not among them gets one of its own. */
  apiKeyValues: Readonly<Record<string, string>>;
}
