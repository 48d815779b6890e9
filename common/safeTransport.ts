// Which URLs may carry something confidential: https, or plain http that does not leave the computer.

/** Hosts for which plain http is allowed: both ends are on one computer. */
const loopbackPattern = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/;

/** Whether nobody on the way can read along. */
export function isSafeTransport({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && loopbackPattern.test(hostname));
}
