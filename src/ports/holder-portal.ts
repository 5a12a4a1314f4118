/** What a portal does for a holder, in the holder's session. */
import type { Annotation, AnnotationList, AnnotationRequest, Certificate } from '../contract/schemas.ts';

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

/**
 * One method a route of the contract. Every method may throw a CertError of the network or the portal, and what
 * {@link import('./sessions.ts').Sessions} throws where there is no session.
 */
export interface HolderPortal {
  acceptNotice(version: string): Promise<void>;
  logOut(): Promise<void>;
  /** All certificates of the holder, all pages. */
  certificates(): Promise<Certificate[]>;
  certificate(id: string): Promise<Certificate>;
  annotations(certificateId: string): Promise<AnnotationList>;
  /**
   * Sends one application, once: no session is renewed, and no redirect followed. A portal that knows `clientReference`
   * already answers the annotation it made then.
   * @throws CertError OUTCOME_UNKNOWN when the request may have reached the portal and no answer came back. Of the
   * refusals, too, some may be a gateway's.
   */
  submitAnnotation(certificateId: string, request: AnnotationRequest): Promise<Annotation>;
  annotation(id: string): Promise<Annotation>;
  /** Opens a PDF, from `resume.start` on when the file still is the one with that entity tag. */
  file(source: FileSource, resume?: { readonly start: number; readonly etag: string }): Promise<FileAnswer>;
}
