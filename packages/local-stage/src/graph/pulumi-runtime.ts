/**
 * The part of @pulumi/pulumi's runtime that evaluation uses. Pulumi is installed with the SST platform and not
 * with this package, so the shapes are stated here; they hold for @pulumi/pulumi 3.215.
 */
export interface PulumiRuntime {
  setMocks(
    mocks: unknown,
    project: string,
    stack: string,
    preview: boolean,
    organization: string,
  ): Promise<void>;
  setAllConfig(config: Record<string, string>): void;
  /** To be called within the program of runInPulumiStack. */
  registerStackTransformation(
    transformation: (resource: {
      type: string;
      name: string;
      props: unknown;
      opts: { dependsOn?: unknown };
    }) => { props: unknown; opts: object },
  ): void;
  runInPulumiStack(program: () => Promise<unknown>): Promise<unknown>;
}

export interface PulumiSettings {
  setMockOptions(
    monitor: ResourceMonitor,
    project: string,
    stack: string,
    preview: boolean,
    organization: string,
  ): void;
}

interface Struct {
  toJavaScript(): Record<string, unknown>;
}

export interface StructModule {
  Struct: { fromJavaScript(value: Record<string, unknown>): Struct };
}

interface InvokeRequest {
  getTok(): string;
  getArgs(): Struct;
}

interface ReadRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getId(): string;
  getProperties(): Struct;
}

interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getImportid(): string;
  getCustom(): boolean;
  getProtect(): boolean;
  getDeletebeforereplace(): boolean;
  getObject(): Struct;
}

interface RegisterOutputsRequest {
  getUrn(): string;
  getOutputs(): Struct;
}

interface FeatureRequest {
  getId(): string;
}

interface Response {
  setReturn(value: Struct): void;
  setUrn(urn: string): void;
  setId(id: string): void;
  setProperties(value: Struct): void;
  setObject(value: Struct): void;
  setRef(reference: string): void;
}

/** Constructors of the messages with which the monitor answers. */
export interface ResponseModule {
  InvokeResponse: new () => Pick<Response, "setReturn">;
  ReadResourceResponse: new () => Pick<Response, "setUrn" | "setProperties">;
  RegisterResourceResponse: new () => Pick<Response, "setUrn" | "setId" | "setObject">;
  RegisterPackageResponse: new () => Pick<Response, "setRef">;
}

export type Callback = (error: Error | null, response?: unknown) => void;

/** The service to which Pulumi programs send their resources; here it stands for the engine and the cloud. */
export interface ResourceMonitor {
  invoke(request: InvokeRequest, callback: Callback): void;
  readResource(request: ReadRequest, callback: Callback): void;
  registerResource(request: RegisterRequest, callback: Callback): void;
  registerResourceOutputs(request: RegisterOutputsRequest, callback: Callback): void;
  supportsFeature(request: FeatureRequest, callback: Callback): void;
  registerPackage(request: unknown, callback: Callback): void;
}
