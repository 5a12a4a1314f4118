/** A file sealed with an electronic seal (GB/T 38540-2020). The seal is made anew each time, and always the same. */
import {
  BitString,
  GeneralizedTime,
  IA5String,
  Integer,
  ObjectIdentifier,
  OctetString,
  Sequence,
  Utf8String,
} from 'asn1js';
import type { Sealers } from './authority.ts';
import type { Der } from './keys.ts';
import { bufferOf, VALIDITY } from './x509.ts';

const VERSION = 4;
const UNIT_SEAL = 1;
const LIST_OF_CERTIFICATES = 1;
const SIZE_MM = 40;
/** PNG: two rings and a bar, and nobody's emblem. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAADAAAAAwAQMAAABtzGvEAAAABlBMVEX////IEC5cagsYAAAAAnRSTlMA/1uRIrUAAACnSURBVHjaZZAtDsJAEIW/' +
  'pSRFkBZcBQkoNDhIKlBIDgEcoOECrAPBEThMFedYblCJYsmQV1EYMZ+Zn/cetHV+W3cxeiANaQCm8ALKvCmBpspycE/vLp7kAYea5ArjmnQEg0A2' +
  'g37FcAO9BRMPbkVhKFjb+TtLw42TYddib9hyNMx/kcfY/KEzovXuTT3SW4mQJAmUXImXFRmTTZluI1AgikdhKbpvfQCapTsULrQHDAAAAABJRU5E' +
  'rkJggg==';

/** SES_Signature: seals content that is not inside. */
export function sealedSignature(content: Uint8Array, signedAt: Date, { user, maker }: Sealers): Der {
  const toSign = new Sequence({
    value: [
      new Integer({ value: VERSION }),
      sealOf({ user, maker }),
      new GeneralizedTime({ valueDate: signedAt }),
      bits(user.key.digest(content)),
      new IA5String({ value: '/ByteRange' }),
    ],
  });
  const signature = new Sequence({ value: [toSign, ...signedBy(user, toSign)] });
  return new Uint8Array(signature.toBER());
}

/** SESeal. */
function sealOf({ user, maker }: Sealers): Sequence {
  const { from, to } = VALIDITY;
  const property = [
    new Integer({ value: UNIT_SEAL }),
    new Utf8String({ value: '电子证书演示用章（样张 SAMPLE）' }),
    new Integer({ value: LIST_OF_CERTIFICATES }),
    new Sequence({ value: [octets(user.certificate)] }),
    ...[from, from, to].map((valueDate) => new GeneralizedTime({ valueDate })),
  ];
  const picture = [
    new IA5String({ value: 'PNG' }),
    octets(Buffer.from(PICTURE, 'base64')),
    new Integer({ value: SIZE_MM }),
    new Integer({ value: SIZE_MM }),
  ];
  const header = [new IA5String({ value: 'ES' }), new Integer({ value: VERSION }), new IA5String({ value: 'SAMPLE' })];
  const info = new Sequence({
    value: [
      new Sequence({ value: header }),
      new IA5String({ value: 'SAMPLE-1' }),
      new Sequence({ value: property }),
      new Sequence({ value: picture }),
    ],
  });
  return new Sequence({ value: [info, ...signedBy(maker, info)] });
}

/** What follows the signed part in both: whose signature it is, how it was made, and it. */
const signedBy = ({ key, certificate }: Sealers['user'], signed: Sequence) => [
  octets(certificate),
  new ObjectIdentifier({ value: key.algorithms.certificate }),
  bits(key.sign(new Uint8Array(signed.toBER()))),
];

const octets = (bytes: Uint8Array) => new OctetString({ valueHex: bufferOf(bytes) });
const bits = (bytes: Uint8Array) => new BitString({ valueHex: bufferOf(bytes) });
