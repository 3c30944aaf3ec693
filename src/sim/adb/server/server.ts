import type { Socket } from "node:net";
import { errorMessage } from "../../../errors.ts";
import { listen } from "../listen.ts";
import { joinStreams } from "../protocol/join.ts";
import { Forwards } from "./forwards.ts";
import {
  answerHostRequest,
  parseHostRequest,
  parseTransportRequest,
  type ServerState,
} from "./host-requests.ts";
import { readRequest, replyFail, replyOkay } from "./smart-socket.ts";
import type { Transport } from "./transport.ts";
import { RequestFailure, Transports } from "./transports.ts";

export interface AdbServer {
  readonly port: number;
  /** Connects to an adb daemon on loopback. Throws `ADB_CONNECT` where none answers. */
  attach(serial: string, adbdPort: number): Promise<void>;
  close(): Promise<void>;
}

/** A small adb server on loopback: what adb clients talk to where no adb is installed. */
export async function startAdbServer(options: { port?: number } = {}): Promise<AdbServer> {
  const transports = new Transports();
  const forwards = new Forwards(transports);
  const listener = await listen((client) => void serveClient(client, { transports, forwards }), options);
  return {
    port: listener.port,
    attach: async (serial, port) => {
      await transports.add(serial, { host: "127.0.0.1", port });
    },
    close: async () => {
      await listener.close();
      await forwards.close();
      transports.closeAll();
    },
  };
}

/** One connection: requests until one takes it over. What fails is told the client, then it ends. */
async function serveClient(client: Socket, state: ServerState): Promise<void> {
  try {
    await serveRequests(client, state);
  } catch (error) {
    replyFail(client, errorMessage(error));
    client.resume();
  }
}

async function serveRequests(client: Socket, state: ServerState): Promise<void> {
  let transport: Transport | undefined;
  for (;;) {
    const request = await readRequest(client);
    if (request === undefined) return;
    const hostRequest = parseHostRequest(request);
    if (hostRequest === undefined) return await openService(request, transport, client);

    const chosen = parseTransportRequest(hostRequest);
    if (chosen === undefined) {
      // A request after `transport` is about that device.
      const target =
        transport !== undefined && hostRequest.target.by === "any"
          ? ({ by: "id", id: transport.id } as const)
          : hostRequest.target;
      await answerHostRequest({ ...hostRequest, target }, client, state);
      client.end();
      client.resume();
      return;
    }
    transport = state.transports.find(chosen);
    replyOkay(client);
    if (chosen.wantsId) client.write(transportId(transport.id));
  }
}

async function openService(service: string, transport: Transport | undefined, client: Socket): Promise<void> {
  if (transport === undefined) throw new RequestFailure("device offline (no transport)");
  const stream = await transport.openStream(service);
  replyOkay(client);
  joinStreams(client, stream);
}

function transportId(id: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(id));
  return bytes;
}
