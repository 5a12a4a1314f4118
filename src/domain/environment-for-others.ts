type Environment = Readonly<Record<string, string | undefined>>;

/** Ours alone: secrets, and addresses that may hold one. On Windows the case of a name does not matter. */
const OURS = /^CERT_/i;

/**
 * The environment for a program that is not `cert`: without every variable of ours, so that no secret among them gets
 * to a viewer, a keychain or a tool of the system, nor to what these start.
 */
export const environmentForOthers = (environment: Environment): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !OURS.test(name)));
