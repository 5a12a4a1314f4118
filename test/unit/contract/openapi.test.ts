import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { createHolderPortal, createPortal } from '../../../src/portal/client.ts';
import { createHttp } from '../../../src/portal/http.ts';
import type { Fetch } from '../../../src/ports/http.ts';
import { installation } from '../../support/cert.ts';
import { testClock } from '../../support/sandbox.ts';

interface Media {
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
interface Answer {
  readonly headers?: Readonly<Record<string, { readonly example: string }>>;
  readonly content?: Readonly<Record<string, Media>>;
}
interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Answer>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly required?: string[] }>> };
}

const document: Document = JSON.parse(
  readFileSync(new URL('../../../docs/portal-api.openapi.json', import.meta.url), 'utf8'),
);
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

/** A server made of the document alone: it answers each operation with the example of its success. */
const mockServer: Fetch = async ({ method, url }) => {
  const { pathname } = new URL(url);
  const [, methods] =
    Object.entries(document.paths).find(([template]) =>
      new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
    ) ?? [];
  const operation = methods?.[method.toLowerCase()];
  const [status, answer] = Object.entries(operation?.responses ?? {}).find(([code]) => code.startsWith('2')) ?? ['404'];
  const [type, media] = Object.entries(answer?.content ?? {})[0] ?? [];
  const headers = Object.entries(answer?.headers ?? {}).map(([name, { example }]) => [name.toLowerCase(), example]);
  const body = typeof media?.example === 'string' ? media.example : JSON.stringify(media?.example ?? '');
  return {
    status: Number(status),
    headers: { ...(type === undefined ? {} : { 'content-type': type }), ...Object.fromEntries(headers) },
    body: (async function* () {
      yield Buffer.from(body);
    })(),
  };
};

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(document) as never);
    expect(result).toMatchObject({ valid: true });
  });

  it('has examples that follow its own schemas', () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'doc:', components: document.components });
    const examples = operations.flatMap(({ operationId, requestBody, responses }) =>
      [requestBody, ...Object.values(responses)].flatMap((part) =>
        Object.entries(part?.content ?? {}).flatMap(([type, { schema, example, examples: several }]) =>
          type === 'application/pdf'
            ? []
            : [example, ...Object.values(several ?? {}).map(({ value }) => value)]
                .filter((value) => value !== undefined)
                .map((value) => ({ operationId, schema, value })),
        ),
      ),
    );
    expect(examples.length).toBeGreaterThan(80);
    for (const { operationId, schema, value } of examples) {
      const { $ref } = schema as { $ref: string };
      const valid = ajv.validate({ $ref: `doc:${$ref}` }, value);
      expect(valid, `${operationId}: ${ajv.errorsText()}`).toBe(true);
    }
  });

  it('is enough for a mock server that serves every call of the client', async () => {
    const clock = testClock();
    const { signal } = new AbortController();
    const http = createHttp({ fetch: mockServer, clock, random: () => 0, signal });
    const session = { accessToken: 'example-token-0001', source: 'environment' } as const;
    const sessions = { current: async () => session, renew: async () => undefined };
    const address = { http, origin: 'https://mock.example' };
    const portal = createPortal(address);
    const holderPortal = createHolderPortal({ ...address, sessions });

    const answers = {
      meta: await portal.meta(),
      notice: await portal.notice(),
      acceptNotice: await holderPortal.acceptNotice('2026-01'),
      logIn: await portal.logIn({ username: 'demo_nurse', password: 'a password' }),
      certificates: await holderPortal.certificates(),
      certificate: await holderPortal.certificate('c-1'),
      annotations: await holderPortal.annotations('c-1'),
      submitAnnotation: await holderPortal.submitAnnotation('c-1', {
        scenario: 'self',
        validDays: 90,
        clientReference: 'reference-1',
      }),
      annotation: await holderPortal.annotation('a-1'),
      annotationFile: await holderPortal.file({ certificateId: 'c-1', annotationId: 'a-1' }),
      certificateFile: await holderPortal.file({ certificateId: 'c-1' }),
      logOut: await holderPortal.logOut(),
    };
    expect(answers.meta.scenarios[0]?.code).toBe('self');
    expect(answers.certificates).toHaveLength(1);
    expect(answers.submitAnnotation.status).toBe('ready');
    expect(answers.annotationFile).toMatchObject({ start: 0, etag: '"file-1"' });
    const known = new Set(operations.map(({ operationId }) => operationId));
    for (const name of Object.keys(answers)) expect(known).toContain(name);
  });

  it.each([
    'list',
    'info 护士',
    'history 护士',
    'annotate 护士 --days 30 --yes --wait',
    'wait 护士',
    'download 护士',
    'whoami',
    'login --username demo_nurse --store none',
  ])('is enough for a mock server that serves cert %s', async (line) => {
    const { code, out } = await installation().run(`${line} --json`, {
      fetch: mockServer,
      env: { CERT_USERNAME: 'demo_nurse', CERT_PASSWORD: 'Sandbox2026' },
    });
    expect(code, out).toBe(0);
  });

  it('asks a portal for the id of every request that it refuses', () => {
    expect(document.components.schemas.problem?.required).toEqual(['code', 'requestId']);
  });
});
