/** A portal on loopback that means harm: what it answers to a list of certificates, and to all else. */
import type { ServerResponse } from 'node:http';
import { EXAMPLES } from '../../src/contract/examples.ts';
import { httpServer } from './http-servers.ts';

type Answer = (response: ServerResponse, request: number) => void;

const JSON_TYPE = { 'content-type': 'application/json' };
const PROBLEM_TYPE = { 'content-type': 'application/problem+json' };

/** As many bytes as an answer may have, made of one element. */
const wide = (element: string) => `[${`${element},`.repeat(Math.floor(8_380_000 / (element.length + 1)))}${element}]`;
const page = (items: string, nextCursor: string | null = null, more = '') =>
  `{"items":${items},"nextCursor":${JSON.stringify(nextCursor)}${more}}`;

const sends =
  (body: string, headers: Record<string, string> = JSON_TYPE, status = 200): Answer =>
  (response) =>
    void response.writeHead(status, headers).end(body);

/** A certificate with texts as long as they may be. */
const verbose = (id: string) => {
  const long = '审'.repeat(500);
  const texts = { qualification: long, specialty: long, level: long, holderName: long, issuer: long };
  return { ...EXAMPLES.certificate, ...texts, id };
};
const manyPages: Answer = (response, request) => {
  const items = Array.from({ length: 900 }, (_, index) => verbose(`c-${request}-${index}`));
  sends(page(JSON.stringify(items), `p${request}`))(response, request);
};
const drip: Answer = (response) => {
  response.writeHead(200, { ...JSON_TYPE, 'content-length': '9999' });
  const pieces = setInterval(() => response.write(' '), 1_000);
  response.once('close', () => clearInterval(pieces));
};

/** Each lie with the code that it has to end with. */
export const LIES = {
  'lists without end in each other': [sends('['.repeat(8_380_000)), 'PORTAL_PROTOCOL'],
  'objects without end in each other': [sends('{"a":'.repeat(1_676_000)), 'PORTAL_PROTOCOL'],
  'depth in a field that nobody reads': [
    sends(page('[]', null, `,"x":${'['.repeat(4_000_000)}${']'.repeat(4_000_000)}`)),
    'PORTAL_PROTOCOL',
  ],
  'millions of objects': [sends(page(wide('{}'))), 'PORTAL_PROTOCOL'],
  'millions of zeros': [sends(page(wide('0'))), 'PORTAL_PROTOCOL'],
  'millions of lists': [sends(page(wide('[]'))), 'PORTAL_PROTOCOL'],
  'millions of wrong fields': [
    sends(`{"code":"VALIDATION_FAILED","fields":${wide('{}')}}`, PROBLEM_TYPE, 422),
    'PORTAL_PROTOCOL',
  ],
  'hundreds of thousands of members': [
    sends(page('[]', null, `,"x":{${Array.from({ length: 600_000 }, (_, index) => `"k${index}":0`)}}`)),
    'PORTAL_PROTOCOL',
  ],
  'pages of seven megabytes': [manyPages, 'PORTAL_PROTOCOL'],
  'pages without end': [(response, request) => sends(page('[]', `p${request}`))(response, request), 'PORTAL_PROTOCOL'],
  'a name of eight megabytes': [
    sends(page(JSON.stringify([{ ...EXAMPLES.certificate, holderName: 'x'.repeat(8_000_000) }]))),
    'PORTAL_PROTOCOL',
  ],
  'numbers beyond measure': [
    sends(page(JSON.stringify([{ ...EXAMPLES.certificate, quota: { ...EXAMPLES.quota, windowDays: 2 ** 53 - 1 } }]))),
    'PORTAL_PROTOCOL',
  ],
  'a header of 100 kB': [sends(page('[]'), { ...JSON_TYPE, 'x-a': 'y'.repeat(100_000) }), 'PORTAL_PROTOCOL'],
  'a pause of 8,000 years': [sends('', { 'retry-after': '999999999' }, 429), 'RATE_LIMITED'],
  'a byte a second': [drip, 'TIMED_OUT'],
} as const satisfies Record<string, readonly [Answer, string]>;

/** The portal that tells one lie; its address. It ends with the test that started it. */
export function lyingPortal(lie: keyof typeof LIES): Promise<string> {
  const [answer] = LIES[lie];
  let requests = 0;
  return httpServer(({ url = '' }, response) => {
    if (url.startsWith('/api/v1/certificates')) answer(response, ++requests);
    else sends(JSON.stringify(EXAMPLES.meta))(response, 0);
  });
}
