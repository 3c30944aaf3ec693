import type { Duplex } from "node:stream";

/** Copies bytes both ways until one of the two is gone; then the other one ends, too. */
export function joinStreams(a: Duplex, b: Duplex): void {
  copy(a, b);
  copy(b, a);
}

function copy(from: Duplex, to: Duplex): void {
  from.pipe(to);
  // A reset is one way of leaving; "close" follows.
  from.on("error", () => undefined);
  from.once("close", () => {
    to.end();
    // What it still sends has no reader any more, and would keep its end from being seen.
    to.resume();
  });
}
