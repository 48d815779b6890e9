// The engine's side of the provider protocol, for driving the plugin in tests.
import { randomBytes } from "node:crypto";
import * as grpc from "@grpc/grpc-js";
import { type Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { type PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import {
  readProperties,
  writeProperties,
  type PropertyMap,
} from "../../../sandbox/aws-plugin/propertyValues";

/** The two resource types. */
export const types = {
  secret: "aws:secretsmanager/secret:Secret",
  policy: "aws:secretsmanager/secretPolicy:SecretPolicy",
} as const;

/** Properties on the wire: the decoded values, and the raw form with its envelopes. */
export interface Wire {
  readonly values: PropertyMap;
  readonly secrets: readonly string[];
}

/** A resource as the engine records it. */
export interface Recorded {
  readonly id: string;
  readonly inputs: Wire;
  readonly outputs: Wire;
}

const wire = (struct: Struct | undefined): Wire => {
  const { values, secrets } = readProperties(struct);
  return { values, secrets: [...secrets].sort() };
};

const secretsIn = (names: readonly string[]): ReadonlySet<string> => new Set(names);

/** A call over gRPC as a promise. */
function call<Response>(
  run: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    run((error, response) => {
      if (error === null) {
        resolve(response);
      } else {
        reject(error);
      }
    });
  });
}

/** What the engine says to a plugin. */
export class Engine {
  private readonly client: ResourceProviderClient;
  private readonly seed = randomBytes(32);

  constructor(port: number) {
    this.client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  }

  close(): void {
    this.client.close();
  }

  info(): Promise<PluginInfo> {
    return call<PluginInfo>((done) => this.client.getPluginInfo(new Empty(), done));
  }

  async checkConfig(settings: PropertyMap): Promise<string[]> {
    const request = new messages.CheckRequest();
    request.setNews(writeProperties(settings, secretsIn(["secretKey"])));
    const response = await call<messages.CheckResponse>((done) => this.client.checkConfig(request, done));
    return response.getFailuresList().map((failure) => `${failure.getProperty()}${failure.getReason()}`);
  }

  async diffConfig(olds: PropertyMap, news: PropertyMap): Promise<messages.DiffResponse.AsObject> {
    const request = new messages.DiffRequest();
    request.setOldInputs(writeProperties(olds, secretsIn([])));
    request.setNews(writeProperties(news, secretsIn([])));
    return (await call<messages.DiffResponse>((done) => this.client.diffConfig(request, done))).toObject();
  }

  async configure(settings: PropertyMap): Promise<messages.ConfigureResponse.AsObject> {
    const request = new messages.ConfigureRequest();
    request.setArgs(writeProperties(settings, secretsIn(["secretKey"])));
    request.setAcceptsecrets(true);
    return (
      await call<messages.ConfigureResponse>((done) => this.client.configure(request, done))
    ).toObject();
  }

  async check(
    type: string,
    news: PropertyMap,
    olds: PropertyMap = {},
    secrets: readonly string[] = [],
  ): Promise<Wire & { failures: string[] }> {
    const request = new messages.CheckRequest();
    request.setType(type);
    request.setName("logical");
    request.setNews(writeProperties(news, secretsIn(secrets)));
    request.setOlds(writeProperties(olds, secretsIn([])));
    request.setRandomseed(this.seed);
    const response = await call<messages.CheckResponse>((done) => this.client.check(request, done));
    const failures = response.getFailuresList().map((failure) => failure.getReason());
    return { ...wire(response.getInputs()), failures };
  }

  async diff(type: string, old: Recorded, news: PropertyMap): Promise<messages.DiffResponse.AsObject> {
    const request = new messages.DiffRequest();
    request.setType(type);
    request.setId(old.id);
    request.setOlds(writeProperties(old.outputs.values, secretsIn(old.outputs.secrets)));
    request.setOldInputs(writeProperties(old.inputs.values, secretsIn(old.inputs.secrets)));
    request.setNews(writeProperties(news, secretsIn([])));
    return (await call<messages.DiffResponse>((done) => this.client.diff(request, done))).toObject();
  }

