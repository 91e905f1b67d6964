import { idParameter } from "../../openapi/parts.ts";

export const suppressionId = idParameter("The suppression's id.", "sup_mzxw6ytboi2gk3tu");
