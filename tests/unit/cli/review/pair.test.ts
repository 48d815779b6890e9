// The review of what becomes of the stored pair: rotations of both kinds, their reverts, repairs, and the way out of a state with secrets.
import { clientInputs, linesOf, reviewOf, step } from "./planning";

type Changes = Readonly<Record<string, unknown>>;

const credential = "urn:pulumi:dev::genesys-credentials::genesys-credentials:index:Credential::crm-sync";
const clientUrn = (slot: string): string =>
  `urn:pulumi:dev::genesys-credentials::pulumi-nodejs:dynamic/genesys:OAuthClient::crm-sync-${slot}`;

const kept = (generation: number): Changes => ({ rotation: { clients: "keep", generation } });
const client = (slot: string, op: string, before?: Changes, after?: Changes, more: Changes = {}): object =>
  step(
    "client",
    `crm-sync-${slot}`,
    op,
    before && { ...clientInputs, ...before },
    after && { ...clientInputs, ...after },
    { parent: credential, ...more },
  );

/** A stored pair as it is recorded or planned: the slot of its client, and inputs. */
interface Side extends Changes {
  readonly slot: string;
  readonly generation: number;
}

const pairInputs = {
  keys: "camel",
  apiUrl: "https://api",
  tokenUrl: "https://login",
  state: "active",
  versionStage: "AWSCURRENT",
};
function pair(op: string, before: Side | undefined, after: Side | undefined, outputs: Changes = {}): object {
  const one = (side: Side | undefined, name: "oldState" | "newState", more: Changes): object => {
    const { slot = "a", ...inputs } = side ?? {};
    const propertyDependencies = { clientId: [clientUrn(slot)] };
    const all = { ...pairInputs, ...inputs };
    const planned = step("pair", "crm-sync", op, all, all, {
      parent: credential,
      propertyDependencies,
      ...more,
    });
    const { [name]: state, urn } = planned as Record<string, unknown>;
    return side === undefined ? {} : { op, urn, [name]: state };
  };
  return {
    ...one(before, "oldState", { outputs: { versionId: "v-1", ...outputs } }),
    ...one(after, "newState", {}),
  };
}
const secret = (op = "same", before: Changes = {}, after: Changes = {}, more: Changes = {}): object =>
  step(
    "secret",
    "crm-sync",
    op,
    { name: "a", ...before },
    { name: "a", ...after },
    {
      parent: credential,
      ...more,
    },
  );
const review = (...steps: readonly object[]): string[] => linesOf(reviewOf(steps));

describe("a rotation that keeps the client", () => {
  const rotated = (more: Changes = {}): object[] => [
    secret(),
    client("a", "update", { generation: 2, ...kept(2) }, { generation: 2, ...kept(3) }),
    client("b", "update", { generation: 1, ...kept(2), ...more }, { generation: 3, ...kept(3) }),
    pair("replace", { slot: "a", generation: 2 }, { slot: "b", generation: 3 }),
  ];
  const lines = [
    "crm-sync rotated: generation 2 -> 3, no client is new and none is deleted; copies of the present secret stay valid until the next rotation",
    "crm-sync neutral: copies of the secret that the client of generation 1 had, of before the last rotation, stop working in this update",
    "crm-sync neutral: secret a gets a new version; consumers read it before the next rotation",
  ];

  it("says that no client is new, and which one gets another secret", () => {
    expect(review(...rotated())).toEqual(lines);
  });

  it("hands data actions the new key", () => {
    const holds = (slot: string): Changes => ({
      parent: credential,
      propertyDependencies: { clientId: [clientUrn(slot)] },
    });
    const moved = {
      ...step("integration", "crm-sync", "update", { name: "CRM" }, undefined, holds("a")),
      newState: (
        step("integration", "crm-sync", "update", undefined, { name: "CRM" }, holds("b")) as {
          readonly newState: object;
        }
      ).newState,
    };
    expect(review(...rotated(), moved)).toContain(
      "crm-sync neutral: integration credential CRM gets the new key in the same update",
    );
  });
});

