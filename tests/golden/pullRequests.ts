// Realistic pull requests, of every kind that people propose.
import { accessChanges } from "./corpus/access";
import { arrivals } from "./corpus/arrivals";
import { blockedChanges } from "./corpus/blocked";
import { lifecycleChanges } from "./corpus/lifecycle";
import { type PullRequest } from "./corpus/pullRequest";
import { rotationChanges } from "./corpus/rotations";
import { secretChanges } from "./corpus/secrets";
import { settingChanges } from "./corpus/settings";
import { upgradeChanges } from "./corpus/upgrades";

/** The pull requests, in the order of their files. */
export const pullRequests: readonly PullRequest[] = [
  ...accessChanges,
  ...arrivals,
  ...blockedChanges,
  ...lifecycleChanges,
  ...rotationChanges,
  ...secretChanges,
  ...settingChanges,
  ...upgradeChanges,
].sort((a, b) => (a.name < b.name ? -1 : 1));
