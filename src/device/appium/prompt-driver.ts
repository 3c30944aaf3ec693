import { setTimeout as delay } from "node:timers/promises";
import { AndroidUiautomator2Driver } from "appium-uiautomator2-driver";
import { keepHiddenApiPolicy } from "./hidden-api.ts";

/** Between two looks for the server on the device. */
const lookMs = 20;
/** The driver itself looks once a second; what follows is one such look. */
const patienceMs = 950;

type Server = Awaited<ReturnType<AndroidUiautomator2Driver["initUiAutomator2Server"]>>;

/**
 * The UiAutomator2 driver, which hears sooner that its server on the device has come up. The driver starts the server
 * and asks for its status in the same moment, before it can be there, and then again after a second: each session
 * would begin with a second of waiting. It also leaves the device's policy for hidden interfaces as it was. Runs inside
 * Appium's process.
 */
export class PromptDriver extends AndroidUiautomator2Driver {
  /** A tree and a picture may be asked for at once; Appium would have one wait for the other. */
  override get isCommandsQueueEnabled(): boolean {
    return false;
  }

  constructor(...options: ConstructorParameters<typeof AndroidUiautomator2Driver>) {
    super(...options);
    // The driver's methods are fields of each instance, so that there is no `super` to call.
    const prepare = this.performSessionPreExecSetup;
    this.performSessionPreExecSetup = async () => {
      await keepHiddenApiPolicy(this.adb);
      return prepare.call(this);
    };
    const init = this.initUiAutomator2Server;
    this.initUiAutomator2Server = async () => withPatientStatus(await init.call(this));
  }
}

function withPatientStatus(server: Server): Server {
  const { jwproxy } = server;
  const command = jwproxy.command.bind(jwproxy);
  jwproxy.command = async (url, method, body) => {
    if (url !== "/status") return command(url, method, body);
    const deadline = performance.now() + patienceMs;
    for (;;) {
      try {
        return await command(url, method, body);
      } catch (error) {
        if (jwproxy.didInstrumentationExit || performance.now() > deadline) throw error;
      }
      await delay(lookMs);
    }
  };
  return server;
}
