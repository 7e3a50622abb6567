import {
  ChartSpline,
  FileUp,
  Gauge,
  HardDrive,
  History,
  Layers,
  List,
  Plug,
  Rocket,
  type LucideIcon,
} from "lucide-react";

export type NavigationItem = { href: string; label: string; icon: LucideIcon };

export const navigationItems: readonly NavigationItem[] = [
  { href: "/", label: "Overview", icon: Gauge },
  { href: "/launch", label: "Launch", icon: Rocket },
  { href: "/job-sets", label: "Job sets", icon: Layers },
  { href: "/jobs", label: "Jobs", icon: List },
  { href: "/compare", label: "Compare", icon: ChartSpline },
  { href: "/providers", label: "Providers", icon: Plug },
];

/** Pages below those: reached from them, and by name in the palette. */
export const furtherPages: readonly NavigationItem[] = [
  { href: "/storage", label: "Storage", icon: HardDrive },
  { href: "/providers/recent-jobs", label: "Recent jobs of the account", icon: History },
  { href: "/jobs/import", label: "Import files", icon: FileUp },
];

/** Whether a page belongs to a navigation item: its own address or one below it. */
export function isCurrent(pathname: string, href: string): boolean {
  return pathname === href || (href !== "/" && pathname.startsWith(`${href}/`));
}
