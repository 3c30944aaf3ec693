/** System properties. `ro.` ones cannot be changed once they are set. */
export interface Properties {
  get(key: string): string | undefined;
  /** False where the property is read-only. */
  set(key: string, value: string): boolean;
  list(): [key: string, value: string][];
  save(): [string, string][];
  restore(state: readonly [string, string][]): void;
}

/** Pixel 6 as the emulator's google_apis image of Android 13 has it. */
export const product = { name: "sdk_gphone64_x86_64", model: "Pixel 6", device: "emu64xa" };

const fingerprint = "google/sdk_gphone64_x86_64/emu64xa:13/TE1A.220922.034/10940250:userdebug/dev-keys";

export function createProperties(avdName: string, serialNumber: string): Properties {
  let values = new Map<string, string>([
    ["ro.build.characteristics", "emulator"],
    ["ro.build.date.utc", "1697155200"],
    ["ro.build.display.id", "sdk_gphone64_x86_64-userdebug 13 TE1A.220922.034 10940250 dev-keys"],
    ["ro.build.fingerprint", fingerprint],
    ["ro.build.id", "TE1A.220922.034"],
    ["ro.build.tags", "dev-keys"],
    ["ro.build.type", "userdebug"],
    ["ro.build.version.incremental", "10940250"],
    ["ro.build.version.release", "13"],
    ["ro.build.version.release_or_codename", "13"],
    ["ro.build.version.sdk", "33"],
    ["ro.build.version.security_patch", "2022-09-05"],
    ["ro.boot.qemu", "1"],
    ["ro.boot.qemu.avd_name", avdName],
    ["ro.boot.serialno", serialNumber],
    ["ro.crypto.state", "encrypted"],
    ["ro.debuggable", "1"],
    ["ro.hardware", "ranchu"],
    ["ro.kernel.qemu", "1"],
    ["ro.kernel.qemu.avd_name", avdName],
    ["ro.opengles.version", "196608"],
    ["ro.product.board", "goldfish_x86_64"],
    ["ro.product.brand", "google"],
    ["ro.product.cpu.abi", "x86_64"],
    ["ro.product.cpu.abilist", "x86_64,arm64-v8a"],
    ["ro.product.device", product.device],
    ["ro.product.locale", "en-US"],
    ["ro.product.manufacturer", "Google"],
    ["ro.product.model", product.model],
    ["ro.product.name", product.name],
    ["ro.secure", "1"],
    ["ro.serialno", serialNumber],
    ["ro.sf.lcd_density", "420"],
    ["dev.bootcomplete", "1"],
    ["gsm.operator.alpha", "T-Mobile"],
    ["gsm.sim.state", "LOADED"],
    ["init.svc.adbd", "running"],
    ["init.svc.bootanim", "stopped"],
    ["init.svc.zygote", "running"],
    ["persist.sys.locale", "en-US"],
    ["persist.sys.timezone", "UTC"],
    ["service.adb.root", "1"],
    ["service.bootanim.exit", "1"],
    ["sys.boot_completed", "1"],
    ["sys.usb.state", "adb"],
  ]);
  return {
    get: (key) => values.get(key),
    set(key, value) {
      if (key.startsWith("ro.") && values.has(key)) return false;
      values.set(key, value);
      return true;
    },
    list: () => [...values].sort(([a], [b]) => (a < b ? -1 : 1)),
    save: () => [...values],
    restore(state) {
      values = new Map(state);
    },
  };
}
