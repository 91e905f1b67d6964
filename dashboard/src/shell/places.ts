import {
  Ban,
  FlaskConical,
  Hand,
  House,
  Inbox,
  Link2,
  ListTodo,
  type LucideIcon,
  Mails,
  ScrollText,
  Settings,
  Users,
  Waypoints,
  Webhook,
} from "lucide-react";

/** One entry of the navigation. `key` follows `g` on the keyboard. */
export interface Place {
  readonly to: string;
  readonly name: string;
  readonly key: string;
  readonly icon: LucideIcon;
}

/** The screens that one can go to from everywhere, in groups. */
export const PLACES: readonly (readonly Place[])[] = [
  [
    { to: "/", name: "Home", key: "h", icon: House },
    { to: "/held", name: "Held", key: "d", icon: Hand },
    { to: "/tasks", name: "Tasks", key: "t", icon: ListTodo },
    { to: "/inbox", name: "Inbox", key: "i", icon: Inbox },
  ],
  [
    { to: "/cadences", name: "Cadences", key: "c", icon: Waypoints },
    { to: "/enrollments", name: "Enrollments", key: "e", icon: Users },
    { to: "/log", name: "Delivery log", key: "l", icon: ScrollText },
  ],
  [
    { to: "/endpoints", name: "Endpoints", key: "w", icon: Webhook },
    { to: "/mailboxes", name: "Mailboxes", key: "m", icon: Mails },
    { to: "/linkedin", name: "LinkedIn", key: "k", icon: Link2 },
    { to: "/sandbox", name: "Sandbox mail", key: "x", icon: FlaskConical },
    { to: "/suppressions", name: "Suppressions", key: "u", icon: Ban },
    { to: "/settings", name: "Settings", key: "s", icon: Settings },
  ],
];
