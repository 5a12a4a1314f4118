import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { EXAMPLES, PROBLEM_FACTS } from '../../../src/contract/examples.ts';
import { problem } from '../../../src/contract/problem.ts';
import * as schemas from '../../../src/contract/schemas.ts';
import { addDays, dayOf } from '../../../src/domain/calendar.ts';
import { meets, PASSWORD_POLICY, USERNAME_POLICY } from '../../../src/domain/credential-policy.ts';
import { isResidentIdNumber } from '../../../src/domain/id-number.ts';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import { ORIGIN, testClock } from '../../support/sandbox.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const VALIDATORS: Readonly<Record<string, v.GenericSchema>> = { ...schemas, problem };

/** What the client makes of an example: unknown fields are dropped, wrong ones throw. */
const read = (name: string, example: unknown): unknown => v.parse(VALIDATORS[name] as v.GenericSchema, example);

/** Every example of the published document, with the name of its shape. */
function publishedExamples(): (readonly [name: string, example: unknown])[] {
  const found: (readonly [string, unknown])[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { schema, example, examples } = node as Record<string, Record<string, unknown> | undefined>;
    const name = /^#\/components\/schemas\/(\w+)$/.exec(String(schema?.$ref))?.[1];
    const several = Object.values(examples ?? {}).map((one) => (one as { value: unknown }).value);
    if (name !== undefined) found.push(...[example, ...several].filter(Boolean).map((one) => [name, one] as const));
    for (const child of Object.values(node)) walk(child);
  };
  walk(JSON.parse(readFileSync(`${ROOT}docs/portal-api.openapi.json`, 'utf8')));
  return found;
}

describe('the examples of the contract', () => {
  it.each(Object.entries(EXAMPLES))('%s is read as it stands', (name, example) =>
    expect(read(name, example)).toEqual(example),
  );

  it.each(Object.entries(PROBLEM_FACTS))('the facts of %s are read as they stand', (code, facts) =>
    expect(read('problem', { code, ...facts })).toEqual({ code, ...facts }),
  );

  it('are published as the client reads them', () => {
    const published = publishedExamples();
    expect(published.length).toBeGreaterThan(80);
    for (const [name, example] of published) expect(read(name, example)).toEqual(example);
  });

  it('follow the policies that they publish', () => {
    const { meta, credentials, registration } = EXAMPLES;
    expect(meta).toMatchObject({ passwordPolicy: PASSWORD_POLICY, usernamePolicy: USERNAME_POLICY });
    for (const { username, password } of [credentials, registration])
      expect([meets(USERNAME_POLICY, username), meets(PASSWORD_POLICY, password)]).toEqual([true, true]);
  });

  it('count days as the rules do', () => {
    const { requestedAt, validDays, validUntil } = EXAMPLES.annotation;
    const { windowDays, nextSlotOn } = EXAMPLES.quota;
    expect(validUntil).toBe(addDays(dayOf(requestedAt), validDays));
    expect(nextSlotOn).toBe(addDays(dayOf(requestedAt), windowDays));
  });

  it.each([
    ['accounts', 'registration', 201],
    ['sessions', 'credentials', 201],
    ['lookups', 'lookup', 403],
  ] as const)('are requests that the sandbox takes: POST /%s', async (route, name, status) => {
    const { handle } = createSandbox({ now: testClock().now, newId: () => crypto.randomUUID() });
    const body = JSON.stringify(EXAMPLES[name]);
    expect((await handle(new Request(`${ORIGIN}/api/v1/${route}`, { method: 'POST', body }))).status).toBe(status);
  });
});

describe('identity numbers in the documents', () => {
  const documents = ['.', 'docs', 'docs/json'].flatMap((folder) =>
    readdirSync(ROOT + folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(md|json)$/.test(entry.name) && entry.name !== 'package-lock.json')
      .map(({ name }) => `${folder}/${name}`),
  );
  const numbers = documents.flatMap((path) =>
    [...readFileSync(ROOT + path, 'utf8').matchAll(/\b\d{17}[\dXx]\b/g)].map(([number]) => ({ path, number })),
  );

  it('belong to nobody, and have their check digit', () => {
    expect(numbers.length).toBeGreaterThan(1);
    expect(numbers.filter(({ number }) => !number.startsWith('999999') || !isResidentIdNumber(number))).toEqual([]);
  });
});
