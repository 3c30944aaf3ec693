import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { apps } from "../../../src/sim/apps/index.ts";
import { createSimulatedDevice, type SimulatedDevice } from "../../../src/sim/device.ts";
import { createWindows } from "../../../src/sim/ui/index.ts";
import { driverApks } from "../../support/appium.ts";
import { sh } from "../harness.ts";

export const instrument =
  "am instrument -w io.appium.uiautomator2.server.test/androidx.test.runner.AndroidJUnitRunner";

/** A phone with the apps and the screen of every simulation, and Appium's server installed. */
export async function phoneWithServer(): Promise<SimulatedDevice> {
  const device = createSimulatedDevice({ seed: 3, apps, createWindows });
  const { server, test } = driverApks();
  for (const file of [server, test]) {
    const apk = await readFile(file);
    const { out } = await sh(device, `cmd package install -r -g -S ${apk.length}`, apk);
    if (out !== "Success\n") throw new Error(`${file}: ${out}`);
  }
  return device;
}

export interface Reply {
  status: number;
  sessionId: string | null;
  // oxlint-disable-next-line typescript/no-explicit-any -- each route's own
  value: any;
}

export interface Running {
  device: SimulatedDevice;
  /** What `am instrument` has printed so far. */
  printed(): string;
  /** Resolves with its exit code when it is over. */
  ended: Promise<number>;
  /** Closes the stream of its shell. */
  hangUp(): void;
  call(method: string, path: string, body?: object): Promise<Reply>;
  /** Below the session that `open` has made. */
  in(method: string, path: string, body?: object): Promise<Reply>;
  open(capabilities?: object): Promise<string>;
  /** The page source. */
  source(): Promise<string>;
  /** The id of the first match. */
  idOf(strategy: string, selector: string, context?: string): Promise<string>;
}

/** Runs the server until its port listens. */
export async function startServer(device: SimulatedDevice): Promise<Running> {
  const hangUp = new AbortController();
  let printed = "";
  let started: () => void;
  const listening = new Promise<void>((resolve) => (started = resolve));
  const ended = device.run(instrument, {
    // oxlint-disable-next-line require-yield, typescript/require-await -- nobody types
    stdin: (async function* () {})(),
    stdout(chunk) {
      printed += Buffer.from(chunk).toString();
      started();
    },
    stderr: (chunk) => void (printed += Buffer.from(chunk).toString()),
    signal: hangUp.signal,
  });
  await Promise.race([listening, ended]);
  let session = "";
  const call = (method: string, path: string, body?: object): Promise<Reply> =>
    send(device, method, path, body);
  const inSession: Running["in"] = (method, path, body) => call(method, `/session/${session}${path}`, body);
  return {
    device,
    printed: () => printed,
    ended,
    hangUp: () => hangUp.abort(),
    call,
    in: inSession,
    async open(capabilities = {}) {
      const { value } = await call("POST", "/session", { capabilities: { alwaysMatch: capabilities } });
      session = (value as { sessionId: string }).sessionId;
      return session;
    },
    source: async () => (await inSession("GET", "/source")).value as string,
    async idOf(strategy, selector, context) {
      const { value } = await inSession("POST", "/element", { strategy, selector, context });
      return (value as { ELEMENT: string }).ELEMENT;
    },
  };
}

/** Opens Markor's dialog for a new file, and gives its first field, which has the focus. */
export async function openFileDialog({ device, ...server }: Running): Promise<string> {
  await sh(device, "am start -S -W -n net.gsantner.markor/.activity.MainActivity");
  const add = await server.idOf("accessibility id", "Create a new file or folder");
  await server.in("POST", `/element/${add}/click`);
  return server.idOf("class name", "android.widget.EditText");
}

/** One HTTP request over a connection to the device's port. Rejects where nothing listens or the server dies. */
export function send(device: SimulatedDevice, method: string, path: string, body?: object): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const connection = device.ports.connect(6790);
    if (connection === undefined) return reject(new Error("connection refused"));
    const sent = request({ method, path, createConnection: () => connection }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => {
        const body = (text === "" ? {} : JSON.parse(text)) as Omit<Reply, "status">;
        resolve({ status: response.statusCode!, ...body });
        connection.destroy();
      });
    });
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
