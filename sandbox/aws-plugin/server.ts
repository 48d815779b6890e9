// The gRPC side of the plugin: one provider on a loopback port, its configuration, and how failures travel.
import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { type Clock, msPerSecond } from "../../common/clock";
import { loopback } from "../server/loopback";
import { AwsConnection } from "./awsConnection";
import { checkCallerAccount } from "./callerAccount";
import { changesOf } from "./propertyDiff";
import { holdsUnknown, readProperties, type PropertyMap } from "./propertyValues";
import { parseProviderConfig } from "./providerConfig";
import { pluginVersion } from "./pluginVersion";
import {
  InitializationFailure,
  check,
  checkFailures,
  create,
  diff,
  diffResponse,
  read,
  remove,
  update,
} from "./resourceCalls";
import { type ResourceContext } from "./resourceType";
import { notInStandIn } from "./resourceTypes";

/** What the plugin takes from outside. */
export interface AwsPluginOptions {
  readonly clock: Clock;
  readonly environment: NodeJS.ProcessEnv;
}

/** A running plugin. */
export interface AwsPlugin {
  readonly port: number;
  /** Ends calls in flight and stops listening. */
  stop(): void;
}

/** How long AWS may take to reach a state, when the program sets no timeout. Source: the provider, two minutes everywhere. */
const propagationLimitMs = 2 * 60 * 1000;

type Context = Omit<ResourceContext, "timeLimitMs">;

const secretConfig = new Set(["accessKey", "secretKey", "token"]);

class AwsProvider {
  private context: Context | undefined;
  private abort = new AbortController();

  constructor(private readonly options: AwsPluginOptions) {}

  /** Everything that the service answers; what is missing here is answered UNIMPLEMENTED. */
  readonly methods = {
    // An engine that finds the plugin running (PULUMI_DEBUG_PROVIDERS): each phase attaches, and cancels it at its end.
    attach: unary(() => {
      if (this.abort.signal.aborted) {
        this.context = undefined;
        this.abort = new AbortController();
      }
      return new Empty();
    }),
    getPluginInfo: unary(() => new PluginInfo().setVersion(pluginVersion())),
    checkConfig: unary((request: provider.CheckRequest) => this.checkConfig(request)),
    diffConfig: unary((request: provider.DiffRequest) => diffConfig(request)),
    configure: unary((request: provider.ConfigureRequest) => this.configure(request)),
    check: unary((request: provider.CheckRequest) => check(request, this.contextFor(0).config)),
    diff: unary((request: provider.DiffRequest) => diff(request, this.contextFor(0).config)),
    create: this.timed(create),
    read: this.timed(read),
    update: this.timed(update),
    delete: this.timed(remove),
    invoke: unary((request: provider.InvokeRequest): provider.InvokeResponse => {
      throw notInStandIn(`the function ${request.getTok()}`);
    }),
    cancel: unary(() => {
      this.cancel();
      return new Empty();
    }),
  };

  cancel(): void {
    this.abort.abort(new Error("the run was cancelled"));
    this.context?.connection.close();
  }

  /** A call on a resource, within the time that the program gives it. */
  private timed<Request extends { getTimeout(): number }, Response>(
    work: (request: Request, context: ResourceContext) => Promise<Response>,
  ): grpc.handleUnaryCall<Request, Response> {
    return unary((request) => work(request, this.contextFor(request.getTimeout())));
  }

  private contextFor(timeoutSeconds: number): ResourceContext {
    if (this.context === undefined) {
      throw new Error("The AWS plugin was asked to work before it was configured");
    }
    const timeLimitMs = timeoutSeconds > 0 ? timeoutSeconds * msPerSecond : propagationLimitMs;
    return { ...this.context, timeLimitMs };
  }

  private checkConfig(request: provider.CheckRequest): provider.CheckResponse {
    const news = readProperties(request.getNews()).values;
    // A setting that is not known before the update cannot be judged before it.
    const problems = Object.values(news).some(holdsUnknown)
      ? []
      : parseProviderConfig(news, this.options.environment).problems;
    return new provider.CheckResponse()
      .setInputs(request.getNews())
      .setFailuresList(checkFailures(problems.map((problem) => `Configuring the AWS plugin: ${problem}`)));
  }

  private async configure(request: provider.ConfigureRequest): Promise<provider.ConfigureResponse> {
    const settings = readProperties(request.getArgs()).values;
    const { config, problems } = parseProviderConfig(settings, this.options.environment);
    if (problems.length > 0 && !Object.values(settings).some(holdsUnknown)) {
      throw new Error(`Configuring the AWS plugin: ${problems.join("; ")}`);
    }
    const { signal } = this.abort;
    const connection = new AwsConnection(config);
    await checkCallerAccount(config, connection, signal);
    this.context = { config, connection, clock: this.options.clock, signal };
    return new provider.ConfigureResponse()
      .setAcceptsecrets(true)
      .setAcceptresources(true)
      .setSupportspreview(true);
  }
}

/** A changed setting reconfigures the provider; resources decide for themselves what a new Region means for them. */
function diffConfig(request: provider.DiffRequest): provider.DiffResponse {
  const olds: PropertyMap = readProperties(request.getOldInputs() ?? request.getOlds()).values;
  const news = readProperties(request.getNews()).values;
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (name) => name !== "version" && !secretConfig.has(name),
  );
  return diffResponse(
    changesOf(names.map((property) => ({ property, was: olds[property], wanted: news[property] }))),
  );
}

function unary<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => handle(call.request))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback(toServiceError(error));
        },
      );
  };
}

/** Message only: a stack would be shown to the user. */
function toServiceError(error: unknown): Partial<grpc.StatusObject> {
  const details = error instanceof Error ? error.message : "an unknown failure";
  if (!(error instanceof InitializationFailure)) {
    return { code: grpc.status.UNKNOWN, details };
  }
  const detail = new Any();
  detail.pack(error.detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status().setCode(grpc.status.UNKNOWN).setMessage(details).setDetailsList([detail]);
  const metadata = new grpc.Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details, metadata };
}

/** Starts the plugin on a free loopback port. */
export async function startAwsPlugin(options: AwsPluginOptions): Promise<AwsPlugin> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  const aws = new AwsProvider(options);
  // The service is a plain table of method definitions; the methods above implement the part of it that the engine needs.
  server.addService(ResourceProviderService, aws.methods);
  const bind = promisify(server.bindAsync.bind(server));
  const port = await bind(`${loopback}:0`, grpc.ServerCredentials.createInsecure());
  return {
    port,
    stop: () => {
      aws.cancel();
      server.forceShutdown();
    },
  };
}
