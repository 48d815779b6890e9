// The list of policies; each is explained in docs/reviewing.md.
import { PolicyPack } from "@pulumi/policy";
import { allDivisionsNeedReason } from "./allDivisions";
import { descriptionRequired, ownerRequired } from "./descriptions";
import { knownGrantType } from "./knownGrantType";
import { noClearTextSecret } from "./clearText";
import { madeBeforeDeleted } from "./replacement";
import { rotationRequired } from "./rotation";
import { secretEncryptionKey, secretRecoveryWindow } from "./secretKeeping";
import { noSecretThroughPulumi } from "./throughPulumi";
import { accessTokenValidity } from "./tokenValidity";
import { noWildcardPermission } from "./wildcards";

new PolicyPack("genesys-credentials", {
  policies: [
    noWildcardPermission,
    allDivisionsNeedReason,
    accessTokenValidity,
    knownGrantType,
    descriptionRequired,
    ownerRequired,
    rotationRequired,
    secretRecoveryWindow,
    secretEncryptionKey,
    noClearTextSecret,
    noSecretThroughPulumi,
    madeBeforeDeleted,
  ],
});
