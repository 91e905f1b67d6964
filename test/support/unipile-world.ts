import { createHash, randomUUID } from "node:crypto";

/** Somebody on LinkedIn. */
export interface DoublePerson {
  readonly profileId: string;
  readonly publicId: string;
  readonly firstName: string;
  readonly lastName: string;
}

/** An invitation that was taken; `text` null was sent bare. */
export interface TakenInvitation {
  readonly id: string;
  readonly profileId: string;
  readonly text: string | null;
  /** Milliseconds. */
  readonly at: number;
}

/** A message that the API took, so one of the account's. */
export interface TakenMessage extends WorldMessage {
  /** To whom it went. */
  readonly profileId: string;
}

interface WorldMessage {
  readonly id: string;
  readonly chatId: string;
  readonly senderId: string;
  readonly text: string;
  readonly at: number;
  readonly isEvent: boolean;
}

export interface WorldChat {
  readonly id: string;
  readonly profileId: string;
}

export interface WorldOrder {
  readonly accountId: string;
  readonly owner: DoublePerson;
  readonly people: readonly DoublePerson[];
  /** Whoever is asked for by a public id exists. */
  readonly findsAnyone: boolean;
  /** Takes what LinkedIn would refuse as a repeat, so that doubles can be counted. */
  readonly allowsRepeats: boolean;
  readonly now: () => number;
}

/** LinkedIn as one account has it. What a rule of LinkedIn's forbids comes back as the type of Unipile's error. */
export class UnipileWorld {
  readonly order: WorldOrder;
  state: "ok" | "disconnected" | "restricted" = "ok";
  /** Unipile's word for how the account is, where it is another than the state's. */
  status: string | null = null;
  onTaken: (taken: TakenInvitation | TakenMessage) => void = () => undefined;
  readonly takenInvitations: TakenInvitation[] = [];
  readonly takenMessages: TakenMessage[] = [];
  readonly open: TakenInvitation[] = [];
  readonly messages: WorldMessage[] = [];
  readonly chats: WorldChat[] = [];
  readonly relations: { readonly profileId: string; readonly at: number }[] = [];
  readonly #withdrawn = new Set<string>();
  readonly #people = new Map<string, DoublePerson>();
  #last = 0;

  constructor(order: WorldOrder) {
    this.order = order;
    for (const person of [order.owner, ...order.people]) this.#people.set(person.profileId, person);
  }

  /** By profile id or public id; whoever hasn't been heard of is made up, always the same for the same name. */
  find(identifier: string): DoublePerson | null {
    const known =
      this.#people.get(identifier) ?? [...this.#people.values()].find(({ publicId }) => publicId === identifier);
    if (known !== undefined) return known;
    if (!this.order.findsAnyone || /^AC[a-z]/.test(identifier)) return null;
    const [first = "", ...rest] = identifier.split("-").map((part) => part.slice(0, 1).toUpperCase() + part.slice(1));
    const profileId = `ACoAA${createHash("sha256").update(identifier).digest("base64url").slice(0, 34)}`;
    const person = { profileId, publicId: identifier, firstName: first, lastName: rest.join(" ") };
    this.#people.set(profileId, person);
    return person;
  }

  isConnected(profileId: string): boolean {
    return this.relations.some((relation) => relation.profileId === profileId);
  }

  invitationTo(profileId: string): TakenInvitation | undefined {
    return this.open.find((invitation) => invitation.profileId === profileId);
  }

  /** Null where it is taken; else the type of the error. */
  whyNotInvite(profileId: string, text: string | null): string | null {
    if (!this.#people.has(profileId) || profileId === this.order.owner.profileId) return "invalid_recipient";
    if (text !== null && [...text].length > 300) return "too_many_characters";
    if (this.order.allowsRepeats) return null;
    if (this.isConnected(profileId)) return "action_already_performed";
    if (this.invitationTo(profileId) !== undefined) return "already_invited_recently";
    return this.#withdrawn.has(profileId) ? "cannot_resend_yet" : null;
  }

  invite(profileId: string, text: string | null): TakenInvitation {
    const invitation = { id: numericId(), profileId, text, at: this.#now() };
    this.takenInvitations.push(invitation);
    if (this.invitationTo(profileId) === undefined) this.open.unshift(invitation);
    this.onTaken(invitation);
    return invitation;
  }

  /** False where no such invitation is open. */
  withdraw(invitationId: string): boolean {
    const invitation = this.#close(({ id }) => id === invitationId);
    if (invitation !== undefined) this.#withdrawn.add(invitation.profileId);
    return invitation !== undefined;
  }

  /** The person accepts, or connects of their own accord; the note of an invitation becomes a message then. Null: they were connected. */
  connect(profileId: string): { readonly note: WorldMessage | null } | null {
    if (this.isConnected(profileId)) return null;
    const invitation = this.#close((one) => one.profileId === profileId);
    this.relations.unshift({ profileId, at: this.#now() });
    const text = invitation?.text ?? null;
    return { note: text === null ? null : this.write(this.chatWith(profileId).id, this.order.owner.profileId, text) };
  }

  chatWith(profileId: string): WorldChat {
    const known = this.chats.find((chat) => chat.profileId === profileId);
    if (known !== undefined) return known;
    const chat = { id: `chat_${randomUUID().slice(0, 13)}`, profileId };
    this.chats.unshift(chat);
    return chat;
  }

  /** A message of whomever, newest first in the list. */
  write(chatId: string, senderId: string, text: string, isEvent = false): WorldMessage {
    const message = { id: `msg_${randomUUID().slice(0, 13)}`, chatId, senderId, text, at: this.#now(), isEvent };
    this.messages.unshift(message);
    return message;
  }

  /** A message that the API took. */
  take(chat: WorldChat, text: string): WorldMessage {
    const message = this.write(chat.id, this.order.owner.profileId, text);
    const taken = { ...message, profileId: chat.profileId };
    this.takenMessages.push(taken);
    this.onTaken(taken);
    return message;
  }

  #close(isIt: (invitation: TakenInvitation) => boolean): TakenInvitation | undefined {
    const index = this.open.findIndex(isIt);
    return index === -1 ? undefined : this.open.splice(index, 1)[0];
  }

  /** No two things happen in the same millisecond, so that their order is known. */
  #now(): number {
    this.#last = Math.max(this.#last + 1, this.order.now());
    return this.#last;
  }
}

/** LinkedIn numbers its invitations. */
function numericId(): string {
  return BigInt(`0x${randomUUID().slice(0, 13).replaceAll("-", "")}`)
    .toString()
    .padStart(19, "7");
}
