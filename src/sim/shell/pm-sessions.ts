/** Install sessions: the pieces of an app that is being installed, until they are committed. */
import type { Phone } from "../system/phone.ts";

export interface InstallOptions {
  grant: boolean;
  downgrade: boolean;
  /** `-p`: adds splits to an installed package. */
  partOf: string | undefined;
}

export interface InstallSession {
  options: InstallOptions;
  /** APKs by the names they are written under. */
  files: Map<string, Buffer>;
}

export interface InstallSessions {
  create(options: InstallOptions): number;
  get(id: number): InstallSession | undefined;
  remove(id: number): void;
}

const sessions = new WeakMap<Phone, InstallSessions>();

/** Sessions are no part of a snapshot: one that is not committed is forgotten with its phone. */
export function sessionsOf(phone: Phone): InstallSessions {
  const known = sessions.get(phone);
  if (known !== undefined) return known;
  const made = createSessions();
  sessions.set(phone, made);
  return made;
}

function createSessions(): InstallSessions {
  const open = new Map<number, InstallSession>();
  // Android draws them at random, so that none is met again; here they follow each other.
  let next = 1_000_001;
  return {
    create(options) {
      const id = next++;
      open.set(id, { options, files: new Map() });
      return id;
    },
    get: (id) => open.get(id),
    remove: (id) => void open.delete(id),
  };
}
