/** What `cert register` says. */
export const registration = {
  field: {
    idType: 'Kind of document',
    idNumber: 'Document number',
    name: 'Name as in the document',
    phone: 'Phone number',
    username: 'User name',
    password: 'Password',
  },
  asked: (field: string, rule: string) => `${field} (${rule})`,
  document: `Register with the identity document under which your certificate was earned: with
another one the list of certificates stays empty. Only the password and the
phone number can be changed later.`,
  idNumberRule: 'a resident identity number has 18 characters, the last of them a check digit; is one mistyped?',
  documentNumberRule: 'give the number as it stands in the document',
  nameRule: 'give the name as it stands in the document',
  phoneRule: '7 to 15 digits',
  wrong: (field: string, rule: string) => `${field}: ${rule}`,
  strength: (strength: 'weak' | 'fair' | 'strong') =>
    ({ weak: 'Strength: weak, easily guessed', fair: 'Strength: fair', strong: 'Strength: strong' })[strength],
  repeat: 'The password once more',
  different: 'The two are different. Once more:',
  confirm: 'Register this account?',
  declined: 'Nothing was sent.',
  done: (username: string) => `Registered: ${username}`,
  unknown: (username: string) =>
    `Whether the account was made is not known. Before you register again, try: cert login --username ${username}`,
};
