// The entry into our providers from state. THE PATH AND THE EXPORT NAMES OF THIS FILE ARE PERMANENT: every resource in every
// state names them (`exports.handler=()=>require("./providers/load.js").OAuthClient`). Never move or rename it; change what is behind.
"use strict";

const path = require("node:path");

// No build step: the code on disk is the code that acts. The provider process has no TypeScript loader of its own.
require("../common/transpile.js").registerTypeScript(path.join(__dirname, ".."), process.env);

const { guardOutput } = require("./run/outputGuard");
const { OAuthClientProvider } = require("./oauthClient/provider");
const { IntegrationCredentialProvider } = require("./integrationCredential/provider");
const { ClientSecretProvider } = require("./clientSecret/provider");
const { evidenceFolder } = require("./clientSecret/rotationEvidence");
const { RoleProvider } = require("./role/provider");
const { StackIdentityProvider } = require("./stackIdentity/provider");
const { storeFor } = require("./run/secretStores");
const { allowedAddressesSwitch, sessionFor } = require("./run/sessions");

guardOutput();

exports.StackIdentity = new StackIdentityProvider(sessionFor);
exports.OAuthClient = new OAuthClientProvider(sessionFor, allowedAddressesSwitch, storeFor);
exports.Role = new RoleProvider(sessionFor);
exports.ClientSecret = new ClientSecretProvider(sessionFor, storeFor, () => evidenceFolder(process.env));
exports.IntegrationCredential = new IntegrationCredentialProvider(sessionFor, storeFor);
