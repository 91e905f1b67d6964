import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { useDeferredValue, useState } from "react";
import type { Cadence } from "../../../core/contract/cadence.ts";
import type { EnrollmentSummary } from "../../../core/contract/enrollment.ts";
import { useList } from "../api/queries.ts";
import { useFocusBack } from "../ui/focus-back.ts";
import { PLACES } from "./places.ts";

const ITEM = "flex items-center gap-2.5 rounded-lg px-3 py-2 text-sm data-[selected=true]:bg-raised";
const GROUP =
  "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-quiet";

/** Goes anywhere by a few letters: screens, cadences, people. */
export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const search = useDeferredValue(text.trim());
  const cadences = useList<Cadence>("/v1/cadences");
  const people = useList<EnrollmentSummary>("/v1/enrollments", { search, limit: 8 });
  const giveBack = useFocusBack(true);
  const fits = (name: string) => name.toLowerCase().includes(search.toLowerCase());
  const found = {
    places: PLACES.flat().filter(({ name }) => fits(name)),
    cadences: search === "" ? [] : cadences.rows.filter(({ name, id }) => fits(name) || id === search).slice(0, 8),
    // Those of the word before must not be what Enter goes to.
    people: search === "" || people.isPlaceholderData ? [] : people.rows,
  };
  const leave = () => {
    onClose();
    // When the palette is out of the page, and its trap of the focus with it.
    setTimeout(giveBack);
  };
  const go = (to: string) => {
    onClose();
    void navigate({ to });
  };
  return (
    <Command.Dialog
      open
      onOpenChange={(open) => (open ? undefined : leave())}
      label="Search or go to"
      shouldFilter={false}
      overlayClassName="fixed inset-0 z-40 bg-black/40"
      contentClassName="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-1.5rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-2xl border border-line bg-card shadow-2xl"
    >
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder="A screen, a cadence, a name or an address"
        className="h-12 w-full border-b border-line bg-transparent px-4 text-sm outline-none"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-8 text-center text-sm text-quiet">
          {people.isFetching ? "Looking…" : "Nothing of that name."}
        </Command.Empty>
        {found.places.length === 0 ? null : (
          <Command.Group heading="Screens" className={GROUP}>
            {found.places.map(({ to, name, icon: Icon, key }) => (
              <Command.Item key={to} value={to} onSelect={() => go(to)} className={ITEM}>
                <Icon className="size-4 text-quiet" aria-hidden />
                {name}
                <kbd className="ml-auto font-mono text-xs text-quiet">g {key}</kbd>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {found.cadences.length === 0 ? null : (
          <Command.Group heading="Cadences" className={GROUP}>
            {found.cadences.map(({ id, name }) => (
              <Command.Item key={id} value={id} onSelect={() => go(`/cadences/${id}`)} className={ITEM}>
                <bdi className="truncate">{name}</bdi>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {found.people.length === 0 ? null : (
          <Command.Group heading="Enrollments" className={GROUP}>
            {found.people.map(({ id, leadName, leadEmail, leadExternalId }) => (
              <Command.Item key={id} value={id} onSelect={() => go(`/enrollments/${id}`)} className={ITEM}>
                <bdi className="truncate">{leadName ?? leadExternalId}</bdi>
                <span className="shrink-0 text-quiet">{leadEmail}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command.Dialog>
  );
}
