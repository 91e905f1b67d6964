/** Whoever in core asks for the time or for chance fails the test. The test runner itself keeps its own `performance`. */
import { afterAll, beforeAll } from "vitest";

const now = Date.now;
const random = Math.random;

function forbidden(): never {
  throw new Error("core must be told the time and the dice");
}

beforeAll(() => {
  Date.now = forbidden;
  Math.random = forbidden;
});

afterAll(() => {
  Date.now = now;
  Math.random = random;
});
