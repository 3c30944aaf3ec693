import { misfit } from "../../action/index.ts";
import type { Rule } from "./rule.ts";

/** An app interface is called with arguments of the names and kinds that it declares. */
export const apiArguments: Rule = {
  name: "api-arguments",
  objection({ action, observation: { apis = [] } }) {
    if (action.type !== "callApi") return undefined;
    const api = apis.find((one) => one.name === action.name);
    return api === undefined ? undefined : misfit(api, action.args);
  },
};
