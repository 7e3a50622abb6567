"use client";

import { Tabs as BaseTabs } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

type TabsProps<Value extends string> = {
  value: Value;
  onValueChange: (value: Value) => void;
  tabs: readonly { value: Value; label: ReactNode }[];
  "aria-label": string;
  /** `TabPanel`s, one a tab. */
  children: ReactNode;
  className?: string;
};

export function Tabs<Value extends string>({
  value,
  onValueChange,
  tabs,
  children,
  className,
  ...rest
}: TabsProps<Value>) {
  return (
    <BaseTabs.Root value={value} onValueChange={onValueChange} className={className}>
      <BaseTabs.List
        aria-label={rest["aria-label"]}
        className="flex gap-1 overflow-x-auto border-b border-line"
      >
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.value}
            value={tab.value}
            className={classNames(
              "-mb-px h-9 border-b-2 border-transparent px-2.5 text-base whitespace-nowrap text-muted hover:text-ink",
              "focus-visible:-outline-offset-2 data-active:border-accent data-active:font-medium data-active:text-ink",
            )}
          >
            {tab.label}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {children}
    </BaseTabs.Root>
  );
}

export function TabPanel({
  value,
  children,
  className,
}: {
  value: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <BaseTabs.Panel value={value} className={classNames("pt-3", className)}>
      {children}
    </BaseTabs.Panel>
  );
}
