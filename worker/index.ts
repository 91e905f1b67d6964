import { DurableObject } from "cloudflare:workers";
export class EnrollmentObject extends DurableObject {}
export class DailyCapObject extends DurableObject {}
export default {
  async fetch(): Promise<Response> {
    return Response.json({ ok: true });
  },
  async scheduled(): Promise<void> {},
  async email(): Promise<void> {},
  async queue(): Promise<void> {},
};
