/** docs/verification.md: the prose, and the reasons as `cert verify` says them. */
import { type LayerName, REASONS } from '../../src/domain/verification.ts';
import { en } from '../../src/ui/messages/en/index.ts';
import type { ReasonText } from '../../src/ui/messages/en/verification.ts';
import { zhCN } from '../../src/ui/messages/zh-CN/index.ts';

const MARKS = { pass: '✓', fail: '✗', unknown: '?' };

const cell = ({ meaning, advice }: ReasonText): string =>
  `${meaning}${advice === undefined ? '' : ` _${advice}_`}`.replaceAll('|', '\\|');

function table(layer: LayerName): string {
  const texts = (messages: typeof en) => messages.verification.reasons[layer] as Readonly<Record<string, ReasonText>>;
  const rows = Object.entries(REASONS[layer]).map(
    ([code, result]) =>
      `| ${MARKS[result]} | \`${code}\` | ${cell(texts(en)[code] as ReasonText)} | ${cell(texts(zhCN)[code] as ReasonText)} |`,
  );
  return ['| | code | meaning | 含义 |', '|---|---|---|---|', ...rows].join('\n');
}

const section = (layer: LayerName, text: string): string =>
  `### ${en.verification.layer[layer]} · ${zhCN.verification.layer[layer]}\n\n${text}\n\n${table(layer)}`;

