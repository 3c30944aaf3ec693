/** The user stopped the program; what was under way has been left in a state that can be resumed. */
export class Interrupted extends Error {
  override name = "Interrupted";
}

/**
 * An abort signal that follows Ctrl-C and SIGTERM. The first one asks for an orderly end; the second ends
 * the process at once with 130.
 */
export function interruptSignal(onInterrupt: () => void): { signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const handle = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Interrupted("stopped"));
    onInterrupt();
  };
  process.on("SIGINT", handle);
  process.on("SIGTERM", handle);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off("SIGINT", handle);
      process.off("SIGTERM", handle);
    },
  };
}
