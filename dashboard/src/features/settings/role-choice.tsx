import { useId } from "react";
import { ROLES, type Role } from "./roles.ts";

interface RoleChoiceProps {
  readonly roles: readonly Role[];
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

/** One role out of those that one may give, with what each may. */
export function RoleChoice({ roles, value, onChange }: RoleChoiceProps) {
  const name = useId();
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-sm font-medium">Role</legend>
      {roles.map((role) => (
        <label
          key={role}
          className="flex gap-3 rounded-lg border border-line px-3 py-2 text-sm has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name={name}
            className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            checked={role === value}
            onChange={() => onChange(role)}
          />
          <span>
            <span className="font-medium">{ROLES[role].name}</span>
            <span className="block text-xs text-quiet">{ROLES[role].may}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
