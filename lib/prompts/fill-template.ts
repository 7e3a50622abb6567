/** A variable: a name in braces. Braces around anything else, as in JSON, stand for themselves. */
const variable = /\{\{|\}\}|\{\s*([\p{L}_][\p{L}\p{N}_ .-]{0,99}?)\s*\}/gu;

/** A template with every variable replaced, or the name of the first variable that has no value. */
export type FilledTemplate = { prompt: string; missing: null } | { prompt: null; missing: string };

/** The names of the variables of a template, in their order, each once. `{{` and `}}` write a brace. */
export function templateVariables(template: string): string[] {
  const names = [...template.matchAll(variable)].flatMap(([, name]) => (name === undefined ? [] : [name]));
  return [...new Set(names)];
}

/** Puts the value of each variable in its place. A value is taken as it is: braces in it are no variables. */
export function fillTemplate(
  template: string,
  valueOf: (name: string) => string | undefined,
): FilledTemplate {
  let missing: string | null = null;
  const prompt = template.replace(variable, (match: string, name: string | undefined) => {
    if (name === undefined) return match === "{{" ? "{" : "}";
    const value = valueOf(name);
    if (value === undefined) missing ??= name;
    return value ?? "";
  });
  return missing === null ? { prompt, missing } : { prompt: null, missing };
}
