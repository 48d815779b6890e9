// Permissions of sample credentials, by what the credentials are for.
/** Permissions of a credential of this kind; a leading `-` marks one that nobody uses. */
export const reporting = [
  "analytics:conversationDetail:view",
  "analytics:conversationAggregate:view",
  "-analytics:dashboardConfigurations:edit",
  "routing:queue:view",
  "-routing:skill:view",
  "directory:user:view",
] as const;

/** Permissions of a credential of this kind; a leading `-` marks one that nobody uses. */
export const synchronising = [
  "externalContacts:contact:add",
  "externalContacts:contact:edit",
  "externalContacts:contact:view",
  "-externalContacts:contact:delete",
  "conversation:settings:view",
  "routing:queue:view",
  "routing:queue:edit",
  "users:profile:view",
] as const;

/** Permissions of a credential of this kind; a leading `-` marks one that nobody uses. */
export const provisioning = [
  "authorization:role:view",
  "authorization:role:edit",
  "authorization:grant:add",
  "directory:user:add",
  "directory:user:edit",
  "-directory:user:delete",
  "directory:group:edit",
  "-oauth:client:add",
  "oauth:client:view",
  "sso:provider:view",
  "telephony:plugin:all",
] as const;

/** Permissions of a credential of this kind; a leading `-` marks one that nobody uses. */
export const recording = [
  "recording:recording:view",
  "recording:job:add",
  "recording:retentionPolicy:view",
  "speechAndTextAnalytics:transcript:view",
  "-quality:evaluation:view",
  "analytics:dataExport:all",
] as const;
