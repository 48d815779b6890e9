// Who hosts the services of a world: the process that listens on the world's meeting port. Others are its guests.
// A port needs no clean-up: the system frees it when its owner dies, so there are no stale locks.
import { createServer, connect, type Server, type Socket } from "node:net";
import { closeServer, isPortTaken, listenOnLoopback, loopback } from "./server/loopback";

/** What a guest says first, followed by the world's token, and what the host answers once the services are up. */
const greeting = "genesys-credentials sandbox";
const readyAnswer = "ready\n";

/** Milliseconds between two attempts to join while a host comes up or goes away. */
const retryMs = 100;

/** Milliseconds a guest waits for the host to say that the services are up. */
const readyTimeoutMs = 30_000;

/** Attempts to join; with {@link retryMs} between them a host has 20 s to go away. */
const maximumAttempts = 200;

/** Bytes; a greeting is shorter, whoever sends more is not a guest. */
const maximumGreetingLength = 200;

/** The port belongs to a program that is not this world's host. */
export class MeetingPortTakenError extends Error {
  override readonly name = "MeetingPortTakenError";
}

/** The services that a host offers. */
export interface Hosted {
  stop(): Promise<void>;
}

/** A process's part in a world. */
export interface Membership {
  readonly role: "host" | "guest";
  /** Number of guests that use this host's services; 0 for a guest. */
  guests(): number;
  /** Resolves when the last guest has left; at once for a guest. Rejects when the signal is aborted. */
  untilAlone(signal: AbortSignal): Promise<void>;
  /** Ends the membership; a host stops its services. */
  leave(): Promise<void>;
}

/** What joining needs. */
export interface JoinOptions {
  readonly port: number;
  /** Shared secret of the world's processes. */
  readonly token: string;
  /** Starts the services; called only in the process that becomes the host. */
  readonly startServices: () => Promise<Hosted>;
  /** Called in a guest whose host has died; it has to join again. */
  readonly onHostLost: () => void;
  readonly signal?: AbortSignal;
}

/**
 * Becomes the host of the world or a guest of its present host.
 * @throws MeetingPortTakenError when another program has the port; whatever `startServices` throws.
 */
export async function joinWorld(options: JoinOptions): Promise<Membership> {
  for (let attempt = 0; attempt < maximumAttempts; attempt++) {
    options.signal?.throwIfAborted();
    const server = await listenAlone(options.port);
    if (server !== undefined) {
      return host(server, options);
    }
    const guest = await visit(options);
    if (guest !== undefined) {
      return guest;
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
  throw new MeetingPortTakenError(`port ${options.port}`);
}

async function listenAlone(port: number): Promise<Server | undefined> {
  const server = createServer();
  try {
    await listenOnLoopback(server, port);
    return server;
  } catch (error) {
    if (isPortTaken(error)) {
      return undefined;
    }
    throw error;
  }
}

async function host(server: Server, options: JoinOptions): Promise<Membership> {
  const guests = new Set<Socket>();
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  let isOpen = true;
  let markReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (markReady = resolve));

  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined); // A guest that dies is a guest that leaves.
    socket.on("close", () => {
      sockets.delete(socket);
      guests.delete(socket);
      if (guests.size === 0) {
        waiting.forEach((resolve) => {
          resolve();
        });
      }
    });
    readGreeting(socket, (text) => {
      if (!isOpen || text !== `${greeting} ${options.token}`) {
        socket.destroy();
        return;
      }
      guests.add(socket);
      void ready.then(() => socket.write(readyAnswer));
    });
  });

  const close = (): Promise<void> => {
    isOpen = false;
    sockets.forEach((socket) => socket.destroy());
    return closeServer(server);
  };

  let services: Hosted;
  try {
    services = await options.startServices();
  } catch (error) {
    await close();
    throw error;
  }
  markReady();
  return {
    role: "host",
    guests: () => guests.size,
    untilAlone: (signal) =>
      new Promise((resolve, reject) => {
        if (guests.size === 0) {
          resolve();
          return;
        }
        waiting.add(resolve);
        signal.addEventListener("abort", () => {
          reject(signal.reason as Error);
        });
      }),
    leave: async () => {
      isOpen = false;
      // The services' ports are freed before the meeting port: whoever hosts next finds them free.
      await services.stop();
      await close();
    },
  };
}

/** Undefined when the host went away before it was ready. */
function visit(options: JoinOptions): Promise<Membership | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: options.port, host: loopback });
    let state: "waiting" | "member" | "left" = "waiting";
    let heard = "";
    const giveUp = (): void => {
      socket.destroy();
      reject(new MeetingPortTakenError(`port ${options.port}`));
    };
    const timer = setTimeout(giveUp, readyTimeoutMs);
    socket.on("connect", () => socket.write(`${greeting} ${options.token}\n`));
    socket.on("data", (data) => {
      heard += data.toString();
      if (state === "waiting" && heard === readyAnswer) {
        state = "member";
        clearTimeout(timer);
        resolve({
          role: "guest",
          guests: () => 0,
          untilAlone: () => Promise.resolve(),
          leave: () => {
            state = "left";
            socket.destroy();
            return Promise.resolve();
          },
        });
      } else if (state === "waiting" && !readyAnswer.startsWith(heard)) {
        giveUp();
      }
    });
    socket.on("error", () => undefined); // "close" follows.
    socket.on("close", () => {
      clearTimeout(timer);
      if (state === "member") {
        options.onHostLost();
      }
      resolve(undefined);
    });
  });
}

function readGreeting(socket: Socket, onLine: (line: string) => void): void {
  let text = "";
  const onData = (data: Buffer): void => {
    text += data.toString();
    const end = text.indexOf("\n");
    if (end >= 0) {
      socket.removeListener("data", onData);
      socket.resume();
      onLine(text.slice(0, end));
    } else if (text.length > maximumGreetingLength) {
      socket.destroy();
    }
  };
  socket.on("data", onData);
}
