import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import {
  editLaunchDraft,
  emptyLaunchDraft,
  type LaunchDraft,
  type LaunchDraftAction,
  type LaunchSettings,
} from "./launch-draft.ts";
import type { LateParts } from "./use-late-parts.ts";

const pauseBeforeSavingMilliseconds = 200;

/**
 * The draft of the launch page: starts from the settings, continues what this browser kept, and is kept again
 * after each edit. `isReady` turns true once the kept draft is in place; before that, and while there is no `storage`,
 * nothing should be typed.
 */
export function useLaunchDraft(settings: LaunchSettings, storage: LateParts["storage"] | null) {
  const [draft, dispatch] = useReducer(editLaunchDraft, settings, emptyLaunchDraft);
  const [isReady, setIsReady] = useState(false);
  const unsaved = useRef<LaunchDraft | null>(null);

  useEffect(() => {
    if (!storage) return undefined;
    let isCurrent = true;
    void storage.loadDraft().then((kept) => {
      if (!isCurrent) return;
      if (kept) dispatch({ type: "replace", draft: kept });
      setIsReady(true);
    });
    return () => {
      isCurrent = false;
    };
  }, [storage]);

  const savePending = useCallback(() => {
    if (unsaved.current) storage?.saveDraft(unsaved.current);
    unsaved.current = null;
  }, [storage]);

  const edit = useCallback((action: LaunchDraftAction) => dispatch(action), []);

  useEffect(() => {
    if (!isReady) return undefined;
    if (isUntouched(draft, settings)) {
      unsaved.current = null;
      storage?.forgetDraft();
      return undefined;
    }
    unsaved.current = draft;
    const timer = setTimeout(savePending, pauseBeforeSavingMilliseconds);
    return () => clearTimeout(timer);
  }, [draft, isReady, savePending, settings, storage]);

  useEffect(() => {
    window.addEventListener("pagehide", savePending);
    return () => {
      window.removeEventListener("pagehide", savePending);
      savePending();
    };
  }, [savePending]);

  /** Forgets the kept draft for good, after a launch or to start over. */
  const forget = useCallback(() => {
    unsaved.current = null;
    storage?.forgetDraft();
  }, [storage]);

  const startOver = useCallback(() => {
    forget();
    dispatch({ type: "replace", draft: emptyLaunchDraft(settings) });
  }, [forget, settings]);

  return { draft, edit, isReady, isUntouched: isUntouched(draft, settings), forget, startOver };
}

function isUntouched(draft: LaunchDraft, settings: LaunchSettings): boolean {
  return (
    draft.file === null &&
    draft.pastedText.length === 0 &&
    JSON.stringify(draft) === JSON.stringify(emptyLaunchDraft(settings))
  );
}
