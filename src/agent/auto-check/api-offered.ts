import type { Rule } from "./rule.ts";

/** Only app interfaces that the user allows can be called. */
export const apiOffered: Rule = {
  name: "api-offered",
  objection({ action, observation: { apis = [] } }) {
    if (action.type !== "callApi" || apis.some((api) => api.name === action.name)) return undefined;
    const offered =
      apis.length === 0 ? "there are none here" : `there are ${apis.map((api) => api.name).join(", ")}`;
    return `there is no app interface ${JSON.stringify(action.name)}; ${offered}`;
  },
};
