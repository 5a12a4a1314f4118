import type { ErrorParams, FileReason, SystemCode, UnavailableReason } from '../../../errors.ts';
import { type ErrorTexts, usageText } from '../error-text.ts';
import { inWords } from '../in-words.ts';
import { isShellWord } from '../shell-word.ts';
import { accountErrors } from './account-errors.ts';
import { fileErrors } from './file-errors.ts';
import { networkErrors, seconds } from './network-errors.ts';
import { FILE_REASONS, PATH_REASONS, TRUST_FILE_REASONS } from './reasons.ts';
import { registration } from './registration.ts';
import { setupErrors } from './setup-errors.ts';
import { usage } from './usage.ts';

const NUMBERS = { managementNumber: 'management number (管理号)', enquiryNumber: 'enquiry number (查询编号)' };

const STORES = { keychain: 'the keychain', file: 'the encrypted file', none: 'the store' };
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const elsewhere =
  'add --store file to `cert login` to keep secrets in an encrypted file; in scripts set CERT_TOKEN, or CERT_USERNAME and CERT_PASSWORD.';

const UNAVAILABLE: { readonly [R in UnavailableReason]: (said: string) => string } = {
  'not-installed': () => 'its part of cert (keytar) is not installed',
  'library-missing': (said) => `a library of the system is missing (${said})`,
  'no-service': () => 'none runs in this session',
  'no-process': (said) => `no process can be started for it${said && ` (${said})`}`,
  'process-ended': (said) => `its process ended (${said})`,
  'store-is-none': () => 'nothing is to be kept',
};

function whyUnavailable({
  reason,
  said = '',
}: Pick<ErrorParams['SECRET_STORE_UNAVAILABLE'], 'reason' | 'said'>): string {
  if (reason === undefined) return `it says “${said}”`;
  return Object.hasOwn(UNAVAILABLE, reason)
    ? UNAVAILABLE[reason as UnavailableReason](said)
    : inWords(FILE_REASONS, reason as FileReason | SystemCode);
}

const fieldNames: Readonly<Record<string, string>> = registration.field;

