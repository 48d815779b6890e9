// A certificate that signs itself, made on the spot: no key lies in the repository, and no tool needs to be installed.
import { createSign, generateKeyPairSync } from "node:crypto";

export interface SelfSignedCertificate {
  /** PEM, PKCS 8. */
  readonly key: string;
  /** PEM, for `localhost` and 127.0.0.1. */
  readonly certificate: string;
}

/** DER tags (X.690). */
const tag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  utf8: 0x0c,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
  dnsName: 0x82,
  ipAddress: 0x87,
  version: 0xa0,
  extensions: 0xa3,
} as const;

/** ecdsa-with-SHA256, commonName, subjectAltName: object ids in DER. */
const ecdsaWithSha256 = "2a8648ce3d040302";
const commonName = "550403";
const subjectAltName = "551d11";
const hostName = "localhost";
const addressBytes = [127, 0, 0, 1];
const shortLengthLimit = 0x80;
const byteSize = 256;
const pemLineLength = 64;

function der(kind: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const bytes =
    length < shortLengthLimit
      ? [length]
      : length < byteSize
        ? [shortLengthLimit + 1, length]
        : [shortLengthLimit + 2, Math.floor(length / byteSize), length % byteSize];
  return Buffer.concat([Buffer.from([kind, ...bytes]), content]);
}

function text(kind: number, value: string): Buffer {
  return der(kind, Buffer.from(value, "ascii"));
}

function objectId(hex: string): Buffer {
  return der(tag.objectId, Buffer.from(hex, "hex"));
}

/** Valid from 2020 to 2120, for the curve P-256. */
export function makeSelfSignedCertificate(): SelfSignedCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der(tag.sequence, objectId(ecdsaWithSha256));
  const name = der(
    tag.sequence,
    der(tag.set, der(tag.sequence, objectId(commonName), text(tag.utf8, hostName))),
  );
  const alternatives = der(
    tag.sequence,
    text(tag.dnsName, hostName),
    der(tag.ipAddress, Buffer.from(addressBytes)),
  );
  const extension = der(tag.sequence, objectId(subjectAltName), der(tag.octetString, alternatives));
  const body = der(
    tag.sequence,
    der(tag.version, der(tag.integer, Buffer.from([2]))), // X.509 version 3
    der(tag.integer, Buffer.from([1])),
    algorithm,
    name,
    der(tag.sequence, text(tag.time, "20200101000000Z"), text(tag.time, "21200101000000Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(tag.extensions, der(tag.sequence, extension)),
  );
  const signature = createSign("sha256").update(body).sign(privateKey);
  const certificate = der(
    tag.sequence,
    body,
    algorithm,
    der(tag.bitString, Buffer.concat([Buffer.from([0]), signature])),
  );
  const lines = certificate.toString("base64").match(new RegExp(`.{1,${pemLineLength}}`, "g")) ?? [];
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n"),
  };
}
