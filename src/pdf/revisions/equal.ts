import { PdfDictionary, PdfName, PdfReference, PdfString, type PdfValue } from '../syntax/objects.ts';

type Value = PdfValue | undefined;

/** Whether two values say the same; references do where they name the same object. What is ambiguous equals nothing. */
export function isEqual(one: Value, other: Value): boolean {
  if (one instanceof PdfReference)
    return other instanceof PdfReference && one.number === other.number && one.generation === other.generation;
  if (one instanceof PdfName) return other instanceof PdfName && one.value === other.value;
  if (one instanceof PdfString) return other instanceof PdfString && one.bytes.equals(other.bytes);
  if (Array.isArray(one))
    return Array.isArray(other) && one.length === other.length && one.every((item, at) => isEqual(item, other[at]));
  if (one instanceof PdfDictionary) return other instanceof PdfDictionary && isEqualBut([], one, other);
  return one === other;
}

/** Whether two dictionaries say the same under every key but those that are named. */
export function isEqualBut(keys: readonly string[], one: PdfDictionary, other: PdfDictionary): boolean {
  if (one.isAmbiguous || other.isAmbiguous) return false;
  const all = new Set([...one.entries.keys(), ...other.entries.keys()]);
  return [...all].every((key) => keys.includes(key) || isEqual(one.get(key), other.get(key)));
}
