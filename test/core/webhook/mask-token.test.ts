import { expect, test } from "vitest";
import { maskCompletionTokens } from "../../../core/webhook/mask-token.ts";

const URL_BEFORE = "https://x.example/v1/drafts/drf_a/completion?token=";

test("the token is masked up to its end and everything else stays", () => {
  expect(maskCompletionTokens(`{"completionUrl":"${URL_BEFORE}ten_a.0f9e","n":1}`)).toBe(
    `{"completionUrl":"${URL_BEFORE}[masked]","n":1}`,
  );
});

test("all of them are, also in a text that escapes its slashes, and one that was cut off", () => {
  const echoed = `${URL_BEFORE}ten_a.0f9e and ${URL_BEFORE.replaceAll("/", "\\/")}ten_a.0f9e and ${URL_BEFORE}ten_a.0`;
  expect(maskCompletionTokens(echoed)).not.toContain("ten_a");
});

test("a customer's own tokens in the context are theirs and stay", () => {
  const own = '{"context":{"link":"https://shop.example/?token=abc"}}';
  expect(maskCompletionTokens(own)).toBe(own);
});
