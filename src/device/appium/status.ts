/** One look; a server that is there answers at once, as it does nothing for it. */
const statusMs = 2000;

/** Whether an Appium server is ready at `url`. */
export async function appiumAnswers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url.replace(/\/+$/u, "")}/status`, {
      signal: AbortSignal.timeout(statusMs),
    });
    const { value } = (await response.json()) as { value?: { ready?: unknown } };
    return response.ok && value?.ready === true;
  } catch {
    // Nothing listens there, or something that is no Appium.
    return false;
  }
}
