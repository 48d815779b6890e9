// As whom and where a command asks AWS: the stack's settings first, then the environment's.
import { settingsIn } from "../../../../cli/world/awsEnvironment";

const url = "http://127.0.0.1:1";
const other = "http://127.0.0.1:2";

it.each<[string, Parameters<typeof settingsIn>, object]>([
  ["nothing", [{}, {}], { maxRetries: 2, endpoints: {} }],
  [
    "the environment",
    [
      {},
      { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-2", AWS_PROFILE: "p", AWS_ENDPOINT_URL: url },
    ],
    {
      region: "eu-west-1",
      profile: "p",
      maxRetries: 2,
      endpoints: { secretsmanager: url, sts: url },
    },
  ],
  [
    "one endpoint in place of the common one",
    [{}, { AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_STS: other, AWS_REGION: "" }],
    { maxRetries: 2, endpoints: { secretsmanager: url, sts: other } },
  ],
  [
    "the stack before the environment",
    [
      {
        region: "eu-west-3",
        profile: "q",
        maxRetries: 5,
        endpoints: { sts: other },
        assumeRoles: [{ roleArn: "r" }],
      },
      { AWS_REGION: "eu-west-1", AWS_PROFILE: "p", AWS_ENDPOINT_URL: url },
    ],
    {
      region: "eu-west-3",
      profile: "q",
      maxRetries: 5,
      endpoints: { secretsmanager: url, sts: other },
      assumeRoles: [{ roleArn: "r" }],
    },
  ],
  [
    "endpoints of the environment that are to be ignored, and one of the stack that is not",
    [
      { endpoints: { sts: other } },
      { AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_STS: url, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" },
    ],
    { maxRetries: 2, endpoints: { sts: other } },
  ],
])("%s", (_name, [aws, environment], expected) => {
  expect(settingsIn(aws, environment)).toEqual(expected);
});
