/** The portal contract as OpenAPI 3.1, from the same routes and schemas that the client and the sandbox use. */
import { toJsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { EXAMPLES, PROBLEM_FACTS } from '../../src/contract/examples.ts';
import { PROBLEMS, type ProblemCode, problem } from '../../src/contract/problem.ts';
import { API_PREFIX, ROUTES, type Route, type RouteName } from '../../src/contract/routes.ts';
import * as schemas from '../../src/contract/schemas.ts';
import { DESCRIPTIONS } from './descriptions.ts';
import { EXAMPLE_DIGEST, EXAMPLE_PDF } from './example-pdf.ts';

/** Clients read problems leniently; a portal owes every one its request's id. */
const NAMED = { ...schemas, problem: v.object({ ...problem.entries, requestId: problem.entries.requestId.wrapped }) };
const ANYWHERE: readonly ProblemCode[] = ['RATE_LIMITED', 'INTERNAL_ERROR', 'TEMPORARILY_UNAVAILABLE'];

const OPTIONS = {
  typeMode: 'input',
  errorMode: 'ignore',
  overrideRef: ({ referenceId }: { referenceId: string }) => `#/components/schemas/${referenceId}`,
} as const;

const header = (description: string, example: string, required = false) => ({
  description,
  required,
  schema: { type: 'string' },
  example,
});
const parameter = (place: 'path' | 'query' | 'header', name: string, description: string, required: boolean) => ({
  in: place,
  name,
  required,
  description,
  schema: { type: 'string' },
});

const IDEMPOTENCY_KEY = parameter(
  'header',
  'Idempotency-Key',
  'The clientReference. With features.idempotentSubmit the same key answers the same annotation again.',
  true,
);
const IF_NONE_MATCH = parameter(
  'header',
  'If-None-Match',
  'The ETag of an earlier answer: 304 when nothing changed',
  false,
);
const FILE_PARAMETERS = [
  parameter('header', 'Range', 'bytes=START- to resume', false),
  parameter(
    'header',
    'If-Match',
    'The ETag of the part that is there already: 412 when the file is another now',
    false,
  ),
];
const FILE_HEADERS = {
  'Content-Length': header('Bytes of this answer', String(EXAMPLE_PDF.length), true),
  ETag: header('Strong; changes with the file', '"file-1"', true),
  'Repr-Digest': header('RFC 9530, of the whole file: sha-256=:BASE64:', EXAMPLE_DIGEST, true),
};

const SUMMARY = `What a portal for electronic qualification certificates, or a gateway in front of one, implements for
\`cert\` to speak to it. It is an open contract of this project: the real portal publishes none.

Days are calendar days in Asia/Shanghai (YYYY-MM-DD), instants are RFC 3339 with offset. Errors are RFC 9457 problem
documents with \`code\` and \`requestId\`. Clients ignore fields that they do not know, and repeat a status or kind that
they do not know as it is.

Bounds: years from 1900 to 9999; an answer of 8 MiB, 250,000 values and 64 levels; a refusal of 1 MiB; a list of 200
pages, 2,000 certificates and 16 MiB in all. Clients give up an answer that is not whole after 8 seconds, a list after 8
seconds for all its pages, a file whose headers are not there by then. Bytes come as they are, without content coding.

Certificates issued after 2021-12-17 must be annotated before they can be viewed or downloaded. An annotation holds 1
to 90 days, to the end of application day + validDays; at most 3 annotations of one certificate may fall into 90
calendar days, today included; a failed one does not count. The portal's own counts and dates always win.`;

function nameOf(schema: v.GenericSchema): keyof typeof schemas {
  const found = Object.entries(schemas).find(([, named]) => named === schema);
  if (found === undefined) throw new Error('a route uses a schema without a name');
  return found[0] as keyof typeof schemas;
}

const jsonContent = (schema: v.GenericSchema) => {
  const name = nameOf(schema);
  return { 'application/json': { schema: { $ref: `#/components/schemas/${name}` }, example: EXAMPLES[name] } };
};

function success(name: RouteName, route: Route): Record<string, object> {
  if (route.answer === null) return { [route.status]: { description: 'Done' } };
  if (route.answer === 'pdf') {
    const content = { 'application/pdf': { schema: { type: 'string', format: 'binary' }, example: EXAMPLE_PDF } };
    const { length } = EXAMPLE_PDF;
    const range = { 'Content-Range': header('bytes START-END/TOTAL', `bytes 0-${length - 1}/${length}`, true) };
    return {
      200: { description: 'The PDF', headers: FILE_HEADERS, content },
      206: { description: 'The part that was asked for', headers: { ...FILE_HEADERS, ...range }, content },
    };
  }
  const etag = { headers: { ETag: header('Changes with the page', '"page-1"') } };
  const paged = name === 'certificates';
  return {
    [route.status]: { description: route.summary, ...(paged ? etag : {}), content: jsonContent(route.answer) },
    ...(paged ? { 304: { description: 'Nothing changed', ...etag } } : {}),
  };
}

/** The refusals of a route by status: those of the same status share an answer, with an example each. */
function refusals(route: Route): Record<string, object> {
  const malformed: readonly ProblemCode[] =
    route.request === undefined ? [] : ['MALFORMED_REQUEST', 'REQUEST_TOO_LARGE'];
  const expired: readonly ProblemCode[] = route.session ? ['SESSION_EXPIRED'] : [];
  const answers: Record<string, { description: string; headers?: object; content: object }> = {};
  const codes = [...new Set([...malformed, ...expired, ...route.problems, ...ANYWHERE])];
  for (const status of [...new Set(codes.map((code) => PROBLEMS[code]))]) {
    const same = codes.filter((code) => PROBLEMS[code] === status);
    const waits = same.some((code) =>
      ['RATE_LIMITED', 'TEMPORARILY_UNAVAILABLE', 'ANNOTATION_GENERATING'].includes(code),
    );
    answers[status] = {
      description: same.join(', '),
      ...(waits ? { headers: { 'Retry-After': header('Seconds, or an HTTP date', '2') } } : {}),
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/problem' },
          examples: Object.fromEntries(same.map((code) => [code, { value: problemExample(code) }])),
        },
      },
    };
  }
  return answers;
}

