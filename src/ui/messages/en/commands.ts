import { reasonText } from '../reason.ts';
import { imported } from './imported.ts';
import { verification } from './verification.ts';

/** What commands say when all goes well. */
export const commands = {
  term: {
    id: 'Id',
    kind: 'Kind',
    kinds: { certificate: 'certificate', 'electronic-file': 'electronic file of a paper certificate' },
    qualification: 'Qualification',
    specialty: 'Specialty',
    level: 'Level',
    holder: 'Holder',
    idNumber: 'Document number',
    certificateNumber: 'Certificate number',
    managementNumber: 'Management number',
    enquiryNumber: 'Enquiry number',
    approvedOn: 'Approval date',
    issuedOn: 'Issue date',
    issuer: 'Issuer',
    status: 'Status',
    statuses: { valid: 'valid', revoked: 'revoked' },
    annotation: 'Annotation',
    scenario: 'Scenario',
    scenarios: { self: 'used by the holder' } as Readonly<Record<string, string>>,
    validDays: 'Validity',
    days: 'Days',
    requestedAt: 'Requested',
    slots: 'Slots left',
    newEnd: 'Valid until',
    slotsColumn: 'Slots',
    portal: 'Portal',
    profile: 'Profile',
    username: 'User name',
    secret: 'Secrets',
    session: 'Session until',
    checked: 'Checked',
    name: 'Name',
  },
  prompt: {
    certificate: 'Which certificate?',
    choice: (id: string, qualification: string) => `${id} (${qualification})`,
    yes: 'Yes',
    no: 'No',
    yesOrNo: 'Answer y or n.',
    empty: 'This cannot be empty.',
    keys: '↑↓ to move, Enter to choose',
  },
  annotationState: {
    notRequired: 'not required',
    none: 'none',
    statuses: { generating: 'generating…', expired: 'expired', failed: 'failed' },
    readyUntilUnknown: 'ready (end not told)',
    ready: (validUntil: string, daysLeft: number) =>
      `to ${validUntil} (${daysLeft === 0 ? 'last day' : `${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}`})`,
  },
  slots: (remaining: number, limit: number) => `${remaining} of ${limit}`,
  nextSlotOn: (date: string) => `the next slot frees on ${date}`,
  source: {
    flag: 'from the command line',
    environment: 'from the environment',
    profile: 'from the profile',
    config: 'from the settings',
  },
  store: { keychain: 'keychain', file: 'encrypted file', none: 'not stored', environment: 'environment' },
  sessionEndUnknown: 'not known',
  sessionHolds: 'the portal takes the session',
  list: {
    empty: (helplines: readonly string[]) =>
      `There is no certificate in this account. Possible reasons:
  - no certificate has been earned yet, or it is not online (yet), or not of a kind that the portal holds
  - the account is registered under another identity document than the certificate was earned with
  - the name or the document number was corrected since
${helplines.length > 0 ? `Helpline of the portal: ${helplines.join(', ')}` : ''}`.trimEnd(),
    nextSlot: (date: string, certificate: string) => `The next slot frees on ${date} (${certificate}).`,
    hint: 'Save a PDF, and apply for an annotation where one is needed: `cert get ID`.',
  },
  info: {
    mistake: 'Is something wrong? It cannot be changed here: ask the issuing body before you spend a slot.',
  },
  history: {
    none: 'No annotation so far.',
    slots: (used: number, limit: number, windowDays: number) => `${used} of ${limit} slots used in ${windowDays} days`,
    unlimited: 'This certificate needs no annotation: it can be downloaded at any time.',
  },
  annotate: {
    details: 'Check the details first: a mistake cannot be changed once the slot is spent.',
    request: (scenario: string, days: number, until: string) => `${scenario}, ${days} days, until ${until}`,
    after: (remaining: number, limit: number, nextSlotOn: string) =>
      `${remaining} of ${limit} afterwards; the next one frees on ${nextSlotOn}`,
    inForce: (until: string) => `An annotation is in force until ${until} already.`,
    generating: 'An annotation is being generated already.',
    confirm: (count: number) => (count === 1 ? 'Apply for this annotation?' : `Apply for these ${count} annotations?`),
    many: (count: number) => `This spends ${count} slots, one for each certificate.`,
    confirmMany: (count: number) => `Type ${count} to apply for all of them; anything else sends nothing:`,
    declined: 'Nothing was sent.',
    unsettled: (certificate: string) =>
      `It may have been sent: \`cert history ${certificate}\` tells. The same command does not apply twice for it.`,
    submitted: (certificate: string, annotation: string) => `${certificate}: applied, annotation ${annotation}`,
    joined: (certificate: string, annotation: string) =>
      `${certificate}: applied for by an earlier start already, annotation ${annotation}. No slot was spent.`,
    resubmit: 'Apply again? If the earlier application was taken, this costs a second slot.',
    next: (certificate: string) => `The portal generates it within 24 hours. Wait for it: \`cert wait ${certificate}\``,
    goesOn: (certificates: string) => `The portal goes on. Resume with: cert wait ${certificates}`,
    dryRun: 'Nothing is sent with --dry-run.',
    nothing: 'No certificate is to be annotated.',
  },
  wait: {
    nothing: 'Nothing is being generated.',
    waiting: (count: number, since: string) =>
      `Generating… ${count > 1 ? `${count} certificates, ` : ''}requested ${since}`,
    troubled: (reason: string) => `${reason} Still waiting.`,
    ready: (certificate: string, until: string) => `${certificate}: ready, valid until ${until}`,
    save: (certificates: string) => `Save it: \`cert download ${certificates}\``,
    overdue: (helplines: readonly string[]) =>
      `The portal promises 24 hours, and they are over.${helplines.length > 0 ? ` Ask its helpline: ${helplines.join(', ')}` : ''}`,
  },
  download: {
    saved: (path: string, validUntil?: string) => `Saved: ${path}${validUntil ? ` (valid until ${validUntil})` : ''}`,
    upToDate: (path: string, validUntil?: string) =>
      `Up to date: ${path}${validUntil ? ` (valid until ${validUntil})` : ''}`,
    until: (date: string) => `valid until ${date}`,
    notRemembered: (path: string, reason: string) =>
      `${path} is saved, but cert could not make a note of it, and \`cert renew\` will not renew it: ${reason}`,
    nothing: 'No certificate can be downloaded now.',
    confirmed: 'The signature is good: from a signer whom you trust, and nothing was changed since.',
    unchanged: '✓ Complete, and unchanged since signing (issuer not checked: cert verify FILE)',
    keptUnverified: (path: string, code: string) =>
      `${path} did not pass verification, and was saved only because of --keep-unverified: ${reasonText(verification.reasons, code).meaning}`,
    doubt: (code: string) => {
      const { meaning, advice = '' } = reasonText(verification.reasons, code);
      return `Not confirmed: ${meaning} ${advice}`.trimEnd();
    },
    pageContradicts: (path: string, fields: readonly string[]) =>
      `${path} may be another certificate: the page differs from the portal's list (${fields.join(', ')}). Check it before you use it.`,
    pageAgrees: (fields: readonly string[]) => `The page matches the portal's list: ${fields.join(', ')}.`,
    progress: (qualification: string) => `Downloading ${qualification}…`,
  },
  get: {
    resume: (certificates: string) =>
      `${certificates}: nothing is lost. Run the same command again: it goes on from here.`,
    wouldReuse: (certificate: string, path: string) => `${certificate}: nothing to do, ${path} is good`,
    wouldDownload: (certificate: string) => `${certificate}: would download what is ready`,
    wouldJoin: (certificate: string, annotation: string) => `${certificate}: would wait for annotation ${annotation}`,
    wouldApply: (certificate: string, days: number, until: string) =>
      `${certificate}: would spend a slot for ${days} days, until ${until}`,
    wouldFail: (certificate: string, reason: string) => `${certificate}: not possible. ${reason}`,
  },
  renew: {
    nothingSaved: 'No file has been saved here yet: `cert get` saves the first.',
    nothingDue: 'Nothing is due.',
    next: (date: string) => `The next file is due on ${date}.`,
  },
  remind: {
    title: 'Annotated copies',
    event: (qualification: string) => `Annotated copy expires: ${qualification}`,
    details: (date: string, path: string, certificate: string) =>
      `It holds until the end of ${date} (Beijing time).\n${path}\nA new one: cert get ${certificate}`,
    detailsByHand: (date: string, path: string) =>
      `It holds until the end of ${date} (Beijing time).\n${path}\nA new one: ${imported.clicks}`,
    written: (count: number, path: string) => `${count} ${count === 1 ? 'event' : 'events'}: ${path}`,
  },
  saved: {
    title: 'Saved',
    days: (days: number) => (days < 0 ? 'expired' : `${days} ${days === 1 ? 'day' : 'days'}`),
    unlimited: 'yes',
    changed: 'changed',
    missing: 'missing',
  },
  offline: {
    known: 'Could not reach the portal. What this machine knows:',
    file: (path: string, until: string | null) => (until === null ? path : `${path} (valid until ${until})`),
    lost: (path: string, state: string) => `${path} (${state})`,
    estimate: (certificate: string, used: number, limit: number, next: string | null) =>
      `${certificate}: ${used} of ${limit} slots used from this machine (an estimate)${next === null ? '' : `; the next one frees on ${next}`}`,
  },
  unknownWord: {
    certificateStatus: (word: string, id: string) =>
      `${id}: the portal says “${word}” for its status, which this version of cert does not know.`,
    certificateKind: (word: string, id: string) =>
      `${id}: the portal says “${word}” for its kind, which this version of cert does not know.`,
    annotationStatus: (word: string, id: string) =>
      `Annotation ${id}: the portal says “${word}” for its status, which this version of cert does not know.`,
    lookupStatus: (word: string) =>
      `The portal says “${word}” for the status, which this version of cert does not know: do not take it for valid.`,
  },
  skipped: (certificate: string, reason: string) => `${certificate}: skipped. ${reason}`,
  view: {
    opened: (path: string) => `Opened: ${path}`,
    notOpened: (path: string) => `Not opened: ${path}`,
    anyway: 'Open it all the same?',
  },
  login: {
    username: 'User name',
    password: 'Password',
    loggedIn: (username: string, portal: string) => `Logged in to ${portal} as ${username}.`,
    until: (time: string) => `The session holds until ${time} (Beijing time).`,
    token: 'Token',
    cannotBeRenewed: 'No password is kept: when the session ends, log in again.',
    kept: (store: string) => `Secrets are kept in: ${store}.`,
    tokenKept: (store: string) => `The token is kept in: ${store}.`,
    notKept: 'Secrets are not kept: give them in the environment (CERT_USERNAME, CERT_PASSWORD) next time.',
    keychainIsSlow: 'The keychain does not answer yet. Does it ask you to unlock it?',
    whereElse: 'Where should secrets be kept?',
    inFile: 'In an encrypted file, with a passphrase',
    nowhere: 'Nowhere: I shall give them in the environment',
    consent: (version: string) => `Do you accept the service notice (${version})?`,
    accepted: (version: string) => `Service notice ${version} accepted.`,
    answer: 'Answer',
    image: (path: string) => `Read the picture: ${path}`,
    mended: (name: string) => `${name} is used without the line break, space or byte order mark around it.`,
    noPicture: 'The portal sent no picture that is safe to show (a PNG or a JPEG).',
    confirmed: 'Have you confirmed it there?',
    scan: 'Confirm the login in the app of the portal, with this code:',
  },
  passphrase: {
    enter: 'Passphrase of the encrypted file',
    again: 'That was not it. Passphrase of the encrypted file',
    choose: (minCharacters: number) =>
      `Choose a passphrase for the encrypted file (at least ${minCharacters} characters)`,
    tooShort: (minCharacters: number) => `That is too short. Choose one of at least ${minCharacters} characters`,
    repeat: 'Once more',
    different: 'They were not the same. Choose a passphrase',
  },
  challenge: {
    until: (time: string) => `(valid until ${time}, Beijing time)`,
    payload: 'The same as text:',
    waiting: 'Waiting for your confirmation… Ctrl-C ends it.',
    wrong: 'That was not right. Here is another one.',
    expired: 'It expired.',
    another: 'Show a new code?',
  },
  logout: {
    done: (name: string) => `Logged out, secrets erased: ${name}`,
    none: 'Nobody is logged in.',
    portalNotTold: 'The secrets here are erased, but the portal could not be told: the session there ends by itself.',
  },
  lookup: {
    name: 'Name on the certificate',
    number: 'Management number (管理号), or the enquiry number (查询编号) where there is none',
    isIdNumberRight: 'The check digit of this resident identity number does not fit. Is the number right?',
    idNumber: 'Number of the identity document',
    asTold: (portal: string) => `As ${portal} tells now.`,
  },
  purge: {
    open: (count: number) =>
      `What became of ${count === 1 ? 'an application' : `${count} applications`} will not be known.`,
    confirm: (accounts: number, folders: readonly string[]) =>
      `Erase the secrets of ${accounts === 1 ? '1 account' : `${accounts} accounts`}, and all settings and records in ${folders.join(', ')}?`,
    declined: 'Nothing was erased.',
    left: (path: string) => `${path} is still there: cert did not make it, or not all that is in it.`,
    done: (folders: readonly string[]) => `Erased: ${folders.join(', ')}. The PDFs that you saved are where they were.`,
  },
  profile: {
    none: 'There is no profile yet. Log in first: `cert login --portal URL`',
    isCurrent: 'the current one',
    used: (name: string) => `The current profile is ${name}.`,
    renamed: (from: string, to: string) => `${from} is called ${to} now. Its secrets are where they were.`,
    removed: (name: string) => `Removed: ${name}`,
  },
  config: { changed: (key: string, value: string) => `${key} = ${value}`, removed: (key: string) => `${key} removed` },
  sandbox: {
    listening: (url: string) => `The practice portal is at ${url}`,
    web: (url: string) => `Its web pages, in Chinese: ${url}`,
    accounts:
      'Accounts (password Sandbox2026): demo_nurse, demo_mixed, demo_full, demo_empty, demo_new, demo_many, demo_rare',
    try: (url: string) => `Try: cert login --portal ${url} --username demo_nurse`,
    trust: (path: string) => `Check one of its PDFs: cert verify FILE.pdf --trust ${path}`,
    stop: 'All people, numbers and files are fictitious. Ctrl-C stops it.',
    smsCode: (code: string) => `SMS code: ${code}`,
    picture: (url: string) => `A picture with digits was sent. If you cannot see it, its answer is at ${url}`,
    confirm: (url: string) => `To confirm the QR code without a phone, open ${url}`,
    stopped: 'Stopped.',
  },
  demo: {
    intro: 'The journey of a holder, on a practice portal on this machine. All people and numbers are fictitious.',
    step: {
      list: 'List the certificates',
      annotate: 'Apply for an annotation and wait until it is generated',
      history: 'See the slots left',
      download: 'Save the PDF',
      verify: 'See what its signature proves: this portal has an authority of its own',
    },
    saved: (path: string) => `The PDF: ${path}`,
  },
};
