const rows = [
  ["patient@demo.valvia.test", "patient"],
  ["patient2@demo.valvia.test", "patient"],
  ["companion@demo.valvia.test", "companion"],
  ["coordinator@demo.valvia.test", "coordinator"],
  ["coordinator2@demo.valvia.test", "coordinator"],
  ["finance@demo.valvia.test", "finance"],
  ["finance2@demo.valvia.test", "finance"],
  ["admin@demo.valvia.test", "administrator"],
  ["manager@demo.valvia.test", "manager, Herzzentrum Rheintal"],
  ["reviewer@demo.valvia.test", "reviewer, Herzzentrum Rheintal"],
  ["surgeon@demo.valvia.test", "surgeon, Herzzentrum Rheintal"],
  ["manager2@demo.valvia.test", "manager, Bohai Heart Hospital"],
  ["reviewer2@demo.valvia.test", "reviewer, Bohai Heart Hospital"],
  ["surgeon2@demo.valvia.test", "surgeon, Bohai Heart Hospital"],
];

/** Who can sign in to the demo; never made in production. */
export const accounts = [
  "Demo accounts (no real data), password valvia-demo:",
  ...rows.map(([email, role]) => `  ${email.padEnd(32)}${role}`),
].join("\n");
