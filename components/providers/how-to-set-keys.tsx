import { Panel } from "#components/ui/panel.tsx";

const example = `OPENAI_API_KEY=…
GOOGLE_API_KEY=…
ANTHROPIC_API_KEY=…`;

const others = [
  {
    name: "OPENAI_BASE_URL, GOOGLE_GEMINI_BASE_URL, ANTHROPIC_BASE_URL",
    text: "send calls to another address",
  },
  { name: "BATCHMARK_SANDBOX=1", text: "uses the sandbox although keys are set; 0 never uses it" },
  { name: "BATCHMARK_SANDBOX_SCENARIO", text: "instant, demo, realistic or chaos" },
] as const;

/** What to write where, in the words of the configuration. */
export function HowToSetKeys() {
  return (
    <Panel title="How keys are set" id="keys">
      <ol className="flex max-w-prose list-decimal flex-col gap-3 pl-5">
        <li>
          Write the keys you have into the file <code className="font-mono text-small">.env</code> in
          Batchmark&apos;s folder. One is enough; a provider without a key is left out.
          <pre
            tabIndex={0}
            role="region"
            aria-label="Example of a .env file"
            className="mt-2 overflow-x-auto rounded border border-line bg-page px-3 py-2 font-mono text-small"
          >
            {example}
          </pre>
        </li>
        <li>
          Stop Batchmark and run <code className="font-mono text-small">npm start</code> again. With a key
          set, the sandbox is off.
        </li>
        <li>Keys stay on this server: no page, log, error or database holds one.</li>
      </ol>
      <h3 className="mt-5 mb-2 text-small font-medium text-muted">Other settings in the same file</h3>
      <dl className="flex flex-col gap-2">
        {others.map(({ name, text }) => (
          <div key={name} className="sm:grid sm:grid-cols-2 sm:gap-4">
            <dt className="font-mono text-small break-words">{name}</dt>
            <dd className="text-muted">{text}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
