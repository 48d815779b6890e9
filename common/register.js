// `node -r ./common/register.js <file>.ts` runs our TypeScript.
"use strict";

const path = require("node:path");

require("./transpile.js").registerTypeScript(path.join(__dirname, ".."), process.env);
