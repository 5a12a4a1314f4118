import { CertError, type FileReason, type SystemCode } from '../errors.ts';

const REASONS: Readonly<Record<string, FileReason>> = {
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  EROFS: 'read-only',
  ENOENT: 'no-folder',
  ENOTDIR: 'parent-is-file',
  EISDIR: 'is-folder',
  EEXIST: 'exists',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-quota',
  EFBIG: 'too-large',
  ENAMETOOLONG: 'name-too-long',
  ELOOP: 'link-loop',
  EBUSY: 'in-use',
};

/** The system's code of a failed file operation, such as `ENOENT`; undefined for anything else. */
export const systemCode = (error: unknown): SystemCode | undefined =>
  error instanceof Error && 'code' in error && 'syscall' in error
    ? (String(error.code).toUpperCase() as SystemCode)
    : undefined;

/** What a system's code means; a code that nobody expects as it is. */
export const reasonOf = (code: SystemCode): FileReason | SystemCode => REASONS[code] ?? code;

/** The failure of a file operation as the person's who knows the file as `path`; anything else as it is. */
export function notWritable(path: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  return new CertError('FILE_NOT_WRITABLE', { path, detail: reasonOf(code) }, { cause: error });
}

/** The same of reading. */
export function notReadable(path: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new CertError('FILE_NOT_FOUND', { path }, { cause: error });
  return new CertError('FILE_NOT_READABLE', { path, detail: reasonOf(code) }, { cause: error });
}

/** Does something with the file at `path`. @throws CertError FILE_NOT_WRITABLE in place of the system's own error */
export const writing = <T>(path: string, action: () => Promise<T>): Promise<T> =>
  action().catch((error) => {
    throw notWritable(path, error);
  });
