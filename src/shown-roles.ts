// Which roles of the policy are shown something of somebody's by the running code, and on which pages: the policy's own looks say so (K3, P3).
import type { Compiled } from "./policy/core.ts";
import { purpose } from "./review/needs.ts";
import { lookingAs, roleByRegistering } from "./review/staff.ts";
import { deskPlaces } from "./web/desk-places.ts";

/** Pages of the desk that a role may open and that show some of these kinds of data; of all kinds where none are named. */
export const pagesFor = (compiled: Compiled, role: string, data: readonly string[] | null = null): string[] =>
  Object.values(deskPlaces)
    .filter(({ looks }) => data === null || looks.some((category) => data.includes(category)))
    .filter(({ looks }) => lookingAs({ compiled }, [role], looks, purpose) !== null)
    .map(({ path }) => path);

/** Whoever registers is shown the sessions that they hold; all other roles are given, and lead to pages of the desk. */
export const shownRoles = (compiled: Compiled): string[] =>
  Object.keys(compiled.policy.roles).filter(
    (role) => role === roleByRegistering || pagesFor(compiled, role).length > 0,
  );
