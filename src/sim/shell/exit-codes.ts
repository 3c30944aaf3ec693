/** Of a command that was stopped: 128 + SIGHUP. */
export const hungUp = 129;
