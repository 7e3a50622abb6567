"use client";

import { useRef, useState } from "react";
import { sendImportFile, type ImportChoices, type SentFile } from "./send-import-file.ts";

export type ImportedFile = {
  id: number;
  name: string;
  sizeBytes: number;
  /** Null while the file waits or is on its way. */
  outcome: SentFile | null;
};

/** Sends files one after another, in the order in which they came, however many are dropped meanwhile. */
export function useFileImport(choices: ImportChoices) {
  const [files, setFiles] = useState<ImportedFile[]>([]);
  const lastId = useRef(0);
  const sending = useRef<Promise<void>>(Promise.resolve());

  const send = async (id: number, file: File) => {
    const outcome = await sendImportFile(file, choices);
    setFiles((all) => all.map((each) => (each.id === id ? { ...each, outcome } : each)));
  };

  const add = (added: readonly File[]) => {
    for (const file of added) {
      lastId.current += 1;
      const id = lastId.current;
      setFiles((all) => [...all, { id, name: file.name, sizeBytes: file.size, outcome: null }]);
      sending.current = sending.current.then(() => send(id, file));
    }
  };
  return { files, add };
}