describe("another way to rotate", () => {
  const switched = (before: Changes, after: Changes): object =>
    client("a", "update", { generation: 2, ...before }, { generation: 2, ...after });

  it("touches nothing, and says so", () => {
    expect(reviewOf([switched({}, kept(2))]).verdict).toBe("NEUTRAL");
    expect(review(switched({}, kept(2)))).toEqual([
      "crm-sync neutral: from now on rotations keep the idle client and give it a new secret; nothing that is live changes by that",
    ]);
    expect(review(switched(kept(2), {}))).toEqual([
      "crm-sync neutral: from now on rotations replace the idle client by a new one; nothing that is live changes by that",
    ]);
  });

  it("comes too late for the rotation beside it", () => {
    const lines = review(
      switched({}, kept(3)),
      client("b", "replace", { generation: 1 }, { generation: 3, ...kept(3) }),
      pair("replace", { slot: "a", generation: 2 }, { slot: "b", generation: 3 }),
    );
    expect(lines.join("\n")).toContain("from the next rotation on rotations keep the idle client");
    expect(lines.join("\n")).toContain("rotated: generation 2 -> 3; copies of the present secret stay valid");
  });
});

describe("a generation that is lowered", () => {
  it("by one goes back to what is stored", () => {
    const lines = review(
      secret(),
      client("a", "update", { generation: 2 }, { generation: 0 }),
      client("b", "same", { generation: 1 }, { generation: 1 }),
      pair("replace", { slot: "a", generation: 2 }, { slot: "b", generation: 1 }),
    );
    expect(lines).toEqual([
      "crm-sync rotated: back to generation 1 from 2, no client is new and none is deleted; copies of the present secret stay valid until the next rotation",
      "crm-sync neutral: secret a goes back to the version that is stored for that client; a new secret is made only if it does not sign in any more",
    ]);
  });

  it("by two stays with the client", () => {
    const lines = review(
      secret(),
      client("a", "update", { generation: 2 }, { generation: 0 }),
      client("b", "update", { generation: 3 }, { generation: 1 }),
      pair("replace", { slot: "b", generation: 3 }, { slot: "b", generation: 1 }),
    );
    expect(lines).toContain(
      "crm-sync neutral: secret a keeps the client that it names, and its secret as long as that signs in",
    );
  });
});

test("a rotation that failed half-way goes on: the client is there, its secret is not stored yet", () => {
  const lines = review(
    secret(),
    client("a", "same", { generation: 2 }, { generation: 2 }),
    client("b", "same", { generation: 1 }, { generation: 1 }),
    pair("replace", { slot: "b", generation: 1 }, { slot: "a", generation: 2 }),
  );
  expect(lines).toEqual([
    "crm-sync rotated: generation 1 -> 2, no client is new and none is deleted; copies of the present secret stay valid until the next rotation",
    "crm-sync neutral: secret a gets a new version, with the client that an earlier update has made; consumers read it before the next rotation",
  ]);
});

test("an emergency leaves consumers no time", () => {
  const lines = review(
    secret(),
    client("a", "replace", { generation: 2 }, { generation: 4 }),
    client("b", "replace", { generation: 1 }, { generation: 3 }),
    pair("replace", { slot: "a", generation: 2 }, { slot: "a", generation: 4 }),
  );
  expect(lines).toContain("crm-sync neutral: secret a gets a new version; consumers must read it at once");
});

describe("a client that is inactive", () => {
  const off = { state: "inactive" };

  it("gets no stored secret, whatever its generation", () => {
    const lines = review(
      secret(),
      client("a", "replace", { generation: 0, ...off }, { generation: 2, ...off }),
      client("b", "same", { generation: 1, ...off }, { generation: 1, ...off }),
      pair("replace", { slot: "b", generation: 1, ...off }, { slot: "a", generation: 2, ...off }),
    );
    expect(lines).toContain(
      "crm-sync neutral: secret a keeps what it holds: nothing is stored for a client that is revoked",
    );
  });

  it("works again with what is stored, or gets it then", () => {
    const restored = (outputs: Changes): string =>
      review(
        secret(),
        client("a", "update", off, {}),
        pair("update", { slot: "a", generation: 0, ...off }, { slot: "a", generation: 0 }, outputs),
      ).join("\n");
    expect(restored({})).toContain(
      "the client of generation 0 works again, and with it every copy of its secret",
    );
    expect(restored({})).not.toContain("secret a gets");
    expect(restored({ versionId: undefined })).toContain(
      "secret a gets a pair of the client that works again",
    );
  });
});