  /** Check and create, as for a new resource. */
  async create(type: string, news: PropertyMap, timeoutSeconds = 0): Promise<Recorded> {
    const inputs = await this.check(type, news);
    const request = this.createRequest(type, inputs);
    request.setTimeout(timeoutSeconds);
    const response = await call<messages.CreateResponse>((done) => this.client.create(request, done));
    return { id: response.getId(), inputs, outputs: wire(response.getProperties()) };
  }

  async previewCreate(type: string, news: PropertyMap): Promise<Recorded> {
    const inputs = await this.check(type, news);
    const request = this.createRequest(type, inputs);
    request.setPreview(true);
    const response = await call<messages.CreateResponse>((done) => this.client.create(request, done));
    return { id: response.getId(), inputs, outputs: wire(response.getProperties()) };
  }

  async update(type: string, old: Recorded, news: PropertyMap, preview = false): Promise<Recorded> {
    const inputs = await this.check(type, news, old.inputs.values);
    const request = new messages.UpdateRequest();
    request.setType(type);
    request.setId(old.id);
    request.setOlds(writeProperties(old.outputs.values, secretsIn(old.outputs.secrets)));
    request.setNews(writeProperties(inputs.values, secretsIn(inputs.secrets)));
    request.setPreview(preview);
    const response = await call<messages.UpdateResponse>((done) => this.client.update(request, done));
    return { id: old.id, inputs, outputs: wire(response.getProperties()) };
  }

  /** A refresh; undefined when the resource is gone. */
  async read(type: string, old: Recorded): Promise<Recorded | undefined> {
    const request = new messages.ReadRequest();
    request.setType(type);
    request.setId(old.id);
    request.setProperties(writeProperties(old.outputs.values, secretsIn(old.outputs.secrets)));
    request.setInputs(writeProperties(old.inputs.values, secretsIn(old.inputs.secrets)));
    const response = await call<messages.ReadResponse>((done) => this.client.read(request, done));
    return response.getId() === ""
      ? undefined
      : { id: response.getId(), inputs: wire(response.getInputs()), outputs: wire(response.getProperties()) };
  }

  /** An import: nothing is known but the id. */
  import(type: string, id: string): Promise<Recorded | undefined> {
    const nothing: Wire = { values: {}, secrets: [] };
    return this.read(type, { id, inputs: nothing, outputs: nothing });
  }

  async delete(type: string, old: Recorded): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setType(type);
    request.setId(old.id);
    request.setProperties(writeProperties(old.outputs.values, secretsIn(old.outputs.secrets)));
    await call<Empty>((done) => this.client.delete(request, done));
  }

  async invoke(token: string): Promise<void> {
    const request = new messages.InvokeRequest();
    request.setTok(token);
    await call<messages.InvokeResponse>((done) => this.client.invoke(request, done));
  }

  async cancel(): Promise<void> {
    await call<Empty>((done) => this.client.cancel(new Empty(), done));
  }

  private createRequest(type: string, inputs: Wire): messages.CreateRequest {
    const request = new messages.CreateRequest();
    request.setType(type);
    request.setProperties(writeProperties(inputs.values, secretsIn(inputs.secrets)));
    return request;
  }
}

/** The text of a failed call, without gRPC's own prefix. */
export async function failureOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return (error as grpc.ServiceError).details;
  }
  throw new Error("the call was expected to fail");
}

/** What a failed creation or update leaves to be recorded: the properties of its ErrorResourceInitFailed. */
export async function recordedFailure(call: Promise<unknown>): Promise<PropertyMap> {
  const error = await call.then(
    () => undefined,
    (caught: unknown) => caught as grpc.ServiceError,
  );
  const status = Status.deserializeBinary(
    Uint8Array.from(error?.metadata.get("grpc-status-details-bin")[0] as Buffer),
  );
  const [detail] = status.getDetailsList();
  const failed = messages.ErrorResourceInitFailed.deserializeBinary(
    detail?.getValue_asU8() ?? new Uint8Array(),
  );
  return readProperties(failed.getProperties()).values;
}

const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
/** Answers of Diff. */
export const changes = { none: DIFF_NONE, some: DIFF_SOME };
