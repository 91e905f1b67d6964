/** The id of the notice that tells of a mail that nobody could place: the same for each endpoint and at each attempt. */
export function noticeIdOf(inboundId: string): string {
  return inboundId.replace("inb_", "evt_");
}