describe("a pair that is written anew", () => {
  const same = { slot: "a", generation: 0 };
  const updated = (before: Changes, after: Changes): string[] =>
    review(
      secret(),
      client("a", "same", {}, {}),
      pair("update", { ...same, ...before }, { ...same, ...after }),
    );

  it("says what consumers must understand, in one line", () => {
    expect(updated({}, { keys: "snake", apiUrl: "https://api.other" })).toEqual([
      "crm-sync breaks: secret a is written otherwise: spelling of the keys camel -> snake, API address https://api -> https://api.other",
    ]);
  });

  it("says that a label comes back that a refresh found elsewhere", () => {
    expect(updated({ versionStage: "AWSPREVIOUS" }, {})).toEqual([
      "crm-sync neutral: labels of secret a were moved outside of Pulumi (that of this client: AWSPREVIOUS): it becomes the current one again",
    ]);
  });

  it("tells another way to AWS as what it is", () => {
    expect(
      updated({ aws: { region: "eu-west-1" } }, { aws: { profile: "x" }, kmsKeyId: "alias/one" }),
    ).toEqual([
      "crm-sync neutral: AWS is reached with other settings: aws:profile not set -> x, aws:region eu-west-1 -> not set",
    ]);
  });

  it("is told even if only somebody asked for it", () => {
    expect(review(secret(), client("a", "same", {}, {}), pair("replace", same, same))).toEqual([
      "crm-sync neutral: secret a is proven anew; it gets another pair only if this one does not sign in any more",
    ]);
  });
});

test("an adopted client whose secret is made anew later: what is stored then is told once", () => {
  const adopt = (secret: string): Changes => ({ adopt: { clientId: "c-1", secret } });
  const lines = review(
    step("secret", "crm-sync", "create", undefined, { name: "a" }, { parent: credential }),
    client("a", "update", adopt("keep"), adopt("regenerate")),
    pair("create", undefined, { slot: "a", generation: 0 }),
  );
  expect(lines).toEqual([
    "crm-sync breaks: the present secret of client c-1 stops working: every copy of it; the new one is stored [irreversible]",
    "crm-sync neutral: secret a is created",
  ]);
});

describe("a state from before the secret left Pulumi", () => {
  const former = (retainOnDelete: boolean): object =>
    step("version", "crm-sync", "delete", { secretString: "[secret]" }, undefined, {
      parent: credential,
      retainOnDelete,
    });
  const upgrade = (retainOnDelete: boolean): object[] => [
    secret(),
    client("a", "update", {}, {}, { outputs: { clientSecret: "[secret]" } }),
    pair("create", undefined, { slot: "a", generation: 0 }),
    former(retainOnDelete),
  ];
  const line =
    "crm-sync neutral: its secrets leave Pulumi's state; no client, secret or stored version is made, changed or deleted for that";

  it("is no danger", () => {
    expect(reviewOf(upgrade(true)).verdict).toBe("NEUTRAL");
    expect(review(...upgrade(true))).toEqual([line]);
  });

  it("that does not let go of its versions loses one", () => {
    expect(review(...upgrade(false))).toEqual([
      "crm-sync lost: Pulumi deletes a stored version of the secret: state does not say that it lets go of it [irreversible]",
      line,
    ]);
  });

  it("a version that somebody declares is another resource", () => {
    expect(review(step("version", "extra", "create", undefined, {}))).toEqual([
      "extra neutral: create of another resource, aws:secretsmanager/secretVersion:SecretVersion",
    ]);
  });
});

describe("what an update left half-done", () => {
  const failed = { initErrors: ["it failed"] };

  it("is gone over again, which no difference shows", () => {
    const lines = review(client("a", "update", {}, {}, failed), client("b", "same", {}, {}, failed));
    expect(lines).toEqual([
      "crm-sync neutral: the last update failed half-way at a client; this one goes over it again",
    ]);
  });

  it("in AWS asks for a refresh: state may hold what AWS refused", () => {
    expect(review(secret("update", {}, {}, failed))).toEqual([
      "crm-sync neutral: the last update of secret a failed, and state may hold what AWS refused: `pulumi up --refresh` finishes it, this update by itself may not",
    ]);
  });
});

