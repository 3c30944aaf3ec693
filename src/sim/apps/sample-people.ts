/** People of the sample data: in the contacts, and behind the sample conversations. */
export interface SamplePerson {
  given: string;
  family: string;
  phone: string;
  /** `Phone.TYPE_*`. */
  phoneType: number;
  email?: string;
  company?: string;
  starred?: boolean;
}

export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  { given: "Alma", family: "Becker", phone: "+15550100234", phoneType: 2, email: "alma.becker@example.com" },
  { given: "Boris", family: "Carter", phone: "+15550100311", phoneType: 3, company: "Carter Plumbing" },
  { given: "Clara", family: "Dunn", phone: "+15550100428", phoneType: 2, starred: true },
  { given: "Daniel", family: "Ferris", phone: "+15550100590", phoneType: 1 },
  { given: "Elena", family: "Grant", phone: "+15550100667", phoneType: 2, email: "elena.grant@example.com" },
  { given: "Felix", family: "Hart", phone: "+15550100712", phoneType: 2, starred: true },
  { given: "Greta", family: "Ibsen", phone: "+15550100845", phoneType: 3, company: "Northside Library" },
  { given: "Henry", family: "Jonas", phone: "+15550100963", phoneType: 2 },
  {
    given: "Irene",
    family: "Keller",
    phone: "+15550101078",
    phoneType: 1,
    email: "irene.keller@example.com",
  },
  { given: "Jacob", family: "Lindt", phone: "+15550101156", phoneType: 2 },
  { given: "Karin", family: "Moss", phone: "+15550101289", phoneType: 2, company: "Moss Dental" },
  { given: "Louis", family: "Novak", phone: "+15550101337", phoneType: 2 },
];

/** The sample number of a person by given name. */
export function samplePhone(given: string): string {
  const person = SAMPLE_PEOPLE.find((person) => person.given === given);
  if (!person) throw new RangeError(`no sample person is called ${given}`);
  return person.phone;
}
