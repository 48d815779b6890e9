// The rows of the matrix about stored secrets.
import { unknownValue } from "@pulumi/pulumi/runtime";

import { clientInputs, clientSecretInputs, type ProviderRun, roleInputs } from "../providerWorld";
import { putText } from "../storedSecrets";
import { type Declared, refreshSecret, type StackState, upClient, upSecret } from "./engine";
import { throwRefusal } from "./engineProviders";
import { type AwsRequest, identity, main, type MatrixMethod, token } from "./matrixMethod";

const role = roleInputs();
const client = clientInputs();
/** The client's id is filled in. */
const secret = clientSecretInputs("");
const respelt = clientSecretInputs("", { keys: "snake" });
const clientOnly: Declared = { role, client };
const all: Declared = { role, client, secret };
const unmade = { ...secret, clientId: unknownValue, secretArn: unknownValue, secretName: "genesys/dev/new" };

const proof = [
  { ...token, label: "proof's token", skip: 1 },
  { ...identity, label: "proof's identity", skip: 1 },
];

/** As `2nd GetSecretValue`. */
function aws(operation: string, skip = 0): AwsRequest {
  return { operation, skip };
}

function awsMain(operation: string): AwsRequest {
  return { operation, isMain: true };
}

/** As in every `up`: the client's own resource comes first, unchanged. */
async function upBoth(run: ProviderRun, state: StackState, inputs = secret): Promise<void> {
  await upClient(run, state, client);
  await upSecret(run, state, inputs);
}

/** In the order of the table. */
export const clientSecretMethods: readonly MatrixMethod[] = [
  {
    name: "ClientSecret create, of a client that this process makes",
    before: { role },
    declared: all,
    step: upBoth,
    requests: [main("POST of the client", "POST", "^/api/v2/oauth/clients$"), ...proof],
    awsRequests: [aws("DescribeSecret"), awsMain("PutSecretValue"), aws("DescribeSecret", 1)],
  },
  {
    name: "ClientSecret create, of a client that another process made",
    before: clientOnly,
    declared: all,
    step: upBoth,
    requests: [token, identity, main("POST secret", "POST", "/secret$"), ...proof],
    awsRequests: [
      aws("DescribeSecret"),
      aws("GetSecretValue"),
      awsMain("PutSecretValue"),
      aws("DescribeSecret", 1),
    ],
  },
  {
    name: "ClientSecret create, where its version is there: a state that was lost",
    before: all,
    declared: all,
    step: async (run, state) => {
      Reflect.deleteProperty(state, "secret");
      await upBoth(run, state);
    },
    requests: [token, identity, ...proof],
    awsRequests: [aws("DescribeSecret"), aws("GetSecretValue"), aws("GetSecretValue", 1)],
  },
  {
    name: "ClientSecret read",
    before: all,
    declared: all,
    step: refreshSecret,
    requests: [],
    awsRequests: [aws("DescribeSecret"), aws("GetSecretValue")],
  },
  {
    name: "ClientSecret read and update, after somebody has stored something else",
    before: all,
    arrange: ({ secretsManager }) => {
      putText(secretsManager, "somebody's");
    },
    declared: all,
    step: async (run, state) => {
      await refreshSecret(run, state);
      await upBoth(run, state);
    },
    isRefreshed: true,
    requests: [token, identity, ...proof],
    awsRequests: [
      aws("DescribeSecret"),
      aws("GetSecretValue"),
      aws("DescribeSecret", 1),
      aws("DescribeSecret", 2),
      aws("GetSecretValue", 1),
      aws("GetSecretValue", 2),
      awsMain("UpdateSecretVersionStage"),
      aws("DescribeSecret", 3),
    ],
  },
  {
    name: "ClientSecret update, into another spelling",
    before: all,
    declared: { role, client, secret: respelt },
    step: (run, state) => upBoth(run, state, respelt),
    requests: [token, identity, ...proof],
    awsRequests: [
      aws("DescribeSecret"),
      aws("DescribeSecret", 1),
      aws("GetSecretValue"),
      aws("GetSecretValue", 1),
      awsMain("PutSecretValue"),
      aws("DescribeSecret", 2),
    ],
  },
  {
    name: "ClientSecret check of a new name",
    before: {},
    declared: {},
    step: async (run) => {
      throwRefusal((await run.clientSecrets.check({}, unmade)).failures);
    },
    requests: [],
    awsRequests: [awsMain("DescribeSecret")],
  },
  {
    name: "ClientSecret check of what is unchanged",
    before: all,
    declared: all,
    step: async (run, state) => {
      const inputs = { ...state.secret?.inputs };
      throwRefusal((await run.clientSecrets.check(inputs, inputs)).failures);
    },
    requests: [],
  },
  {
    name: "ClientSecret diff",
    before: all,
    declared: all,
    step: async (run, state) => {
      await run.clientSecrets.diff("", state.secret?.outs ?? {}, secret);
    },
    requests: [],
  },
];
