import type { EXIT } from '../../../errors.ts';
import { verification } from './verification.ts';

/** Where this machine keeps what `cert` writes. */
export interface Folders {
  readonly config: string;
  readonly state: string;
}

/** Each name with its meaning, one a line; a meaning may have several lines. */
export type Entries = readonly (readonly [name: string, meaning: string])[];

/** The texts of `cert help TOPIC`. */
export const topics = {
  environment: {
    title: 'Environment variables. A flag wins over them, they win over the settings.',
    variables: [
      ['CERT_PORTAL', 'address of the portal, as --portal'],
      ['CERT_PROFILE', 'the account to use, as --profile'],
      ['CERT_TOKEN', 'a session token; nothing is stored (scripts)'],
      ['CERT_USERNAME, CERT_PASSWORD', 'log in with these, store nothing (scripts)'],
      ['CERT_PASSPHRASE', 'of the encrypted file (login --store file)'],
      ['CERT_LANG', 'language: zh-CN or en, as --lang'],
      ['CERT_NO_INPUT', 'any value: never ask, as --no-input'],
      ['CERT_DEBUG', 'any value: tell what is done, as --debug'],
      ['CERT_CONFIG_DIR', 'folder of the settings, absolute'],
      ['CERT_STATE_DIR', 'folder of journal and records, absolute'],
      ['HTTPS_PROXY, HTTP_PROXY', 'the way to the portal'],
      ['NO_PROXY', 'hosts that are reached without a proxy'],
      ['NODE_EXTRA_CA_CERTS', 'a PEM file with further root certificates'],
      ['NO_COLOR, FORCE_COLOR', 'no colours; colours off a terminal too'],
      ['CI', 'any value: never ask'],
      ['TERM=dumb', 'no colours, no spinner'],
      ['LC_ALL, LC_MESSAGES, LANG', 'the language where nothing else names it'],
    ] as Entries,
  },
  exitCodes: {
    title: 'Exit codes, and the error.code that --json gives.',
    /** `order`: exit codes from the gravest. */
    gravest: (order: string) => `When results differ, the exit code is that of the gravest:\n${order}.`,
    meanings: {
      done: 'done, nothing due, or an empty list',
      unexpected: 'unexpected: a bug; the message says how to report it',
      usage: 'usage; or an answer is needed and nobody can be asked',
      notFound: 'no such certificate, annotation or file',
      login: 'login needed, refused, locked, or a challenge is open',
      noSlot: 'no slot left',
      refused: 'the portal refused: revoked, not eligible, notice not accepted, …',
      verification: 'a file failed verification, or could not be verified',
      generating: 'still generating when the time was up',
      outcomeUnknown: 'the outcome of a submission is unknown: not submitted again',
      unavailable: 'portal or network unavailable: try again',
      secretStore: 'keychain or secret store unavailable',
      busy: 'another cert is at work on the same certificate',
      interrupted: 'interrupted (Ctrl-C)',
      terminated: 'terminated',
    } satisfies Record<keyof typeof EXIT, string> as Readonly<Record<keyof typeof EXIT, string>>,
  },
  verification: {
    title: 'What a verification says: the reasons of each layer, what they mean and what to do.',
    layers: verification.layer,
    reasons: verification.reasons,
  },
  json: `With --json a command prints exactly one JSON document on standard output, when
it fails too. The exit code is the same as without; nobody is ever asked.

  {"schemaVersion":1,"ok":true,"data":{…},"warnings":[…]}
  {"schemaVersion":1,"ok":false,"error":{"code":"QUOTA_EXHAUSTED","message":…,
    "hint":…,"retryable":false,"requestId":…},"data":{…},"warnings":[…]}

- Names and codes are English and stay; new ones may be added. Messages follow
  the language: scripts read error.code.
- Days are YYYY-MM-DD in Asia/Shanghai, instants RFC 3339 with their offset.
- Commands for several certificates give data.results, one each:
  {certificateId, outcome, annotationId?, file?, error?}.
- Names and document numbers are masked; --show-pii gives them in full.`,
  privacy: ({ config, state }: Folders) => `What cert keeps on this machine:
  settings   ${config}
             portals, user names, where secrets are, trust anchors; no password
  secrets    password and session: in the system's keychain (service "cert"), or
             with --store file in a file encrypted with your passphrase. Nowhere
             else, and never as plain text.
  state      ${state}
             journal, locks: what was applied for, so no slot is spent twice
             wallet.json:    path, digest and validity of each saved PDF;
                             of an imported one the holder's name as well
             view:           PDFs that \`cert view\` opened; the picture of a
                             challenge while you answer it
  your PDFs  where you saved them. They bear your name and document number.

What leaves it: requests to the portal that you named, and nothing else. There
is no telemetry and no search for updates.

What is shown: names and document numbers are masked, in JSON too, unless you
give --show-pii. File names have neither. --debug shows requests without
passwords, tokens, names and numbers. No flag takes a secret.

How to erase it:
  cert logout                  the secrets here, and the session at the portal
  cert profile remove NAME     the profile as well
  cert logout --all --purge    all of the above for every account, settings and
                               state too; only the PDFs that you saved stay
What the portal itself keeps is the portal's: ask its helpline.`,
};

export type Topics = typeof topics;
