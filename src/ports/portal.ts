/** The portal: one method a route of the contract. */
import type {
  Annotation,
  AnnotationList,
  AnnotationRequest,
  Certificate,
  Credentials,
  Lookup,
  LookupResult,
  Meta,
  Notice,
  QrLogin,
  QrLoginState,
  Registration,
  Session,
} from '../contract/schemas.ts';

/** Where a PDF is: the annotated copy, or the certificate itself where it needs no annotation. */
export interface FileSource {
  readonly certificateId: string;
  readonly annotationId?: string;
}

export interface FileAnswer {
  /** The length of the whole file, where the portal says it. */
  readonly length: number | undefined;
  readonly etag: string | undefined;
  /** SHA-256 of the whole file in lower-case hex, where the portal says it (`Repr-Digest`). */
  readonly sha256: string | undefined;
  /** The position of the first byte of `body` in the file: 0, or what was asked for. */
  readonly start: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** The portal, one method a route of the contract. Every method may throw a CertError of the network or the portal. */
export interface Portal {
  readonly origin: string;
  meta(): Promise<Meta>;
  notice(): Promise<Notice>;
  acceptNotice(version: string): Promise<void>;
  register(registration: Registration): Promise<{ readonly username: string }>;
  startQrLogin(): Promise<QrLogin>;
  qrLogin(id: string): Promise<QrLoginState>;
  logIn(credentials: Credentials): Promise<Session>;
  logOut(): Promise<void>;
  /** The third-party check; it needs no session. */
  lookUp(facts: Lookup): Promise<LookupResult>;
  /** All certificates of the holder, all pages. */
  certificates(): Promise<Certificate[]>;
  certificate(id: string): Promise<Certificate>;
  annotations(certificateId: string): Promise<AnnotationList>;
  /**
   * Sends one application, once. A portal that knows `clientReference` already answers the annotation it made then.
   * @throws CertError OUTCOME_UNKNOWN when the request may have reached the portal and no answer came back.
   */
  submitAnnotation(certificateId: string, request: AnnotationRequest): Promise<Annotation>;
  annotation(id: string): Promise<Annotation>;
  /** Opens a PDF, from `resume.start` on when the file still is the one with that entity tag. */
  file(source: FileSource, resume?: { readonly start: number; readonly etag: string }): Promise<FileAnswer>;
}
