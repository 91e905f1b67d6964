import { idParameter } from "../../openapi/parts.ts";

export const erasureId = idParameter("The erasure's id.", "ers_mzxw6ytboi2gk3tu");
