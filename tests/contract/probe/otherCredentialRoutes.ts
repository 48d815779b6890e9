// The second double's requests about integration credentials: no link to the next page, and nothing is read back.
import { type Fields, type OtherOrganization, type Thing } from "./otherOrganization";
import { Refusal } from "./otherRefusal";
import type { Route } from "./otherRoute";

export function credentialRoutes(
  organization: OtherOrganization,
  credentials: Map<string, Thing>,
  shown: (things: ReadonlyMap<string, Thing>, id: string) => Thing,
): readonly Route[] {
  const info = ({ id, fields }: Thing): Fields => ({ id, name: fields["name"], type: fields["type"] });
  return [
    [
      /^GET .*\/credentials\/listing$/,
      ({ query }) => {
        const all = [...credentials.values()].filter((one) => organization.isShown(one));
        const start = all.findIndex(({ id }) => id === query.get("after")) + 1;
        return [200, { entities: all.slice(start, start + Number(query.get("pageSize"))).map(info) }];
      },
    ],
    [
      /^POST .*\/credentials$/,
      ({ body }) => {
        if ([...credentials.values()].some(({ fields }) => fields["name"] === body["name"])) {
          throw new Refusal(409, "general.conflict");
        }
        const credential = organization.make(body);
        credentials.set(credential.id, credential);
        return [200, info(credential)];
      },
    ],
    [
      /^GET .*\/credentials\/([^/]+)$/,
      ({ id }) => [
        200,
        { ...info(shown(credentials, id)), credentialFields: { clientId: null, clientSecret: null } },
      ],
    ],
    [
      /^PUT .*\/credentials\/([^/]+)$/,
      ({ id, body }) => {
        const credential = organization.living(credentials, id);
        organization.write(credential, body);
        return [200, info(credential)];
      },
    ],
    [
      /^DELETE .*\/credentials\/([^/]+)$/,
      ({ id }) => {
        organization.living(credentials, id).deletedAtMs = organization.clock.now();
        return [200];
      },
    ],
  ];
}
