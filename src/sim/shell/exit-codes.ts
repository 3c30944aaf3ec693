/** Of a command that was stopped: 128 + SIGHUP. */
export const hungUp = 129;
/** Of one that was killed: 128 + SIGKILL. */
export const killed = 137;
