// Pull requests that change what credentials may do: roles, permissions and divisions.
import { type PullRequest } from "./pullRequest";

const newRoles = "  genesys-credentials:credentials:\n";

/** See the first line of this file. */
export const accessChanges: readonly PullRequest[] = [
  {
    name: "03-permission-added",
    title: "One more permission in a role that two credentials share",
    edits: [["routing:queue:view]", "routing:queue:view, outbound:contact:view]"]],
    firstLine: "WIDENED: dev: 2 wider (data export)",
    mustKnow: {
      inWords:
        "Two credentials may read outbound contacts, each in its division. Nobody stops; a revert undoes it.",
      wider: {
        "nightly-report": ["outbound:contact:view in home"],
        wallboard: ["outbound:contact:view in Support"],
      },
    },
  },
  {
    name: "04-permission-removed",
    title: "The CRM synchronisation only reads",
    edits: [
      ["[externalContacts:contact:view, externalContacts:contact:edit]", "[externalContacts:contact:view]"],
    ],
    firstLine: "NARROWED: dev: 1 narrower",
    mustKnow: {
      inWords: "crm-sync can no longer edit contacts of Sales. Its secret works on; a revert undoes it.",
      narrower: { "crm-sync": ["externalContacts:contact:edit in Sales"] },
    },
  },
  {
    name: "05-division-to-all",
    title: "The nightly report covers every division, its tokens live a day",
    edits: [
      ["roles: [reporting-reader]", 'roles: [{ role: reporting-reader, divisions: ["*"] }]'],
      ["accessTokenValiditySeconds: 3600", "accessTokenValiditySeconds: 86400"],
    ],
    firstLine: "WIDENED: dev: 3 wider, 1 other",
    mustKnow: {
      inWords: "nightly-report reads every division instead of home, and its tokens live 24 times as long.",
      wider: {
        "nightly-report": [
          "+ every division (was home)",
          "token validity 3600 s (1 hour) -> 86400 s (1 day)",
        ],
      },
      says: ["what the deployer itself holds follows: reporting-reader in Support, home -> every division"],
    },
  },
  {
    name: "13-escalation",
    title: "A role that can hand out roles, and an existing role",
    edits: [
      [
        newRoles,
        `    access-manager:
      description: Gives agents their roles
      permissions: [authorization:grant:add, oauth:client:edit]
${newRoles}`,
      ],
      ["{ existing: employee }]", "{ existing: employee }, access-manager]"],
      ["roles: [reporting-reader]", "roles: [reporting-reader, { existing: admin }]"],
    ],
    firstLine: "WIDENED: dev: 3 wider (privilege escalation), 1 other",
    mustKnow: {
      inWords:
        "Two credentials can make themselves anything: one hands out roles, the other becomes an administrator.",
      wider: {
        "crm-sync": ["access-manager, 2 permissions in home: authorization:grant:add, oauth:client:edit"],
        "nightly-report": ["all of the role admin, which is not managed here, in home"],
      },
    },
  },
  {
    name: "20-shown-sames",
    title: "One more permission, in a preview that shows what stays the same",
    edits: [["routing:queue:view]", "routing:queue:view, outbound:contact:view]"]],
    options: ["--show-sames"],
    firstLine: "WIDENED: dev: 2 wider (data export)",
    mustKnow: {
      inWords: "The same as without --show-sames.",
      wider: {
        "nightly-report": ["outbound:contact:view in home"],
        wallboard: ["outbound:contact:view in Support"],
      },
    },
  },
  {
    name: "23-wildcard",
    title: "Everything about contacts",
    edits: [
      [
        "permissions: [externalContacts:contact:view, externalContacts:contact:edit]",
        'permissions: ["externalContacts:contact:*"]\n      allowWildcards: true',
      ],
    ],
    firstLine: "WIDENED: dev: 5 wider (data export)",
    mustKnow: {
      inWords: "crm-sync may also add, delete, merge and promote contacts of Sales, by a wildcard.",
      wider: {
        "crm-sync": ["externalContacts:contact:delete"],
        "role crm-writer": ["new wildcard externalContacts:contact:*"],
      },
    },
  },
  {
    name: "49-existing-admin",
    title: "The CRM synchronisation needs a bit more",
    edits: [["{ existing: employee }", "{ existing: admin }"]],
    firstLine: "WIDENED: dev: 1 wider (privilege escalation), 1 narrower",
    mustKnow: {
      inWords: "crm-sync becomes an administrator, and stops being an employee. A revert undoes it.",
      wider: { "crm-sync": ["all of the role admin, which is not managed here, in home"] },
      narrower: { "crm-sync": ["all of the role employee"] },
      says: ["privilege escalation"],
    },
  },
  {
    name: "52-role-narrowed",
    title: "Reports need no queues",
    edits: [
      ["[analytics:conversationDetail:view, routing:queue:view]", "[analytics:conversationDetail:view]"],
    ],
    firstLine: "NARROWED: dev: 2 narrower",
    mustKnow: {
      inWords: "Two live credentials lose sight of queues: both consumers are named, in their divisions.",
      narrower: {
        "nightly-report": ["routing:queue:view in home"],
        wallboard: ["routing:queue:view in Support"],
      },
    },
  },
  {
    name: "73-unlisted-permission",
    title: "Work items, which Genesys is rolling out",
    edits: [
      ["routing:queue:view]", "routing:queue:view, { permission: workitems:workbinn:view, unlisted: true }]"],
    ],
    firstLine: "WIDENED: dev: 3 wider",
    mustKnow: {
      inWords:
        "Two credentials get a permission that Genesys does not list: nobody has checked its spelling.",
      wider: {
        "nightly-report": ["workitems:workbinn:view in home"],
        wallboard: ["workitems:workbinn:view in Support"],
        "role reporting-reader": ["nothing tells whether it is misspelt"],
      },
    },
  },
  {
    name: "74-general-permission",
    title: "The CRM's role is for employees, too",
    edits: [
      [
        "externalContacts:contact:edit]\n",
        "externalContacts:contact:edit]\n      generalPermissions: [employee]\n",
      ],
    ],
    firstLine: "WIDENED: dev: 1 wider",
    mustKnow: {
      inWords: "crm-sync gets the general permission employee. A revert undoes it.",
      wider: { "crm-sync": ["general permission employee in Sales"] },
    },
  },
  {
    name: "75-division-exchanged",
    title: "The nightly report is Support's",
    edits: [["roles: [reporting-reader]", "roles: [{ role: reporting-reader, divisions: [Support] }]"]],
    firstLine: "WIDENED: dev: 2 wider, 2 narrower, 1 other",
    mustKnow: {
      inWords: "nightly-report sees Support instead of home: both are told, what it gains first.",
      wider: { "nightly-report": ["reporting-reader, 2 permissions, + Support (was home)"] },
      narrower: { "nightly-report": ["loses reporting-reader, 2 permissions in home"] },
    },
  },
  {
    name: "80-condition-dropped",
    title: "The dashboard shows every queue",
    deployed: "prod",
    edits: [[/- permission: quality:evaluation:view\n.*\n/, "- quality:evaluation:view\n"]],
    firstLine: "WIDENED: prod: 1 wider (recordings and transcripts)",
    mustKnow: {
      inWords: "quality-dashboard reads the evaluations of every queue, no longer of one.",
      wider: { "quality-dashboard": ["quality:evaluation:view in home (was bound to a condition)"] },
    },
  },
  {
    name: "87-boundary-widened",
    title: "The supplier may read recordings",
    deployed: "prod",
    edits: [
      ['"analytics:*"]', '"analytics:*", "recording:*"]'],
      [
        newRoles,
        `    recording-reader:
      permissions: [recording:recording:view]
${newRoles}`,
      ],
      [
        /(type: restricted\n.*\n *roles: \[queue-reader)/,
        "$1, { role: recording-reader, divisions: [Support] }",
      ],
    ],
    firstLine: "WIDENED: prod: 2 wider (recordings and transcripts), 1 other",
    mustKnow: {
      inWords:
        "The supplier hears recordings of Support, and its boundary now lets in every other recording permission.",
      wider: {
        supplier: ["recording:recording:view in Support", "the permissions of the boundary gain recording:*"],
      },
    },
  },
  {
    name: "88-boundary-removed",
    title: "The supplier needs no special treatment",
    deployed: "prod",
    edits: [[/ *type: restricted\n.*\n/, ""]],
    firstLine: "WIDENED: prod: 2 wider",
    mustKnow: {
      inWords: "The supplier has no boundary any more, and its tokens live a day instead of an hour.",
      wider: {
        supplier: [
          "token validity 3600 s (1 hour) -> 86400 s (1 day)",
          "type restricted -> general: no boundary limits it any more",
        ],
      },
    },
  },
];
