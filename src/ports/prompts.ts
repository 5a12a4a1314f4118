/**
 * Questions to a person. Each names the flag that answers it without one.
 * @throws CertError INPUT_REQUIRED at once when no person can be asked; INTERRUPTED when the person presses Ctrl-C.
 */
export interface Prompts {
  confirm(question: { message: string; flag: string }): Promise<boolean>;
  text(question: { message: string; flag: string; initial?: string | undefined }): Promise<string>;
  secret(question: { message: string; flag: string }): Promise<string>;
  select<T>(question: { message: string; flag: string; choices: readonly { name: string; value: T }[] }): Promise<T>;
}