const problemExample = (code: ProblemCode) => ({
  type: 'about:blank',
  title: code.toLowerCase().replaceAll('_', ' '),
  status: PROBLEMS[code],
  code,
  requestId: 'r-0001',
  ...PROBLEM_FACTS[code],
});

function operation(name: RouteName, route: Route): object {
  const parameters = [
    ...(route.path.includes('{id}') ? [parameter('path', 'id', 'As the portal named it', true)] : []),
    ...(route.query ?? []).map((query) => parameter('query', query, 'nextCursor of the page before', false)),
    ...(name === 'submitAnnotation' ? [IDEMPOTENCY_KEY] : []),
    ...(name === 'certificates' ? [IF_NONE_MATCH] : []),
    ...(route.answer === 'pdf' ? FILE_PARAMETERS : []),
  ];
  return {
    operationId: name,
    summary: route.summary,
    security: route.session ? [{ session: [] }] : [],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.request ? { requestBody: { required: true, content: jsonContent(route.request) } } : {}),
    responses: { ...success(name, route), ...refusals(route) },
  };
}

export function openApiDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const route: Route = ROUTES[name];
    const path = API_PREFIX + route.path;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Portal contract of cert',
      version: '1.0.0',
      description: SUMMARY,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      {
        url: '{portal}',
        variables: {
          portal: { default: 'http://127.0.0.1:8321', description: "The portal's address; https except on loopback" },
        },
      },
    ],
    paths,
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer', description: 'accessToken of POST /sessions' } },
      schemas: described(toJsonSchemaDefs(NAMED, OPTIONS)),
    },
  };
}

/** Each field with its sentence; beside `$ref` too, as JSON Schema 2020-12 allows. */
const described = (definitions: Readonly<Record<string, JsonSchema>>): object =>
  Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => {
      const sentences: Readonly<Record<string, string>> = DESCRIPTIONS[name as keyof typeof DESCRIPTIONS] ?? {};
      const properties = Object.entries(definition.properties ?? {}).map(([field, schema]) => [
        field,
        typeof schema === 'object' && field in sentences ? { description: sentences[field], ...schema } : schema,
      ]);
      return [
        name,
        properties.length === 0 ? definition : { ...definition, properties: Object.fromEntries(properties) },
      ];
    }),
  );

type JsonSchema = ReturnType<typeof toJsonSchema>;

/** A JSON Schema (2020-12) of its own. */
export const jsonSchema = (schema: v.GenericSchema, title: string): object => ({
  ...toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore', target: 'draft-2020-12' }),
  title,
});