export const verificationPage = (): string => `# What a verification says

\`cert verify FILE.pdf…\` says what signed PDFs prove. It asks nobody: no network, no account, no portal. A folder means
all \`*.pdf\` in it and in the folders below; links to folders are not followed. The exit code is 0 only when every file
is valid, 7 when one is not, 3 when one cannot be found or read and all others are valid.

## The verdict

| verdict | means | do |
|---|---|---|
| \`valid\` · 有效 | Signed by somebody whom an authority that **you** trust vouches for; nothing was changed since, and nothing added but what may be; and if the file states an annotation, it is in force today. | Rely on it for what the page says. |
| \`invalid\` · 无效 | Something is wrong for certain: changed, added to, damaged, expired, signed with a certificate that may not sign, … | Do not rely on it. Get the original. |
| \`unknown\` · 未能验证 | Nothing wrong was found, but something could not be checked: no signature, a signer of whom you have said nothing, a method that is not understood, … | Read the reason. It says how to find out. |

A verdict is made of five layers, each \`pass\`, \`fail\` or \`unknown\` with one reason code. \`valid\` needs five passes; one
\`fail\` makes \`invalid\`. With \`--json\` they are \`verifications[].layers\`.

## What it does not say

- **Whether what the page says is true.** Only who signed it.
- **When it was signed.** The time is the signer's own claim, and is shown as such. A certificate has to be valid at the
  claimed time (where none is claimed: now). Certificates for one signature are issued while it is made, and clocks
  differ: up to 24 hours before the signer's certificate begins and up to 10 minutes after it ends are taken as well. A timestamp inside is checked to belong to the signature, but its time is not relied on.
- **Whether a certificate was revoked since.** That would need the network. The third-party check of the portal
  (\`cert lookup\`) tells whether the qualification itself still holds.
- **Whose organization a name belongs to.** Anybody can sign in any name: trust comes from the authority's root certificate alone.

## Whom you trust

\`cert\` trusts nobody by itself. Give the root certificate of an authority for one call (\`--trust ROOT.pem\`, repeatable) or
once and for all (\`cert trust add ROOT.pem\`, \`cert trust list\`, \`cert trust remove FINGERPRINT\`), in PEM, DER or a
collection (\`.p7b\`), several to a file. Get it from the authority's own website, and compare its SHA-256 fingerprint with one from another source. An
anchor belongs to the profile in use when it was added; one that was added without a profile is for every one. The
file \`trust.json\` beside the settings keeps them. \`cert sandbox\` prints where the root of its PDFs is.

The chain goes from the signer to a trust anchor over the certificates in the file. Each has to be valid at the time of
signing, an authority has to be one (basic constraints, key usage, path length), and the signer's has to be for
documents: a key usage of digitalSignature or nonRepudiation where there is one, and where there is an extended one, one of
emailProtection, documentSigning, Adobe's, Microsoft's or any, or, as on many Chinese seals, clientAuth: without serverAuth, or with
nonRepudiation, which no web server's has. A certificate made for something else is \`unknown\`. Where a file
leaves out the certificate that issued the signer's (\`ISSUER_CERTIFICATE_MISSING\`), add that one: whatever you add is an anchor
itself, an intermediate certificate too, and completes chains to your roots. A chain to a root that you do not know is \`unknown\`, not
\`invalid\`; a chain that breaks these rules is \`invalid\` whomever you trust. Names that are constrained and critical
extensions that are not understood are \`unknown\`.

## What is checked

RSA (PKCS #1 v1.5 and PSS) of 2048 bits or more, ECDSA on P-256, P-384 and P-521, with SHA-256, SHA-384 or SHA-512; SM2 with SM3,
as far as its formats are publicly known (GB/T 32918, the object identifiers of GM/T 0006 and GB/T 35275; the signer's identity
1234567812345678 or none; r and s in DER, or the 64 bytes of the two alone). What stands in the signature's place decides, not
the name of its format: an electronic seal (below), or a container (CMS, RFC 5652, or its national twin) over the file, over its digest inside, with signed
attributes or without. Whatever is not understood is \`unknown\` with its reason: neither valid nor forged. SHA-1
(\`adbe.pkcs7.sha1\` and \`adbe.x509.rsa_sha1\` with it), MD5 and shorter RSA keys are \`unknown\` too, and \`invalid\` where
the file was changed.

The rules are narrower than those of the standards, since a certificate is one page: the byte range of
each signature has two parts and leaves out nothing but \`<hex>\` of its own contents; one signer;
no embedded content but the file's digest; nothing behind the signed end but what is listed below. Behind the signature, in its own place, only zeros belong; with anything
else there the verdict is \`unknown\` (\`CONTENTS_PADDING\`). What stands in the container beside the signature has to be
vouched for by somebody or to follow the standard to the letter, else the verdict is \`unknown\` (\`UNSIGNED_CONTENT\`; when that
is a timestamp whose authority's root is missing, give the root with \`--trust\`). So a byte that was changed there is
noticed as well. What nobody can notice is a signature rewritten into an equal one by somebody who knows how, such as
\`rsaEncryption\` for \`sha256WithRSAEncryption\`, the other form of an ECDSA or SM2 signature, all its digits in capitals, or one more
certificate that vouches for itself and for nothing else: it covers the same document by the same signer.

Files that are encrypted and open without a password, so that readers forbid printing or changes (the standard security
handler, RC4 and AES), are checked like any other. Where a password is needed the verdict is \`unknown\` (\`ENCRYPTED\`).

## What may be added after signing

Some producers go on writing to a file when it has been signed. What they add is compared with what was signed, object by
object and the catalog key by key. These additions leave a file \`valid\`:

- white space behind the last \`%%EOF\`;
- validation data, as for long-term validation: certificates, revocation lists and OCSP answers in \`/DSS\`, and \`/Extensions\`;
- a timestamp of the document (\`ETSI.RFC3161\`), if it fits and a root that you trust vouches for it; otherwise the
  verdict is \`unknown\`. It does not count as a signature;
- further signatures, each over all that came before it, in a field of its own or in one that was waiting for it. Its picture
  may cover a quarter of the page at most, and no earlier signature may have forbidden changes (DocMDP with P 1).

Anything else is \`ADDED_AFTER_SIGNING\`: another page, a comment, the value of a field, an action, other metadata, or an addition that
readers could understand in more than one way. Where a file has several signatures, each is reported (\`signatures\` with
\`--json\`), and the file's own layers are the worst of theirs. A later signer sees to nothing but his own signature:
who vouches for the document is the first.

A file that a program wrote anew (saved as, linearized, compressed, repaired) is whole, but its signature no longer fits: \`REWRITTEN\`.

Files of more than 50 MB, and files built to cost more time or memory than any certificate, are given up: \`unknown\`.

## Electronic seals

An electronic seal (电子印章) of GB/T 38540-2020, or of GM/T 0031 of 2014 or 2025, is data that its maker (制章人) has signed: a name, a
number, a picture, a validity, and who may use it. Whoever seals a file signs the seal together with the digest of the file. \`cert\`
tells the editions apart by what stands in the signature's place, not by its name or version, and checks

- that the file is unchanged: its SM3 digest, and the signature with SM2 over both (integrity);
- that the signer leads to an authority that you trust, stands in the seal's list, and used the seal while it was valid; that the seal
  was signed by its maker, and that the maker leads to an authority that you trust too (signer).

Seals carry no certificates of authorities: where an issuing one stands between, give it with \`--trust\` as well. The maker's
certificate has to be valid at the time of sealing or, where it had expired by then, at the time when the seal was made. Makers have
certificates for every purpose, so only their key usage counts, unless it does not bind them (nonRepudiation). The report
names the seal, its number, its maker and its validity; with \`--json\` they are \`verifications[].seal\`.

The texts of the standards are not public: this is what public programs and their files agree on. What is built otherwise is
\`unknown\` (\`SEAL_UNREADABLE\`). Extensions of seals are not interpreted, and a timestamp on the maker's signature (2025) is
not checked: the signature on the file covers it. One on that signature is, or leaves a doubt (\`UNSIGNED_CONTENT\`). White space
may fill what the seal leaves of its place in the file: like the zeros there, it says nothing, and a change of it is not noticed.

## What is saved

\`cert get\`, \`download\` and \`renew\` verify a file before they save it. They refuse it only where structure, integrity or
revisions **fail**, or where it is another annotation's than the one that was asked for: it is fetched once more, then kept
aside (exit code 7), or, with \`--keep-unverified\`, saved under its name with a warning, and not counted as a copy. A slot was
spent on every other file, so it is saved, with its verdict and a line that says what is open; the exit code stays 0.

## The annotation in a file

Nothing is published on how the files of real portals state their annotation (加注), so \`cert\` does not guess. It reads one
convention of its own, which the PDFs of its sandbox follow and any portal may: in the document information
dictionary, covered by the signature, \`CertValidUntil\` (the last day, \`YYYY-MM-DD\`), \`CertAnnotationId\` and \`CertScenario\`, as
strings of printable ASCII. A file without them states no annotation, which is no fault: the page says how long it
may be used. "Today" is the day in Asia/Shanghai. When \`cert\` itself downloads a file, it knows from the portal which
annotation it asked for and until when that holds, and a file that says otherwise is \`invalid\`. What is read is the file as
its first signature covers it: nothing that was added later can lengthen an annotation.

## The reasons

${section('structure', 'The file, and the places of its signatures in it.')}

${section('integrity', 'Whether the signed bytes are those that were signed.')}

${section('signer', 'Whether somebody whom you trust vouches for the signer.')}

${section('revisions', 'What was added to the file after it was signed.')}

${section('annotation', 'Whether the copy may be used today.')}
`;
