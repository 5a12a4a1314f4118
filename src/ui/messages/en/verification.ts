import type { LayerName, ReasonCode } from '../../../domain/verification.ts';

/** What a reason means, and what to do about it. */
export interface ReasonText {
  readonly meaning: string;
  readonly advice?: string;
}

export type ReasonTexts = { readonly [L in LayerName]: { readonly [C in ReasonCode<L>]: ReasonText } };

const askAgain = 'Do not rely on this copy. Download it afresh, or ask whoever sent it for the original file.';
const forged = 'Do not rely on this file. Get the original from the portal or from the holder.';

const reasons: ReasonTexts = {
  structure: {
    ONE_SIGNATURE: { meaning: 'One signature, which leaves out only its own place.' },
    SEVERAL_SIGNATURES: { meaning: 'Several signatures: each leaves out only its own place.' },
    NOT_A_PDF: { meaning: 'This is not a PDF file, whatever its name says.', advice: askAgain },
    REWRITTEN: {
      meaning: 'A program wrote this file anew after it was signed, so the signature no longer fits.',
      advice: 'Get the original: a file that was printed, saved again or converted does not keep its signature.',
    },
    BYTES_BEFORE_HEADER: {
      meaning: 'Something was put in front of the PDF, and no signature covers it.',
      advice: askAgain,
    },
    STRUCTURE_DAMAGED: { meaning: 'The file is damaged: its parts cannot be found.', advice: askAgain },
    SIGNATURE_AMBIGUOUS: {
      meaning: 'The signature contradicts itself: the same entry stands in it twice.',
      advice: forged,
    },
    BYTE_RANGE_INVALID: {
      meaning: 'The signature does not say properly which part of the file it covers, or leaves out its beginning.',
      advice: forged,
    },
    BYTE_RANGE_BEYOND_END: {
      meaning: 'The end of the file is missing: the signature covers more than there is.',
      advice: askAgain,
    },
    BYTE_RANGE_HOLE: {
      meaning: 'The signature leaves out more than its own place: there, anything could have been changed.',
      advice: forged,
    },
    CONTENTS_INVALID: { meaning: 'The place of the signature holds what no signature looks like.', advice: forged },
    CONTENTS_PADDING: {
      meaning: 'Behind the signature, in its own place, stands something that nobody vouches for.',
      advice: 'Some programs leave such a rest. Ask the issuer, or get the original from the portal.',
    },
    NO_SIGNATURE: {
      meaning: 'The file has no signature: nothing proves who made it, or that it was not changed.',
      advice: 'Ask for the signed original. A printed and scanned copy, or one saved again by a program, has lost it.',
    },
    SIGNATURE_NOT_IN_USE: {
      meaning: 'There is a signature in the file, but the document no longer uses it.',
      advice: 'Treat the file as unsigned, and ask for the original.',
    },
    ENCRYPTED: {
      meaning: 'The file needs a password, or is encrypted in a way that cert does not know.',
      advice: 'Ask for the file without a password, or check it in a full PDF reader.',
    },
    FILE_TOO_LARGE: {
      meaning: 'The file is larger than 50 MB: no certificate is.',
      advice: 'Check that it is the right file.',
    },
    FILE_TOO_COMPLEX: {
      meaning: 'The file is built in so complicated a way that the check was given up.',
      advice: 'No certificate is built so. Check that it is the right file.',
    },
    FORMAT_NOT_SUPPORTED: {
      meaning: 'The signature is of a kind that cert does not know.',
      advice: 'Check the file in a full PDF reader, or on the website of its issuer.',
    },
    OFD_FILE: {
      meaning: 'This is an OFD file, and cert checks PDFs.',
      advice: 'Check it in an OFD reader, or on the website of its issuer.',
    },
  },
  integrity: {
    UNCHANGED: { meaning: 'What was signed is unchanged, to the last byte.' },
    CMS_MALFORMED: { meaning: 'The signature is damaged or unfinished: it cannot be read.', advice: askAgain },
    CONTENT_EMBEDDED: {
      meaning: 'The signature carries a text of its own and signs that, not this file.',
      advice: forged,
    },
    SEVERAL_SIGNERS: { meaning: 'One signature claims several signers: that is not allowed in a PDF.', advice: forged },
    SIGNED_ATTRIBUTES_INVALID: { meaning: 'The signature lacks what ties it to the file.', advice: forged },
    CONTENT_TYPE_MISMATCH: { meaning: 'The signature was made for something else than a document.', advice: forged },
    DIGEST_MISMATCH: { meaning: 'The file was changed after it was signed.', advice: forged },
    SIGNATURE_MISMATCH: {
      meaning:
        'The signature does not fit the file and the certificate it shows: one was changed, or somebody else signed. (With SM2: or it was made for another identity than 1234567812345678.)',
      advice: forged,
    },
    ALGORITHM_MISMATCH: { meaning: 'The signature contradicts itself about how it was made.', advice: forged },
    SIGNER_CERTIFICATE_MISSING: {
      meaning: 'The certificate of the signer is missing in the signature: who signed cannot be told.',
      advice: askAgain,
    },
    SIGNER_CERTIFICATE_MISMATCH: {
      meaning: 'The certificate in the signature is not the one that the signer named.',
      advice: forged,
    },
    TIMESTAMP_MISMATCH: { meaning: 'The timestamp does not belong to this signature.', advice: forged },
    ALGORITHM_WEAK: {
      meaning: 'The signature matches, but is of an old kind that can be forged today.',
      advice: 'It proves little. Ask for a newly signed file, or ask the issuer.',
    },
    ALGORITHM_NOT_SUPPORTED: {
      meaning: 'The signature uses a method that cert cannot check. That says nothing against the file.',
      advice: 'Check it with the reader that its issuer recommends, or on the website of the issuer.',
    },
    SIGNED_ATTRIBUTES_MISSING: {
      meaning: 'The signature matches, but lacks details that its kind must have.',
      advice: 'Check the file in a full PDF reader, or ask the issuer.',
    },
    SIGNER_CERTIFICATE_NOT_BOUND: {
      meaning: 'The signature matches, but does not name its certificate, as its kind must.',
      advice: 'Check the file in a full PDF reader, or ask the issuer.',
    },
    UNSIGNED_CONTENT: {
      meaning: 'The document is unchanged, but beside its signature stand parts that nobody vouches for.',
      advice: 'The page says what was signed. Ask the issuer if you need to be quite sure.',
    },
    SEAL_UNREADABLE: {
      meaning: 'The electronic seal is built in a way that cert cannot read.',
      advice: 'Check the file with the reader that its issuer recommends, or ask the issuer.',
    },
    NOT_CHECKED: { meaning: 'Not checked.' },
  },
  signer: {
    TRUSTED: { meaning: 'The signer is vouched for by an authority that you trust.' },
    CERTIFICATE_EXPIRED: {
      meaning: "By the claimed time of signing, the signer's certificate or its authority's had expired.",
      advice: 'Ask the issuer for a file that is properly signed.',
    },
    CERTIFICATE_NOT_YET_VALID: {
      meaning: "At the claimed time of signing, the signer's certificate or its authority's was not valid yet.",
      advice: 'Ask the issuer for a file that is properly signed.',
    },
    CERTIFICATE_FOR_OTHER_PURPOSE: {
      meaning: "The signer's certificate was issued for something other than signing documents.",
      advice: 'Ask the issuer whether it signs with this certificate.',
    },
    KEY_USAGE_WRONG: {
      meaning: "The signer's certificate may not be used to sign documents.",
      advice: forged,
    },
    ISSUER_NOT_CA: {
      meaning: "The signer's certificate was made by somebody who may not issue certificates.",
      advice: forged,
    },
    PATH_TOO_LONG: {
      meaning: "An authority in the signer's chain was not allowed to appoint a further one.",
      advice: forged,
    },
    CERTIFICATE_SIGNATURE_MISMATCH: {
      meaning: "A certificate in the signer's chain was changed, or was not issued by whom it names.",
      advice: forged,
    },
    NO_TRUST_ANCHOR: {
      meaning: 'Whether this signer can be trusted is not known: you have told cert of no authority yet.',
      advice: "Get the authority's root certificate from its own website and add it: cert trust add ROOT.pem",
    },
    NOT_TRUSTED: {
      meaning: 'No authority that you trust vouches for this signer: anybody can sign in any name.',
      advice:
        "If it is the right signer, get its authority's root certificate from a source that you trust: cert trust add ROOT.pem",
    },
    ISSUER_CERTIFICATE_MISSING: {
      meaning: "The certificate of the authority that issued the signer's is missing: the file leaves it out.",
      advice:
        "Get that authority's certificate from its own website and add it, an intermediate one too: cert trust add ISSUER.cer",
    },
    SIGNED_IN_FUTURE: {
      meaning: 'The claimed time of signing is in the future.',
      advice: 'Is the clock of this machine right? Otherwise ask the issuer.',
    },
    CERTIFICATE_WEAK: {
      meaning: "A certificate in the signer's chain is of an old kind that can be forged today.",
      advice: 'It proves little. Ask the issuer.',
    },
    CERTIFICATE_NOT_SUPPORTED: {
      meaning: "A certificate in the signer's chain has a rule or a method that cert does not know.",
      advice: 'Check the file in a full PDF reader, or ask the issuer.',
    },
    SEAL_NOT_FOR_SIGNER: {
      meaning: 'The electronic seal was made for somebody else: the signer is not among those who may use it.',
      advice: forged,
    },
    SEAL_NOT_YET_VALID: {
      meaning: 'The electronic seal was not valid yet when it was used.',
      advice: 'Ask the issuer for a file that is properly sealed.',
    },
    SEAL_EXPIRED: {
      meaning: 'The electronic seal had expired when it was used.',
      advice: 'Ask the issuer for a file that is properly sealed.',
    },
    SEAL_SIGNATURE_MISMATCH: {
      meaning: 'The electronic seal was not made by the maker that it names, or was changed since.',
      advice: forged,
    },
    SEAL_MAKER_INVALID: {
      meaning: 'The certificate of the maker of the electronic seal was not valid, or may not be used for this.',
      advice: forged,
    },
    SEAL_MAKER_NOT_TRUSTED: {
      meaning: 'No authority that you trust vouches for the maker of the electronic seal.',
      advice:
        "Get the root certificate of the maker's authority from a source that you trust, and add it: cert trust add ROOT.pem",
    },
    SEAL_UNREADABLE: {
      meaning: 'The electronic seal is built in a way that cert cannot read.',
      advice: 'Check the file with the reader that its issuer recommends, or ask the issuer.',
    },
    NOT_CHECKED: { meaning: 'Not checked.' },
  },
  revisions: {
    NOTHING_ADDED: { meaning: 'Nothing was added after signing.' },
    WHITE_SPACE_ADDED: { meaning: 'Only white space was added after signing.' },
    VALIDATION_DATA_ADDED: { meaning: 'Only validation data was added after signing.' },
    TIMESTAMP_ADDED: { meaning: 'Only a timestamp and validation data were added.' },
    SIGNATURE_ADDED: { meaning: 'Only further signatures were added after signing.' },
    ADDED_AFTER_SIGNING: {
      meaning: 'Something was added to the file after it was signed: what you see may not be what was signed.',
      advice: forged,
    },
    TIMESTAMP_NOT_CONFIRMED: {
      meaning: 'A timestamp was added after signing, and nobody whom you trust vouches for it.',
      advice: "Get the root certificate of the timestamp's authority from its own website: cert trust add ROOT.pem",
    },
    NOT_CHECKED: { meaning: 'Not checked.' },
  },
  annotation: {
    IN_FORCE: { meaning: 'The annotation (加注) is in force today.' },
    IN_FORCE_BY_RECORD: {
      meaning: 'The file states no annotation that cert can read; by what the portal said, it is in force today.',
    },
    NONE_STATED: {
      meaning: 'The file states no annotation that cert can read. Read the page for how long it may be used.',
    },
    ANNOTATION_EXPIRED: {
      meaning: 'The annotation (加注) has expired: this copy may no longer be used.',
      advice: 'The holder gets a new one with: cert get',
    },
    ANNOTATION_MISMATCH: {
      meaning: 'The file is another annotated copy than the one that was asked for.',
      advice: 'Download it again. If it stays so, ask the helpline of the portal.',
    },
    ANNOTATION_UNREADABLE: {
      meaning: 'The file states an annotation in a way that cert cannot read.',
      advice: 'Read the page for how long it may be used.',
    },
    NOT_CHECKED: { meaning: 'Not checked.' },
  },
};

