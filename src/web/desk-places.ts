// The pages of the desk and what one has to be allowed to look at for each: the policy's roles decide, and no name of a role (K3).
import { purpose } from "../review/needs.ts";
import { lookingAs } from "../review/staff.ts";
import type { WebContext, WebNeeds } from "./needs.ts";
import { mustBeAllowedToLook } from "./staff.ts";

export type DeskPlace = { path: string; label: string; looks: readonly string[] };

export const deskPlaces = {
  requests: { path: "/desk/requests", label: "Requests", looks: ["user-name", "request", "hold"] },
  people: { path: "/desk/people", label: "Somebody who wrote in", looks: ["user-name", "request"] },
  looks: { path: "/desk/looks", label: "Looks", looks: ["user-name", "looks"] },
  tellings: { path: "/desk/tellings", label: "Recipients to tell", looks: ["disclosure"] },
  children: { path: "/desk/children", label: "Reports of a child", looks: ["child-report"] },
  outbox: { path: "/desk/outbox", label: "Outbox", looks: ["email", "letters"] },
  staff: { path: "/desk/staff", label: "Roles", looks: ["user-name", "staff-role"] },
  /** Nobody's data is shown there; whoever gives the roles also puts in force what says what they are. */
  policy: { path: "/desk/policy", label: "The policy", looks: ["staff-role"] },
} as const satisfies Readonly<Record<string, DeskPlace>>;

/** Counts alone: open to everybody of the staff. */
export const endsPath = "/desk/ends";

/** Whether a role of these lets somebody open a page of the desk. */
export const mayOpen = (
  { staff }: Pick<WebNeeds, "staff">,
  roles: readonly string[],
  { looks }: DeskPlace,
): boolean => lookingAs(staff, roles, looks, purpose) !== null;

/** Whoever asks, in the role that lets them; a refusal for everybody else. */
export const mustOpen = (needs: WebNeeds, c: WebContext, { looks }: DeskPlace) =>
  mustBeAllowedToLook(needs, c, looks, purpose);
