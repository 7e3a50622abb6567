import type { ReactNode } from "react";
import { AddressState } from "#components/layout/address-state.tsx";

export default function CompareLayout({ children }: { children: ReactNode }) {
  return <AddressState>{children}</AddressState>;
}
