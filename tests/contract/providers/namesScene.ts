// The scene of tests about written names: one credential with an existing role in a named division, and people who rename both.
import type { OAuthClientInputs, OAuthClientOutputs } from "../../../providers/oauthClient/record";
import { StackIdentityProvider } from "../../../providers/stackIdentity/provider";
import type { OrganizationSeed } from "../../../sandbox/genesys/organizationSeed";
import { deployerClientId, organizationId, salesDivisionId } from "../../../sandbox/genesys/seed";
import {
  clientInputs,
  createProviderWorld,
  type ProviderRun,
  type ProviderWorld,
  recordedClient,
  stackIdentity,
} from "../../providerWorld";

export const roleId = "70000000-0000-4000-8000-0000000000e1";
export const otherRoleId = "70000000-0000-4000-8000-0000000000e2";
export const otherDivisionId = "d0000000-0000-4000-8000-0000000000e3";
/** What the credential holds. */
export const both = { roleId, divisionId: salesDivisionId };

export const uses = (division: string, roleName: string) => ({ roleDivisions: [{ roleName, division }] });
export const made = (generation: number, division = "Sales", roleName = "exporter"): OAuthClientInputs =>
  clientInputs({ generation, ...uses(division, roleName) });

/** What the program says of the stack. */
export const declared = (generation: number, division = "Sales", roleName = "exporter") => ({
  organization: { id: organizationId },
  roles: {},
  credentials: { "nightly-report": "genesys/dev/nightly-report" },
  generations: { "nightly-report": generation },
  divisions: [{ name: division }],
  existingRoles: [{ name: roleName }],
});

type Inputs = Readonly<Record<string, unknown>>;

/** See the first line of this file. */
export class NamesScene {
  private constructor(readonly world: ProviderWorld) {}

  static async create(): Promise<NamesScene> {
    const scene = new NamesScene(await createProviderWorld());
    scene.seed({
      roles: [{ id: roleId, name: "exporter", permissions: ["routing:queue:view"] }],
      grants: [{ subjectId: deployerClientId, roleId, divisionId: "*" }],
    });
    return scene;
  }

  seed(body: OrganizationSeed): void {
    this.world.simulator.organization.seed(body);
  }

  /** The identity as the engine handles it, before everything else in a run. @returns what it records */
  async enterStack({ session }: ProviderRun, olds: Inputs, news: Inputs): Promise<Inputs> {
    const provider = new StackIdentityProvider(() => session);
    const { inputs, failures } = await provider.check(olds, news);
    expect(failures).toEqual([]);
    if (Object.keys(olds).length > 0) {
      await provider.diff(stackIdentity, olds, inputs as never);
    }
    return inputs;
  }

  /** A stack with one client in slot A, as a first update leaves it. */
  async firstUpdate(): Promise<{ readonly identity: Inputs; readonly record: OAuthClientOutputs }> {
    const run = this.world.newRun();
    const identity = await this.enterStack(run, {}, declared(0));
    const { outs } = await run.oauthClients.create(made(0));
    this.world.simulator.requestLog.clear();
    return { identity, record: recordedClient(outs) };
  }

  /** And another one takes the name. */
  renameDivision(): void {
    this.seed({
      divisions: [
        { id: salesDivisionId, name: "Sales EMEA" },
        { id: otherDivisionId, name: "Sales" },
      ],
    });
  }

  /** And another one takes the name. */
  renameRole(): void {
    this.seed({
      roles: [
        { id: roleId, name: "exporter EMEA" },
        { id: otherRoleId, name: "exporter", permissions: ["routing:queue:view"] },
      ],
      grants: [{ subjectId: deployerClientId, roleId: otherRoleId, divisionId: "*" }],
    });
  }
}
