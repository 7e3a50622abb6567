import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { AppFrame } from "#components/layout/app-frame.tsx";
import { Providers } from "#components/layout/providers.tsx";
import { themeScript } from "#components/layout/theme.ts";
import { getContext } from "#lib/server-context.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Batchmark", template: "%s · Batchmark" },
  description:
    "Launch benchmark job sets on the batch APIs of OpenAI, Google and Anthropic, watch them live, and compare how long each takes.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#16191d" },
  ],
};

/** Every page shows the state of this moment, and no page may open the database while the project is built. */
export const dynamic = "force-dynamic";

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { config, clock } = await getContext();
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body className="font-sans">
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
        <Providers serverNow={clock.now().getTime()}>
          <AppFrame isSandbox={config.usesEmbeddedSandbox}>{children}</AppFrame>
        </Providers>
      </body>
    </html>
  );
}
