// Users of moto_server whose policies it enforces. IAM is spoken as plain form posts: the project has no use for its SDK.
import { type LeastPolicy } from "./leastPolicies";

/** An access key of a user. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** moto finds the service in the credential scope; without enforcement nobody looks at the signature. */
const unsigned =
  "AWS4-HMAC-SHA256 Credential=canary/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=canary";
const apiVersion = "2010-05-08";

async function post(url: string, init: RequestInit): Promise<string> {
  const response = await fetch(url, { method: "POST", ...init });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`Asking moto_server at ${url}: HTTP ${response.status}: ${text}`);
  }
  return text;
}

function iam(motoUrl: string, parameters: Record<string, string>): Promise<string> {
  const body = new URLSearchParams({ Version: apiVersion, ...parameters });
  return post(motoUrl, { headers: { authorization: unsigned }, body });
}

/** Whether moto checks signatures and policies from now on. Making users needs it off. */
export async function enforcePolicies(motoUrl: string, isOn: boolean): Promise<void> {
  // The number of actions that moto still lets pass unchecked.
  await post(`${motoUrl}/moto-api/reset-auth`, { body: isOn ? "0" : "inf" });
}

/** Makes a user with one inline policy. @returns its access key. */
export async function makeUser(motoUrl: string, name: string, policy: LeastPolicy): Promise<AccessKey> {
  const document = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: policy.actions, Resource: policy.resource }],
  };
  await iam(motoUrl, { Action: "CreateUser", UserName: name });
  await iam(motoUrl, {
    Action: "PutUserPolicy",
    UserName: name,
    PolicyName: "least",
    PolicyDocument: JSON.stringify(document),
  });
  const answer = await iam(motoUrl, { Action: "CreateAccessKey", UserName: name });
  const [, accessKeyId = ""] = /<AccessKeyId>(.*?)</.exec(answer) ?? [];
  const [, secretAccessKey = ""] = /<SecretAccessKey>(.*?)</.exec(answer) ?? [];
  return { accessKeyId, secretAccessKey };
}
