// Tests of the small pure rules: pruning, ids, policies, pages.
import { pageOf } from "../../../../sandbox/secretsmanager/paging";
import { withoutPruned } from "../../../../sandbox/secretsmanager/pruning";
import { RequestBody } from "../../../../sandbox/secretsmanager/requestBody";
import { checkPolicy, isPublicPolicy } from "../../../../sandbox/secretsmanager/resourcePolicy";
import { isIdOf, newArn } from "../../../../sandbox/secretsmanager/secretIds";
import { type SecretRecord } from "../../../../sandbox/secretsmanager/secretRecord";

const dayMs = 24 * 60 * 60 * 1000;

describe("withoutPruned", () => {
  const versions = Array.from({ length: 130 }, (_, index) => ({ id: `v${index}`, createdAtMs: 0 }));

  test("keeps the 100 most recent and the labelled ones", () => {
    const kept = withoutPruned(versions, { custom: "v3" }, dayMs).map(({ id }) => id);
    expect(kept).toHaveLength(101);
    expect(kept.slice(0, 2)).toEqual(["v3", "v30"]);
  });

  test("keeps everything younger than a day", () => {
    expect(withoutPruned(versions, {}, dayMs - 1)).toHaveLength(130);
  });
});

describe("isIdOf", () => {
  const secret = (name: string): SecretRecord => ({
    arn: newArn("eu-west-1", name),
    name,
    region: "eu-west-1",
    createdAtMs: 0,
    lastChangedAtMs: 0,
    tags: {},
    versions: [],
    labels: {},
  });

  test("a name that looks like a name with a suffix is found by name and full ARN, not by its partial ARN", () => {
    const record = secret("team/key-a1b2c3");
    expect(isIdOf("team/key-a1b2c3", record)).toBe(true);
    expect(isIdOf(record.arn, record)).toBe(true);
    expect(isIdOf("arn:aws:secretsmanager:eu-west-1:123456789012:secret:team/key-a1b2c3", record)).toBe(
      false,
    );
  });

  test("the ARN of a namesake that was deleted finds nothing", () => {
    expect(isIdOf(`${secret("a").arn.slice(0, -6)}000000`, { ...secret("a"), arn: "arn:other" })).toBe(false);
  });
});

describe("resource policies", () => {
  const policy = (statement: unknown): string => JSON.stringify({ Statement: statement });
  const allow = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };

  test.each([
    ["Principal *", allow, true],
    ["AWS: *", { ...allow, Principal: { AWS: ["123456789012", "*"] } }, true],
    ["a condition", { ...allow, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }, false],
    ["a denial", { ...allow, Effect: "Deny" }, false],
    ["one role", { ...allow, Principal: { AWS: "arn:aws:iam::123456789012:role/reader" } }, false],
    ["a service", { ...allow, Principal: { Service: "ecs.amazonaws.com" } }, false],
  ])("a statement with %s", (_title, statement, isPublic) => {
    expect(isPublicPolicy(policy([statement]))).toBe(isPublic);
    const check = (): void => {
      checkPolicy(policy(statement), true);
    };
    if (isPublic) {
      expect(check).toThrow("grants broad access");
    } else {
      expect(check).not.toThrow();
    }
  });

  test.each([
    ["[]", "has no Statement"],
    [policy({ ...allow, Effect: "Maybe" }), "Effect"],
    [policy({ ...allow, Action: undefined }), "without an action"],
    [policy({ ...allow, Resource: undefined }), "without a resource"],
    [policy({ ...allow, Principal: undefined }), "without a principal"],
    [policy({ ...allow, Principal: { AWS: "somebody" } }), "unsupported principal"],
    ["nonsense", "invalid Json"],
  ])("%s is malformed", (document, words) => {
    expect(() => {
      checkPolicy(document, false);
    }).toThrow(words);
  });
});

describe("pageOf", () => {
  const body = (members: object): RequestBody => RequestBody.parse(JSON.stringify(members));

  test("pages join to the whole list", () => {
    const all = Array.from({ length: 7 }, (_, index) => index);
    const seen: number[] = [];
    let token: string | undefined;
    do {
      const page = pageOf(body({ MaxResults: 3, NextToken: token }), all, 100);
      seen.push(...page.items);
      token = page.nextToken;
    } while (token !== undefined);
    expect(seen).toEqual(all);
  });

  test("a token that was not handed out is refused", () => {
    expect(() => pageOf(body({ NextToken: "guess" }), [1], 100)).toThrow("NextToken");
  });

  test.each([0, 101])("a page of %d is refused", (size) => {
    expect(() => pageOf(body({ MaxResults: size }), [1], 100)).toThrow("maxResults");
  });
});