describe("what the AWS plugin shows of its own", () => {
  const updated = (before: Changes, after: Changes, diffReasons: readonly string[]): string[] =>
    review({ ...secret("update", before, after), diffReasons });

  it("is told as other, since the engine changes it", () => {
    expect(
      updated({}, { region: "eu-west-1", forceOverwriteReplicaSecret: false }, [
        "region",
        "forceOverwriteReplicaSecret",
        "__meta",
      ]),
    ).toEqual([
      "crm-sync neutral: forceOverwriteReplicaSecret of the stored secret in AWS: not set -> false",
    ]);
    const sameKey = [
      "crm-sync neutral: update of the stored secret in AWS crm-sync: kmsKeyId; nobody gains or loses anything by that",
    ];
    expect(updated({ kmsKeyId: "" }, {}, ["kmsKeyId"])).toEqual(sameKey);
    expect(updated({ kmsKeyId: "alias/aws/secretsmanager" }, {}, ["kmsKeyId"])).toEqual(sameKey);
  });

  it("tells tags that every resource gets, and tags of its own once", () => {
    expect(updated({}, {}, ["tagsAll"])).toEqual([
      "crm-sync neutral: tags of the secret change, by aws:defaultTags",
    ]);
    expect(updated({}, { tags: { team: "crm" } }, ["tags", "tagsAll"])).toEqual([
      "crm-sync neutral: tags of the secret: team = crm is new",
    ]);
    const all = (...tags: readonly object[]): readonly [Changes, Changes] => [
      { tagsAll: tags[0] },
      { tagsAll: tags[1] },
    ];
    expect(updated(...all({ a: "1", b: "2", c: "3" }, { b: "2", c: "4", d: "5" }), ["tagsAll"])).toEqual([
      "crm-sync neutral: tags of the secret, by aws:defaultTags: a = 1 goes, c 3 -> 4, d = 5 is new",
    ]);
  });

  it("tells the same tags of several secrets once, and other ones beside them", () => {
    const tagged = (key: string, is: object): object => ({
      ...step("secret", key, "update", { name: key, tagsAll: {} }, { name: key, tagsAll: is }),
      diffReasons: ["tagsAll"],
    });
    expect(review(tagged("a", { x: "1" }), tagged("b", { x: "1" }), tagged("c", { x: "2" }))).toEqual([
      "- neutral: tags of 2 secrets, by aws:defaultTags: x = 1 is new",
      "c neutral: tags of the secret, by aws:defaultTags: x = 2 is new",
    ]);
  });
});

describe("a preview with a refresh", () => {
  const roles = (...names: readonly string[]): Changes => ({
    roleDivisions: names.map((roleName) => ({ roleName, division: "home" })),
  });

  it("that found nothing says nothing", () => {
    expect(review(client("a", "refresh", {}, {}), secret("refresh"))).toEqual([]);
    expect(review(client("a", "refresh", {}, undefined))).toEqual([]);
  });

  it.each(["refresh", "update"])("(%s) compares with what is live, not with what was recorded", (op) => {
    const recorded = roles("employee", "admin");
    const lines = review(
      client("a", op, recorded, op === "refresh" ? recorded : roles("employee")),
      client("a", "update", roles("employee"), recorded),
    );
    expect(lines).toEqual([
      "crm-sync wider: all of the role admin, which is not managed here, in home [privilege escalation]",
    ]);
  });

  it.each(["refresh", "delete"])(
    "(%s) of a client that is gone makes another one, and deletes none",
    (op) => {
      const lines = review(
        client("a", op, {}, op === "refresh" ? {} : undefined),
        client("a", "create", undefined, {}),
        secret(),
        pair("replace", { slot: "a", generation: 0 }, { slot: "a", generation: 0 }),
      );
      expect(lines).toEqual([
        "crm-sync rotated: a new client is made in place of the present one; no copy of the secret works at this moment: its client no longer exists",
        "crm-sync neutral: secret a gets a new version; consumers must read it at once",
      ]);
    },
  );

  it("of a stored secret that is gone says what its consumers feel", () => {
    const lines = review(
      client("a", "same", {}, {}),
      secret("refresh"),
      step("secret", "crm-sync", "create", undefined, { name: "a" }, { parent: credential }),
      pair("refresh", { slot: "a", generation: 0 }, { slot: "a", generation: 0 }),
      pair("create", undefined, { slot: "a", generation: 0 }),
    );
    expect(lines).toEqual([
      "crm-sync breaks: what was stored is gone: the client gets a new secret",
      "crm-sync neutral: secret a is gone from AWS and is made anew",
    ]);
  });
});
