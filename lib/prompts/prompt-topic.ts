/** A field of prompts: every task goes with every subject. */
export type PromptTopic = {
  name: string;
  /** Phrases that fit the gap of every task of this topic. */
  subjects: readonly string[];
  /** Sentences with exactly one gap, written `{subject}`. */
  tasks: readonly string[];
};
