import { portalName } from '../domain/portal-origin.ts';
import type { Config } from '../ports/settings.ts';

/**
 * The name of the profile of an account: the one it has, else its user name, else (another portal's profile has
 * that name, or it is one that JSON objects have by nature) with the portal's host, else with its whole address.
 */
export function profileNameFor({ profiles }: Config, portal: string, username: string): string {
  const existing = Object.entries(profiles).find(
    ([, one]) => portalName(one.portal) === portalName(portal) && one.username === username,
  );
  if (existing !== undefined) return existing[0];
  const names = [username, `${username}@${new URL(portal).host}`];
  return names.find((name) => !(name in profiles || name in Object.prototype)) ?? `${username}@${portal}`;
}
