// Who calls: a user, or a role that STS has lent keys to. Any long-lived key is a user's; it may end in the account's id.
import { randomBytes } from "node:crypto";
import { accountId } from "./secretIds";

/** The identity behind a request. */
export interface Caller {
  readonly accessKeyId: string;
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
}

/** A key that ends so belongs to that account, any other to the emulator's own: the account of a stack can be played. */
const accountInKeyPattern = /\d{12}$/;
/** How AWS's temporary access keys begin. */
const temporaryPrefix = "ASIA";
const randomLength = 6;

const random = (): string => randomBytes(randomLength).toString("hex");

/** The callers that the emulator knows. Roles are forgotten with the process, like the commands that assumed them. */
export class Callers {
  private readonly lent = new Map<string, { readonly sessionToken: string; readonly holder: Caller }>();

  /** Who holds this key; undefined for a temporary key that was not handed out, or comes without its token. */
  identify(accessKeyId: string, sessionToken: string | undefined): Caller | undefined {
    if (!accessKeyId.startsWith(temporaryPrefix)) {
      const account = accountInKeyPattern.exec(accessKeyId)?.[0] ?? accountId;
      return { accessKeyId, account, arn: `arn:aws:iam::${account}:user/sandbox`, userId: "AIDASANDBOX" };
    }
    const keys = this.lent.get(accessKeyId);
    return keys?.sessionToken === sessionToken ? keys?.holder : undefined;
  }

  /** Lends keys of a role, all fake: `role` is its name without the path, `account` the one it belongs to. */
  lend(account: string, role: string, sessionName: string) {
    const accessKeyId = `${temporaryPrefix}CANARY${random().toUpperCase()}`;
    const keys = {
      accessKeyId,
      secretAccessKey: `canary-role-${random()}`,
      sessionToken: `canary-session-${random()}`,
      holder: {
        accessKeyId,
        account,
        arn: `arn:aws:sts::${account}:assumed-role/${role}/${sessionName}`,
        userId: `AROASANDBOX:${sessionName}`,
      },
    };
    this.lent.set(accessKeyId, keys);
    return keys;
  }
}
