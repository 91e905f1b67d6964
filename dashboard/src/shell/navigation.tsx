import { Link } from "@tanstack/react-router";
import { ChevronsUpDown, Search } from "lucide-react";
import { call } from "../api/call.ts";
import { type Mode, switchMode, useMode } from "../api/mode.ts";
import { Menu, MenuItem, MenuLabel, MenuLine } from "../ui/menu.tsx";
import { tellFault } from "../ui/toast.ts";
import { chooseZone, ownZone, useZone } from "../ui/zone.ts";
import { PLACES, type Place } from "./places.ts";
import { applyTheme, currentTheme, type Theme } from "./theme.ts";
import { useAttention } from "./use-attention.ts";
import { useMe } from "./use-me.ts";

/** Where one is and where one can go; who one is; which mode. */
export function Navigation({ onSearch }: { readonly onSearch: () => void }) {
  const attention = useAttention();
  return (
    <div className="flex h-full flex-col gap-4 p-3">
      <div className="flex items-center gap-2 px-2 pt-1">
        <img src="/icon.svg" alt="" className="size-6" />
        <span className="font-semibold tracking-tight">Drafthook</span>
      </div>
      <button
        type="button"
        onClick={onSearch}
        className="flex h-9 items-center gap-2 rounded-lg border border-line bg-paper px-2.5 text-sm text-quiet hover:bg-raised"
      >
        <Search className="size-4" aria-hidden />
        Search or go to
        <kbd className="ml-auto font-sans text-xs">Ctrl K</kbd>
      </button>
      <nav aria-label="Screens" className="flex-1 space-y-4 overflow-y-auto">
        {PLACES.map((group) => (
          <ul key={group[0]?.to} className="space-y-0.5">
            {group.map((place) => (
              <li key={place.to}>
                <PlaceLink place={place} count={attention[place.to] ?? 0} />
              </li>
            ))}
          </ul>
        ))}
      </nav>
      <ModeSwitch />
      <PersonMenu />
    </div>
  );
}

function PlaceLink({ place: { to, name, icon: Icon }, count }: { readonly place: Place; readonly count: number }) {
  return (
    <Link
      to={to}
      activeOptions={{ exact: to === "/", includeSearch: false }}
      className="flex items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-sm text-quiet hover:bg-raised hover:text-ink data-[status=active]:bg-raised data-[status=active]:font-medium data-[status=active]:text-ink"
    >
      <Icon className="size-4" aria-hidden />
      {name}
      {count > 0 ? (
        <span className="ml-auto rounded-full bg-warn-soft px-1.5 text-xs font-medium text-warn">
          {count >= 1_000 ? "999+" : count}
          <span className="sr-only"> waiting</span>
        </span>
      ) : null}
    </Link>
  );
}

const MODES = { live: "Live", test: "Test" } as const satisfies Record<Mode, string>;

function ModeSwitch() {
  const mode = useMode();
  return (
    <fieldset className="flex rounded-lg border border-line bg-paper p-0.5 text-xs">
      <legend className="sr-only">Mode</legend>
      {(["live", "test"] as const).map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={mode === one}
          onClick={() => switchMode(one)}
          className="flex-1 rounded-md py-1 text-quiet aria-pressed:bg-card aria-pressed:font-medium aria-pressed:text-ink aria-pressed:shadow-sm"
        >
          {MODES[one]}
        </button>
      ))}
    </fieldset>
  );
}

const THEMES = { system: "As the system", light: "Light", dark: "Dark" } as const satisfies Record<Theme, string>;

function PersonMenu() {
  const { data: me } = useMe();
  const zone = useZone();
  if (me === undefined || me.actor.kind !== "person") return null;
  const chooseWorkspace = (tenantId: string) =>
    void act(() => call("/auth/organization", { method: "POST", body: { tenantId } }));
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex items-center gap-2 rounded-lg px-2 py-1.5 text-left text-sm hover:bg-raised"
        >
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{me.tenant.name}</span>
            <span className="block truncate text-xs text-quiet">{me.actor.email}</span>
          </span>
          <ChevronsUpDown className="size-4 text-quiet" aria-hidden />
        </button>
      }
    >
      {me.tenants.length > 1 ? (
        <>
          <MenuLabel>Workspace</MenuLabel>
          {me.tenants.map(({ id, name }) => (
            <MenuItem key={id} isChosen={id === me.tenant.id} onSelect={() => chooseWorkspace(id)}>
              {name}
            </MenuItem>
          ))}
          <MenuLine />
        </>
      ) : null}
      <MenuLabel>Look</MenuLabel>
      {(["system", "light", "dark"] as const).map((theme) => (
        <MenuItem key={theme} isChosen={currentTheme() === theme} onSelect={() => applyTheme(theme)}>
          {THEMES[theme]}
        </MenuItem>
      ))}
      <MenuLabel>Times in</MenuLabel>
      {[...new Set([ownZone(), "UTC"])].map((one) => (
        <MenuItem key={one} isChosen={zone === one} onSelect={() => chooseZone(one)}>
          {one}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem onSelect={() => location.assign("/sign-in")}>Account and password</MenuItem>
      <MenuItem onSelect={() => location.assign("/docs")}>API reference</MenuItem>
      <MenuItem onSelect={() => void act(() => call("/auth/sign-out", { method: "POST", body: {} }))}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

/** What changes who one is changes everything that is shown: the page begins anew. */
async function act(deed: () => Promise<unknown>): Promise<void> {
  try {
    await deed();
    location.assign("/");
  } catch (error) {
    tellFault(error);
  }
}
