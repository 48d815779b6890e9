// The constant texts that name our providers in state. PERMANENT: like the path in them, they are in every existing state.

/** Evaluated by Pulumi's dynamic-provider process from the project's folder; nothing of ours is serialised (docs/platform-facts.md 1.1). */
export const oauthClientProvider = 'exports.handler=()=>require("./providers/load.js").OAuthClient';

/** The same for roles. */
export const roleProvider = 'exports.handler=()=>require("./providers/load.js").Role';

/** The same for the stack's identity. */
export const stackIdentityProvider = 'exports.handler=()=>require("./providers/load.js").StackIdentity';

/** The same for the stored secrets of clients. */
export const clientSecretProvider = 'exports.handler=()=>require("./providers/load.js").ClientSecret';

/** The same for integration credentials. */
export const integrationCredentialProvider =
  'exports.handler=()=>require("./providers/load.js").IntegrationCredential';
