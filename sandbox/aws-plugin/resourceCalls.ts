// The provider protocol for resources: messages in, the resource type's work, messages out.
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { changesOf, type PropertyChange } from "./propertyDiff";
import { readProperties, writeProperties, type ReadProperties } from "./propertyValues";
import { type ProviderConfig } from "./providerConfig";
import { PartialChange, type ResourceContext } from "./resourceType";
import { resourceTypeOf } from "./resourceTypes";
import * as provider from "@pulumi/pulumi/proto/provider_pb";

const { Kind } = provider.PropertyDiff;
const kinds = {
  add: [Kind.ADD, Kind.ADD_REPLACE],
  delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
} as const;

/** Names of the outputs that travel in secret envelopes: all that came in one. */
function secretsOf(...read: readonly ReadProperties[]): Set<string> {
  const names = new Set(read.flatMap(({ secrets }) => [...secrets]));
  if (names.has("tags")) {
    names.add("tagsAll");
  }
  return names;
}

/** States of version 0.1.0 hold it: a refresh leaves it as it is, and the next update lets go of it without a call. */
const formerType = "aws:secretsmanager/secretVersion:SecretVersion";

/** An object that exists although its creation or update failed, ready for the wire. */
export class InitializationFailure extends Error {
  override readonly name = "InitializationFailure";

  constructor(
    readonly detail: provider.ErrorResourceInitFailed,
    message: string,
  ) {
    super(message);
  }
}

/** Does the work; a {@link PartialChange} leaves it in the form that makes the engine keep the object. */
async function orInitializationFailure<T>(
  news: ReadProperties,
  secrets: ReadonlySet<string>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PartialChange)) {
      throw error;
    }
    const detail = new provider.ErrorResourceInitFailed()
      .setId(error.id)
      .setProperties(writeProperties(error.outputs, secrets))
      .setInputs(writeProperties(news.values, secrets))
      .setReasonsList([error.message]);
    throw new InitializationFailure(detail, error.message);
  }
}

export function check(request: provider.CheckRequest, config: ProviderConfig): provider.CheckResponse {
  const type = resourceTypeOf(request.getType());
  const news = readProperties(request.getNews());
  const { inputs, failures } = type.check({
    name: request.getName(),
    olds: readProperties(request.getOlds()).values,
    news: news.values,
    seed: request.getRandomseed_asU8(),
    config,
  });
  return new provider.CheckResponse()
    .setInputs(writeProperties(inputs, secretsOf(news)))
    .setFailuresList(checkFailures(failures));
}

/** Without a property: the engine would print the property's value, secret or not. */
export function checkFailures(reasons: readonly string[]): provider.CheckFailure[] {
  return reasons.map((reason) => new provider.CheckFailure().setReason(reason));
}

/** What differs, by name. */
export function diffResponse(changes: readonly PropertyChange[]): provider.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;
  return new provider.DiffResponse()
    .setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList(changes.map(({ property }) => property));
}

function writeChanges(changes: readonly PropertyChange[]): provider.DiffResponse {
  const response = diffResponse(changes).setHasdetaileddiff(true);
  for (const { property, kind, replaces } of changes) {
    const detail = new provider.PropertyDiff().setKind(kinds[kind][replaces ? 1 : 0]);
    response.getDetaileddiffMap().set(property, detail);
    if (replaces) {
      response.addReplaces(property);
    }
  }
  return response;
}

export function diff(request: provider.DiffRequest, config: ProviderConfig): provider.DiffResponse {
  if (request.getType() === formerType) {
    return writeChanges([]);
  }
  const type = resourceTypeOf(request.getType());
  const olds = readProperties(request.getOlds()).values;
  const news = readProperties(request.getNews()).values;
  const changes = changesOf(type.compare(olds, news, config));
  const isReplaced = changes.some(({ replaces }) => replaces);
  return writeChanges(changes).setDeletebeforereplace(isReplaced && type.deletesBeforeReplace(news));
}

export async function create(
  request: provider.CreateRequest,
  context: ResourceContext,
): Promise<provider.CreateResponse> {
  const type = resourceTypeOf(request.getType());
  const news = readProperties(request.getProperties());
  const secrets = secretsOf(news);
  const response = new provider.CreateResponse();
  if (request.getPreview()) {
    return response.setProperties(
      writeProperties(type.preview(news.values, undefined, context.config), secrets),
    );
  }
  const { id, outputs } = await orInitializationFailure(news, secrets, () =>
    type.create(news.values, context),
  );
  return response.setId(id).setProperties(writeProperties(outputs, secrets));
}

export async function read(
  request: provider.ReadRequest,
  context: ResourceContext,
): Promise<provider.ReadResponse> {
  if (request.getType() === formerType) {
    return new provider.ReadResponse()
      .setId(request.getId())
      .setProperties(request.getProperties())
      .setInputs(request.getInputs());
  }
  const type = resourceTypeOf(request.getType());
  const olds = readProperties(request.getProperties());
  const inputs = readProperties(request.getInputs());
  const secrets = secretsOf(olds, inputs);
  const live = await type.read(request.getId(), inputs.values, olds.values, context);
  const response = new provider.ReadResponse();
  return live === undefined
    ? response // Without an id means: gone.
    : response
        .setId(live.id)
        .setProperties(writeProperties(live.outputs, secrets))
        .setInputs(writeProperties(live.inputs, secrets));
}

export async function update(
  request: provider.UpdateRequest,
  context: ResourceContext,
): Promise<provider.UpdateResponse> {
  const type = resourceTypeOf(request.getType());
  const olds = readProperties(request.getOlds());
  const news = readProperties(request.getNews());
  const secrets = secretsOf(news);
  const outputs = request.getPreview()
    ? type.preview(news.values, olds.values, context.config)
    : await orInitializationFailure(news, secrets, () =>
        type.update(request.getId(), olds.values, news.values, context),
      );
  return new provider.UpdateResponse().setProperties(writeProperties(outputs, secrets));
}

export async function remove(request: provider.DeleteRequest, context: ResourceContext): Promise<Empty> {
  const olds = readProperties(request.getProperties()).values;
  await resourceTypeOf(request.getType()).delete(request.getId(), olds, context);
  return new Empty();
}
