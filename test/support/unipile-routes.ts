import { randomUUID } from "node:crypto";
import type { UnipileHooks } from "./unipile-hooks.ts";
import type { DoublePerson, UnipileWorld, WorldChat } from "./unipile-world.ts";

/** A request as it came, read whole. */
export interface UnipileRequest {
  readonly method: string;
  /** Below `/api/v1`, decoded. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly apiKey: string | null;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface UnipileSaid {
  readonly status: number;
  readonly body: object;
}

export interface UnipileDoor {
  readonly world: UnipileWorld;
  readonly hooks: UnipileHooks;
  readonly apiKey: string;
}

/** An error as Unipile writes it. */
export function unipileError(status: number, type: string, detail = `The double says ${type}.`): UnipileSaid {
  return { status, body: { title: type.replaceAll("_", " "), detail, instance: "", type: `errors/${type}`, status } };
}

/** Does what the reference pages say that the real one does. */
export async function answerAsUnipile(door: UnipileDoor, request: UnipileRequest): Promise<UnipileSaid> {
  const { world } = door;
  if (request.apiKey === null) return unipileError(401, "missing_credentials");
  if (request.apiKey !== door.apiKey) return unipileError(401, "invalid_credentials");
  const [, second, , fourth] = request.segments;
  switch (routeOf(request)) {
    case "GET accounts/*":
      return second === world.order.accountId ? said(200, account(world)) : unipileError(404, "resource_not_found");
    case "POST webhooks":
      return register(door, request);
    case "GET users/me":
      return live(door, request, () => owner(world));
    case "GET users/relations":
      return live(door, request, () => page("UserRelationsList", world.relations.map(relation(world)), request.query));
    case "POST users/invite":
      return invite(door, request);
    case "GET users/invite/sent":
      return live(door, request, () => page("InvitationList", world.open.map(sentInvitation(world)), request.query));
    case "DELETE users/invite/sent/*":
      return live(door, request, () =>
        world.withdraw(fourth ?? "")
          ? said(200, { object: "InvitationCanceled" })
          : unipileError(404, "resource_not_found"),
      );
    case "GET users/*":
      return live(door, request, () => profile(world, second ?? ""));
    case "POST chats":
      return startChat(door, request);
    case "GET chats/*":
      return withChat(world, second, (chat) => said(200, { object: "Chat", ...chatItem(world)(chat) }));
    case "POST chats/*/messages":
      return writeInChat(door, request, second);
    case "GET chats/*/messages":
      return withChat(world, second, ({ id }) => messages(door, request, id));
    case "GET chat_attendees/*/chats":
      return stored(door, request, () =>
        page(
          "ChatList",
          world.chats.filter(({ profileId }) => profileId === second).map(chatItem(world)),
          request.query,
        ),
      );
    case "GET messages":
      return stored(door, request, () => messages(door, request, null));
    default:
      return unipileError(404, "resource_not_found", "No such route.");
  }
}

/** A request's route, with a star in each place of an id: `GET users/*`. */
export function routeOf({ method, segments }: Pick<UnipileRequest, "method" | "segments">): string {
  const [room = "", ...rest] = segments;
  const shown = rest.map((segment) => (ROOMS.has(`${room}/${segment}`) ? segment : "*"));
  return `${method} ${[room, ...shown].join("/")}`;
}

const ROOMS: ReadonlySet<string> = new Set([
  "users/me",
  "users/relations",
  "users/invite",
  "users/sent",
  "chats/messages",
  "chat_attendees/chats",
]);

/** What Unipile has in its own store, of a time when the account was well. */
function stored({ world }: UnipileDoor, { query }: UnipileRequest, answer: () => UnipileSaid): UnipileSaid {
  return query.get("account_id") === world.order.accountId ? answer() : unipileError(404, "resource_not_found");
}

/** What LinkedIn itself is asked. */
function live(door: UnipileDoor, request: UnipileRequest, answer: () => UnipileSaid): UnipileSaid {
  return stored(door, request, () => whyNotNow(door.world) ?? answer());
}

function whyNotNow({ state }: UnipileWorld): UnipileSaid | null {
  switch (state) {
    case "ok":
      return null;
    case "disconnected":
      return unipileError(401, "disconnected_account");
    case "restricted":
      return unipileError(403, "account_restricted");
  }
}

function invite({ world }: UnipileDoor, request: UnipileRequest): UnipileSaid {
  const body = readJson(request);
  if (body === null) return unipileError(400, "invalid_parameters", "Not JSON.");
  const { provider_id: profileId, account_id: accountId, message: text = null, ...others } = body;
  if (typeof profileId !== "string" || (text !== null && typeof text !== "string") || Object.keys(others).length > 0)
    return unipileError(400, "invalid_parameters");
  if (accountId !== world.order.accountId) return unipileError(404, "resource_not_found");
  const stopped = whyNotNow(world);
  if (stopped !== null) return stopped;
  const why = world.whyNotInvite(profileId, text);
  if (why !== null) return unipileError(why === "too_many_characters" ? 400 : 422, why);
  const { id } = world.invite(profileId, text);
  return said(201, { object: "UserInvitationSent", invitation_id: id });
}

async function startChat({ world, hooks }: UnipileDoor, request: UnipileRequest): Promise<UnipileSaid> {
  const form = await readForm(request);
  const attendees = form?.getAll("attendees_ids") ?? [];
  const [profileId] = attendees;
  const text = form?.get("text");
  const api = form?.get("linkedin[api]") ?? "classic";
  if (
    form === null ||
    attendees.length !== 1 ||
    typeof profileId !== "string" ||
    typeof text !== "string" ||
    text === "" ||
    api !== "classic"
  )
    return unipileError(400, "invalid_parameters");
  if (form.get("account_id") !== world.order.accountId) return unipileError(404, "resource_not_found");
  const stopped = whyNotNow(world);
  if (stopped !== null) return stopped;
  if (world.find(profileId)?.profileId !== profileId) return unipileError(422, "invalid_recipient");
  if (!world.isConnected(profileId)) return unipileError(422, "no_connection_with_recipient");
  const chat = world.chatWith(profileId);
  const message = world.take(chat, text);
  hooks.messageReceived(message);
  return said(201, { object: "ChatStarted", chat_id: chat.id, message_id: message.id });
}

async function writeInChat(
  { world, hooks }: UnipileDoor,
  request: UnipileRequest,
  chatId: string | undefined,
): Promise<UnipileSaid> {
  const form = await readForm(request);
  const text = form?.get("text");
  if (typeof text !== "string" || text === "") return unipileError(400, "invalid_parameters");
  return withChat(world, chatId, (chat) => {
    const stopped = whyNotNow(world);
    if (stopped !== null) return stopped;
    const message = world.take(chat, text);
    hooks.messageReceived(message);
    return said(201, { object: "MessageSent", message_id: message.id });
  });
}

function withChat(
  world: UnipileWorld,
  chatId: string | undefined,
  answer: (chat: WorldChat) => UnipileSaid,
): UnipileSaid {
  const chat = world.chats.find(({ id }) => id === chatId);
  return chat === undefined ? unipileError(404, "resource_not_found") : answer(chat);
}

function register({ hooks }: UnipileDoor, request: UnipileRequest): UnipileSaid {
  const body = readJson(request);
  if (typeof body?.request_url !== "string" || typeof body.source !== "string")
    return unipileError(400, "invalid_parameters");
  const headers = Array.isArray(body.headers) ? body.headers : [];
  const id = `we_${randomUUID().slice(0, 13)}`;
  hooks.webhooks.push({
    id,
    requestUrl: body.request_url,
    source: body.source,
    name: String(body.name ?? ""),
    headers,
  });
  return said(201, { object: "WebhookCreated", webhook_id: id });
}

function account({ order, state, status }: UnipileWorld): object {
  return {
    object: "Account",
    type: "LINKEDIN",
    id: order.accountId,
    name: `${order.owner.firstName} ${order.owner.lastName}`,
    created_at: "2026-01-02T03:04:05.678Z",
    groups: [],
    connection_params: { im: { id: order.owner.publicId, username: "owner", premiumContractId: null } },
    sources: [
      { id: `${order.accountId}_MESSAGING`, status: status ?? (state === "disconnected" ? "CREDENTIALS" : "OK") },
    ],
  };
}

function owner({ order: { owner: person } }: UnipileWorld): UnipileSaid {
  return said(200, {
    object: "AccountOwnerProfile",
    provider: "LINKEDIN",
    provider_id: person.profileId,
    ...names(person),
  });
}

function names({ publicId, firstName, lastName }: DoublePerson): object {
  return { public_identifier: publicId, first_name: firstName, last_name: lastName };
}

function profile(world: UnipileWorld, identifier: string): UnipileSaid {
  const person = world.find(identifier);
  if (person === null) return unipileError(422, "invalid_recipient");
  const isConnected = world.isConnected(person.profileId);
  return said(200, {
    object: "UserProfile",
    provider: "LINKEDIN",
    provider_id: person.profileId,
    ...names(person),
    headline: "",
    websites: [],
    is_self: person.profileId === world.order.owner.profileId,
    network_distance: isConnected ? "FIRST_DEGREE" : "SECOND_DEGREE",
    ...(world.invitationTo(person.profileId) === undefined ? {} : { invitation: { type: "SENT", status: "PENDING" } }),
  });
}

function relation(world: UnipileWorld) {
  return ({ profileId, at }: UnipileWorld["relations"][number]): object => {
    const person = world.find(profileId);
    return {
      object: "UserRelation",
      created_at: at,
      member_id: profileId,
      member_urn: `urn:li:fsd_profile:${profileId}`,
      headline: "",
      ...(person === null ? {} : names(person)),
    };
  };
}

function sentInvitation(world: UnipileWorld) {
  return ({ id, profileId, text, at }: UnipileWorld["open"][number]): object => {
    const person = world.find(profileId);
    return {
      object: "InvitationSent",
      id,
      date: "Sent today",
      parsed_datetime: new Date(at).toISOString(),
      invited_user: `${person?.firstName} ${person?.lastName}`,
      invited_user_id: profileId,
      invited_user_public_id: person?.publicId ?? null,
      invited_user_description: null,
      invitation_text: text,
    };
  };
}

function chatItem(world: UnipileWorld) {
  return ({ id, profileId }: WorldChat): object => ({
    object: "Chat",
    id,
    account_id: world.order.accountId,
    account_type: "LINKEDIN",
    provider_id: `2-${id}`,
    attendee_provider_id: profileId,
    name: null,
    type: 0,
    unread_count: 0,
    folder: ["INBOX", "INBOX_LINKEDIN_CLASSIC"],
  });
}

function messages({ world }: UnipileDoor, { query }: UnipileRequest, chatId: string | null): UnipileSaid {
  const after = query.get("after");
  if (after !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(after))
    return unipileError(400, "invalid_parameters");
  const items = world.messages
    .filter((message) => chatId === null || message.chatId === chatId)
    .filter(({ at }) => after === null || at > Date.parse(after))
    .map(({ id, chatId: chat_id, senderId, text, at, isEvent }) => ({
      object: "Message",
      id,
      account_id: world.order.accountId,
      chat_id,
      sender_id: senderId,
      is_sender: senderId === world.order.owner.profileId ? 1 : 0,
      is_event: isEvent ? 1 : 0,
      text,
      timestamp: new Date(at).toISOString(),
      attachments: [],
    }));
  return page("MessageList", items, query);
}

/** A page from where the cursor says; whose limit is no whole number up to 250 is refused. */
function page(object: string, items: readonly object[], query: URLSearchParams): UnipileSaid {
  const limit = Number(query.get("limit") ?? "100");
  const cursor = query.get("cursor");
  const start = cursor === null ? 0 : Number(Buffer.from(cursor, "base64url").toString().replace("from:", ""));
  if (!Number.isInteger(limit) || limit < 1 || limit > 250 || !Number.isInteger(start))
    return unipileError(400, "invalid_parameters");
  const next = start + limit < items.length ? Buffer.from(`from:${start + limit}`).toString("base64url") : null;
  return said(200, { object, items: items.slice(start, start + limit), cursor: next });
}

function readJson({ contentType, bytes }: UnipileRequest): Record<string, unknown> | null {
  if (!contentType.startsWith("application/json")) return null;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** By Node's own reader of forms; null where it is none. */
async function readForm({ contentType, bytes }: UnipileRequest): Promise<FormData | null> {
  if (!contentType.startsWith("multipart/form-data")) return null;
  try {
    return await new Response(bytes, { headers: { "content-type": contentType } }).formData();
  } catch {
    return null;
  }
}

function said(status: number, body: object): UnipileSaid {
  return { status, body };
}
