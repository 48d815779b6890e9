// The login host: POST /oauth/token.
import formbody from "@fastify/formbody";
import { type FastifyInstance, type FastifyRequest } from "fastify";
import { msPerSecond } from "../../common/clock";
import { httpStatus } from "../server/httpStatus";
import { type Organization } from "./organization";
import { SimulatorError, TokenRefusal } from "./simulatorError";

/** The pair of a Basic header; undefined when there is none. */
export function basicCredentials(
  authorization: string | undefined,
): { readonly id: string; readonly secret: string } | undefined {
  const encoded = /^Basic\s+([A-Za-z0-9+/=_-]+)$/i.exec(authorization ?? "")?.[1];
  const text = encoded === undefined ? "" : Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon === -1 ? undefined : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
}

function grantTypeOf(request: FastifyRequest): string | undefined {
  if (Buffer.isBuffer(request.body) && request.body.length > 0) {
    throw new SimulatorError(
      httpStatus.unsupportedMediaType,
      "unsupported.media.type",
      "Unsupported Media Type",
    );
  }
  const form = request.body as Readonly<Record<string, unknown>> | null | undefined;
  const grantType = form?.["grant_type"];
  return typeof grantType === "string" ? grantType : undefined;
}

/** Declares the token endpoint. */
export async function declareTokenRoutes(app: FastifyInstance, organization: Organization): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(formbody);
    scope.post("/oauth/token", (request, reply) => {
      const grantType = grantTypeOf(request);
      const pair = basicCredentials(request.headers.authorization);
      if (pair === undefined) {
        throw new TokenRefusal(httpStatus.badRequest, "invalid_request", "client credentials are missing");
      }
      const token = organization.tokens.mint(pair.id, pair.secret, grantType, request.ip);
      const body = {
        access_token: token.value,
        token_type: "bearer",
        expires_in: (token.expiresAt - token.issuedAt) / msPerSecond,
      };
      void reply.code(httpStatus.ok).type("application/json").send(JSON.stringify(body));
    });
  });
}