export const verification = {
  reasons,
  layer: {
    structure: 'Structure',
    integrity: 'Integrity',
    signer: 'Signer',
    revisions: 'Revisions',
    annotation: 'Annotation',
  },
  verdict: { valid: 'VALID', invalid: 'INVALID', unknown: 'NOT VERIFIED' },
  signatureOf: (number: number, total: number) => `Signature ${number} of ${total}`,
  signedBy: 'Signed by',
  issuedBy: 'Vouched by',
  missing: 'Missing',
  signingTime: 'Signed at',
  covers: 'Covers',
  annotation: 'Annotation',
  seal: 'Seal',
  sealMaker: 'Seal made by',
  sealValidity: 'Seal valid',
  sealNamed: (name: string, id: string) => `${name} (ID ${id})`,
  sealPeriod: (from: string, until: string) => `${from} to ${until}`,
  claim: (time: string) => `${time}, by the signer's own claim`,
  unproved: (name: string) => `${name} (not proved)`,
  wholeFile: (bytes: number) => `the whole file, ${bytes} bytes`,
  partOfFile: (covered: number, added: number) =>
    `${covered} bytes; ${added === 1 ? '1 byte was' : `${added} bytes were`} added later`,
  inForceUntil: (day: string) => `until ${day}`,
  column: { file: 'File', verdict: 'Verdict', validUntil: 'In force until' },
  progress: (done: number, total: number) => `Verifying: ${done} of ${total}`,
  moreReports: (count: number) => `${count} more are not valid: the table has all; \`cert verify FILE\` tells why.`,
  summary: (total: number, valid: number, invalid: number, unknown: number) =>
    `${total} files: ${valid} valid, ${invalid} invalid, ${unknown} not verified`,
};

export const trust = {
  none: 'No trust anchor yet. Add one: cert trust add ROOT.pem',
  added: (name: string) => `Trusted from now on: ${name}`,
  known: (name: string) => `Trusted already: ${name}`,
  removed: (name: string) => `No longer trusted: ${name}`,
  everyProfile: 'every profile',
  validity: (from: string, to: string) => `${from} to ${to}`,
  term: { name: 'Name', subject: 'Subject', fingerprint: 'SHA-256', validity: 'Valid', profile: 'For' },
};
