/** The operator as the pages name it. The number lies in a range kept free for fiction: nobody is called by a demo. */
export const OPERATOR = {
  name: "Valvia",
  phone: "+49 221 4710 123",
} as const;
