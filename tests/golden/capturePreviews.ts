// Makes the preview fixtures anew: deploys the stack on the real engine, previews every pull request, writes what Pulumi printed.
// Run: node -r ts-node/register tests/golden/capturePreviews.ts
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
