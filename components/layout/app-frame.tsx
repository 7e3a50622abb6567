import Link from "next/link";
import type { ReactNode } from "react";
import { FrameSwitches } from "./frame-switches.tsx";
import { BottomNavigation, RailNavigation } from "./navigation.tsx";
import { Keyboard } from "./keyboard.tsx";
import { OfflineNotice } from "./offline-notice.tsx";
import { SandboxBanner } from "./sandbox-banner.tsx";

/** Rail, banners and the place of the page. */
export function AppFrame({ isSandbox, children }: { isSandbox: boolean; children: ReactNode }) {
  return (
    <div className="isolate min-h-dvh sm:flex">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded focus:bg-accent focus:px-3 focus:py-1.5 focus:text-on-accent"
      >
        Skip to content
      </a>
      <header
        data-print="hide"
        className="sticky top-0 hidden h-dvh w-14 shrink-0 flex-col gap-4 border-r border-line bg-panel p-2 sm:flex xl:w-52 xl:p-3"
      >
        <Brand />
        <RailNavigation />
        <FrameSwitches className="mt-auto flex flex-col gap-0.5" />
      </header>
      <div className="flex min-w-0 flex-1 flex-col pb-[calc(3.5rem+env(safe-area-inset-bottom))] sm:pb-0">
        <header
          data-print="hide"
          className="sticky top-0 z-20 flex h-12 items-center justify-between border-b border-line bg-panel px-4 sm:hidden"
        >
          <Brand />
          <FrameSwitches className="flex items-center" />
        </header>
        {isSandbox && <SandboxBanner />}
        <OfflineNotice />
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-[100rem] flex-1 p-4 outline-none sm:px-6 sm:py-5"
        >
          {children}
        </main>
      </div>
      <BottomNavigation />
      <Keyboard />
    </div>
  );
}

function Brand() {
  return (
    <Link
      href="/"
      aria-label="Batchmark, overview"
      className="flex h-9 items-center gap-2 rounded font-semibold sm:justify-center xl:justify-start xl:px-2"
    >
      <svg aria-hidden viewBox="0 0 20 20" className="size-5 shrink-0">
        <rect x="2" y="11" width="4" height="7" rx="1" className="fill-openai" />
        <rect x="8" y="6" width="4" height="12" rx="1" className="fill-google" />
        <rect x="14" y="2" width="4" height="16" rx="1" className="fill-anthropic" />
      </svg>
      <span className="sm:sr-only xl:not-sr-only">Batchmark</span>
    </Link>
  );
}
