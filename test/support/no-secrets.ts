/** Every output of every run in the whole test suite is searched for what nobody may be told. */

/** The password of the sandbox's people. */
const PASSWORD = 'Sandbox2026';
/** A whole document number of a person of the sandbox. */
const ID_NUMBER = /999999\d{11}[\dX]/;
const VARIABLES = ['CERT_PASSWORD', 'CERT_TOKEN', 'CERT_PASSPHRASE'];
/** Shorter ones stand in ordinary words. */
const LEAST_CHARACTERS = 8;

interface Given {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard input: a secret a line. */
  readonly stdin?: string | undefined;
}

/** @throws Error when an output tells a secret that the run was given; the sandbox tells its own password */
export function requireNoSecrets(output: string, { args, env, stdin = '' }: Given): void {
  const given = [PASSWORD, ...VARIABLES.map((name) => env[name] ?? ''), ...stdin.split(/\r?\n/)];
  const secrets = args.includes('sandbox') ? [] : given.filter((secret) => secret.length >= LEAST_CHARACTERS);
  if (secrets.some((secret) => output.includes(secret)) || ID_NUMBER.test(output))
    throw new Error(`cert ${args.join(' ')} told a secret`);
}
