import type { ProviderName } from "../world/model.ts";
import type { FaultKind } from "./faults.ts";
import type { Services } from "./endpoint.ts";

const LINE_FAULTS: readonly FaultKind[] = [
  "malformed-line",
  "blank-line",
  "duplicate-custom-id",
  "missing-custom-id",
];

/**
 * The lines of a result with the switched-on faults of lines. The same generator comes back when there are none,
 * so that the caller knows whether sizes still hold.
 */
export function damagedLines(
  services: Services,
  provider: ProviderName,
  endpoint: string,
  lines: AsyncGenerator<string>,
): AsyncGenerator<string> {
  const isOn = services.faults.list().some((fault) => LINE_FAULTS.includes(fault.kind));
  return isOn ? damage(services, provider, endpoint, lines) : lines;
}

async function* damage(
  services: Services,
  provider: ProviderName,
  endpoint: string,
  lines: AsyncGenerator<string>,
): AsyncGenerator<string> {
  for await (const line of lines) {
    const fault = services.faults.strike(provider, endpoint, LINE_FAULTS);
    switch (fault?.kind) {
      case "malformed-line":
        yield `${line.slice(0, Math.max(Math.floor(line.length / 2), 1)).trimEnd()}\n`;
        break;
      case "blank-line":
        yield "\n";
        yield line;
        break;
      case "duplicate-custom-id":
        yield line;
        yield line;
        break;
      case "missing-custom-id":
        break;
      default:
        yield line;
    }
  }
}
