// What is unknown of integration credentials: what is read back, blank fields, names that are there twice.
import { type Case, statusAndCode } from "./switchCase";
import { type Answer, type SimulatorWorld } from "./simulatorWorld";

const newCredential = (world: SimulatorWorld, clientSecret = "canary-integration-secret"): Promise<Answer> =>
  world.call("POST", "/integrations/credentials", {
    name: "Data actions",
    type: { name: "pureCloudOAuthClient" },
    credentialFields: { clientId: "an-id", clientSecret },
  });

interface Page {
  readonly entities: readonly { readonly id: string }[];
  readonly nextUri?: string;
}

/** The cases, by the name of their switch. */
export const credentialSwitches = {
  shownCredentialFields: {
    probe: async (world) => {
      const { id } = (await newCredential(world)).body;
      const { text } = await world.call("GET", `/integrations/credentials/${id}`);
      return (JSON.parse(text) as { readonly credentialFields?: unknown }).credentialFields;
    },
    outcomes: [
      [{}, { clientId: "an-id", clientSecret: "" }],
      [{ shownCredentialFields: "allBlank" }, { clientId: "", clientSecret: "" }],
      [{ shownCredentialFields: "nulls" }, { clientId: null, clientSecret: null }],
      [{ shownCredentialFields: "empty" }, {}],
      [{ shownCredentialFields: "absent" }, undefined],
    ],
  },
  blankCredentialField: {
    probe: async (world) => statusAndCode(await newCredential(world, "")),
    outcomes: [
      [{}, [400, "bad.request"]],
      [{ blankCredentialField: "accepted" }, [200, undefined]],
    ],
  },
  duplicateCredentialName: {
    probe: async (world) => [(await newCredential(world)).status, (await newCredential(world)).status],
    outcomes: [
      [{}, [200, 200]],
      [{ duplicateCredentialName: "conflict" }, [200, 409]],
    ],
  },
  credentialListPages: {
    probe: async (world) => {
      await newCredential(world);
      await newCredential(world);
      const path = "/integrations/credentials/listing?pageSize=1";
      const first = (await world.call("GET", path)).body as Page;
      const ids = first.entities.map(({ id }) => id);
      const second = (await world.call("GET", `${path}&after=${ids[0] ?? ""}`)).body as Page;
      return { isLinked: first.nextUri !== undefined, isOther: second.entities[0]?.id !== ids[0] };
    },
    outcomes: [
      [{}, { isLinked: true, isOther: true }],
      [{ credentialListPages: "unlinked" }, { isLinked: false, isOther: true }],
      [{ credentialListPages: "sameAgain" }, { isLinked: false, isOther: false }],
    ],
  },
} satisfies Readonly<Record<string, Case>>;
