// The constant texts that name our providers in state. PERMANENT: like the path in them, they are in every existing state.

/** By resource; evaluated by Pulumi's dynamic-provider process from the project's folder; nothing of ours is serialised (docs/platform-facts.md 1.1). */
export const providerReferences = {
  StackIdentity: 'exports.handler=()=>require("./providers/load.js").StackIdentity',
  Role: 'exports.handler=()=>require("./providers/load.js").Role',
  OAuthClient: 'exports.handler=()=>require("./providers/load.js").OAuthClient',
  ClientSecret: 'exports.handler=()=>require("./providers/load.js").ClientSecret',
  IntegrationCredential: 'exports.handler=()=>require("./providers/load.js").IntegrationCredential',
} as const;