export const errors: ErrorTexts = {
  UNEXPECTED: ({ detail }) => ({
    message: `Unexpected error: ${detail}`,
    hint: 'This is a bug in cert. Please report it with the command, `cert --version` and the output of `--debug`.',
  }),
  USAGE: ({ fault }) => ({ message: usageText(usage, fault), hint: 'See `cert --help`.' }),
  INPUT_REQUIRED: ({ flag, path }) => ({
    message: `${path === undefined ? '' : `${path}: `}This needs an answer, and cert cannot ask here.`,
    hint: `Run it in a terminal, or add ${flag}.`,
  }),
  ...setupErrors,
  ...networkErrors,
  PORTAL_NOT_CONFIGURED: () => ({
    message: 'No portal is configured: cert does not know where to log in.',
    hint: 'Name one with `cert login --portal URL` or CERT_PORTAL; try without one with `cert demo` or `cert sandbox`.',
  }),
  PORTAL_URL_INVALID: ({ url }) => ({
    message: `Not a portal address: ${url}`,
    hint: 'An address looks like https://portal.example',
  }),
  PORTAL_NOT_HTTPS: ({ url }) => ({
    message: `${url} is not encrypted: nothing was sent.`,
    hint: 'Use https://. Plain http is allowed on this machine only (127.0.0.1, localhost).',
  }),
  PROFILE_NOT_FOUND: ({ name, known }) => ({
    message: `No profile is called ${name}.`,
    hint:
      known.length > 0
        ? `Known: ${known.join(', ')}`
        : 'There is none yet: `cert login --portal URL`, without --profile and CERT_PROFILE, makes one.',
  }),
  PROFILE_EXISTS: ({ name }) => ({
    message: `A profile is called ${name} already: nothing was changed.`,
    hint: '`cert profile list` shows all profiles.',
  }),
  CERTIFICATE_AMBIGUOUS: ({ selector, choices }) => ({
    message: selector === undefined ? 'Which certificate is meant?' : `"${selector}" fits several certificates.`,
    hint: `Name one by its id: ${choices.join(', ')}`,
  }),
  SCENARIO_NOT_SUPPORTED: ({ scenario, known }) => ({
    message: `The portal offers no usage scenario ${scenario}.`,
    hint: known.length > 0 ? `Offered: ${known.join(', ')}` : 'See `cert annotate --help`.',
  }),
  VALID_DAYS_OUT_OF_RANGE: ({ days, max }) => ({
    message: `A validity of ${days} days is not possible.`,
    hint: `Give a whole number from 1 to ${max}.`,
  }),
  ID_NUMBER_INVALID: () => ({
    message: 'That is not the number of an identity document: nothing was sent.',
    hint: 'A resident identity number has 18 characters, and its last one is a check digit. Is one mistyped? If it is right, a person can say so in a terminal.',
  }),
  VALIDATION_FAILED: ({ fields }) => ({
    message: `Not as it must be: ${fields.map(({ field, message }) => `${inWords(fieldNames, field)} (${message})`).join('; ')}`,
    hint: 'Nothing was registered. Correct it and try again.',
  }),
  PATH_INVALID: ({ path, detail, at = '' }) => ({
    message: `“${path}” is not a path: ${PATH_REASONS[detail](at)}`,
    hint:
      detail === 'other-home' ? `Write the path in full; a name that begins with ~ as ./${path}` : 'Check the path.',
  }),
  FILE_EXISTS: ({ path }) => ({
    message: `${path} exists and has other contents: nothing was overwritten.`,
    hint: 'Choose another place, or replace it with --force, which `cert get`, `cert download` and `cert remind` take.',
  }),
  FILE_CHANGED: ({ path }) => ({
    message: `${path} was changed since it was saved.`,
    hint: 'Save the certificate elsewhere with `cert get -o PATH`, or replace the file with `cert get --force`.',
  }),
  FILE_MISSING: ({ path }) => ({
    message: `${path} is no longer there.`,
    hint: '`cert get` saves the certificate again; as long as its annotation holds, without a slot.',
  }),
  NOTHING_DUE: () => ({ message: 'Nothing is due.', hint: 'Without --exit-code this is not a failure.' }),
  FILE_NOT_WRITABLE: ({ path, detail, pid }) => ({
    message: `${path} cannot be written: ${inWords(FILE_REASONS, detail)}${pid === undefined ? '' : ` (process ${pid})`}`,
    hint: 'Check the folder, its permissions and the free space, or choose another place.',
  }),
  NO_VIEWER: ({ path }) => ({ message: 'No viewer could be started.', hint: `The file is here: ${path}` }),
  PORT_IN_USE: ({ port }) => ({
    message: `Port ${port} is in use.`,
    hint: 'Choose another with --port, or 0 for any.',
  }),
  FILE_NOT_FOUND: ({ path }) => ({ message: `${path} does not exist.`, hint: 'Check the path.' }),
  FILE_NOT_READABLE: ({ path, detail }) => ({
    message: `${path} cannot be read: ${inWords(FILE_REASONS, detail)}`,
    hint: 'Check the path and its permissions.',
  }),
  NO_PDF_FOUND: ({ path }) => ({
    message: `There is no PDF file in ${path}`,
    hint: 'Files whose names end in .pdf are looked for, in the folders below it too.',
  }),
  TRUST_FILE_INVALID: ({ path, detail }) => ({
    message: `${path} is not a certificate file: ${TRUST_FILE_REASONS[detail]}`,
    hint: 'Give the root certificate of an authority, in PEM (-----BEGIN CERTIFICATE-----) or DER.',
  }),
  TRUST_ANCHOR_NOT_FOUND: ({ fingerprint }) => ({
    message: `No trust anchor has the fingerprint ${fingerprint}`,
    hint: '`cert trust list` shows them. Give at least 8 digits that fit one of them only.',
  }),
  VERIFICATION_FAILED: ({ invalid, unknown }) => ({
    message:
      invalid > 0
        ? `${invalid === 1 ? 'A file is' : `${invalid} files are`} not valid: do not rely on ${invalid === 1 ? 'it' : 'them'}.`
        : `${unknown === 1 ? 'A file' : `${unknown} files`} could not be verified.`,
    hint: 'The report says why and what to do. More: `cert help verification`',
  }),
  CERTIFICATE_NOT_FOUND: ({ selector }) => ({
    message:
      selector === undefined
        ? 'There is no certificate in this account.'
        : selector.trim() === ''
          ? 'An empty name means no certificate.'
          : `You have no certificate "${selector}".`,
    hint:
      selector === undefined
        ? '`cert list` names possible reasons.'
        : '`cert list` shows your certificates with their ids.',
  }),
  ANNOTATION_NOT_FOUND: ({ id }) => ({ message: `There is no annotation ${id}.`, hint: 'See `cert history`.' }),
  LOOKUP_NOT_FOUND: ({ numbers }) => ({
    message: `The portal holds no certificate that fits the name, the document number and this ${numbers.map((number) => NUMBERS[number]).join(' or ')}.`,
    hint: `This does not prove a forgery. Check all three on the certificate${
      numbers.length > 1
        ? '; the certificate number (证书编号) is another one.'
        : numbers.includes('enquiryNumber')
          ? ': was it the management number (管理号)? Then run `cert lookup --number 管理号：NUMBER`.'
          : ': was it the enquiry number (查询编号)? Then run `cert lookup --enquiry-number NUMBER`. The certificate number (证书编号) is another one.'
    }`,
  }),
  ANNOTATION_REQUIRED: ({ certificate }) => ({
    message: `${certificate} has no annotation, and can be downloaded only with one.`,
    hint: `Apply for one: \`cert annotate ${certificate} --wait\``,
  }),
  ANNOTATION_EXPIRED: ({ certificate, validUntil }) => ({
    message: `The annotation of ${certificate} has expired${validUntil ? ` (it held until ${validUntil})` : ''}.`,
    hint: `Apply again: \`cert annotate ${certificate} --wait\``,
  }),
  ROUTE_NOT_FOUND: ({ route }) => ({
    message: `The portal does not know this: ${route}`,
    hint: 'Is the portal address right, and does it speak the portal contract?',
  }),
  ...accountErrors,
  QUOTA_EXHAUSTED: ({ certificate, nextSlotOn, reserved = 0, rule }) => ({
    message: `No slot is left${certificate ? ` for ${certificate}` : ''}${
      reserved > 0 ? ` besides the ${reserved} reserved` : ''
    }${nextSlotOn ? `: the next one frees on ${nextSlotOn}` : ''}.`,
    hint:
      reserved > 0
        ? 'A smaller --reserve lets it be taken. `cert history` shows the slots.'
        : `${
            rule === undefined
              ? 'One certificate may have only so many annotations in a period.'
              : `${rule.limit} ${rule.limit === 1 ? 'annotation' : 'annotations'} in ${rule.windowDays} days are allowed for one certificate.`
          } \`cert history\` shows them.`,
  }),
  NOTICE_NOT_ACCEPTED: ({ version }) => ({
    message: `The portal's service notice${version ? ` (${version})` : ''} has not been accepted.`,
    hint: `\`cert login\` shows it and asks${version && isShellWord(version) ? `; who has read it can run \`cert login --accept-notice ${version}\`` : ''}.`,
  }),
  CERTIFICATE_REVOKED: ({ certificate }) => ({
    message: `${certificate} is revoked: it can be neither annotated nor downloaded.`,
    hint: 'Ask the issuing body.',
  }),
  STATUS_NOT_KNOWN: ({ certificate, annotation, status }) => ({
    message: `The portal says “${status}” for the status of ${annotation === undefined ? certificate : `annotation ${annotation} of ${certificate}`}, which this version of cert does not know: no slot is spent on it.`,
    hint: "The portal's own website tells what it means. A newer cert may know it.",
  }),
  ANNOTATION_NOT_REQUIRED: ({ certificate }) => ({
    message: `${certificate} needs no annotation.`,
    hint: `Download it at once: \`cert download ${certificate}\``,
  }),
  ANNOTATION_FAILED: ({ certificate, said }) => ({
    message: `The portal could not generate the annotated copy of ${certificate}${said ? `: ${said}` : '.'}`,
    hint: 'A failed annotation takes no slot. Apply again, or ask the helpline of the portal.',
  }),
  FEATURE_NOT_AVAILABLE: ({ feature }) => ({
    message: {
      lookup: 'This portal offers no third-party check.',
      registration: 'This portal offers no registration.',
      qrLogin: 'This portal offers no login by QR code.',
    }[feature],
    hint: "See the portal's own website.",
  }),
  USERNAME_TAKEN: () => ({
    message: 'Somebody has that user name already.',
    hint: 'Choose another. User names are case-sensitive.',
  }),
  ID_ALREADY_REGISTERED: () => ({
    message: 'That document is registered already.',
    hint: 'Log in with that account: `cert login --portal URL`. Forgotten? The registration platform tells the user name and resets the password (找回用户名或密码).',
  }),
  PORTAL_REFUSED: ({ status, said }) => ({ message: `The portal refused (${status}): ${said}` }),
  ...fileErrors,
  ANNOTATION_GENERATING: ({ certificate }) => ({
    message: `The annotated copy of ${certificate} is still being generated.`,
    hint: `The portal takes up to 24 hours. Wait with \`cert wait ${certificate}\``,
  }),
  OUTCOME_UNKNOWN: ({ certificate, isEarlier }) => ({
    message: `${isEarlier ? 'An earlier' : 'The'} application for ${certificate} was sent, but no answer told what became of it: it may have taken a slot.`,
    hint: `It was not sent again. Look for it with \`cert history ${certificate}\`, later too: the portal's list may lag. If it never appears there, apply again: \`cert annotate ${certificate} --resubmit\``,
  }),
  APPLICATION_OPEN: ({ count }) => ({
    message: `Of ${count === 1 ? 'an application' : `${count} applications`} it is not known what became: to forget that can cost a slot. Nothing was erased.`,
    hint: 'Run `cert get` first: it finds out. Or erase all the same: `cert logout --all --purge --force`',
  }),
  SECRET_STORE_UNAVAILABLE: ({ store, path, ...why }) => ({
    message: `${sentence(STORES[store])}${path === undefined ? '' : ` ${path}`} cannot be used: ${whyUnavailable(why)}`,
    hint: store === 'file' ? 'Check the folder, its permissions and the free space.' : sentence(elsewhere),
  }),
  SECRET_STORE_LOCKED: ({ store }) => ({
    message: `${sentence(STORES[store])} is locked.`,
    hint: `Unlock it and try again, or ${elsewhere}`,
  }),
  SECRET_STORE_DISMISSED: ({ store }) => ({
    message: `${sentence(STORES[store])} stayed locked: its dialog was closed.`,
    hint: `Try again and unlock it, or ${elsewhere}`,
  }),
  SECRET_STORE_TIMED_OUT: ({ store, afterMs }) => ({
    message: `${sentence(STORES[store])} did not answer within ${seconds(afterMs)}; somebody may have to unlock it.`,
    hint: `Unlock it and try again, or ${elsewhere}`,
  }),
  SECRET_TOO_LARGE: ({ store, bytes, maxBytes }) => ({
    message: `A secret of ${bytes} bytes is too large for ${STORES[store]}: it takes ${maxBytes}.`,
    hint: 'Keep it in an encrypted file: add --store file to `cert login`.',
  }),
  PASSPHRASE_WRONG: ({ path }) => ({
    message: `The passphrase does not open ${path}.`,
    hint: 'If it is lost, so is the file: remove it and log in again.',
  }),
  PASSPHRASE_TOO_SHORT: ({ minCharacters }) => ({
    message: `A passphrase needs at least ${minCharacters} characters.`,
    hint: 'Several random words make a good one.',
  }),
  CERTIFICATE_BUSY: ({ certificate, pid }) => ({
    message: `Another cert is at work on ${certificate}${pid === undefined ? '' : ` (process ${pid})`}.`,
    hint: 'Try again when it has finished.',
  }),
  INTERRUPTED: () => ({ message: 'Interrupted.' }),
  TERMINATED: () => ({ message: 'Terminated.' }),
};
